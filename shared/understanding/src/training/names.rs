//! Names of people from all over, to fill `{person}` with. None of them is anybody.

use crate::language::{Language, Tongue};

const LATIN: &str = "Ravi Suresh Ramesh Mahesh Ganesh Lakshmi Priya Anjali Kavya Divya Deepa Rahul Rohit Amit Sumit Vijay Ajay Sanjay Manoj Anil Sunil Rakesh Mukesh Dinesh Naresh Kiran Arjun Karthik Senthil Murugan Selvam Kumar Raju Babu Venkat Srinivas Narasimha Prasad Chandra Padma Sarita Sunita Anita Geeta Meena Rekha Seema Pooja Neha Sneha Shreya Swati Aarti Bharti Kavita Savita Debashish Subhash Sourav Arindam Tapas Moumita Rina Mithun Bikash Tanmoy Imran Salman Aslam Javed Farhan Abdul Rashid Mujeeb Ayesha Fatima Nasreen Rukhsana Zoya Gurpreet Harpreet Manpreet Jaspreet Balwinder Simran Joseph Thomas Mathew George Mary Jose Xavier Anthony Francis Pawan Sachin Nitin Prakash Santosh Ganpat Tukaram Vitthal Dnyaneshwar Sandip Pradip Sudhir Mangesh Yogesh Umesh Nagaraj Manjunath Shivanna Basavaraj Puttaswamy Chandrappa Girish Harish Lokesh Naveen Praveen Pradeep Sandeep Kuldeep Hemant Jayesh Bhavesh Jignesh Hardik Mehul Ketan Chirag Thangam Muthu Pandian Palani Velu Arumugam Anbu Kannan Bala Saravanan Rajendran Sivakumar Yadagiri Mallesh Narsing Ramulu Saidulu Anjaiah Venkatesh Nageswar Koteswara Bhaskar Krishna Gopal Mohan Shyam Hari Om Vikas Vikram Varun Tarun Arun Yusuf Bilal Faisal Nadeem Shabbir Liton Rafiq Habib Sultana Parveen Nusrat Sabina";
const LATIN_FULL: &str = "Ravi Kumar|Suresh Babu|Gurpreet Singh|Amit Sharma|Sunita Devi|Imran Khan|Lakshmi Narayan|Pooja Yadav|Sourav Das|Anil Patil|Mary Thomas|Abdul Rahman|Priya S|Raju bhai|Manoj bhaiya|Ramesh anna|Suresh uncle|Neha didi|Shankar seth";
const RELATIONS: &str = "mom|mummy|papa|bhai|brother|amma|appa|anna|wife|dad|sister|landlord|friend|maa|behen|didi";
const DEVANAGARI: &str = "रवि रवी सुरेश रमेश महेश गणेश लक्ष्मी प्रिया अंजलि काव्या दीपा राहुल रोहित अमित सुमित विजय अजय संजय मनोज अनिल सुनील राकेश मुकेश दिनेश किरण अर्जुन राजू बाबू प्रकाश संतोष सचिन नितीन सरिता सुनीता अनीता गीता मीना रेखा सीमा पूजा नेहा स्नेहा स्वाती आरती कविता इमरान सलमान असलम जावेद अब्दुल रशीद आयशा फातिमा गुरप्रीत हरप्रीत सिमरन जोसेफ मोहन श्याम हरि गोपाल कृष्णा विकास विक्रम वरुण तरुण पवन संदीप प्रदीप सुधीर मंगेश योगेश उमेश तुकाराम विठ्ठल ज्ञानेश्वर गणपत अशोक दीपक बबलू पिंटू छोटू";
const BENGALI: &str = "রবি সুরেশ রমেশ সৌরভ অরিন্দম তাপস মৌমিতা রিনা মিঠুন বিকাশ তন্ময় দেবাশিস সুভাষ অমিত রাহুল রাজু বাবু প্রিয়া লক্ষ্মী পূজা নেহা সীমা মীনা গীতা অনিতা সুনীতা রফিক হাবিব সুলতানা পারভিন নুসরাত সাবিনা ইমরান সালমান আব্দুল রশিদ ফাতিমা মোহন শ্যাম গোপাল কৃষ্ণ বিজয় সঞ্জয় দীপক অশোক প্রদীপ কার্তিক গণেশ শঙ্কর মন্টু";
const TAMIL: &str = "ரவி சுரேஷ் ரமேஷ் மகேஷ் கணேஷ் லட்சுமி பிரியா காவ்யா திவ்யா தீபா ராஜு குமார் செந்தில் முருகன் செல்வம் கார்த்திக் முத்து பாண்டியன் பழனி வேலு ஆறுமுகம் அன்பு கண்ணன் பாலா சரவணன் ராஜேந்திரன் சிவா விஜய் அஜய் சங்கர் மோகன் மீனா கீதா அனிதா கவிதா ரேகா அப்துல் பாத்திமா ஜோசப் மேரி தங்கம் மணி அருண் கிருஷ்ணன் தினேஷ் விக்னேஷ் சதீஷ்";
const TELUGU: &str = "రవి సురేష్ రమేష్ మహేష్ గణేష్ లక్ష్మి ప్రియ కావ్య దివ్య దీప రాజు కుమార్ వెంకట్ శ్రీనివాస్ నరసింహ ప్రసాద్ చంద్ర పద్మ మల్లేష్ నర్సింగ్ రాములు సైదులు అంజయ్య వెంకటేష్ నాగేశ్వర్ కోటేశ్వర భాస్కర్ కృష్ణ గోపాల్ మోహన్ విజయ్ అజయ్ సంజయ్ సునీత అనిత గీత కవిత రేఖ ఇమ్రాన్ అబ్దుల్ ఫాతిమా జోసెఫ్ మేరీ సాయి కిరణ్ యాదగిరి శివ";
const KANNADA: &str = "ರವಿ ಸುರೇಶ್ ರಮೇಶ್ ಮಹೇಶ್ ಗಣೇಶ್ ಲಕ್ಷ್ಮಿ ಪ್ರಿಯಾ ಕಾವ್ಯಾ ದಿವ್ಯಾ ದೀಪಾ ರಾಜು ಕುಮಾರ್ ನಾಗರಾಜ್ ಮಂಜುನಾಥ್ ಶಿವಣ್ಣ ಬಸವರಾಜ್ ಪುಟ್ಟಸ್ವಾಮಿ ಚಂದ್ರಪ್ಪ ಗಿರೀಶ್ ಹರೀಶ್ ಲೋಕೇಶ್ ನವೀನ್ ಪ್ರವೀಣ್ ಪ್ರದೀಪ್ ವೆಂಕಟೇಶ್ ಕೃಷ್ಣ ಗೋಪಾಲ್ ಮೋಹನ್ ವಿಜಯ್ ಅಜಯ್ ಸುನೀತಾ ಅನಿತಾ ಗೀತಾ ಕವಿತಾ ರೇಖಾ ಇಮ್ರಾನ್ ಅಬ್ದುಲ್ ಫಾತಿಮಾ ಜೋಸೆಫ್ ಮೇರಿ ಶಂಕರ್ ಕಿರಣ್ ಮಂಜು ಸತೀಶ್ ಶೋಭಾ";

fn native(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => LATIN,
        Tongue::Hindi | Tongue::Marathi => DEVANAGARI,
        Tongue::Kannada => KANNADA,
        Tongue::Tamil => TAMIL,
        Tongue::Telugu => TELUGU,
        Tongue::Bengali => BENGALI,
    }
}

pub fn person(random: &mut fastrand::Rng, language: Language) -> String {
    let words = |list: &'static str| list.split(' ').collect::<Vec<_>>();
    let chosen = if language.latin || language == Language::ENGLISH {
        match random.u8(..20) {
            0..=2 => random.choice(LATIN_FULL.split('|').collect::<Vec<_>>()),
            3 => random.choice(RELATIONS.split('|').collect::<Vec<_>>()),
            _ => random.choice(words(LATIN)),
        }
    } else {
        random.choice(words(native(language.tongue)))
    };
    let name = chosen.unwrap_or("Ravi");
    if random.bool() { name.to_lowercase() } else { name.to_owned() }
}

/// Every name, none of which is to count as a word that is known.
pub fn all() -> impl Iterator<Item = &'static str> {
    [LATIN, DEVANAGARI, BENGALI, TAMIL, TELUGU, KANNADA]
        .into_iter()
        .flat_map(|list| list.split(' '))
        .chain(LATIN_FULL.split('|').flat_map(|name| name.split(' ').take(1)))
}

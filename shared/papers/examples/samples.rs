//! Writes a statement and a receipt in each language, to be looked at:
//! `cargo run -p papers --example samples -- /tmp/papers`.

use std::{env, fs, path::PathBuf};

use jiff::ToSpan;
use jiff::civil::date;
use papers::{Line, Party, Receipt, Statement, Status};
use words::Language;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("name a folder")?);
    fs::create_dir_all(&folder)?;
    for (language, name, whats) in texts() {
        let statement = papers::statement(&some_statement(language, name, whats, 45))?;
        fs::write(folder.join(format!("statement-{language}.pdf")), statement)?;
        fs::write(folder.join(format!("receipt-{language}.pdf")), papers::receipt(&some_receipt(language, name, whats))?)?;
    }
    Ok(())
}

/// A name, and what payments are for.
fn texts() -> [(Language, &'static str, [&'static str; 4]); 7] {
    [
        (
            Language::English,
            "Ravi Kumar",
            ["Order 18 from Sri Ganesh Stores", "To Meena, rent for November", "Zürich Kṛṣṇa Café “Ātmā” – 5‰", "Bonus"],
        ),
        (
            Language::Hindi,
            "श्री रवि क्षत्रिय",
            [
                "श्री गणेश ट्रेडर्स से ऑर्डर १८",
                "मीना को, नवंबर का किराया और बिजली का बिल, जो पिछले महीने से बाकी था",
                "विद्यार्थी कृष्णमूर्ति (Kṛṣṇa) ज्ञानेश्वर",
                "बोनस",
            ],
        ),
        (
            Language::Kannada,
            "ಲಕ್ಷ್ಮೀ ಕೃಷ್ಣಮೂರ್ತಿ",
            ["ಶ್ರೀ ಗಣೇಶ ಸ್ಟೋರ್ಸ್‌ನಿಂದ ಆರ್ಡರ್ ೧೮", "ಮೀನಾಗೆ, ನವೆಂಬರ್ ತಿಂಗಳ ಬಾಡಿಗೆ ಮತ್ತು ವಿದ್ಯುತ್ ಬಿಲ್, ಕಳೆದ ತಿಂಗಳಿನಿಂದ ಬಾಕಿ ಇತ್ತು", "ಕ್ಷತ್ರಿಯ ಜ್ಞಾನೇಶ್ವರ (Bengaluru)", "ಬೋನಸ್"],
        ),
        (
            Language::Tamil,
            "ஸ்ரீ கிருஷ்ணமூர்த்தி",
            [
                "ஸ்ரீ கணேஷ் ஸ்டோர்ஸ் ஆர்டர் 18",
                "மீனாவுக்கு, நவம்பர் மாத வாடகை மற்றும் மின் கட்டணம், கடந்த மாதத்திலிருந்து நிலுவை",
                "க்ஷத்ரியா (Chennai) கோயம்புத்தூர்",
                "போனஸ்",
            ],
        ),
        (
            Language::Telugu,
            "శ్రీ లక్ష్మీ కృష్ణమూర్తి",
            ["శ్రీ గణేష్ స్టోర్స్ నుండి ఆర్డర్ ౧౮", "మీనాకు, నవంబర్ నెల అద్దె మరియు విద్యుత్ బిల్లు, గత నెల నుండి బాకీ ఉంది", "క్షత్రియ జ్ఞానేశ్వర్ (Hyderabad)", "బోనస్"],
        ),
        (
            Language::Bengali,
            "শ্রী লক্ষ্মী ভট্টাচার্য",
            [
                "শ্রী গণেশ স্টোর্স থেকে অর্ডার ১৮",
                "মীনাকে, নভেম্বর মাসের ভাড়া এবং বিদ্যুতের বিল, যা গত মাস থেকে বাকি ছিল",
                "ক্ষত্রিয় জ্ঞানেশ্বর র‍্যাব (Kolkata)",
                "বোনাস",
            ],
        ),
        (
            Language::Marathi,
            "श्री. लक्ष्मण कुऱ्हाडे",
            [
                "श्री गणेश ट्रेडर्सकडून ऑर्डर १८",
                "मीनाला, नोव्हेंबरचे भाडे आणि विजेचे बिल, जे मागच्या महिन्यापासून बाकी होते",
                "ज्ञानेश्वर (Pune) महाराष्ट्र शाळा",
                "बोनस",
            ],
        ),
    ]
}

fn some_statement(language: Language, name: &str, whats: [&str; 4], count: i64) -> Statement {
    let mut balance = 1_234_567;
    let begin = date(2026, 11, 1).at(9, 5, 0, 0);
    let lines = (0..count)
        .map(|at| {
            let amount_paise = if at % 4 == 1 { -1_234_500 } else { 50_000 * (at + 1) + 7 };
            balance += amount_paise;
            let what = if at == 6 {
                "𝕏 गुज ગુજરાતી नाम 🙂 \u{202e}evil"
            } else {
                whats[usize::try_from(at % 4).unwrap_or(0)]
            };
            Line {
                at: begin + (at * 14).hours() + 7.minutes(),
                what: what.to_owned(),
                reference: (at % 3 != 2).then(|| format!("UTR 41501234{:04}", at * 37)),
                amount_paise,
                balance_after_paise: balance,
            }
        })
        .collect();
    Statement {
        holder: name.to_owned(),
        account: "Kamai ••••1234".to_owned(),
        language,
        period_from: date(2026, 11, 1),
        period_to: date(2026, 11, 30),
        issued: Some(date(2026, 12, 1).at(10, 30, 0, 0)),
        opening_paise: 1_234_567,
        closing_paise: balance,
        lines,
    }
}

fn some_receipt(language: Language, name: &str, whats: [&str; 4]) -> Receipt {
    Receipt {
        language,
        from: Party { name: name.to_owned(), address: Some("Kamai ••••1234".to_owned()) },
        to: Party { name: "Sri Ganesh Traders".to_owned(), address: Some("ganesh.traders@okaxis".to_owned()) },
        amount_paise: 12_345_650,
        fee_paise: 590,
        reference: Some("415012345678".to_owned()),
        status: Status::Paid,
        at: date(2026, 11, 21).at(18, 5, 0, 0),
        note: Some(whats[1].to_owned()),
        issued: None,
    }
}

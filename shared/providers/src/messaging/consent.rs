//! Words by which people stop our messages, take them up again, or ask for help.
//!
//! A message is such a word only as a whole: "stop" is one, "don't stop" is none. Case, spaces,
//! punctuation, emoji and what no eye sees do not matter. The English words are those that carriers
//! act upon by themselves; the others are what people in India write in their place, in their
//! script or in Latin letters.
//!
//! "Yes" is not among them, although carriers take it for a consent: in a conversation it answers
//! whatever was asked last. Whoever asks for consent reads it there.

use super::characters::{is_invisible, place_in_indian_block};

/// What somebody asks of us by one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// No more messages, but for what answers them.
    Stop,
    /// Messages again.
    Start,
    /// Who writes here, and how to stop it.
    Help,
}

/// No word is longer, with what may stand around it.
const MESSAGE_CHARS_MAX: usize = 64;

const STOP: &[&str] = &[
    "stop",
    "stop all",
    "stopall",
    "unsubscribe",
    "cancel",
    "end",
    "quit",
    "opt out",
    "optout",
    "revoke",
    // Hindi and Marathi.
    "बंद",
    "बन्द",
    "बंद करो",
    "बन्द करो",
    "बंद करें",
    "बंद कर दो",
    "बंद कीजिए",
    "बंद करा",
    "रोको",
    "रोक दो",
    "रोकें",
    "रोकिए",
    "स्टॉप",
    "मत भेजो",
    "थांबा",
    "थांबवा",
    "band",
    "band karo",
    "band kar do",
    "band karen",
    "band kara",
    "roko",
    "rok do",
    "mat bhejo",
    "thamba",
    "thambva",
    // Bengali, Gujarati, Punjabi, Odia.
    "বন্ধ",
    "বন্ধ করো",
    "বন্ধ করুন",
    "બંધ",
    "બંધ કરો",
    "ਬੰਦ",
    "ਬੰਦ ਕਰੋ",
    "ବନ୍ଦ",
    "ବନ୍ଦ କରନ୍ତୁ",
    "bondho",
    "bondho korun",
    "bandh karo",
    // Tamil, Telugu, Kannada, Malayalam. The last in both encodings of its final consonant.
    "நிறுத்து",
    "நிறுத்தவும்",
    "ఆపు",
    "ఆపండి",
    "ನಿಲ್ಲಿಸಿ",
    "ನಿಲ್ಲಿಸು",
    "നിർത്തുക",
    "നിര്ത്തുക",
    "niruthu",
    "aapu",
    "aapandi",
    "nillisi",
    "nirthuka",
    // Urdu.
    "بند",
    "بند کرو",
    "بند کریں",
];

const START: &[&str] = &[
    "start",
    "unstop",
    "subscribe",
    "opt in",
    "optin",
    "resume",
    "शुरू",
    "शुरू करो",
    "शुरू करें",
    "चालू",
    "चालू करो",
    "चालू करें",
    "सुरू करा",
    "shuru",
    "shuru karo",
    "chalu",
    "chalu karo",
    "শুরু",
    "শুরু করো",
    "শুরু করুন",
    "શરૂ",
    "શરૂ કરો",
    "ਸ਼ੁਰੂ",
    "ਸ਼ੁਰੂ ਕਰੋ",
    "ଆରମ୍ଭ",
    "தொடங்கு",
    "தொடங்கவும்",
    "ప్రారంభించు",
    "ప్రారంభించండి",
    "ಪ್ರಾರಂಭಿಸಿ",
    "തുടങ്ങുക",
    "شروع",
    "شروع کرو",
    "شروع کریں",
];

const HELP: &[&str] = &[
    "help",
    "info",
    "मदद",
    "सहायता",
    "मदत",
    "madad",
    "sahayata",
    "সাহায্য",
    "মদদ",
    "મદદ",
    "ਮਦਦ",
    "ସାହାଯ୍ୟ",
    "உதவி",
    "సహాయం",
    "ಸಹಾಯ",
    "സഹായം",
    "مدد",
];

/// The word that a message is, where it is one.
#[must_use]
pub fn keyword(message: &str) -> Option<Keyword> {
    if message.chars().nth(MESSAGE_CHARS_MAX).is_some() {
        return None;
    }
    let words = normal(message);
    let among = |list: &[&str]| list.contains(&words.as_str());
    match () {
        () if among(STOP) => Some(Keyword::Stop),
        () if among(START) => Some(Keyword::Start),
        () if among(HELP) => Some(Keyword::Help),
        () => None,
    }
}

/// Lower-case words with one space between.
fn normal(message: &str) -> String {
    let seen = message.chars().filter(|c| !is_invisible(*c)).map(narrow);
    let letters: String = seen.map(|c| if belongs_to_word(c) { c } else { ' ' }).flat_map(char::to_lowercase).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A full-width letter as the usual one.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Letters, digits, and the signs of India's scripts that are neither: the virama and the nukta.
fn belongs_to_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(place_in_indian_block(c), Some(0x3c | 0x4d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_words_are_known() {
        for word in ["STOP", "Unsubscribe", "cancel", "END", "quit", "StopAll", "opt-out"] {
            assert_eq!(keyword(word), Some(Keyword::Stop), "{word}");
        }
        for word in ["START", "unstop", "Subscribe", "शुरू करें", "chalu karo"] {
            assert_eq!(keyword(word), Some(Keyword::Start), "{word}");
        }
        for word in ["HELP", "info", "मदद", "உதவி"] {
            assert_eq!(keyword(word), Some(Keyword::Help), "{word}");
        }
    }

    #[test]
    fn people_write_them_in_their_languages() {
        for word in ["बंद", "बन्द करो", "रोको", "band karo", "Roko", "বন্ধ করুন", "બંધ", "ਬੰਦ ਕਰੋ", "நிறுத்து", "ఆపండి", "ನಿಲ್ಲಿಸಿ", "നിർത്തുക", "بند کرو"]
        {
            assert_eq!(keyword(word), Some(Keyword::Stop), "{word}");
        }
    }

    #[test]
    fn what_stands_around_a_word_does_not_matter() {
        for word in ["  stop\n", "STOP!!!", "\"Stop.\"", "\u{200b}st\u{200d}op\u{feff}", "ＳＴＯＰ", "stop 🙏🏽", "बंद।", "बंद  करो!"]
        {
            assert_eq!(keyword(word), Some(Keyword::Stop), "{word}");
        }
    }

    #[test]
    fn a_word_within_a_message_is_none() {
        for message in [
            "don't stop",
            "dont stop",
            "stop it",
            "please stop sending",
            "s t o p",
            "stopped",
            "the end",
            "end of day",
            "cancel my payout",
            "yes",
            "YES",
            "no",
            "",
            " ",
            "।",
            "रोको मत",
            "बंद मत करो",
            "बंदर",
            "help me",
            "🛑",
            "stop 2",
            "non-stop",
        ] {
            assert_eq!(keyword(message), None, "{message}");
        }
        assert_eq!(keyword(&format!("stop{}", " ".repeat(1_000_000))), None);
    }

    #[test]
    fn every_word_of_the_lists_is_found_and_stands_in_one_alone() {
        let all = [(STOP, Keyword::Stop), (START, Keyword::Start), (HELP, Keyword::Help)];
        for (words, meaning) in all {
            for word in words {
                assert_eq!(normal(word), *word, "written as it is compared");
                assert_eq!(keyword(word), Some(meaning), "{word}");
                assert_eq!(words.iter().filter(|other| other == &word).count(), 1, "{word}");
            }
        }
    }
}

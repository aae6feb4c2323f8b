//! Endings that make a word a receiver, a place or a possession: `ರವಿಗೆ`, `রবিকে`, `ravikku`.

/// An ending, and what stands in its place in the word without it.
type Ending = (&'static str, &'static str);

/// Endings of a receiver: *to* somebody.
const RECEIVER: &[Ending] = &[
    // Kannada
    ("್ಗೆ", "್"),
    ("ನವರಿಗೆ", ""),
    ("ಯವರಿಗೆ", ""),
    ("ಅವರಿಗೆ", ""),
    ("ನಿಗೆ", ""),
    ("ಳಿಗೆ", "ಳು"),
    ("ುವಿಗೆ", "ು"),
    ("ಗೆ", ""),
    // Tamil
    ("வுக்கு", ""),
    ("ுக்கு", "்"),
    ("விற்கு", ""),
    ("ிற்கு", "்"),
    ("க்கு", ""),
    ("குக்கு", ""),
    // Telugu
    ("గారికి", ""),
    ("కి", ""),
    ("కు", ""),
    // Bengali
    ("কে", ""),
    // Marathi, Hindi
    ("ला", ""),
    ("को", ""),
];

/// The same in Latin letters, for words that nothing else is known of.
const RECEIVER_LATIN: &[Ending] = &[
    ("nige", ""),
    ("rige", ""),
    ("avarige", ""),
    ("ukku", ""),
    ("vukku", ""),
    ("kku", ""),
    ("ku", ""),
    ("ge", ""),
    ("gariki", ""),
    ("ki", ""),
    ("ke", ""),
    ("la", ""),
    ("ko", ""),
];

/// Endings of things rather than people: in, from, of.
const OTHER: &[Ending] = &[
    ("ದಲ್ಲಿ", ""),
    ("ನಲ್ಲಿ", ""),
    ("ಯಲ್ಲಿ", ""),
    ("ಲ್ಲಿ", ""),
    ("ದಿಂದ", ""),
    ("ನಿಂದ", ""),
    ("ಯಿಂದ", ""),
    ("ಿಂದ", "್"),
    ("ಿನ", "್"),
    ("ಿಗೆ", "್"),
    ("ವೂ", ""),
    ("ದಂದು", ""),
    ("ನ್ನು", ""),
    ("ಅನ್ನು", ""),
    ("ಯ", ""),
    ("ದ", ""),
    ("ில்", "்"),
    ("ல", ""),
    ("இல்", ""),
    ("யும்", ""),
    ("இலிருந்து", ""),
    ("ிலிருந்து", "்"),
    ("லேர்ந்து", ""),
    ("ின்", "்"),
    ("யில்", ""),
    ("க்கான", ""),
    ("లో", ""),
    ("నుండి", ""),
    ("నుంచి", ""),
    ("లోకి", ""),
    ("ని", ""),
    ("ను", ""),
    ("లు", ""),
    ("ల", ""),
    ("তে", ""),
    ("এ", ""),
    ("ে", ""),
    ("ের", ""),
    ("র", ""),
    ("টা", ""),
    ("য়", ""),
    ("मध्ये", ""),
    ("ात", ""),
    ("त", ""),
    ("चा", ""),
    ("ची", ""),
    ("चे", ""),
    ("च्या", ""),
    ("साठी", ""),
    ("वर", ""),
    ("वरून", ""),
    ("ातून", ""),
    ("तून", ""),
    ("dalli", ""),
    ("alli", ""),
    ("inda", ""),
    ("lo", ""),
    ("nundi", ""),
    ("nunchi", ""),
    ("madhe", ""),
    ("madhye", ""),
    ("chi", ""),
    ("cha", ""),
    ("che", ""),
    ("sathi", ""),
    ("er", ""),
    ("te", ""),
    ("la", ""),
    ("ku", ""),
    ("ge", ""),
    ("ki", ""),
    ("ko", ""),
];

/// A word without the ending of a receiver.
pub fn receiver(word: &str) -> Option<String> {
    let endings = if word.is_ascii() { RECEIVER_LATIN } else { RECEIVER };
    endings.iter().find_map(|ending| without(word, *ending)).filter(|stem| stem.chars().count() >= 2)
}

/// A word without each ending that it may have.
pub fn stems(word: &str) -> impl Iterator<Item = String> {
    RECEIVER.iter().chain(OTHER).filter_map(|ending| without(word, *ending))
}

fn without(word: &str, (ending, instead): Ending) -> Option<String> {
    let stem = word.strip_suffix(ending)?;
    (!stem.is_empty()).then(|| format!("{stem}{instead}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_is_found_without_its_ending() {
        for (word, name) in [
            ("ರವಿಗೆ", "ರವಿ"),
            ("ರಮೇಶ್ಗೆ", "ರಮೇಶ್"),
            ("ரவிக்கு", "ரவி"),
            ("குமாருக்கு", "குமார்"),
            ("రవికి", "రవి"),
            ("রবিকে", "রবি"),
            ("रवीला", "रवी"),
            ("Ravige", "Ravi"),
            ("Ravikku", "Ravi"),
        ] {
            assert_eq!(receiver(word).as_deref(), Some(name), "{word}");
        }
        assert_eq!(receiver("Ravi"), None);
    }
}

//! What billers and their customers' records say, made fit to be kept.

use std::fmt;

use serde::{Deserialize, Deserializer};

/// A stranger's text: a name, a bill's number, a biller's excuse.
///
/// One line of at most 120 characters with single spaces, without controls, marks that turn the
/// direction of writing, and characters that nobody sees. It is still a stranger's: whoever shows it
/// escapes it, and no program does what it says. It never prints, since most of it is about a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Theirs(String);

impl Theirs {
    pub const CHARS_MAX: usize = 120;

    /// `None` where nothing is left to be seen.
    #[must_use]
    pub fn clean(text: &str) -> Option<Self> {
        let mut kept = String::new();
        // Bounded before it is looked at: a megabyte of spaces is no name.
        for letter in text.chars().take(Self::CHARS_MAX * 8) {
            if letter.is_whitespace() {
                if !kept.is_empty() && !kept.ends_with(' ') {
                    kept.push(' ');
                }
            } else if !is_unseen(letter) {
                kept.push(letter);
            }
        }
        let cut: String = kept.chars().take(Self::CHARS_MAX).collect();
        let cut = cut.trim_end();
        // Joiners alone are nothing to see.
        let seen = cut.chars().any(|letter| !is_joiner(letter));
        seen.then(|| Self(cut.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Theirs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Theirs(..)")
    }
}

/// Reads a text of which nothing, `""` and `"NA"` mean that there is none. Use with `default`.
pub(super) fn theirs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Theirs>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.as_deref().and_then(Theirs::clean).filter(|text| !matches!(text.as_str(), "NA" | "N/A" | "null")))
}

/// A word or number of theirs that goes back to them as it came: kept whole, or not at all.
pub(super) fn verbatim(text: String) -> Option<String> {
    let unchanged = Theirs::clean(&text).is_some_and(|clean| clean.as_str() == text);
    unchanged.then_some(text)
}

/// Controls, marks of direction and characters without width. The joiners stay: names in Indian
/// scripts are written with them.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_deceives_is_taken_out_and_the_rest_stays() {
        for (text, kept) in [
            ("  Ravi\t Kumar\r\n", Some("Ravi Kumar")),
            ("Ra\u{202e}vi\u{2066}\u{200b}\0 K", Some("Ravi K")),
            ("line one\u{2028}line two", Some("line one line two")),
            ("क्\u{200d}ष", Some("क्\u{200d}ष")),
            ("₹1,200 due", Some("₹1,200 due")),
            ("\u{e0041}\u{e0042}", None),
            ("\u{200d}\u{200c}", None),
            (" \n", None),
            ("", None),
        ] {
            assert_eq!(Theirs::clean(text).as_ref().map(Theirs::as_str), kept, "{text:?}");
        }
    }

    #[test]
    fn a_text_ends_somewhere_however_long_it_was() {
        let long = Theirs::clean(&"नाम ".repeat(100_000)).unwrap();
        assert!(long.as_str().chars().count() <= Theirs::CHARS_MAX);
        assert_eq!(Theirs::clean(&format!("{}x", " ".repeat(1_000_000))), None, "nobody scrolls that far");
    }

    #[test]
    fn a_strangers_text_does_not_print() {
        assert_eq!(format!("{:?}", Theirs::clean("Ravi Kumar")), "Some(Theirs(..))");
    }

    #[test]
    fn what_goes_back_to_them_goes_back_as_it_came() {
        assert_eq!(verbatim("Consumer No".to_owned()).as_deref(), Some("Consumer No"));
        for odd in ["", "Consumer  No", "Consumer\u{202e}No", " No", &"x".repeat(121)] {
            assert_eq!(verbatim(odd.to_owned()), None, "{odd:?}");
        }
    }
}

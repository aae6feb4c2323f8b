//! Text made fit for the banks: the narration of a payout and the name of its payee.
//!
//! Each is a type of its own, so that only what was cleaned can be sent: the provider refuses
//! the whole payout for one wrong character.

use std::fmt;

use serde::{Serialize, Serializer};

/// What the payee's bank statement says.
///
/// At most thirty of `[A-Za-z0-9 ]` (`razorpay.md`, section 5.4). Banks often show the first
/// nine only, so begin with what matters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Narration(String);

impl Narration {
    const CHARS_MAX: usize = 30;

    /// Turns each run of other characters into one space and cuts at the end.
    ///
    /// Text without a single such character, Hindi for one, comes out empty; an empty narration
    /// is left to the provider.
    #[must_use]
    pub fn clean(text: &str) -> Self {
        Self(keep(text, |letter| letter.is_ascii_alphanumeric(), Self::CHARS_MAX))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The name of a contact: 3 to 50 of `[A-Za-z0-9 '\-_/().]` (`razorpay.md`, section 5.1).
#[derive(Clone, PartialEq, Eq)]
pub struct ContactName(String);

impl ContactName {
    const CHARS_MIN: usize = 3;
    const CHARS_MAX: usize = 50;

    /// The name with each run of other characters turned into one space; `None` where too
    /// little is left of it, as of any name in an Indian script.
    #[must_use]
    pub fn clean(name: &str) -> Option<Self> {
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '\'' | '-' | '_' | '/' | '(' | ')' | '.');
        let name = keep(name, allowed, Self::CHARS_MAX);
        let letters = name.chars().filter(char::is_ascii_alphanumeric).count();
        (name.len() >= Self::CHARS_MIN && letters > 0).then_some(Self(name))
    }

    /// As [`Self::clean`], with a name for those that the provider cannot spell.
    ///
    /// The contact's name is for our own lists at the provider; the money goes by the fund
    /// account.
    #[must_use]
    pub fn clean_or_worker(name: &str) -> Self {
        Self::clean(name).unwrap_or_else(|| Self("Kamai Worker".to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ContactName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContactName(..)")
    }
}

impl Serialize for ContactName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The allowed characters, each run of others between them as one space, at most `chars_max`.
fn keep(text: &str, allowed: impl Fn(char) -> bool, chars_max: usize) -> String {
    let words = text.split(|letter| !allowed(letter)).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    // All of it is ASCII here, so characters are bytes.
    let cut: String = joined.chars().take(chars_max).collect();
    cut.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narration_is_letters_digits_and_single_spaces() {
        for (text, clean) in [
            ("Kamai payout 12", "Kamai payout 12"),
            ("  Kamai:  pay-out #12! ", "Kamai pay out 12"),
            ("₹500 कमाई to Ravi", "500 to Ravi"),
            ("कमाई", ""),
            ("", ""),
            ("abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrstuvwxyz0123"),
            ("abcdefghijklmnopqrstuvwxyz012 456", "abcdefghijklmnopqrstuvwxyz012"),
        ] {
            assert_eq!(Narration::clean(text).as_str(), clean);
        }
    }

    #[test]
    fn a_contact_name_keeps_what_the_provider_can_spell() {
        for (name, clean) in [
            ("Ravi Kumar", Some("Ravi Kumar")),
            ("  D'Souza,  M.  ", Some("D'Souza M.")),
            ("रवि Kumar", Some("Kumar")),
            ("रवि कुमार", None),
            ("Om", None),
            ("...", None),
            ("", None),
        ] {
            let cleaned = ContactName::clean(name);
            assert_eq!(cleaned.as_ref().map(ContactName::as_str), clean, "{name}");
        }
        assert_eq!(ContactName::clean(&"x".repeat(60)).unwrap().as_str().len(), 50);
        assert_eq!(ContactName::clean_or_worker("रवि").as_str(), "Kamai Worker");
        assert!(!format!("{:?}", ContactName::clean_or_worker("Ravi")).contains("Ravi"));
    }
}

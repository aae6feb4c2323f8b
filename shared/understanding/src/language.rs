//! The languages that are understood, each in its own script and in Latin letters.

use std::fmt;

use serde::{Serialize, Serializer};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tongue {
    English,
    Hindi,
    Kannada,
    Tamil,
    Telugu,
    Bengali,
    Marathi,
}

impl Tongue {
    /// In the order of the model's labels.
    pub const ALL: [Self; 7] = [Self::English, Self::Hindi, Self::Kannada, Self::Tamil, Self::Telugu, Self::Bengali, Self::Marathi];

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Hindi => "hi",
            Self::Kannada => "kn",
            Self::Tamil => "ta",
            Self::Telugu => "te",
            Self::Bengali => "bn",
            Self::Marathi => "mr",
        }
    }

    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.to_ascii_lowercase();
        Self::ALL.into_iter().find(|tongue| tongue.code() == code)
    }
}

/// A language and how it is written: `hi` is Hindi in Devanagari, `hi-Latn` is Hinglish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language {
    pub tongue: Tongue,
    /// In Latin letters, which are not its own. Never set for English.
    pub latin: bool,
}

impl Language {
    pub const ENGLISH: Self = Self { tongue: Tongue::English, latin: false };

    #[must_use]
    pub fn new(tongue: Tongue, latin: bool) -> Self {
        Self { tongue, latin: latin && tongue != Tongue::English }
    }

    /// `hi`, `hi-Latn`, `hi_IN`, `hi-Deva-IN`: regions are passed over.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let mut parts = code.split(['-', '_']);
        let tongue = Tongue::from_code(parts.next()?)?;
        Some(Self::new(tongue, parts.any(|part| part.eq_ignore_ascii_case("latn"))))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.tongue.code(), if self.latin { "-Latn" } else { "" })
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The script of a letter, as far as it tells a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Script {
    Latin,
    Devanagari,
    Bengali,
    Tamil,
    Telugu,
    Kannada,
}

impl Script {
    pub fn of(letter: char) -> Option<Self> {
        match letter {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => Some(Self::Latin),
            '\u{900}'..='\u{97f}' => Some(Self::Devanagari),
            '\u{980}'..='\u{9ff}' => Some(Self::Bengali),
            '\u{b80}'..='\u{bff}' => Some(Self::Tamil),
            '\u{c00}'..='\u{c7f}' => Some(Self::Telugu),
            '\u{c80}'..='\u{cff}' => Some(Self::Kannada),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_the_language_and_the_script() {
        for (code, shown) in [("hi", "hi"), ("hi-Latn", "hi-Latn"), ("HI_in", "hi"), ("ta-Latn-IN", "ta-Latn"), ("en-Latn", "en")] {
            assert_eq!(Language::from_code(code).map(|language| language.to_string()).as_deref(), Some(shown), "{code}");
        }
        for code in ["", "fr", "hindi", "-", "h\0"] {
            assert_eq!(Language::from_code(code), None, "{code}");
        }
    }
}

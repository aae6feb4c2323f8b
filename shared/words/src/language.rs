//! The languages that Kamai speaks.

use std::fmt;

use unic_langid::LanguageIdentifier;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    English,
    Hindi,
    Kannada,
    Tamil,
    Telugu,
    Bengali,
    Marathi,
}

impl Language {
    /// English first: it is what every other one falls back on.
    pub const ALL: [Self; 7] = [Self::English, Self::Hindi, Self::Kannada, Self::Tamil, Self::Telugu, Self::Bengali, Self::Marathi];

    /// The BCP 47 code, which is Meta's code of the language, too.
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

    /// The language of a BCP 47 code: script and region are passed over, so `hi-Deva-IN` is Hindi.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let asked: LanguageIdentifier = code.parse().ok()?;
        Self::ALL.into_iter().find(|language| language.code() == asked.language.as_str())
    }

    /// What the plural rules are found by.
    pub(crate) fn identifier(self) -> LanguageIdentifier {
        // Each code parses, as a test shows; the default has no plural forms, and no other harm.
        self.code().parse().unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_code_in_any_script_and_region() {
        for language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language));
            assert_eq!(language.identifier().to_string(), language.code());
        }
        for code in ["hi-IN", "HI", "hi_IN", "hi-Deva-IN"] {
            assert_eq!(Language::from_code(code), Some(Language::Hindi), "{code}");
        }
        for code in ["", "fr", "english", "h", "../en", "hi\0"] {
            assert_eq!(Language::from_code(code), None, "{code}");
        }
    }
}

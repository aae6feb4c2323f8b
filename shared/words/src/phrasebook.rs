//! The assistant's phrases in all languages, checked when they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse_runtime;

use crate::clean;
use crate::language::Language;
use crate::phrase::Phrase;

/// As much of somebody's text as stands within a phrase.
const THEIRS_CHARS_MAX: usize = 200;

const FILES: &[(Language, &str)] = &[
    (Language::English, include_str!("../phrases/en.ftl")),
    (Language::Hindi, include_str!("../phrases/hi.ftl")),
    (Language::Kannada, include_str!("../phrases/kn.ftl")),
    (Language::Tamil, include_str!("../phrases/ta.ftl")),
    (Language::Telugu, include_str!("../phrases/te.ftl")),
    (Language::Bengali, include_str!("../phrases/bn.ftl")),
    (Language::Marathi, include_str!("../phrases/mr.ftl")),
];

/// Why the phrases cannot be used. A test reads the same files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{language}: {phrase}: {why}")]
pub struct PhrasebookError {
    language: Language,
    phrase: String,
    why: &'static str,
}

/// A value within a phrase.
#[derive(Debug, Clone)]
pub enum Said<'a> {
    /// Ours: an amount, a date.
    Ours(String),
    /// Somebody's: a name, a note. It is cleaned.
    Theirs(&'a str),
}

/// What stands in a phrase, piece by piece.
enum Piece {
    Text(&'static str),
    Value(&'static str),
}

/// All phrases. There is nothing in them but text and values, so that they are short to say.
pub struct Phrasebook {
    phrases: BTreeMap<(Language, Phrase), Vec<Piece>>,
}

impl Phrasebook {
    /// The phrases that Kamai was built with, read once.
    ///
    /// # Errors
    ///
    /// None in fact, since a test reads the same files.
    pub fn built_in() -> Result<&'static Self, PhrasebookError> {
        static BUILT_IN: OnceLock<Result<Phrasebook, PhrasebookError>> = OnceLock::new();
        BUILT_IN.get_or_init(|| Self::read(FILES)).as_ref().map_err(Clone::clone)
    }

    fn read(files: &[(Language, &'static str)]) -> Result<Self, PhrasebookError> {
        let mut phrases = BTreeMap::new();
        for (language, text) in files {
            let fault = |phrase: &str, why| PhrasebookError { language: *language, phrase: phrase.to_owned(), why };
            let file = parse_runtime(*text).map_err(|_| fault("", "the file is not Fluent"))?;
            for entry in file.body {
                let Entry::Message(message) = entry else { continue };
                let id = message.id.name;
                let phrase = Phrase::ALL.iter().find(|phrase| phrase.id() == id).ok_or_else(|| fault(id, "there is no such phrase"))?;
                let pieces = message.value.as_ref().and_then(pieces).ok_or_else(|| fault(id, "it is more than text and values"))?;
                let used: BTreeSet<_> = pieces.iter().filter_map(Piece::value).collect();
                if used != phrase.values().iter().copied().collect() {
                    return Err(fault(id, "it does not use the values of the phrase, and no others"));
                }
                if phrases.insert((*language, *phrase), pieces).is_some() {
                    return Err(fault(id, "it is there twice"));
                }
            }
            if let Some(absent) = Phrase::ALL.iter().find(|phrase| !phrases.contains_key(&(*language, **phrase))) {
                return Err(fault(absent.id(), "it is missing"));
            }
        }
        Ok(Self { phrases })
    }

    /// A phrase in a language. A value that is not given is left empty; a test has every one said.
    #[must_use]
    pub fn say(&self, language: Language, phrase: Phrase, values: &[(&str, Said<'_>)]) -> String {
        let pieces = self.phrases.get(&(language, phrase)).map_or(&[][..], Vec::as_slice);
        let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, said)| said.text()).unwrap_or_default();
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Value(name) => value(name),
            })
            .collect()
    }
}

impl Said<'_> {
    fn text(&self) -> String {
        match self {
            Self::Ours(text) => text.clone(),
            Self::Theirs(text) => clean::isolated(clean::unstyled(&clean::one_line(text, THEIRS_CHARS_MAX))),
        }
    }
}

impl Piece {
    fn value(&self) -> Option<&'static str> {
        match self {
            Self::Text(_) => None,
            Self::Value(name) => Some(name),
        }
    }
}

fn pieces(pattern: &Pattern<&'static str>) -> Option<Vec<Piece>> {
    let piece = |element: &PatternElement<&'static str>| match element {
        PatternElement::TextElement { value } => Some(Piece::Text(value)),
        PatternElement::Placeable { expression: Expression::Inline(InlineExpression::VariableReference { id }) } => {
            Some(Piece::Value(id.name))
        }
        PatternElement::Placeable { .. } => None,
    };
    pattern.elements.iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_said_in_every_language_with_all_its_values() {
        let book = Phrasebook::built_in().unwrap();
        for (language, phrase) in Language::ALL.into_iter().flat_map(|language| Phrase::ALL.iter().map(move |phrase| (language, *phrase))) {
            let values: Vec<_> = phrase.values().iter().map(|name| (*name, Said::Ours(format!("«{name}»")))).collect();
            let said = book.say(language, phrase, &values);
            assert!(!said.trim().is_empty(), "{} in {language}", phrase.id());
            for name in phrase.values() {
                assert!(said.contains(&format!("«{name}»")), "{} in {language}: {said}", phrase.id());
            }
            assert!(!said.contains(['*', '_', '~', '`', '<', '>']) && !said.contains("  "), "{} in {language}: {said}", phrase.id());
        }
    }

    /// Source: `whatsapp.md`, A6.
    #[test]
    fn buttons_and_rows_are_as_short_as_whatsapp_wants_them() {
        let book = Phrasebook::built_in().unwrap();
        for (language, phrase) in Language::ALL.into_iter().flat_map(|language| Phrase::ALL.iter().map(move |phrase| (language, *phrase))) {
            let max = match phrase.id() {
                id if id.starts_with("button-") => 20,
                id if id.starts_with("row-") => 24,
                _ => 600,
            };
            let said = book.say(language, phrase, &[]);
            assert!(said.chars().count() <= max, "{} in {language}: {said}", phrase.id());
        }
    }

    #[test]
    fn a_letter_to_a_platform_is_short_and_sets_seven_days() {
        let book = Phrasebook::built_in().unwrap();
        let values = [
            ("platform", Said::Theirs("Swiggy")),
            ("from", Said::Ours("16-11-2026".to_owned())),
            ("to", Said::Ours("22-11-2026".to_owned())),
            ("stated", Said::Ours("₹4,310.00".to_owned())),
            ("came", Said::Ours("₹3,890.00".to_owned())),
            ("missing", Said::Ours("₹420.00".to_owned())),
        ];
        let letters = [Phrase::DisputePayment, Phrase::DisputeWeek, Phrase::DisputeUnexplained];
        for (language, letter) in Language::ALL.into_iter().flat_map(|language| letters.map(|letter| (language, letter))) {
            let said = book.say(language, letter, &values);
            let sentences = said.replace('।', ".").split(". ").count();
            assert!((3..=5).contains(&sentences), "{} in {language} has {sentences}: {said}", letter.id());
            assert!(said.contains(" 7 "), "{} in {language}: {said}", letter.id());
        }
        assert_eq!(
            book.say(Language::English, Phrase::DisputeUnexplained, &values),
            "Dear Swiggy team, for my work from 16-11-2026 to 22-11-2026 I was to get ₹4,310.00, and I was paid ₹3,890.00. Nobody has told \
             me a reason for the difference of ₹420.00. Please pay it within 7 days, or explain to me in writing what was deducted and why. \
             Thank you."
        );
    }

    #[test]
    fn what_somebody_wrote_neither_styles_nor_hides_anything() {
        let book = Phrasebook::built_in().unwrap();
        let said = book.say(Language::English, Phrase::NoPayee, &[("name", Said::Theirs("*Ravi*\n\u{202e}SYSTEM: sent"))]);
        assert!(said.contains("∗Ravi∗ SYSTEM: sent"), "{said}");
    }

    #[test]
    fn a_file_that_lacks_a_phrase_or_a_value_is_refused() {
        let all: &'static str = include_str!("../phrases/en.ftl");
        let without = |text: &str, with: &str| Box::leak(all.replacen(text, with, 1).into_boxed_str()) as &'static str;
        for (file, why) in [
            (without("stranger = ", "strange = "), "there is no such phrase"),
            (without("{ $available }", "nothing"), "it does not use the values of the phrase, and no others"),
            (without("button-no = No", ""), "it is missing"),
            (without("help = ", "help = { stranger } "), "it is more than text and values"),
        ] {
            assert_eq!(Phrasebook::read(&[(Language::English, file)]).err().map(|error| error.why), Some(why));
        }
    }
}

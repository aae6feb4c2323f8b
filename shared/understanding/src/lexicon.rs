//! The words that are known one by one: numbers, days, billers, banks, in every language.
//!
//! They come from `lexicon/*.tsv`: a kind, a value and its forms. A form may be several words.

use std::collections::{HashMap, HashSet};

use crate::clean::clean;
use crate::language::Tongue;
use crate::skeleton::skeleton;
use crate::token::{Kind, Token, tokens};

const FILES: [(&str, Option<Tongue>); 9] = [
    (include_str!("../lexicon/en.tsv"), Some(Tongue::English)),
    (include_str!("../lexicon/hi.tsv"), Some(Tongue::Hindi)),
    (include_str!("../lexicon/kn.tsv"), Some(Tongue::Kannada)),
    (include_str!("../lexicon/ta.tsv"), Some(Tongue::Tamil)),
    (include_str!("../lexicon/te.tsv"), Some(Tongue::Telugu)),
    (include_str!("../lexicon/bn.tsv"), Some(Tongue::Bengali)),
    (include_str!("../lexicon/mr.tsv"), Some(Tongue::Marathi)),
    (include_str!("../lexicon/names.tsv"), None),
    (include_str!("../lexicon/phrases.tsv"), None),
];

/// The longest form, in tokens, that is looked for.
const FORM_TOKENS_MAX: usize = 5;

/// How many skeleton letters a misspelt word must have to be taken for a known one.
const SKELETON_CHARS_MIN: usize = 5;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub kind: &'static str,
    pub value: &'static str,
    pub tongue: Option<Tongue>,
}

/// A form that stands in a text: what it means, and how many tokens it takes.
#[derive(Debug, Clone, Copy)]
pub struct Match<'l> {
    pub entries: &'l [Entry],
    pub length: usize,
}

impl<'l> Match<'l> {
    pub fn of(self, kind: &str) -> Option<&'l Entry> {
        self.entries.iter().find(|entry| entry.kind == kind)
    }
}

#[derive(Debug, Default)]
pub struct Lexicon {
    forms: HashMap<String, Vec<Entry>>,
    /// Skeletons of single words, for other spellings of them.
    sounds: HashMap<String, Vec<Entry>>,
    /// Function words of each language, in Latin letters or not.
    common: HashMap<String, Vec<Tongue>>,
    firsts: HashSet<String>,
}

impl Lexicon {
    pub fn built_in() -> Self {
        let mut lexicon = Self::default();
        for (text, tongue) in FILES {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let mut fields = line.split('\t');
                if let (Some(kind), Some(value), Some(forms)) = (fields.next(), fields.next(), fields.next()) {
                    for form in forms.split('|') {
                        lexicon.add(kind, value, tongue, form);
                    }
                }
            }
        }
        lexicon
    }

    fn add(&mut self, kind: &'static str, value: &'static str, tongue: Option<Tongue>, form: &str) {
        let cleaned = clean(form);
        let words = tokens(&cleaned);
        let Some(first) = words.first() else { return };
        if let ("word", [only], Some(tongue)) = (kind, words.as_slice(), tongue) {
            let tongues = self.common.entry(only.folded.clone()).or_default();
            if !tongues.contains(&tongue) {
                tongues.push(tongue);
            }
            return;
        }
        let entry = Entry { kind, value, tongue };
        if let ([only], true) =
            (words.as_slice(), matches!(kind, "number" | "biller" | "platform" | "language" | "account" | "category" | "bank" | "end"))
            && only.skeleton.chars().count() >= SKELETON_CHARS_MIN
        {
            push_new(self.sounds.entry(only.skeleton.clone()).or_default(), entry.clone());
        }
        self.firsts.insert(first.folded.clone());
        let key = key(&words);
        if kind == "scheme" && key.contains(' ') {
            // E-Shram, PM-JAY.
            push_new(self.forms.entry(key.replacen(' ', " - ", 1)).or_default(), entry.clone());
        }
        push_new(self.forms.entry(key).or_default(), entry);
    }

    /// The longest known form that starts at a token.
    pub fn at(&self, words: &[Token<'_>], start: usize) -> Option<Match<'_>> {
        let first = words.get(start)?;
        if self.firsts.contains(&first.folded) {
            for length in (1..=FORM_TOKENS_MAX.min(words.len() - start)).rev() {
                if let Some(entries) = words.get(start..start + length).and_then(|run| self.forms.get(&key(run))) {
                    return Some(Match { entries, length });
                }
                if let Some(entries) = words.get(start..start + length).and_then(|run| self.last_inflected(run)) {
                    return Some(Match { entries, length });
                }
            }
        }
        if first.kind != Kind::Word {
            return None;
        }
        let entries = self.sounds.get(&first.skeleton).or_else(|| self.inflected(first))?;
        Some(Match { entries, length: 1 })
    }

    /// What one folded word means, if it is known as it is.
    pub fn word(&self, folded: &str) -> Option<&[Entry]> {
        self.forms.get(folded).map(Vec::as_slice)
    }

    /// The same without the ending of a case, as in `ಬ್ಯಾಂಕಿಗೆ`.
    fn inflected(&self, word: &Token<'_>) -> Option<&Vec<Entry>> {
        crate::ending::stems(&word.folded).find_map(|stem| {
            let long_enough = stem.chars().count() >= 3;
            let found = || {
                self.forms.get(&stem).or_else(|| {
                    let sound = skeleton(&stem);
                    self.sounds.get(&sound).filter(|_| sound.chars().count() >= SKELETON_CHARS_MIN)
                })
            };
            long_enough.then(found).flatten()
        })
    }

    /// A form of several words whose last one has an ending, as in `या आठवड्याची`.
    fn last_inflected(&self, run: &[Token<'_>]) -> Option<&Vec<Entry>> {
        let (last, before) = run.split_last().filter(|(last, before)| !before.is_empty() && before.len() < 3 && last.is_word())?;
        let before = key(before);
        crate::ending::stems(&last.folded).find_map(|stem| self.forms.get(&format!("{before} {stem}")))
    }

    /// The languages of which a folded word is a function word.
    pub fn common(&self, folded: &str) -> &[Tongue] {
        self.common.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Every form of a kind, for the trainer to choose from.
    #[cfg(feature = "train")]
    pub fn listed(kind: &str) -> Vec<(&'static str, Option<Tongue>, &'static str)> {
        let mut listed = Vec::new();
        for (text, tongue) in FILES {
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let mut fields = line.split('\t');
                if let (Some(of), Some(value), Some(forms)) = (fields.next(), fields.next(), fields.next())
                    && of == kind
                {
                    listed.extend(forms.split('|').filter(|form| !form.is_empty()).map(|form| (value, tongue, form)));
                }
            }
        }
        listed
    }

    /// The texts that the forms come from.
    #[cfg(any(test, feature = "train"))]
    pub fn texts() -> impl Iterator<Item = &'static str> {
        FILES.into_iter().map(|(text, _)| text)
    }
}

fn push_new(entries: &mut Vec<Entry>, entry: Entry) {
    if !entries.contains(&entry) {
        entries.push(entry);
    }
}

fn key(run: &[Token<'_>]) -> String {
    let mut key = String::new();
    for (place, word) in run.iter().enumerate() {
        if place > 0 {
            key.push(' ');
        }
        key.push_str(&word.folded);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(text: &str, kind: &str) -> Option<String> {
        let lexicon = Lexicon::built_in();
        let text = clean(text);
        lexicon.at(&tokens(&text), 0)?.of(kind).map(|entry| entry.value.to_owned())
    }

    #[test]
    fn the_longest_form_is_found() {
        assert_eq!(found("day before yesterday", "day").as_deref(), Some("day_before_yesterday"));
        assert_eq!(found("credit card bill bharo", "biller").as_deref(), Some("credit_card"));
        assert_eq!(found("e-shram", "scheme").as_deref(), Some("e_shram"));
    }

    #[test]
    fn another_spelling_is_found_by_its_sound() {
        assert_eq!(found("eelectricity", "biller").as_deref(), Some("electricity"));
        assert_eq!(found("xyzzy", "biller"), None);
    }
}

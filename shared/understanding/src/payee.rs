//! Whom money is to go to: what stands where a receiver stands, and otherwise what is no known word.

use crate::ending;
use crate::entity::{Reading, What};
use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::token::Token;

/// Names are rarely longer.
const NAME_WORDS_MAX: usize = 3;

/// The hash by which the model knows a word of its corpus.
pub fn vocabulary_hash(skeleton: &str) -> u32 {
    linear::hash(b'v', &[skeleton])
}

pub struct Names<'a> {
    pub lexicon: &'a Lexicon,
    pub model: &'a Model,
    pub reading: &'a Reading<'a>,
}

impl Names<'_> {
    /// The name as it was written.
    pub fn payee(&self) -> Option<String> {
        let count = self.reading.words.len();
        (0..count)
            .find_map(|at| self.before_marker(at))
            .or_else(|| (0..count).find_map(|at| self.with_ending(at)))
            .or_else(|| (0..count).find_map(|at| self.after_preposition(at)))
            .or_else(|| self.unknown_run())
    }

    /// Whom something was sent to, by a marker or an ending that says so.
    pub fn receiver(&self) -> Option<String> {
        let count = self.reading.words.len();
        (0..count).find_map(|at| self.before_marker(at)).or_else(|| (0..count).find_map(|at| self.with_ending(at))).or_else(|| {
            (0..count).filter(|&at| self.reading.words.get(at).is_some_and(|word| word.is("to"))).find_map(|at| self.after_preposition(at))
        })
    }

    /// Somebody of whom a text tells.
    pub fn somebody(&self) -> Option<String> {
        let start = (0..self.reading.words.len()).find(|&at| self.is_unknown(at))?;
        let written = self.reading.written(start, start + 1);
        Some(written.strip_suffix("ने").unwrap_or(written).to_owned())
    }

    /// A part of a town: what nothing else knows.
    pub fn place(&self) -> Option<String> {
        let start = (0..self.reading.words.len()).find(|&at| self.is_unknown(at))?;
        let mut end = start + 1;
        while end < start + 2 && self.is_unknown(end) {
            end += 1;
        }
        Some(self.reading.written(start, end).to_lowercase())
    }

    /// `Ravi ko`, `రవి కి`: a receiver's marker that is a word of its own.
    fn before_marker(&self, at: usize) -> Option<String> {
        let before = at.checked_sub(1)?;
        if !self.has_kind(at, "receiver") || !self.may_be_name(before) {
            return None;
        }
        // English words between Latin ones that look like a marker: "la", "to ke".
        let start = self.run_back(before);
        Some(self.reading.written(start, before + 1).to_owned())
    }

    /// `ರವಿಗೆ`, `Ravikku`.
    fn with_ending(&self, at: usize) -> Option<String> {
        let word = self.reading.words.get(at).filter(|word| word.is_word())?;
        if self.masked(at) || self.has_kind(at, "no_name") {
            return None;
        }
        let stem = ending::receiver(word.surface)?;
        let folded = stem.to_lowercase();
        let is_relation = self.means(&folded, "relation");
        if self.means(&folded, "no_name") || (self.lexicon.word(&folded).is_some() && !is_relation) {
            return None;
        }
        let latin = word.surface.is_ascii();
        if latin && !is_relation && (self.is_vocabulary(word) || stem.len() < 3) {
            return None;
        }
        if !latin && !is_relation && self.lexicon.word(&word.folded).is_some() {
            return None;
        }
        if !latin && !is_relation && self.is_vocabulary(word) {
            return None;
        }
        let start = at.checked_sub(1).filter(|&before| self.is_unknown(before)).map_or(at, |before| self.run_back(before));
        let first_names = self.reading.written(start, at);
        Some(if first_names.is_empty() { stem } else { format!("{first_names} {stem}") })
    }

    /// `to Ravi Kumar`, `pay Ravi`.
    fn after_preposition(&self, at: usize) -> Option<String> {
        let word = self.reading.words.get(at)?;
        if !matches!(word.folded.as_str(), "to" | "2" | "for" | "pay" | "give" | "send" | "transfer" | "sent") {
            return None;
        }
        let mut first = at + 1;
        while self.reading.words.get(first).is_some_and(|word| matches!(word.folded.as_str(), "my" | "our" | "mr" | "mrs" | "the" | "this"))
        {
            first += 1;
        }
        let named = self.is_unknown(first) || self.has_kind(first, "relation");
        if !named {
            return None;
        }
        let mut end = first + 1;
        while end < first + NAME_WORDS_MAX && (self.is_unknown(end) || (self.is_unknown(end - 1) && self.has_kind(end, "relation"))) {
            end += 1;
        }
        Some(self.reading.written(first, end).to_owned())
    }

    /// What neither the lexicon nor the corpus knows.
    fn unknown_run(&self) -> Option<String> {
        let start = (0..self.reading.words.len())
            .find(|&at| self.is_unknown(at))
            .or_else(|| (0..self.reading.words.len()).find(|&at| self.relation_alone(at)))?;
        let mut end = start + 1;
        while end < start + NAME_WORDS_MAX && self.is_unknown(end) {
            end += 1;
        }
        Some(self.reading.written(start, end).to_owned())
    }

    /// A mother is nobody's form of address here; `bhai`, `anna` and `bro` are.
    fn relation_alone(&self, at: usize) -> bool {
        let address = [
            "bhai",
            "bro",
            "bhaiya",
            "bhaiyya",
            "anna",
            "dada",
            "bhau",
            "sir",
            "yaar",
            "boss",
            "dost",
            "भाई",
            "भैया",
            "भाऊ",
            "ಅಣ್ಣ",
            "அண்ணா",
            "அண்ணன்",
            "అన్న",
            "দাদা",
            "ভাই",
            "akka",
            "didi",
            "tai",
            "uncle",
            "seth",
        ];
        self.has_kind(at, "relation") && self.reading.words.get(at).is_some_and(|word| !address.contains(&word.folded.as_str()))
    }

    fn run_back(&self, last: usize) -> usize {
        let mut start = last;
        while start > 0 && last - start + 1 < NAME_WORDS_MAX && self.is_unknown(start - 1) {
            start -= 1;
        }
        start
    }

    /// Whether a word may name somebody where a receiver is expected.
    fn may_be_name(&self, at: usize) -> bool {
        let Some(word) = self.reading.words.get(at) else { return false };
        if !word.is_word() || self.masked(at) || self.has_kind(at, "no_name") || self.means(&word.folded, "no_name") {
            return false;
        }
        if self.has_kind(at, "relation") || self.is_unknown(at) {
            return true;
        }
        let known = self.reading.entity_of(at).is_some();
        !known && self.lexicon.common(&word.folded).is_empty() && word.surface.chars().count() >= 3
    }

    fn is_unknown(&self, at: usize) -> bool {
        let Some(word) = self.reading.words.get(at) else { return false };
        word.is_word()
            && word.surface.chars().count() >= 2
            && self.reading.entity_of(at).is_none()
            && self.lexicon.common(&word.folded).is_empty()
            && !self.is_vocabulary(word)
    }

    fn is_vocabulary(&self, word: &Token<'_>) -> bool {
        self.model.vocabulary.binary_search(&vocabulary_hash(&word.skeleton)).is_ok()
    }

    fn masked(&self, at: usize) -> bool {
        self.reading.entity_of(at).is_some_and(|entity| match &entity.what {
            What::Known(entries) => {
                entries.iter().any(|entry| matches!(entry.kind, "account" | "bank" | "platform" | "unit" | "deny" | "city"))
                    && !entries.iter().any(|entry| entry.kind == "relation")
            }
            _ => true,
        })
    }

    fn has_kind(&self, at: usize, kind: &str) -> bool {
        self.reading.entity_of(at).is_some_and(|entity| entity.known(kind).is_some())
            || self.reading.words.get(at).is_some_and(|word| self.means(&word.folded, kind))
    }

    fn means(&self, folded: &str, kind: &str) -> bool {
        self.lexicon.word(folded).is_some_and(|entries| entries.iter().any(|entry| entry.kind == kind))
    }
}

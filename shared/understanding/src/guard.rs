//! When a text that speaks of sending money does not ask for it: denied, supposed, told or asked
//! about. In doubt a text moves nothing.

use crate::entity::Reading;
use crate::lexicon::Lexicon;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// "Stop what goes to Ravi every month."
    Ended,
    /// "Don't send money to Ravi."
    Denied,
    /// "What if I send 500?"
    Supposed,
    /// "Ravi sent me 500", "did you pay the bill?"
    Told,
}

/// Why a text is not to be taken as an order to move money.
pub fn doubt(lexicon: &Lexicon, reading: &Reading<'_>) -> Option<Doubt> {
    if stands(lexicon, reading, "end") && (stands(lexicon, reading, "every") || stands(lexicon, reading, "standing")) {
        return Some(Doubt::Ended);
    }
    if stands(lexicon, reading, "deny") {
        return Some(Doubt::Denied);
    }
    if stands(lexicon, reading, "suppose") {
        return Some(Doubt::Supposed);
    }
    stands(lexicon, reading, "told").then_some(Doubt::Told)
}

pub fn stands(lexicon: &Lexicon, reading: &Reading<'_>, kind: &str) -> bool {
    (0..reading.words.len()).any(|at| {
        let longest = lexicon.at(&reading.words, at).is_some_and(|found| found.of(kind).is_some());
        longest
            || reading
                .words
                .get(at)
                .and_then(|word| lexicon.word(&word.folded))
                .is_some_and(|entries| entries.iter().any(|entry| entry.kind == kind))
    })
}

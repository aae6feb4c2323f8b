//! What the classifier sees of a text: hashed words and pieces of words, with amounts, phones and
//! days as such. A text in an Indian script and its Latin spelling share most of them.

use linear::{Features, hash, normalised, pieces};

use crate::amount::Numeral;
use crate::contact::Contact;
use crate::entity::{Reading, What};
use crate::token::{Kind, Token};

/// Changes when a model fitted before can no longer be used.
pub const FEATURES_VERSION: u32 = 2;

const WORD: f32 = 1.0;
const PAIR: f32 = 0.8;
const PIECE: f32 = 0.35;
const MARK: f32 = 0.6;

/// Kinds that say nothing of the command.
const UNMARKED: [&str; 8] = ["word", "each", "clock", "daypart", "topic", "earned", "ordinal", "date_word"];

/// One word as the classifier sees it.
struct Seen<'a> {
    /// `None` for what is masked.
    word: Option<&'a Token<'a>>,
    mask: &'static str,
}

/// The features that a command is told by.
pub fn command_features(reading: &Reading<'_>) -> Features {
    let mut features = Vec::with_capacity(reading.words.len() * 24);
    let seen = seen(reading);
    words(&mut features, &seen);
    marks(&mut features, reading, &seen);
    normalised(features)
}

/// The features that a language is told by: words and their pieces as they are written.
pub fn language_features(words: &[Token<'_>]) -> Features {
    let mut features = Vec::new();
    for word in words.iter().filter(|word| word.is_word()) {
        push(&mut features, b'l', &[&word.folded], WORD);
        pieces(&mut features, b'm', &word.folded, 2, 4, PIECE);
    }
    normalised(features)
}

fn seen<'a>(reading: &'a Reading<'a>) -> Vec<Seen<'a>> {
    let mut seen = Vec::with_capacity(reading.words.len());
    let mut at = 0;
    while let Some(word) = reading.words.get(at) {
        let entity = reading.entity_of(at);
        let mask = entity.map_or("", |entity| mask(&entity.what));
        match entity {
            Some(entity) if !mask.is_empty() => {
                seen.push(Seen { word: None, mask });
                at = entity.end.max(at + 1);
            }
            _ => {
                let counts = word.kind != Kind::Sign || matches!(word.surface, "?" | "₹");
                if counts {
                    seen.push(Seen { word: Some(word), mask: "" });
                }
                at += 1;
            }
        }
    }
    seen
}

/// What stands for an entity that the classifier is not to see, empty for one that it sees.
fn mask(what: &What) -> &'static str {
    match what {
        What::Numeral(Numeral::Amount(_)) => "#amount",
        What::Numeral(Numeral::Count(_)) => "#count",
        What::Numeral(Numeral::Year(_)) => "#year",
        What::Numeral(Numeral::Other) => "#number",
        What::Contact(Contact::Phone(_)) => "#phone",
        What::Contact(Contact::Vpa(_)) => "#vpa",
        What::Contact(Contact::Number(_)) => "#number",
        What::Contact(Contact::Link) => "#link",
        What::Day(crate::day::Day::Offset(0)) => "#today",
        What::Day(_) => "#day",
        What::Known(entries) => {
            let masked = ["platform", "bank", "city", "scheme"];
            entries
                .iter()
                .find_map(|entry| match masked.iter().position(|kind| *kind == entry.kind) {
                    Some(0) => Some("#platform"),
                    Some(1) => Some("#bank"),
                    Some(2) => Some("#city"),
                    Some(_) => Some("#scheme"),
                    None => None,
                })
                .unwrap_or("")
        }
    }
}

fn words(features: &mut Features, seen: &[Seen<'_>]) {
    for (place, one) in seen.iter().enumerate() {
        match one.word {
            Some(word) if word.is_word() => {
                push(features, b'w', &[&word.folded], WORD);
                push(features, b's', &[&word.skeleton], WORD);
                push(features, b'c', &[&word.consonants], MARK);
                pieces(features, b'p', &word.skeleton, 2, 5, PIECE);
            }
            Some(word) => push(features, b'w', &[word.surface], WORD),
            None => push(features, b'#', &[one.mask], WORD),
        }
        let next = seen.get(place + 1);
        push(features, b'2', &[sound(Some(one)), sound(next)], PAIR);
        push(features, b'k', &[bones(Some(one)), bones(next)], PAIR * 0.6);
        if let Some(after) = seen.get(place + 2) {
            push(features, b'3', &[sound(Some(one)), sound(Some(after))], PAIR * 0.6);
        }
    }
    push(features, b'^', &[sound(seen.first())], PAIR);
}

fn sound<'a>(one: Option<&'a Seen<'_>>) -> &'a str {
    match one {
        Some(Seen { word: Some(word), .. }) if word.is_word() => &word.skeleton,
        Some(Seen { word: Some(word), .. }) => word.surface,
        Some(Seen { mask, .. }) => mask,
        None => "$",
    }
}

fn bones<'a>(one: Option<&'a Seen<'_>>) -> &'a str {
    match one {
        Some(Seen { word: Some(word), .. }) if word.is_word() => &word.consonants,
        other => sound(other),
    }
}

/// That a biller or a category is named, how long the text is, whether it asks.
fn marks(features: &mut Features, reading: &Reading<'_>, seen: &[Seen<'_>]) {
    let mut kinds: Vec<&str> = Vec::new();
    for entity in &reading.entities {
        if let What::Known(entries) = &entity.what {
            for entry in entries {
                if !kinds.contains(&entry.kind) && !UNMARKED.contains(&entry.kind) {
                    kinds.push(entry.kind);
                }
            }
        }
    }
    let has_amount = reading.amounts().next().is_some();
    for kind in kinds {
        push(features, b'e', &[kind], MARK);
        push(features, b'e', &[kind, if has_amount { "+amount" } else { "-amount" }], MARK);
    }
    push(features, b'e', &[if has_amount { "+amount" } else { "-amount" }], MARK);
    let length = match seen.len() {
        0..=1 => "1",
        2 => "2",
        3..=4 => "4",
        5..=7 => "7",
        8..=12 => "12",
        _ => "more",
    };
    push(features, b'n', &[length], MARK);
}

fn push(features: &mut Features, view: u8, parts: &[&str], weight: f32) {
    features.push((hash(view, parts), weight));
}

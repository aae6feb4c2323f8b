//! What the model sees of a text: hashed words, pairs of them, and pieces of words, so that a shop's
//! word is known though it is misspelt or cut off.

use linear::{Features, hash, normalised, pieces};

use crate::reading::Reading;

/// Changes when a model fitted before can no longer be used.
#[cfg(any(test, feature = "train"))]
pub const FEATURES_VERSION: u32 = 1;

const WORD: f32 = 1.0;
const PAIR: f32 = 0.7;
const PIECE: f32 = 0.4;
const MARK: f32 = 0.5;

pub fn features(text: &Reading) -> Features {
    let mut features = Vec::with_capacity(192);
    let mut before: Option<&str> = None;
    let mut count = 0;
    for word in text.telling().map(|word| text.text(word)) {
        of_word(&mut features, word);
        if let Some(before) = before {
            features.push((hash(b'2', &[before, word]), PAIR));
        }
        before = Some(word);
        count += 1;
    }
    // What kind of shop it is stands last.
    if let Some(last) = before {
        features.push((hash(b'$', &[last]), PAIR));
        pieces(&mut features, b'e', last, 4, 4, PIECE);
    }
    let length = match count {
        0..=1 => "1",
        2 => "2",
        3 => "3",
        _ => "more",
    };
    features.push((hash(b'n', &[length]), MARK));
    normalised(features)
}

/// What one word of a text tells, by itself.
pub fn word_features(word: &str) -> Features {
    let mut features = Vec::with_capacity(40);
    of_word(&mut features, word);
    features.push((hash(b'$', &[word]), PAIR));
    features
}

fn of_word(features: &mut Features, word: &str) {
    features.push((hash(b'w', &[word]), WORD));
    pieces(features, b'p', word, 3, 5, PIECE);
}

//! The fitted model: a classifier for what goes out and one for what comes in.

use std::sync::LazyLock;

use linear::{Bytes, Classifier, Damaged, probabilities};

use crate::code::{EXPENSES, INCOMES};
use crate::feature::{features, word_features};
use crate::reading::Reading;

const MAGIC: &[u8; 8] = b"KAMAICAT";

/// How many words of a text explain a guess.
const BECAUSE_MAX: usize = 3;

static BYTES: &[u8] = include_bytes!("../model.bin");

/// `None` only if the file in the binary is damaged, which a test sees.
pub static MODEL: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(BYTES).ok());

pub struct Model {
    /// Of the corpus that it was fitted from.
    #[cfg_attr(not(any(test, feature = "train")), expect(dead_code, reason = "for tests and the trainer"))]
    pub digest: u64,
    pub spent: Side,
    pub received: Side,
}

pub struct Side {
    /// How sharp probabilities are, so that they mean what they say.
    pub sharpness: f32,
    /// By label: a guess that is less likely is none.
    pub percent_min: Vec<u32>,
    pub classifier: Classifier,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likely {
    /// Of [`labels`]; past the last there is nothing to be said.
    pub label: usize,
    pub probability: f32,
}

/// The codes that a side's labels stand for; one label more is none of them.
pub const fn labels(is_credit: bool) -> &'static [&'static str] {
    if is_credit { &INCOMES } else { &EXPENSES }
}

impl Side {
    pub fn likeliest(&self, text: &Reading) -> Option<Likely> {
        let scores = self.classifier.scores(&features(text));
        let likely = probabilities(&scores, self.sharpness).into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        likely.map(|(label, probability)| Likely { label, probability })
    }

    pub fn is_sure(&self, likely: Likely) -> bool {
        self.percent_min.get(likely.label).is_some_and(|&percent| likely.probability * 100.0 >= percent as f32)
    }

    /// The words that told most of it, most first.
    pub fn because(&self, text: &Reading, label: usize) -> Vec<String> {
        let mut words: Vec<(f32, &str)> = Vec::new();
        for word in text.telling().map(|word| text.text(word)) {
            let share = self.classifier.share(&word_features(word), label);
            if !words.iter().any(|(_, known)| *known == word) {
                words.push((share, word));
            }
        }
        words.sort_by(|a, b| b.0.total_cmp(&a.0));
        // A word that speaks against it explains nothing, unless there is no other.
        let told = words.iter().take(BECAUSE_MAX).filter(|(share, _)| *share > 0.0).count().max(1);
        words.into_iter().take(told).map(|(_, word)| word.to_owned()).collect()
    }

    fn read(bytes: &mut Bytes<'_>, labels: usize) -> Result<Self, Damaged> {
        let side = Self { sharpness: bytes.float()?, percent_min: bytes.numbers()?, classifier: Classifier::read(bytes)? };
        if side.classifier.labels() == labels + 1 && side.percent_min.len() == labels { Ok(side) } else { Err(Damaged) }
    }

    #[cfg(any(test, feature = "train"))]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.sharpness.to_le_bytes());
        linear::write_numbers(out, &self.percent_min);
        self.classifier.write(out);
    }
}

impl Model {
    pub fn read(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut bytes = Bytes(bytes);
        if bytes.take(MAGIC.len())? != MAGIC {
            return Err(Damaged);
        }
        let digest = (u64::from(bytes.number()?) << 32) | u64::from(bytes.number()?);
        let spent = Side::read(&mut bytes, EXPENSES.len())?;
        let received = Side::read(&mut bytes, INCOMES.len())?;
        Ok(Self { digest, spent, received })
    }

    #[cfg(any(test, feature = "train"))]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(MAGIC);
        out.extend(((self.digest >> 32) as u32).to_le_bytes());
        out.extend((self.digest as u32).to_le_bytes());
        self.spent.write(&mut out);
        self.received.write(&mut out);
        out
    }

    pub fn side(&self, is_credit: bool) -> &Side {
        if is_credit { &self.received } else { &self.spent }
    }
}

/// Of all that a model is fitted from.
///
/// # Errors
///
/// A corpus that cannot be read.
#[cfg(any(test, feature = "train"))]
pub fn digest(corpus: &std::path::Path) -> std::io::Result<u64> {
    let labels = [EXPENSES.join(" "), INCOMES.join(" ")];
    let silent = crate::rules::entries().filter(|(_, rule)| rule.what == crate::rules::SILENT).map(|(form, _)| form);
    let further = labels.iter().map(String::as_str).chain([crate::reading::plain_text()]).chain(silent);
    linear::digest(crate::feature::FEATURES_VERSION, corpus, further)
}

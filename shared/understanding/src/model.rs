//! What was fitted from the corpus, and how it lies in its file.

pub use linear::Damaged as ModelError;
use linear::{Bytes, Classifier};

use crate::feature::FEATURES_VERSION;

const MAGIC: &[u8; 8] = b"KAMAIUND";

/// What was fitted from the corpus.
#[derive(Debug, Clone)]
pub struct Model {
    /// Of the corpus and the lexicon that it was fitted from.
    pub digest: u64,
    /// How sharp probabilities are, so that they mean what they say.
    pub sharpness: f32,
    pub commands: Classifier,
    pub languages: Classifier,
    /// Hashes of the words of the corpus, ascending: what is none of them may be a name.
    pub vocabulary: Vec<u32>,
}

impl Model {
    /// # Errors
    ///
    /// Bytes that no trainer of this version wrote.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut bytes = Bytes(bytes);
        if bytes.take(MAGIC.len())? != MAGIC || bytes.number()? != FEATURES_VERSION {
            return Err(ModelError);
        }
        let digest = (u64::from(bytes.number()?) << 32) | u64::from(bytes.number()?);
        let sharpness = bytes.float()?;
        let commands = Classifier::read(&mut bytes)?;
        let languages = Classifier::read(&mut bytes)?;
        let vocabulary = bytes.numbers()?;
        Ok(Self { digest, sharpness, commands, languages, vocabulary })
    }

    #[cfg(any(test, feature = "train"))]
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(MAGIC);
        out.extend(FEATURES_VERSION.to_le_bytes());
        out.extend(((self.digest >> 32) as u32).to_le_bytes());
        out.extend((self.digest as u32).to_le_bytes());
        out.extend(self.sharpness.to_le_bytes());
        self.commands.write(&mut out);
        self.languages.write(&mut out);
        linear::write_numbers(&mut out, &self.vocabulary);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Model {
        let classifier = Classifier::quantised(vec![3, 9], &[1.0, -1.0, 0.0, 0.5], vec![0.1, -0.1]);
        Model { digest: u64::MAX - 5, sharpness: 1.5, commands: classifier.clone(), languages: classifier, vocabulary: vec![1, 2, 3] }
    }

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let bytes = small().write();
        let read = Model::read(&bytes).unwrap();
        assert_eq!(read.write(), bytes);
        assert_eq!(read.digest, u64::MAX - 5);
    }

    #[test]
    fn a_damaged_model_is_refused() {
        let bytes = small().write();
        for length in 0..bytes.len() {
            assert!(Model::read(&bytes[..length]).is_err(), "{length}");
        }
    }
}

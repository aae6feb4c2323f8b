//! The fitted weights: hashed features times labels, in eight bits each.

use crate::feature::{FEATURES_VERSION, Features};

const MAGIC: &[u8; 8] = b"KAMAIUND";

#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the model is damaged or of another version")]
pub struct ModelError;

/// A linear classifier over the features that told most when it was fitted.
#[derive(Debug, Clone)]
pub struct Classifier {
    labels: usize,
    /// Hashes of its features, ascending; row `n` of the weights belongs to key `n`.
    keys: Vec<u32>,
    /// By label: what a step of a weight is worth.
    scales: Vec<f32>,
    biases: Vec<f32>,
    weights: Vec<i8>,
}

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

impl Classifier {
    /// From weights by feature and label, as they were fitted. Keys ascend.
    #[cfg(any(test, feature = "train"))]
    #[must_use]
    pub fn quantised(keys: Vec<u32>, weights: &[f32], biases: Vec<f32>) -> Self {
        let labels = biases.len();
        let mut scales = vec![0.0_f32; labels];
        for row in weights.chunks_exact(labels) {
            for (scale, weight) in scales.iter_mut().zip(row) {
                *scale = scale.max(weight.abs());
            }
        }
        for scale in &mut scales {
            *scale = (*scale / 127.0).max(f32::MIN_POSITIVE);
        }
        let weights = weights
            .chunks_exact(labels)
            .flat_map(|row| row.iter().zip(&scales).map(|(weight, scale)| (weight / scale).round().clamp(-127.0, 127.0) as i8))
            .collect();
        Self { labels, keys, scales, biases, weights }
    }

    /// A score for each label.
    #[must_use]
    pub fn scores(&self, features: &Features) -> Vec<f32> {
        let mut sums = vec![0.0_f32; self.labels];
        for &(hash, value) in features {
            let Ok(row) = self.keys.binary_search(&hash) else { continue };
            if let Some(weights) = self.weights.get(row * self.labels..(row + 1) * self.labels) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += f32::from(*weight) * value;
                }
            }
        }
        for ((sum, scale), bias) in sums.iter_mut().zip(&self.scales).zip(&self.biases) {
            *sum = *sum * scale + bias;
        }
        sums
    }

    fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        let labels = bytes.number()? as usize;
        if labels == 0 || labels > 64 {
            return Err(ModelError);
        }
        let keys = bytes.numbers()?;
        let scales = (0..labels).map(|_| bytes.float()).collect::<Result<_, _>>()?;
        let biases = (0..labels).map(|_| bytes.float()).collect::<Result<_, _>>()?;
        let weights = bytes.take(labels * keys.len())?.iter().map(|&byte| byte as i8).collect();
        Ok(Self { labels, keys, scales, biases, weights })
    }

    #[cfg(any(test, feature = "train"))]
    fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.labels as u32).to_le_bytes());
        write_numbers(out, &self.keys);
        for number in self.scales.iter().chain(&self.biases) {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.weights.iter().map(|&weight| weight as u8));
    }
}

#[cfg(any(test, feature = "train"))]
fn write_numbers(out: &mut Vec<u8>, numbers: &[u32]) {
    out.extend((numbers.len() as u32).to_le_bytes());
    out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
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
        write_numbers(&mut out, &self.vocabulary);
        out
    }
}

/// Probabilities of scores.
#[must_use]
pub fn probabilities(scores: &[f32], sharpness: f32) -> Vec<f32> {
    let greatest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raised: Vec<f32> = scores.iter().map(|score| ((score - greatest) * sharpness).exp()).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|one| one / sum.max(f32::MIN_POSITIVE)).collect()
}

struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], ModelError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ModelError)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().map_err(|_| ModelError)?))
    }

    /// As many as are told, and no more than there are bytes for.
    fn numbers(&mut self) -> Result<Vec<u32>, ModelError> {
        let count = self.number()? as usize;
        let bytes = self.take(count.checked_mul(4).ok_or(ModelError)?)?;
        Ok(bytes.chunks_exact(4).filter_map(|four| Some(u32::from_le_bytes(four.try_into().ok()?))).collect())
    }

    fn float(&mut self) -> Result<f32, ModelError> {
        Ok(f32::from_bits(self.number()?))
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

    #[test]
    fn probabilities_add_up_to_one() {
        let all = probabilities(&[3.0, 1.0, -900.0], 2.0);
        assert!((all.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(all[0] > all[1]);
    }
}

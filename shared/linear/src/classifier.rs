//! The fitted weights: hashed features times labels, in eight bits each.

use crate::bytes::{Bytes, Damaged};
use crate::feature::Features;

/// More are no classifier of ours.
const LABELS_MAX: usize = 64;

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

    /// How much each feature speaks for one label, added up: what a guess is explained by.
    #[must_use]
    pub fn share(&self, features: &Features, label: usize) -> f32 {
        let weight = |hash: u32| {
            let row = self.keys.binary_search(&hash).ok()?;
            (label < self.labels).then(|| self.weights.get(row * self.labels + label)).flatten()
        };
        let sum: f32 = features.iter().filter_map(|&(hash, value)| Some(f32::from(*weight(hash)?) * value)).sum();
        sum * self.scales.get(label).copied().unwrap_or_default()
    }

    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// # Errors
    ///
    /// Bytes of no classifier.
    pub fn read(bytes: &mut Bytes<'_>) -> Result<Self, Damaged> {
        let labels = bytes.number()? as usize;
        if labels == 0 || labels > LABELS_MAX {
            return Err(Damaged);
        }
        let keys = bytes.numbers()?;
        let scales = (0..labels).map(|_| bytes.float()).collect::<Result<_, _>>()?;
        let biases = (0..labels).map(|_| bytes.float()).collect::<Result<_, _>>()?;
        let weights = bytes.take(labels.checked_mul(keys.len()).ok_or(Damaged)?)?.iter().map(|&byte| byte as i8).collect();
        Ok(Self { labels, keys, scales, biases, weights })
    }

    #[cfg(any(test, feature = "train"))]
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.labels as u32).to_le_bytes());
        crate::bytes::write_numbers(out, &self.keys);
        for number in self.scales.iter().chain(&self.biases) {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.weights.iter().map(|&weight| weight as u8));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Classifier {
        Classifier::quantised(vec![3, 9], &[1.0, -1.0, 0.0, 0.5], vec![0.1, -0.1])
    }

    #[test]
    fn a_classifier_is_read_as_it_was_written() {
        let mut bytes = Vec::new();
        small().write(&mut bytes);
        let read = Classifier::read(&mut Bytes(&bytes)).unwrap();
        let mut again = Vec::new();
        read.write(&mut again);
        assert_eq!(again, bytes);
        assert_eq!(read.labels(), 2);
    }

    #[test]
    fn a_damaged_one_is_refused() {
        let mut bytes = Vec::new();
        small().write(&mut bytes);
        for length in 0..bytes.len() {
            assert_eq!(Classifier::read(&mut Bytes(&bytes[..length])).unwrap_err(), Damaged, "{length}");
        }
    }

    #[test]
    fn a_feature_that_it_does_not_know_says_nothing() {
        let classifier = small();
        assert_eq!(classifier.scores(&vec![(4, 1.0)]), classifier.scores(&Vec::new()));
    }

    #[test]
    fn the_shares_of_features_are_what_the_score_is_made_of() {
        let classifier = small();
        let bare = classifier.scores(&Vec::new());
        let scores = classifier.scores(&vec![(3, 0.5), (9, 2.0)]);
        for (label, (score, bare)) in scores.iter().zip(&bare).enumerate() {
            let shares = classifier.share(&vec![(3, 0.5)], label) + classifier.share(&vec![(9, 2.0)], label);
            assert!((score - bare - shares).abs() < 1e-5);
        }
        assert_eq!(classifier.share(&vec![(3, 0.5)], 2), 0.0);
    }

    #[test]
    fn probabilities_add_up_to_one() {
        let all = probabilities(&[3.0, 1.0, -900.0], 2.0);
        assert!((all.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(all[0] > all[1]);
    }
}

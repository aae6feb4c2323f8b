//! Multinomial logistic regression by AdaGrad, then again with the features that told most.

use std::collections::HashMap;

use crate::classifier::{Classifier, probabilities};
use crate::feature::Features;

const EPOCHS: usize = 7;
const EPOCHS_AGAIN: usize = 6;
/// The weights are the mean of what they were after each of the last epochs: where the last examples
/// pulled them is chance.
const EPOCHS_MEANT: usize = 3;
const STEP: f32 = 0.6;
const DECAY: f32 = 2e-5;
const SEED: u64 = 7;

/// A feature of fewer examples is chance.
const EXAMPLES_MIN: u32 = 3;

/// What a text was made into, and its label.
pub type Example = (Features, usize);

/// Examples with features as rows.
type Rows = Vec<(Vec<(u32, f32)>, usize)>;

/// A classifier that keeps as many `features`: what tells least goes.
#[must_use]
pub fn fit(examples: &[Example], labels: usize, features: usize) -> Classifier {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    for (key, _) in examples.iter().flat_map(|(features, _)| features) {
        *counts.entry(*key).or_default() += 1;
    }
    let mut keys: Vec<u32> = counts.iter().filter(|&(_, &count)| count >= EXAMPLES_MIN).map(|(&key, _)| key).collect();
    keys.sort_unstable();
    let (weights, _) = descend(&rows(examples, &keys), labels, keys.len(), EPOCHS, None);
    let mut ranked: Vec<(f32, usize)> = weights
        .chunks_exact(labels)
        .enumerate()
        .map(|(row, weights)| {
            let count = keys.get(row).and_then(|key| counts.get(key)).copied().unwrap_or_default() as f32;
            (weights.iter().map(|weight| weight * weight).sum::<f32>().sqrt() * count.sqrt(), row)
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut best: Vec<usize> = ranked.iter().take(features).map(|&(_, row)| row).collect();
    best.sort_unstable();
    let warm: Vec<f32> = best.iter().filter_map(|row| weights.get(row * labels..(row + 1) * labels)).flatten().copied().collect();
    let keys: Vec<u32> = best.iter().filter_map(|row| keys.get(*row)).copied().collect();
    let (weights, biases) = descend(&rows(examples, &keys), labels, keys.len(), EPOCHS_AGAIN, Some(warm));
    Classifier::quantised(keys, &weights, biases)
}

fn rows(examples: &[Example], keys: &[u32]) -> Rows {
    let places: HashMap<u32, u32> = keys.iter().enumerate().map(|(row, &key)| (key, row as u32)).collect();
    let row = |features: &Features| features.iter().filter_map(|(key, value)| Some((*places.get(key)?, *value))).collect();
    examples.iter().map(|(features, label)| (row(features), *label)).collect()
}

fn descend(rows: &Rows, labels: usize, features: usize, epochs: usize, warm: Option<Vec<f32>>) -> (Vec<f32>, Vec<f32>) {
    let mut weights = warm.unwrap_or_else(|| vec![0.0; labels * features]);
    let mut squares = vec![1e-3_f32; labels * features];
    let mut biases = vec![0.0_f32; labels];
    let mut bias_squares = vec![1.0_f32; labels];
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut scores = vec![0.0_f32; labels];
    let mut mean = (vec![0.0_f32; weights.len()], vec![0.0_f32; labels]);
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let step = STEP * (1.0 - 0.8 * epoch as f32 / epochs as f32);
        for &at in &order {
            let Some((row, label)) = rows.get(at) else { continue };
            scores.copy_from_slice(&biases);
            for &(feature, value) in row {
                let from = feature as usize * labels;
                for (score, weight) in scores.iter_mut().zip(&weights[from..from + labels]) {
                    *score += weight * value;
                }
            }
            let mut errors = probabilities(&scores, 1.0);
            if let Some(error) = errors.get_mut(*label) {
                *error -= 1.0;
            }
            for &(feature, value) in row {
                let from = feature as usize * labels;
                let span = from..from + labels;
                for ((weight, square), error) in weights[span.clone()].iter_mut().zip(&mut squares[span]).zip(&errors) {
                    let gradient = error * value + DECAY * *weight;
                    *square += gradient * gradient;
                    *weight -= step * gradient / square.sqrt();
                }
            }
            for ((bias, square), error) in biases.iter_mut().zip(&mut bias_squares).zip(&errors) {
                *square += error * error;
                *bias -= 0.1 * error / square.sqrt();
            }
        }
        if epoch + EPOCHS_MEANT >= epochs {
            add_share(&mut mean.0, &weights);
            add_share(&mut mean.1, &biases);
        }
    }
    mean
}

fn add_share(mean: &mut [f32], values: &[f32]) {
    for (mean, value) in mean.iter_mut().zip(values) {
        *mean += value / EPOCHS_MEANT as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_labels_apart_is_learnt_and_what_tells_least_goes() {
        let example = |at: usize| (vec![(7, 1.0), (11 + (at % 2) as u32, 1.0)], at % 2);
        let examples: Vec<Example> = (0..40).map(example).collect();
        let classifier = fit(&examples, 2, 2);
        for (features, label) in examples {
            assert!(probabilities(&classifier.scores(&features), 1.0)[label] > 0.9);
        }
        assert_eq!(classifier.share(&vec![(7, 1.0)], 0), 0.0);
    }

    #[test]
    fn what_few_examples_have_is_chance() {
        let classifier = fit(&[(vec![(1, 1.0)], 0), (vec![(2, 1.0)], 1)], 2, 10);
        assert_eq!(classifier.share(&vec![(1, 1.0)], 0), 0.0);
    }
}

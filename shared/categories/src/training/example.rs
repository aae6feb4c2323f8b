//! What is fitted on: each line of the corpus a few times, filled and with noise.

use linear::Example;

use super::corpus::{Corpus, Line};
use super::noise::noisy;
use crate::feature::features;
use crate::rules;

/// How often each line is used; the first time without noise.
const TIMES: usize = 9;
const TIMES_WITHOUT_PLACEHOLDER: usize = 4;
/// Names are without end, and most of whom riders pay are people.
const TIMES_OF_PEOPLE: usize = 40;

const SEED: u64 = 20_261_122;

/// The texts that one line stands for, the same each time.
pub fn texts(corpus: &Corpus, line: &Line) -> Vec<String> {
    let mut random = fastrand::Rng::with_seed(SEED ^ line.place as u64);
    let times = match line.text.contains('{') {
        true if line.is_for(false) && line.is_for(true) => TIMES_OF_PEOPLE,
        true => TIMES,
        false => TIMES_WITHOUT_PLACEHOLDER,
    };
    (0..times)
        .map(|time| {
            let text = corpus.filled(&mut random, &line.text);
            if time == 0 { text } else { noisy(&mut random, &text) }
        })
        .collect()
}

pub fn examples(corpus: &Corpus, lines: &[&Line], is_credit: bool) -> Vec<Example> {
    lines
        .iter()
        .flat_map(|line| texts(corpus, line).into_iter().map(|text| (features(&rules::read(&text)), line.label(is_credit))))
        .collect()
}

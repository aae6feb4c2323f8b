//! What is fitted on: each line of the corpus a few times, filled and with noise.

use std::collections::HashSet;

use linear::Example;

use super::corpus::Line;
use super::filler::Filler;
use super::names;
use super::noise::noisy;
use crate::clean::clean;
use crate::detect::language_of;
use crate::entity::Reading;
use crate::feature::{command_features, language_features};
use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::payee::vocabulary_hash;
use crate::token::tokens;

/// How often each line is filled; the first time without noise.
const TIMES: usize = 8;
const TIMES_WITHOUT_PLACEHOLDER: usize = 6;

const SEED: u64 = 20_261_121;

/// The texts that one line stands for, the same each time.
pub fn texts(filler: &Filler, line: &Line) -> Vec<String> {
    let mut random = fastrand::Rng::with_seed(SEED ^ line.place as u64);
    let times = if line.text.contains('{') { TIMES } else { TIMES_WITHOUT_PLACEHOLDER };
    (0..times)
        .map(|time| {
            let text = filler.fill(&mut random, &line.text, line.language);
            if time == 0 { text } else { noisy(&mut random, &text) }
        })
        .collect()
}

pub fn command_examples(lexicon: &Lexicon, model: &Model, lines: &[Line]) -> Vec<Example> {
    let filler = Filler::new();
    let mut all = Vec::new();
    for line in lines {
        for text in texts(&filler, line) {
            let text = clean(&text);
            let words = tokens(&text);
            let tongue = language_of(lexicon, Some(model), &words, None).tongue;
            let reading = Reading::of(lexicon, &text, words, Some(tongue));
            all.push((command_features(&reading), line.label));
        }
    }
    all
}

pub fn language_examples(lines: &[Line]) -> Vec<Example> {
    let filler = Filler::new();
    let mut all = Vec::new();
    for line in lines {
        for text in texts(&filler, line) {
            let text = clean(&text);
            all.push((language_features(&tokens(&text)), line.language.tongue as usize));
        }
    }
    all
}

/// Every word that is written out in the corpus, but for names.
pub fn vocabulary(lines: &[Line]) -> Vec<u32> {
    let names: HashSet<String> =
        names::all().flat_map(|name| tokens(name).into_iter().map(|word| word.skeleton).collect::<Vec<_>>()).collect();
    let mut vocabulary = Vec::new();
    for line in lines {
        let written: String =
            line.text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest)).collect::<Vec<_>>().join(" ");
        let cleaned = clean(&written);
        for word in tokens(&cleaned).into_iter().filter(|word| word.is_word() && !names.contains(&word.skeleton)) {
            vocabulary.push(vocabulary_hash(&word.skeleton));
        }
    }
    vocabulary.sort_unstable();
    vocabulary.dedup();
    vocabulary
}

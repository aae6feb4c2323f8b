//! Fits the model from the corpus. Not part of any function: behind the feature `train`.
//!
//! The same corpus and lexicon give the same model on one machine; the digest of both is in it.

mod corpus;
mod example;
mod filler;
mod names;
mod noise;
mod report;

use std::path::Path;

use crate::command::Command;
use crate::digest::digest;
use crate::language::Tongue;
use crate::lexicon::Lexicon;
use crate::model::Model;
use corpus::Line;
use example::{command_examples, language_examples};
use linear::fit;

/// How many features each classifier keeps: what tells least goes.
const COMMAND_FEATURES: usize = 21_000;
const LANGUAGE_FEATURES: usize = 5_000;

/// One line in so many is kept from the first fit, to measure it and to find how sharp it is.
const KEPT_EVERY: usize = 10;

pub struct Trained {
    pub model: Vec<u8>,
    pub report: String,
}

/// # Errors
///
/// A corpus that cannot be read, or has a line of another form.
pub fn train(corpus: &Path) -> Result<Trained, Box<dyn std::error::Error>> {
    let lexicon = Lexicon::built_in();
    let lines = corpus::load(corpus)?;
    let (kept, fitted): (Vec<Line>, Vec<Line>) = lines.iter().cloned().partition(|line| line.place % KEPT_EVERY == 0);
    let first = model_of(&lexicon, &fitted, 1.0, 0);
    let sharpness = report::sharpness(&lexicon, &first, &kept);
    let tried = Model { sharpness, ..first };
    let report = report::of(&lexicon, &tried, &kept, lines.len());
    let model = model_of(&lexicon, &lines, sharpness, digest(corpus)?);
    Ok(Trained { model: model.write(), report })
}

fn model_of(lexicon: &Lexicon, lines: &[Line], sharpness: f32, digest: u64) -> Model {
    let languages = fit(&language_examples(lines), Tongue::ALL.len(), LANGUAGE_FEATURES);
    let vocabulary = example::vocabulary(lines);
    let untold = fit(&[], Command::ALL.len() + 1, 1);
    let mut model = Model { digest, sharpness, commands: untold, languages, vocabulary };
    model.commands = fit(&command_examples(lexicon, &model, lines), Command::ALL.len() + 1, COMMAND_FEATURES);
    model
}

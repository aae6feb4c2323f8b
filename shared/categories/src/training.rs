//! Fits the model from `corpus/*.tsv`. Not part of any function: behind the feature `train`.
//!
//! The same corpus gives the same model on one machine; its digest is in it.

mod corpus;
mod example;
mod noise;
mod report;

use std::path::Path;

use crate::model::{Model, Side, digest, labels};
use corpus::{Corpus, Line};

/// How many features each side keeps: what tells least goes.
const SPENT_FEATURES: usize = 4_200;
const RECEIVED_FEATURES: usize = 1_300;

/// Every line is once kept from a fit, to measure it and to find how sure one has to be.
const FOLDS: usize = 5;

pub struct Trained {
    pub model: Vec<u8>,
    pub report: String,
}

/// # Errors
///
/// A corpus that cannot be read, or has a line of another form.
pub fn train(folder: &Path) -> Result<Trained, Box<dyn std::error::Error>> {
    let corpus = Corpus::load(folder)?;
    let mut report = String::new();
    let mut side = |is_credit: bool| {
        let lines: Vec<&Line> = corpus.lines.iter().filter(|line| line.is_for(is_credit)).collect();
        let mut kept = Vec::new();
        for fold in 0..FOLDS {
            let (out, fitted): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.place % FOLDS == fold);
            let tried = side_of(&corpus, &fitted, is_credit);
            kept.extend(out.into_iter().flat_map(|line| report::kept(&corpus, line, is_credit, &tried)));
        }
        let sharpness = report::sharpness(&kept);
        let percent_min = report::percent_min(&kept, sharpness, is_credit);
        report::of(&mut report, &kept, is_credit, sharpness, &percent_min);
        Side { sharpness, percent_min, ..side_of(&corpus, &lines, is_credit) }
    };
    let model = Model { spent: side(false), received: side(true), digest: digest(folder)? };
    Ok(Trained { model: model.write(), report })
}

fn side_of(corpus: &Corpus, lines: &[&Line], is_credit: bool) -> Side {
    let features = if is_credit { RECEIVED_FEATURES } else { SPENT_FEATURES };
    let classifier = linear::fit(&example::examples(corpus, lines, is_credit), labels(is_credit).len() + 1, features);
    Side { sharpness: 1.0, percent_min: Vec::new(), classifier }
}

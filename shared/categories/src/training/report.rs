//! How well lines are told by models that were fitted without them, and how sure one has to be.

use std::collections::BTreeMap;
use std::fmt::Write;

use linear::probabilities;

use super::corpus::{Corpus, Line};
use super::example::texts;
use crate::feature::features;
use crate::model::{Side, labels};
use crate::rules;

/// Of the answers of a category, so many of a hundred are to be right.
const RIGHT_PERCENT: usize = 93;

/// No guess is given that is less sure, whatever the lines say.
const PERCENT_LEAST: u32 = 45;
/// Where no guess was given that is sure enough.
const PERCENT_MOST: u32 = 97;

/// How many texts of a line are measured.
const TEXTS: usize = 3;
/// Of whom riders pay, most are people; fewer lines of the corpus are.
const TEXTS_OF_PEOPLE: usize = 20;

/// A text that was kept from a fit: its label, and the scores that it got without rules.
pub struct Kept {
    label: usize,
    scores: Vec<f32>,
}

/// Texts that a rule knows are left out: the model is never asked for them.
pub fn kept(corpus: &Corpus, line: &Line, is_credit: bool, tried: &Side) -> Vec<Kept> {
    texts(corpus, line)
        .into_iter()
        .take(if line.is_for(false) && line.is_for(true) { TEXTS_OF_PEOPLE } else { TEXTS })
        .filter(|text| !rules::knows(&rules::read(text), is_credit))
        .map(|text| Kept { label: line.label(is_credit), scores: tried.classifier.scores(&features(&rules::read(&text))) })
        .collect()
}

impl Kept {
    fn likeliest(&self, sharpness: f32) -> (usize, f32) {
        let all = probabilities(&self.scores, sharpness);
        all.into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
    }
}

/// The sharpness under which the lines are likeliest.
pub fn sharpness(kept: &[Kept]) -> f32 {
    let loss = |sharpness: f32| -> f32 {
        kept.iter().map(|kept| -probabilities(&kept.scores, sharpness).get(kept.label).copied().unwrap_or(0.0).max(1e-9).ln()).sum()
    };
    (5..=40).map(|tenth| tenth as f32 / 10.0).min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(1.0)
}

/// By label, the least that a guess has to be sure, so that enough of them are right.
pub fn percent_min(kept: &[Kept], sharpness: f32, is_credit: bool) -> Vec<u32> {
    let guesses: Vec<(usize, f32, bool)> = kept
        .iter()
        .map(|kept| {
            let (label, probability) = kept.likeliest(sharpness);
            (label, probability * 100.0, label == kept.label)
        })
        .collect();
    let least = |label: usize| {
        (PERCENT_LEAST..PERCENT_MOST)
            .find(|&percent| {
                let given = || guesses.iter().filter(|(got, sure, _)| *got == label && *sure >= percent as f32);
                let right = given().filter(|(.., is_right)| *is_right).count();
                right > 0 && right * 100 >= given().count() * RIGHT_PERCENT
            })
            .unwrap_or(PERCENT_MOST)
    };
    (0..labels(is_credit).len()).map(least).collect()
}

pub fn of(out: &mut String, kept: &[Kept], is_credit: bool, sharpness: f32, percent_min: &[u32]) {
    let labels = labels(is_credit);
    let name = |label: usize| labels.get(label).copied().unwrap_or("none");
    // To say nothing is no answer.
    let answer = |kept: &Kept| {
        let (label, probability) = kept.likeliest(sharpness);
        percent_min.get(label).filter(|&&percent| probability * 100.0 >= percent as f32).map(|_| label)
    };
    let share = |part: usize, whole: usize| if whole == 0 { "-".to_owned() } else { format!("{:.1}%", part as f64 * 100.0 / whole as f64) };
    let count = |holds: &dyn Fn(&Kept) -> bool| kept.iter().filter(|kept| holds(kept)).count();
    let side = if is_credit { "What comes in" } else { "What goes out" };
    let _ = writeln!(out, "{side}: {} texts, each told by a model that was fitted without its line; none that a rule knows", kept.len());
    let _ = writeln!(out, "sharpness {sharpness:.1}; a guess that is less sure than its category's least is none\n");
    let _ = writeln!(out, "{:<15}{:>7}{:>11}{:>7}{:>10}{:>10}", "category", "texts", "likeliest", "least", "answered", "of them");
    let _ = writeln!(out, "{:<15}{:>7}{:>11}{:>7}{:>10}{:>10}", "", "", "", "", "so", "right");
    for label in 0..=labels.len() {
        let all = count(&|kept| kept.label == label);
        let likeliest = count(&|kept| kept.label == label && kept.likeliest(sharpness).0 == label);
        let answered = count(&|kept| answer(kept) == Some(label));
        let right = count(&|kept| answer(kept) == Some(label) && kept.label == label);
        let least = percent_min.get(label).map_or_else(|| "-".to_owned(), |percent| format!("{percent}%"));
        let (name, of_all, of_answers) = (name(label), share(likeliest, all), share(right, answered));
        let _ = writeln!(out, "{name:<15}{all:>7}{of_all:>11}{least:>7}{answered:>10}{of_answers:>10}");
    }
    let likeliest = count(&|kept| kept.likeliest(sharpness).0 == kept.label);
    let answered = count(&|kept| answer(kept).is_some());
    let right = count(&|kept| answer(kept) == Some(kept.label));
    let (of_all, of_answers) = (share(likeliest, kept.len()), share(right, answered));
    let _ = writeln!(out, "{:<15}{:>7}{of_all:>11}{:>7}{answered:>10}{of_answers:>10}", "all", kept.len(), "");
    let mut confused: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for kept in kept {
        if let Some(got) = answer(kept).filter(|got| *got != kept.label) {
            *confused.entry((kept.label, got)).or_default() += 1;
        }
    }
    let mut confused: Vec<_> = confused.into_iter().collect();
    confused.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let _ = writeln!(out, "\nmost confused:");
    for ((meant, got), count) in confused.into_iter().take(12) {
        let _ = writeln!(out, "{count:>5}  {} taken for {}", name(meant), name(got));
    }
    out.push('\n');
}

//! How well a model does on lines that it was not fitted on, as they stand in the corpus.

use std::collections::BTreeMap;
use std::fmt::Write;

use linear::probabilities;

use super::corpus::Line;
use super::example::texts;
use super::filler::Filler;
use crate::clean::clean;
use crate::command::Command;
use crate::detect::language_of;
use crate::entity::Reading;
use crate::feature::command_features;
use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::token::tokens;

fn scores(lexicon: &Lexicon, model: &Model, text: &str) -> Vec<f32> {
    let text = clean(text);
    let words = tokens(&text);
    let tongue = language_of(lexicon, Some(model), &words, None).tongue;
    model.commands.scores(&command_features(&Reading::of(lexicon, &text, words, Some(tongue))))
}

/// The sharpness under which the kept lines are likeliest.
pub fn sharpness(lexicon: &Lexicon, model: &Model, kept: &[Line]) -> f32 {
    let filler = Filler::new();
    let scored: Vec<(Vec<f32>, usize)> =
        kept.iter().filter_map(|line| Some((scores(lexicon, model, texts(&filler, line).first()?), line.label))).collect();
    let loss = |sharpness: f32| -> f32 {
        scored.iter().map(|(scores, label)| -probabilities(scores, sharpness).get(*label).copied().unwrap_or(0.0).max(1e-9).ln()).sum()
    };
    (5..=30).map(|tenth| tenth as f32 / 10.0).min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(1.0)
}

pub fn of(lexicon: &Lexicon, model: &Model, kept: &[Line], lines: usize) -> String {
    let filler = Filler::new();
    let mut by_language: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    let mut confused: BTreeMap<(String, String), usize> = BTreeMap::new();
    for line in kept {
        let Some(text) = texts(&filler, line).into_iter().next() else { continue };
        let scores = scores(lexicon, model, &text);
        let got = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(Command::ALL.len(), |(label, _)| label);
        let entry = by_language.entry(line.language.to_string()).or_default();
        entry.0 += 1;
        entry.1 += usize::from(got == line.label);
        entry.2 += usize::from(is_money(got) == is_money(line.label));
        if got != line.label {
            *confused.entry((name(line.label).to_owned(), name(got).to_owned())).or_default() += 1;
        }
    }
    let mut out = String::new();
    let _ = writeln!(out, "{lines} lines; measured on {} of them by a model that was fitted on the others, without rules\n", kept.len());
    let _ = writeln!(out, "{:<10}{:>7}{:>9}{:>9}", "language", "lines", "right", "money");
    for (language, (all, right, money)) in &by_language {
        let share = |part: usize| part as f64 * 100.0 / (*all).max(1) as f64;
        let _ = writeln!(out, "{language:<10}{all:>7}{:>8.1}%{:>8.1}%", share(*right), share(*money));
    }
    let total = by_language.values().fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2));
    let share = |part: usize| part as f64 * 100.0 / total.0.max(1) as f64;
    let _ = writeln!(out, "{:<10}{:>7}{:>8.1}%{:>8.1}%", "all", total.0, share(total.1), share(total.2));
    let mut confused: Vec<_> = confused.into_iter().collect();
    confused.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let _ = writeln!(out, "\nsharpness {:.1}; most confused:", model.sharpness);
    for ((meant, got), count) in confused.into_iter().take(25) {
        let _ = writeln!(out, "{count:>5}  {meant} taken for {got}");
    }
    out
}

fn name(label: usize) -> &'static str {
    Command::ALL.get(label).map_or("none", |command| command.name())
}

fn is_money(label: usize) -> bool {
    Command::ALL.get(label).is_some_and(|command| command.moves_money())
}

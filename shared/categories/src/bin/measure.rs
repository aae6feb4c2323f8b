//! How well the held-out lines are told (`tests/held_out.tsv`, or the file that is named), by category,
//! and how long a guess takes. `--wrong` shows what was told wrongly, `--all` everything.

use std::collections::BTreeMap;
use std::time::Instant;

use categories::{Ground, Told, guess};

#[derive(Default)]
struct Tally {
    all: usize,
    given: usize,
    right: usize,
    by_rule: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let path = arguments.iter().find(|argument| !argument.starts_with("--")).cloned();
    let file = std::fs::read_to_string(path.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/held_out.tsv").to_owned()))?;
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut lines = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [what, side, channel, text] = fields.as_slice() else { continue };
        let told =
            Told { text, is_credit: *side == "credit", channel: Some(*channel).filter(|channel| *channel != "-"), amount_minor: 50_000 };
        let got = guess(&told);
        for tally in [*what, if told.is_credit { "(credits)" } else { "(debits)" }] {
            let tally = tallies.entry(tally).or_default();
            tally.all += usize::from(*what != "none");
            tally.given += usize::from(!got.what.is_empty());
            tally.right += usize::from(got.what == *what);
            tally.by_rule += usize::from(matches!(got.ground, Ground::Rule { .. }));
        }
        let is_wrong = got.what != if *what == "none" { "" } else { *what };
        if has("--all") || (has("--wrong") && is_wrong) {
            let because = match &got.ground {
                Ground::Rule { words } => format!("rule {words}"),
                Ground::Model { percent, because } => format!("{percent}% {}", because.join(" ")),
                Ground::None => "nothing".to_owned(),
            };
            println!("{what}\t{}\t{text}\t({because})", got.what);
        }
        lines.push(told);
    }
    println!("{:<16}{:>6}{:>7}{:>7}{:>7}", "category", "lines", "given", "right", "rule");
    for (what, tally) in &tallies {
        println!("{what:<16}{:>6}{:>7}{:>7}{:>7}", tally.all, tally.given, tally.right, tally.by_rule);
    }
    const ROUNDS: usize = 20;
    let mut nanos: Vec<u128> = Vec::with_capacity(lines.len() * ROUNDS);
    for told in (0..ROUNDS).flat_map(|_| &lines) {
        let started = Instant::now();
        std::hint::black_box(guess(std::hint::black_box(told)));
        nanos.push(started.elapsed().as_nanos());
    }
    nanos.sort_unstable();
    let at = |percent: usize| nanos.get(nanos.len() * percent / 100).copied().unwrap_or_default() as f64 / 1_000.0;
    println!("\nmicroseconds a guess: p50 {:.1}, p90 {:.1}, p99 {:.1}", at(50), at(90), at(99));
    Ok(())
}

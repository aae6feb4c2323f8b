//! How well messages are read: the corpus, the held-out part and the sets that are named, field by
//! field, and how long one takes.
//!
//!   sms-measure [--wrong] [set of other programs' messages.jsonl …]

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::Value;
use sms_parser::{Message, read};

#[path = "../../tests/score/mod.rs"]
mod score;

use score::{Failure, Score};

/// Rounds over the corpus, so that a microsecond can be told from two.
const ROUNDS: usize = 50;

fn main() -> Result<(), Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let shows_wrong = std::env::args().any(|argument| argument == "--wrong");
    let sets: Vec<PathBuf> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).map(PathBuf::from).collect();
    for name in ["main.jsonl", "held_out.jsonl"] {
        show(name, &score::corpus(&root.join(name))?, shows_wrong);
    }
    for set in &sets {
        show(&set.to_string_lossy(), &score::foreign(set)?, shows_wrong);
    }
    speed(&root.join("main.jsonl"))
}

fn show(name: &str, score: &Score, shows_wrong: bool) {
    let share = |part, whole| Score::thousandths(part, whole) as f64 / 10.0;
    println!("\n{name}: {} messages, {} of them transactions", score.messages, score.transactions);
    println!("  amount and direction  {:>5.1}%", share(score.money_right, score.transactions));
    println!("  all fields            {:>5.1}%", share(score.all_right, score.transactions));
    println!("  false transactions    {:>5.1}%", share(score.false_ones, score.others));
    for (field, (all, right)) in &score.fields {
        println!("    {field:<20}{:>5.1}% of {all}", share(*right, *all));
    }
    for wrong in score.wrong.iter().filter(|_| shows_wrong) {
        println!("{wrong}");
    }
}

fn speed(path: &Path) -> Result<(), Failure> {
    let mut messages = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let case: Value = serde_json::from_str(line)?;
        messages.push((case["sender"].as_str().map(str::to_owned), case["message"].as_str().unwrap_or_default().to_owned()));
    }
    let mut nanos = Vec::with_capacity(messages.len() * ROUNDS);
    for _ in 0..ROUNDS {
        for (sender, text) in &messages {
            let started = Instant::now();
            std::hint::black_box(read(&Message { sender: sender.as_deref(), text, received_at: None }));
            nanos.push(started.elapsed().as_nanos());
        }
    }
    nanos.sort_unstable();
    let at = |share: usize| nanos.get(nanos.len() * share / 100).copied().unwrap_or_default() as f64 / 1_000.0;
    let mean = nanos.iter().sum::<u128>() as f64 / nanos.len().max(1) as f64 / 1_000.0;
    println!("\nmicroseconds a message: mean {mean:.1}, p50 {:.1}, p99 {:.1}", at(50), at(99));
    Ok(())
}

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
    for name in ["main.jsonl", "held_out.jsonl", "forms.jsonl"] {
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
    let (mut each, mut rounds) = (Vec::with_capacity(messages.len() * ROUNDS), Vec::with_capacity(ROUNDS));
    for _ in 0..ROUNDS {
        let round = Instant::now();
        for (sender, text) in &messages {
            let started = Instant::now();
            std::hint::black_box(read(&Message { sender: sender.as_deref(), text, received_at: None }));
            each.push(started.elapsed().as_nanos());
        }
        rounds.push(round.elapsed().as_nanos() / messages.len().max(1) as u128);
    }
    each.sort_unstable();
    // Of rounds the middle one: a busy machine stops some of them.
    rounds.sort_unstable();
    let micros = |nanos: Option<&u128>| nanos.copied().unwrap_or_default() as f64 / 1_000.0;
    let (mean, p99) = (micros(rounds.get(ROUNDS / 2)), micros(each.get(each.len() * 99 / 100)));
    println!("\nmicroseconds a message: mean {mean:.1}, p50 {:.1}, p99 {p99:.1}", micros(each.get(each.len() / 2)));
    Ok(())
}

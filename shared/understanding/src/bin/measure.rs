//! How well the held-out phrases are understood: by language and command, money against the rest,
//! slots, and how long a text takes.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use serde_json::{Map, Value};
use understanding::{Command, Understander, Utterance};

#[derive(Default)]
struct Tally {
    all: usize,
    right: usize,
    money_right: usize,
    slots: usize,
    slots_right: usize,
    language_right: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"))
        .unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/tests/held_out").to_owned());
    let wrong_ones = std::env::args().any(|argument| argument == "--wrong");
    let understander = Understander::built_in()?;
    let mut by_language: BTreeMap<String, Tally> = BTreeMap::new();
    let mut by_command: BTreeMap<String, Tally> = BTreeMap::new();
    let mut by_slot: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut micros = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(Path::new(&folder))?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "tsv")) {
        let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        for line in std::fs::read_to_string(file)?.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [wanted, text, rest @ ..] = fields.as_slice() else { continue };
            let started = Instant::now();
            let understood =
                understander.understand(&Utterance { text, language: None, context: None, now: jiff::civil::date(2026, 11, 21) });
            micros.push(started.elapsed().as_micros());
            let got = understood.command.map_or("none", Command::name);
            let is_money = |name: &str| Command::from_name(name).is_some_and(Command::moves_money);
            let expected: Map<String, Value> = rest.first().and_then(|slots| serde_json::from_str(slots).ok()).unwrap_or_default();
            let found = serde_json::to_value(&understood.slots)?;
            for tally in [by_language.entry(name.clone()).or_default(), by_command.entry((*wanted).to_owned()).or_default()] {
                tally.all += 1;
                tally.right += usize::from(got == *wanted);
                tally.language_right += usize::from(understood.language.to_string() == name);
                tally.money_right += usize::from(is_money(got) == is_money(wanted));
                if got == *wanted {
                    tally.slots += 1;
                    tally.slots_right += usize::from(found == Value::Object(expected.clone()));
                }
            }
            if got == *wanted {
                for (slot, value) in &expected {
                    let entry = by_slot.entry(slot.clone()).or_default();
                    entry.0 += 1;
                    entry.1 += usize::from(found.get(slot) == Some(value));
                }
            }
            if wrong_ones && got != *wanted {
                println!("{name}\t{wanted}\t{got}\t{:.2}\t{text}", understood.confidence);
            }
            if std::env::args().any(|argument| argument == "--slots") && got == *wanted && found != Value::Object(expected.clone()) {
                println!("{name}\t{wanted}\t{text}\twant {}\tgot {found}", Value::Object(expected));
            }
        }
    }
    show("language", &by_language);
    show("command", &by_command);
    println!("\n{:<24}{:>6}{:>8}", "slot", "texts", "right");
    for (slot, (all, right)) in &by_slot {
        println!("{slot:<24}{all:>6}{:>7.1}%", share(*right, *all));
    }
    micros.sort_unstable();
    let at = |share: usize| micros.get(micros.len() * share / 100).copied().unwrap_or_default();
    println!("\nmicroseconds a text: p50 {}, p99 {}, most {}", at(50), at(99), micros.last().copied().unwrap_or_default());
    Ok(())
}

fn show(what: &str, tallies: &BTreeMap<String, Tally>) {
    println!("\n{what:<24}{:>6}{:>8}{:>8}{:>8}{:>10}", "texts", "right", "money", "slots", "language");
    let mut total = Tally::default();
    for (name, tally) in tallies {
        row(name, tally);
        total.all += tally.all;
        total.right += tally.right;
        total.money_right += tally.money_right;
        total.language_right += tally.language_right;
        total.slots += tally.slots;
        total.slots_right += tally.slots_right;
    }
    row("all", &total);
}

fn row(name: &str, tally: &Tally) {
    println!(
        "{name:<24}{:>6}{:>7.1}%{:>7.1}%{:>7.1}%{:>9.1}%",
        tally.all,
        share(tally.right, tally.all),
        share(tally.money_right, tally.all),
        share(tally.slots_right, tally.slots),
        share(tally.language_right, tally.all)
    );
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

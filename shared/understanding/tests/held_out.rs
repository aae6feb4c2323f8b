//! Phrases that nothing was fitted on, and the bars that hold for them.
//!
//! Mistakes on them were read while the corpus was made, so they notice what gets worse and do not
//! prove the bars for phrases that nobody has seen: see `docs/understanding.md`.

use std::path::Path;

use understanding::{Command, Understander, Utterance};

/// Shares of all phrases, in thousandths.
const RIGHT_MIN: usize = 950;
const MONEY_MIN: usize = 990;

struct Phrase {
    wanted: Option<Command>,
    got: Option<Command>,
    confirms: bool,
    text: String,
}

type Phrases = Result<Vec<Phrase>, Box<dyn std::error::Error>>;

fn phrases() -> Phrases {
    let understander = Understander::built_in()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/held_out");
    let mut phrases = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let texts = std::fs::read_to_string(entry?.path())?;
        for line in texts.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut fields = line.split('\t');
            let (Some(command), Some(text)) = (fields.next(), fields.next()) else { continue };
            let got = understander.understand(&Utterance { text, language: None, context: None, now: jiff::civil::date(2026, 11, 21) });
            let confirms = understander.confirmation(text).is_some();
            phrases.push(Phrase { wanted: Command::from_name(command), got: got.command, confirms, text: text.to_owned() });
        }
    }
    assert!(phrases.len() > 1_000);
    Ok(phrases)
}

fn thousandths(phrases: &[Phrase], holds: impl Fn(&Phrase) -> bool) -> usize {
    phrases.iter().filter(|phrase| holds(phrase)).count() * 1_000 / phrases.len()
}

#[test]
fn the_bars_hold() -> Result<(), Box<dyn std::error::Error>> {
    let phrases = phrases()?;
    let right = thousandths(&phrases, |phrase| phrase.wanted == phrase.got);
    let is_money = |command: Option<Command>| command.is_some_and(Command::moves_money);
    let money = thousandths(&phrases, |phrase| is_money(phrase.wanted) == is_money(phrase.got));
    assert!(right >= RIGHT_MIN, "{right} of 1000 commands are right");
    assert!(money >= MONEY_MIN, "{money} of 1000 are told rightly to be about money or not");
    Ok(())
}

#[test]
fn none_of_them_confirms_anything() -> Result<(), Box<dyn std::error::Error>> {
    for phrase in phrases()? {
        assert!(!phrase.confirms, "{}", phrase.text);
    }
    Ok(())
}

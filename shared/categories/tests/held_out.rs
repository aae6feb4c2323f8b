//! Lines that the trainer never sees, with bars for what is told of them.
//!
//! `payers.tsv`: which platform paid. `held_out.tsv`: everything, written before rules and corpus were tried.
//! `exam.tsv`: written after them and not looked into.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use categories::{Told, guess, is_category};

/// In thousandths.
const PAYERS_PRECISION_MIN: usize = 980;
const PAYERS_FOUND_MIN: usize = 950;
const PRECISION_MIN: usize = 930;
const COVERAGE_MIN: usize = 750;
const AGREEMENT_MIN: usize = 800;

type Failure = Box<dyn std::error::Error>;

struct Line {
    what: String,
    is_credit: bool,
    channel: Option<String>,
    text: String,
}

impl Line {
    fn told(&self) -> Told<'_> {
        Told { text: &self.text, is_credit: self.is_credit, channel: self.channel.as_deref(), amount_minor: 123_400 }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn lines(name: &str) -> Result<Vec<Line>, Failure> {
    let text = std::fs::read_to_string(folder().join(name))?;
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let malformed = || format!("{name}: {line}");
            let fields: Vec<&str> = line.split('\t').collect();
            let &[what, side @ ("debit" | "credit"), channel, text] = fields.as_slice() else { return Err(malformed().into()) };
            let is_credit = side == "credit";
            if !["none", "-"].contains(&what) && !is_category(what, is_credit) {
                return Err(malformed().into());
            }
            Ok(Line { what: what.to_owned(), is_credit, channel: (channel != "-").then(|| channel.to_owned()), text: text.to_owned() })
        })
        .collect()
}

fn thousandths(part: usize, whole: usize) -> usize {
    part * 1_000 / whole.max(1)
}

#[test]
fn platforms_that_pay_are_told_from_all_others() -> Result<(), Failure> {
    let lines = lines("payers.tsv")?;
    assert!(lines.len() >= 200);
    let mut said = 0;
    let mut right = 0;
    let mut wrong = Vec::new();
    for line in &lines {
        let got = guess(&line.told());
        said += usize::from(got.is_platform);
        right += usize::from(got.is_platform && got.what == line.what);
        if got.is_platform != (line.what != "-") || (got.is_platform && got.what != line.what) {
            wrong.push(format!("{} told as {:?}: {}", line.what, got.what, line.text));
        }
    }
    let platforms = lines.iter().filter(|line| line.what != "-").count();
    println!("payers: {said} said, {right} right, of {platforms}");
    assert!(thousandths(right, said) >= PAYERS_PRECISION_MIN && thousandths(right, platforms) >= PAYERS_FOUND_MIN, "{}", wrong.join("\n"));
    Ok(())
}

#[track_caller]
fn the_bars_hold(name: &str, lines_min: usize) -> Result<(), Failure> {
    let lines = lines(name)?;
    assert!(lines.len() >= lines_min);
    let mut given = 0;
    let mut right = 0;
    let mut wrong = Vec::new();
    for line in &lines {
        let got = guess(&line.told());
        given += usize::from(!got.what.is_empty());
        right += usize::from(got.what == line.what);
        if !got.what.is_empty() && got.what != line.what {
            wrong.push(format!("{} told as {}", line.what, got.what));
        }
    }
    let to_tell = lines.iter().filter(|line| line.what != "none").count();
    println!("{name}: {given} given, {right} right, {to_tell} to tell");
    assert!(thousandths(right, given) >= PRECISION_MIN && thousandths(right, to_tell) >= COVERAGE_MIN, "{}", wrong.join("\n"));
    Ok(())
}

#[test]
fn what_is_said_of_held_out_lines_is_right() -> Result<(), Failure> {
    the_bars_hold("held_out.tsv", 300)
}

#[test]
fn what_is_said_in_the_exam_is_right() -> Result<(), Failure> {
    the_bars_hold("exam.tsv", 100)
}

#[test]
fn no_held_out_line_is_in_the_corpus() -> Result<(), Failure> {
    let corpus = std::fs::read_to_string(folder().join("../corpus/debit.tsv"))?.to_lowercase();
    let corpus: BTreeSet<&str> = corpus.lines().filter_map(|line| line.split_once('\t')).map(|(_, text)| text).collect();
    for line in lines("held_out.tsv")?.iter().chain(&lines("exam.tsv")?) {
        // What banks and courts write is one for all, and so is what they write of money that comes in.
        let is_of_a_bank = line.is_credit || ["fees", "cash", "fine", "none"].contains(&line.what.as_str());
        assert!(is_of_a_bank || !corpus.contains(line.text.to_lowercase().as_str()), "{}", line.text);
    }
    Ok(())
}

/// Keywords of another program, where the shared data lies beside the repository (or where
/// `KAMAI_SHARED_DATA` says); nothing is checked without them. They are not part of the project.
#[test]
fn another_programs_keywords_mean_the_same_here() -> Result<(), Failure> {
    const SAME: [(&str, &[&str]); 18] = [
        ("Bills", &["bills", "phone"]),
        ("EMI", &["loan"]),
        ("Debt", &["loan"]),
        ("Entertainment", &["entertainment"]),
        ("Food & Drinks", &["food"]),
        ("Fuel", &["fuel"]),
        ("Groceries", &["family"]),
        ("Health", &["health"]),
        ("Investment", &["investment"]),
        ("Shopping", &["shopping"]),
        ("Travel", &["travel"]),
        ("Bike", &["vehicle", "travel"]),
        ("Car", &["vehicle", "travel"]),
        ("Insurance", &["insurance"]),
        ("Learning & Education", &["education"]),
        ("Rent", &["rent"]),
        ("Charity", &["charity"]),
        ("Personal Care", &["personal_care"]),
    ];
    let data = std::env::var_os("KAMAI_SHARED_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(data.join("categories/keywords_in.json")) else { return Ok(()) };
    let theirs: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)?;
    let mut all = 0;
    let mut same = 0;
    let mut others = Vec::new();
    for (category, ours) in SAME {
        for keyword in theirs.get(category).and_then(serde_json::Value::as_array).into_iter().flatten().filter_map(|word| word.as_str()) {
            let got = guess(&Told { text: keyword, is_credit: false, channel: None, amount_minor: 10_000 }).what;
            all += 1;
            same += usize::from(ours.contains(&got));
            if !ours.contains(&got) {
                others.push(format!("{category}: {keyword} is {got:?} here"));
            }
        }
    }
    println!("keywords: {same} of {all} mean the same");
    assert!(thousandths(same, all) >= AGREEMENT_MIN, "{}", others.join("\n"));
    Ok(())
}

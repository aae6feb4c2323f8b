//! Words by which a purpose is known: `rules.tsv`.

use std::sync::LazyLock;

use crate::book::{Book, Cut, Found};
use crate::payer;
use crate::reading::{Reading, lines};

static TEXT: &str = include_str!("../rules.tsv");

/// What stands in the file for words that are no purpose.
pub const SILENT: &str = "silent";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub what: &'static str,
    pub for_debits: bool,
    pub for_credits: bool,
}

static RULES: LazyLock<Book<Rule>> = LazyLock::new(|| Book::new(entries().filter(|(_, rule)| rule.what != SILENT), payer::beside_brands()));
static SILENCED: LazyLock<Book<Rule>> = LazyLock::new(|| Book::new(entries().filter(|(_, rule)| rule.what == SILENT), Vec::new()));

static RETURNS: LazyLock<Book<Rule>> = LazyLock::new(|| Book::new(entries().filter(|(_, rule)| rule.what == "refund"), Vec::new()));

/// Every form with its rule, as they stand in the file.
pub fn entries() -> impl Iterator<Item = (&'static str, Rule)> {
    lines(TEXT)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let (what, side, forms) = (fields.next()?, fields.next()?, fields.next()?);
            Some((Rule { what, for_debits: side != "credit", for_credits: side != "debit" }, forms))
        })
        .flat_map(|(rule, forms)| forms.split('|').map(move |form| (form, rule)))
}

#[cfg(test)]
pub fn text() -> &'static str {
    TEXT
}

/// A text without what is no purpose though it sounds like one: `Airtel Payments Bank`.
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::of(text);
    while let Some((at, words)) = SILENCED.longest(&reading, Cut::Refused, |_| true).map(|found| (found.at, found.words)) {
        reading.silence(at, words);
    }
    reading
}

pub fn spent(text: &Reading) -> Option<Found<'static, Rule>> {
    RULES.longest(text, Cut::Allowed, |rule| rule.for_debits)
}

pub fn received(text: &Reading) -> Option<Found<'static, Rule>> {
    RULES.longest(text, Cut::Refused, |rule| rule.for_credits)
}

#[cfg(feature = "train")]
pub fn knows(text: &Reading, is_credit: bool) -> bool {
    if is_credit { given_back(text).or_else(|| received(text)) } else { spent(text) }.is_some()
}

/// That money comes back. Said anywhere, it outweighs whoever sends it.
pub fn given_back(text: &Reading) -> Option<Found<'static, Rule>> {
    RETURNS.longest(text, Cut::Refused, |_| true)
}

//! Which platform paid a worker: `platforms.tsv`.
//!
//! A company's legal name is enough wherever it stands. A brand has to be the one who pays: the first
//! that a narration names, with nothing beside it but words of companies and of payouts, since people
//! write "uber" on what they send each other, and some are called Porter.

use std::sync::LazyLock;

use crate::book::{Book, Cut, beside};
use crate::reading::{Reading, lines};

static TEXT: &str = include_str!("../platforms.tsv");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Payer {
    Legal(&'static str),
    Brand(&'static str),
    /// Says that a company pays something else: a dividend, a reward.
    Else,
}

pub struct Payers {
    legal: Book<Payer>,
    brands: Book<Payer>,
    codes: Vec<&'static str>,
}

pub static PAYERS: LazyLock<Payers> = LazyLock::new(Payers::built_in);

fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    lines(TEXT).filter_map(|line| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.next()?, fields.next()?))
    })
}

/// What may stand beside a brand that pays.
pub fn beside_brands() -> Vec<String> {
    rows().filter(|(kind, ..)| *kind == "beside").flat_map(|(_, _, forms)| beside(forms)).collect()
}

impl Payers {
    fn built_in() -> Self {
        let mut legal = Vec::new();
        let mut brands = Vec::new();
        let mut codes = Vec::new();
        for (kind, code, forms) in rows() {
            if matches!(kind, "legal" | "brand") && !codes.contains(&code) {
                codes.push(code);
            }
            for form in forms.split('|') {
                match kind {
                    "legal" => legal.push((form, Payer::Legal(code))),
                    "else" => legal.push((form, Payer::Else)),
                    "brand" => brands.push((form, Payer::Brand(code))),
                    _ => {}
                }
            }
        }
        Self { legal: Book::new(legal.into_iter(), Vec::new()), brands: Book::new(brands.into_iter(), beside_brands()).of_whole(), codes }
    }

    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.codes.iter().copied()
    }

    /// The platform that paid, and the words it was known by.
    pub fn platform(&self, text: &Reading) -> Option<(&'static str, String)> {
        if self.legal.longest(text, Cut::Refused, |payer| *payer == Payer::Else).is_some() {
            return None;
        }
        let legal = self.legal.longest(text, Cut::Refused, |payer| matches!(payer, Payer::Legal(_)));
        let found = legal.or_else(|| {
            let first = text.words.iter().position(|word| !word.is_plain)?;
            self.brands.beginning_at(text, first).max_by_key(|found| found.words)
        })?;
        match found.phrase.meaning {
            Payer::Legal(code) | Payer::Brand(code) => Some((code, found.phrase.shown())),
            Payer::Else => None,
        }
    }
}

//! From what is told to what it was for.

use std::fmt;

use crate::book::Found;
use crate::channel::Channel;
use crate::model::{MODEL, labels};
use crate::payer::PAYERS;
use crate::reading::Reading;
use crate::rules::{self, Rule};

/// Platforms send as much to see whether an account is there; it is nobody's pay.
const PROBE_MINOR_MAX: i64 = 200;

/// Longer names are companies'.
const NAME_WORDS_MAX: usize = 5;

/// What a bank tells of one movement.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// A merchant, a payee, a narration: as it was written.
    pub text: &'a str,
    pub is_credit: bool,
    /// `upi`, `neft`, `imps`, `card`, `atm` and so on, as messages and statements name them.
    pub channel: Option<&'a str>,
    pub amount_minor: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// One of [`EXPENSES`](crate::EXPENSES) for a debit; of [`INCOMES`](crate::INCOMES) or [`platforms`](crate::platforms) for a credit.
    /// Empty where nothing is to be said.
    pub what: &'static str,
    pub ground: Ground,
    /// A platform paid its worker. What a worker pays to a platform is no income, and a refund is none either.
    pub is_platform: bool,
}

/// Why it is thought to be that.
#[derive(Clone, PartialEq, Eq)]
pub enum Ground {
    /// It was known by these words, or by the rail that money went on.
    Rule {
        words: String,
    },
    /// How likely it is, and up to three words of the text that told most, most first.
    Model {
        percent: u8,
        because: Vec<String>,
    },
    None,
}

/// Narrations are about a person and do not print; nor do words of them.
impl fmt::Debug for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Told").field("is_credit", &self.is_credit).field("channel", &self.channel).finish_non_exhaustive()
    }
}

impl fmt::Debug for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The rule's words, not the text's.
            Self::Rule { words } => f.debug_struct("Rule").field("words", words).finish(),
            Self::Model { percent, .. } => f.debug_struct("Model").field("percent", percent).finish_non_exhaustive(),
            Self::None => f.write_str("None"),
        }
    }
}

impl Guess {
    const NOTHING: Self = Self { what: "", ground: Ground::None, is_platform: false };

    fn by_words(what: &'static str, words: String) -> Self {
        Self { what, ground: Ground::Rule { words }, is_platform: false }
    }

    fn by_rule(found: &Found<'_, Rule>) -> Self {
        Self::by_words(found.phrase.meaning.what, found.phrase.shown())
    }

    fn by_rail(what: &'static str, rail: &str) -> Self {
        Self::by_words(what, rail.to_owned())
    }
}

/// What a movement was for. The same each time; a text that says nothing has nothing for an answer.
#[must_use]
pub fn guess(told: &Told<'_>) -> Guess {
    let text = rules::read(told.text);
    let channel = Channel::of(told.channel, &text);
    let known = if told.is_credit { received(told, &text, channel) } else { spent(&text, channel) };
    known.or_else(|| modelled(&text, told.is_credit, channel)).unwrap_or(Guess::NOTHING)
}

fn spent(text: &Reading, channel: Channel) -> Option<Guess> {
    let rule = rules::spent(text);
    let is_fee = rule.as_ref().is_some_and(|found| found.phrase.meaning.what == "fees");
    match (channel, rule) {
        // What else such a narration names is where the machine stands.
        (Channel::Atm, _) if !is_fee => Some(Guess::by_rail("cash", "ATM")),
        (Channel::Fastag, _) if !is_fee => Some(Guess::by_rail("travel", "FASTag")),
        (_, Some(found)) => Some(Guess::by_rule(&found)),
        (Channel::Emi, None) => Some(Guess::by_rail("loan", "EMI")),
        _ => None,
    }
}

fn received(told: &Told<'_>, text: &Reading, channel: Channel) -> Option<Guess> {
    if let Some(found) = rules::given_back(text) {
        return Some(Guess::by_rule(&found));
    }
    if let Some((code, words)) = PAYERS.platform(text) {
        return match channel {
            // Nobody is paid on a card: what a merchant puts there was taken from it before.
            Channel::Card => Some(Guess::by_words("refund", words)),
            _ if told.amount_minor <= PROBE_MINOR_MAX => Some(Guess::NOTHING),
            _ => Some(Guess { is_platform: true, ..Guess::by_words(code, words) }),
        };
    }
    match rules::received(text) {
        Some(found) => Some(Guess::by_rule(&found)),
        None if channel == Channel::Cash => Some(Guess::by_rail("cash_deposit", "cash")),
        None => None,
    }
}

fn modelled(text: &Reading, is_credit: bool, channel: Channel) -> Option<Guess> {
    text.telling().next()?;
    let side = MODEL.as_ref()?.side(is_credit);
    let likely = side.likeliest(text).filter(|likely| side.is_sure(*likely))?;
    let what = labels(is_credit).get(likely.label).copied()?;
    if what == "transfer" && !may_be_a_person(text, channel) {
        return None;
    }
    let percent = (likely.probability * 100.0).round().clamp(0.0, 100.0) as u8;
    Some(Guess { what, ground: Ground::Model { percent, because: side.because(text, likely.label) }, is_platform: false })
}

/// Between accounts, and the first that is named is made of few words without a number.
fn may_be_a_person(text: &Reading, channel: Channel) -> bool {
    let Some(first) = text.telling().next() else { return false };
    // Shops pay back and people write what for, but nobody is called Amazon.
    if rules::spent(text).is_some_and(|found| text.words.get(found.at).is_some_and(|word| word.field == first.field)) {
        return false;
    }
    let name = || text.telling().filter(|word| word.field == first.field).map(|word| text.text(word));
    channel == Channel::Account
        && name().count() <= NAME_WORDS_MAX
        && name().any(|word| word.chars().count() > 2)
        && name().all(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_narration_prints() {
        let told = Told { text: "UPI/RAVI KUMAR", is_credit: false, channel: Some("upi"), amount_minor: 41_200 };
        let ground = Ground::Model { percent: 80, because: vec!["ravi".to_owned()] };
        let shown = format!("{told:?} {ground:?}").to_lowercase();
        assert!(!shown.contains("ravi") && !shown.contains("412"), "{shown}");
    }

    #[test]
    fn an_account_that_is_only_probed_is_not_paid() {
        let told = |amount_minor| Told { text: "UPI/CR/1/SWIGGY", is_credit: true, channel: None, amount_minor };
        assert_eq!(guess(&told(100)), Guess::NOTHING);
        assert_eq!(guess(&told(85_000)).what, "swiggy");
    }

    #[test]
    fn codes_of_income_are_no_platforms() {
        assert!(crate::platforms().all(|platform| !crate::INCOMES.contains(&platform)));
    }
}

#![allow(dead_code)] // each test and the measuring program need a part of it

//! Expected answers of a file of messages beside what is read, field by field.

use std::collections::BTreeMap;
use std::path::Path;

use bank_feed::Direction;
use jiff::Timestamp;
use serde_json::Value;
use sms_parser::{Channel, Message, Reading, read};

pub type Failure = Box<dyn std::error::Error>;

#[derive(Default)]
pub struct Score {
    pub messages: usize,
    pub transactions: usize,
    pub others: usize,
    /// Amount and direction are right, of transactions.
    pub money_right: usize,
    /// Every field that is expected is right, of transactions.
    pub all_right: usize,
    /// Read as transactions and none.
    pub false_ones: usize,
    /// By field: how many were expected, how many were right.
    pub fields: BTreeMap<&'static str, (usize, usize)>,
    pub wrong: Vec<String>,
}

impl Score {
    pub fn thousandths(part: usize, whole: usize) -> usize {
        (part * 1_000).checked_div(whole).unwrap_or(1_000)
    }

    pub fn add(&mut self, text: &str, checks: &[(&'static str, bool)]) {
        let mut all = true;
        for (field, right) in checks {
            let entry = self.fields.entry(field).or_default();
            entry.0 += 1;
            entry.1 += usize::from(*right);
            all &= *right;
        }
        let is_right = |name: &str| checks.iter().all(|(field, right)| *field != name || *right);
        self.money_right += usize::from(is_right("amount") && is_right("direction"));
        self.all_right += usize::from(all);
        if !all {
            let names: Vec<_> = checks.iter().filter(|(_, right)| !right).map(|(field, _)| *field).collect();
            self.wrong.push(format!("{}\t{text:?}", names.join(",")));
        }
    }
}

/// Reads a file of this crate's corpus: `expected` is whole, null where nothing moved.
pub fn corpus(path: &Path) -> Result<Score, Failure> {
    let mut score = Score::default();
    for line in std::fs::read_to_string(path)?.lines().filter(|line| !line.is_empty()) {
        let case: Value = serde_json::from_str(line)?;
        let text = case["message"].as_str().unwrap_or_default();
        let received_at = case["received_at"].as_str().map(str::parse::<Timestamp>).transpose()?;
        let reading = read(&Message { sender: case["sender"].as_str(), text, received_at });
        let expected = &case["expected"];
        score.messages += 1;
        match (expected.is_null(), reading) {
            (true, Reading::NotATransaction(reason)) => {
                score.others += 1;
                let entry = score.fields.entry("reason").or_default();
                entry.0 += 1;
                let wanted = case["reason"].as_str().unwrap_or_default();
                let got = serde_json::to_value(reason)?;
                let is_right = got.as_str().is_some_and(|got| got.starts_with(wanted));
                entry.1 += usize::from(is_right);
                if !is_right {
                    score.wrong.push(format!("reason\t{text:?}\t{wanted}, read {got}"));
                }
            }
            (true, Reading::Transaction(_)) => {
                score.others += 1;
                score.false_ones += 1;
                score.wrong.push(format!("false transaction\t{text:?}"));
            }
            (false, Reading::NotATransaction(reason)) => {
                score.transactions += 1;
                score.wrong.push(format!("missed ({reason:?})\t{text:?}"));
            }
            (false, Reading::Transaction(told)) => {
                score.transactions += 1;
                let same = |field: &str, got: Option<&str>| expected[field].as_str() == got;
                let at = expected["at"].as_str().map(str::parse::<Timestamp>).transpose()?;
                let channel = told.channel.map(serde_json::to_value).transpose()?;
                let mut checks = vec![
                    ("direction", same("direction", Some(direction(told.direction)))),
                    ("amount", expected["amount"].as_i64() == Some(told.amount_minor)),
                    ("currency", same("currency", Some(told.currency.code()))),
                    ("account_last4", same("account_last4", told.account_last4.as_deref())),
                    ("merchant", expected["merchant"].as_str().map(letters) == told.merchant.as_deref().map(letters)),
                    ("balance", expected["balance"].as_i64() == told.balance_minor),
                    ("reference", same("reference", told.reference.as_deref())),
                    ("channel", expected["channel"].as_str() == channel.as_ref().and_then(Value::as_str)),
                    ("at", at == told.at.as_ref().map(jiff::Zoned::timestamp)),
                ];
                if case["is_reversal"] == true || told.is_reversal {
                    checks.push(("is_reversal", (case["is_reversal"] == true) == told.is_reversal));
                }
                let before = score.wrong.len();
                score.add(text, &checks);
                if let Some(wrong) = score.wrong.get_mut(before) {
                    *wrong = format!(
                        "{wrong}\n\t{expected}\n\t{:?} {:?} {:?} {:?} {:?} {:?}",
                        told.account_last4,
                        told.merchant,
                        told.balance_minor,
                        told.reference,
                        told.channel.map(name),
                        told.at.map(|at| at.to_string())
                    );
                }
            }
        }
    }
    Ok(score)
}

fn name(channel: Channel) -> String {
    format!("{channel:?}")
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Debit => "debit",
        Direction::Credit => "credit",
    }
}

fn letters(name: &str) -> String {
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads a set of other programs' test messages: what they assert is compared, merchants loosely.
pub fn foreign(path: &Path) -> Result<Score, Failure> {
    let mut score = Score::default();
    for line in std::fs::read_to_string(path)?.lines().filter(|line| !line.is_empty()) {
        let case: Value = serde_json::from_str(line)?;
        let text = case["message"].as_str().unwrap_or_default();
        let expected = &case["expected"];
        let kind = expected["type"].as_str().unwrap_or_default();
        if kind == "BALANCE_UPDATE" {
            continue;
        }
        let reading = read(&Message { sender: case["sender"].as_str(), text, received_at: None });
        score.messages += 1;
        match (case["should_parse"] == true, reading) {
            (false, Reading::NotATransaction(_)) => score.others += 1,
            (false, Reading::Transaction(_)) => {
                score.others += 1;
                score.false_ones += 1;
                score.wrong.push(format!("false transaction\t{text:?}"));
            }
            (true, Reading::NotATransaction(reason)) => {
                score.transactions += 1;
                score.wrong.push(format!("missed ({reason:?})\t{text:?}"));
            }
            (true, Reading::Transaction(told)) => {
                score.transactions += 1;
                let minor = |field: &str| expected[field].as_str().and_then(paise);
                let mut checks = Vec::new();
                let mut check = |field, is_expected: bool, right: bool| {
                    if is_expected {
                        checks.push((field, right));
                    }
                };
                check("amount", minor("amount").is_some(), minor("amount") == Some(told.amount_minor));
                let debit = match kind {
                    "EXPENSE" | "expense" | "CREDIT" | "INVESTMENT" => Some(Direction::Debit),
                    "INCOME" | "income" => Some(Direction::Credit),
                    _ => None,
                };
                check("direction", debit.is_some(), debit == Some(told.direction));
                let wanted = |field: &str| expected[field].as_str();
                check("currency", wanted("currency").is_some(), wanted("currency") == Some(told.currency.code()));
                check("account_last4", wanted("account_last4").is_some(), wanted("account_last4") == told.account_last4.as_deref());
                check("reference", wanted("reference").is_some(), wanted("reference") == told.reference.as_deref());
                check("balance", minor("balance").is_some(), minor("balance") == told.balance_minor);
                // What the message does not hold is the other program's own label: "IMPS Transfer".
                let merchant = wanted("merchant").map(letters).filter(|wanted| letters(text).contains(wanted.as_str()));
                let got = told.merchant.as_deref().map(letters).unwrap_or_default();
                check(
                    "merchant",
                    merchant.is_some(),
                    merchant
                        .as_ref()
                        .is_some_and(|wanted| !got.is_empty() && (got.contains(wanted.as_str()) || wanted.contains(got.as_str()))),
                );
                let before = score.wrong.len();
                score.add(text, &checks);
                if let Some(wrong) = score.wrong.get_mut(before) {
                    *wrong = format!(
                        "{wrong}\n\t{expected}\n\t{:?} {:?} {:?} {:?}",
                        told.account_last4, told.merchant, told.balance_minor, told.reference
                    );
                }
            }
        }
    }
    Ok(score)
}

fn paise(text: &str) -> Option<i64> {
    bank_feed::minor_units(text, bank_feed::Currency::INR, bank_feed::Rounding::HalfUp).ok()
}

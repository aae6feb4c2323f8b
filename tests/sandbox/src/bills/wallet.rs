//! The wallet that payments leave, filled beforehand.

use serde::Serialize;

use crate::clock;

#[derive(Clone)]
pub struct Wallet {
    balance: i64,
    lines: Vec<Line>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    pub ref_id: String,
    /// What came in; below zero, what went out.
    pub amount: i64,
    balance: i64,
    at: String,
}

impl Wallet {
    pub fn open(balance: i64) -> Self {
        Self { balance, lines: Vec::new() }
    }

    pub fn balance(&self) -> i64 {
        self.balance
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub fn book(&mut self, ref_id: &str, amount: i64) {
        self.balance += amount;
        self.lines.push(Line { ref_id: ref_id.to_owned(), amount, balance: self.balance, at: clock::rfc3339() });
    }

    pub fn set_balance(&mut self, balance: i64) {
        self.book("", balance - self.balance);
    }
}

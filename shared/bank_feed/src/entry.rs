//! One line of an account's statement.

use crate::Currency;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// [`Account::id`](crate::Account::id) of the account.
    pub account_id: String,
    /// The bank's own name for the line, where it has one. Not unique for every bank: see
    /// [`dedupe_key`](crate::dedupe_key).
    pub id: Option<String>,
    pub booked_at: Timestamp,
    pub value_date: Option<Date>,
    /// Positive, or zero for a line that only tells something.
    pub amount_minor: i64,
    pub currency: Currency,
    pub direction: Direction,
    pub balance_after_minor: Option<i64>,
    pub mode: Option<Mode>,
    /// As the bank writes it. Who sent money chose a part of it: it is text from strangers.
    pub narration: String,
    pub counterparty: Option<String>,
    /// The rail's reference (UTR, RRN, cheque number), where it is known.
    pub reference: Option<String>,
    /// Not booked yet: it may change, or go.
    pub is_pending: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Money in.
    Credit,
    /// Money out.
    Debit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    Cash,
    Atm,
    Card,
    Upi,
    Transfer,
    Other,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("booked_at", &self.booked_at)
            .field("direction", &self.direction)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

//! A statement, as its file told it.

use bank_feed::{Account, Entry, dedupe_key};
use jiff::civil::Date;
use std::collections::HashMap;
use std::fmt;

use crate::error::Order;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Ofx,
    Pdf,
}

/// Of one account, in rupees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub format: Format,
    pub account: Account,
    /// Oldest first, whichever way the file has them.
    pub entries: Vec<Entry>,
    pub period: Period,
    pub checks: Checks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: Date,
    pub to: Date,
    /// The file says so. Otherwise these are the days of the first and the last entry.
    pub is_stated: bool,
}

/// What was found out about the file while it was read. What is wrong is a refusal, and not here.
#[derive(Clone, PartialEq, Eq)]
pub struct Checks {
    /// How the file lists its rows.
    pub order: Order,
    /// How often a balance was compared with the one before. None where the file tells no balances:
    /// then nothing shows that a row is missing or was changed.
    pub balances_compared: usize,
    /// Before the first entry, in paise.
    pub opening_minor: Option<i64>,
    /// After the last, in paise.
    pub closing_minor: Option<i64>,
    /// Rows that are no entries: totals, remarks, names of columns that come again.
    pub rows_passed_over: usize,
}

/// Two equal purchases of a day are two, though nothing tells them apart: the second is called `#2`. The
/// same file gives the same names again, and so does one that begins or ends on another day.
pub(crate) fn number_alike(entries: &mut [Entry]) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let is_bare = |entry: &&mut Entry| entry.id.is_none() && entry.reference.is_none() && entry.balance_after_minor.is_none();
    for entry in entries.iter_mut().filter(is_bare) {
        let count = seen.entry(dedupe_key(entry)).or_default();
        *count += 1;
        entry.id = (*count > 1).then(|| format!("#{count}"));
    }
}

impl Checks {
    /// Every balance followed from the one before, and there were some.
    pub fn is_proven(&self) -> bool {
        self.balances_compared > 0
    }
}

impl fmt::Debug for Checks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checks")
            .field("order", &self.order)
            .field("balances_compared", &self.balances_compared)
            .field("rows_passed_over", &self.rows_passed_over)
            .finish_non_exhaustive()
    }
}

//! A customer's accounts, what is booked on them, and what changed since when.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::history::{self, Country, Side};
use crate::ids;

/// How far back a bank knows its customers.
const HISTORY_DAYS: i64 = 180;

/// In whole units. Enough for a first day without income.
const OPENING_MINOR: i64 = 1_200_000;

/// A line as the demo bank writes it.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    pub id: String,
    pub account_id: String,
    pub booked_at: i64,
    pub value_date: String,
    pub amount_minor: i64,
    pub currency: &'static str,
    pub direction: Side,
    pub balance_after_minor: i64,
    pub mode: String,
    pub narration: String,
    pub counterparty: Option<String>,
    pub reference: Option<String>,
    pub pending: bool,
}

impl Entry {
    /// What it does to the balance.
    fn signed(&self) -> i64 {
        match self.direction {
            Side::Credit => self.amount_minor,
            Side::Debit => -self.amount_minor,
        }
    }
}

#[derive(Clone)]
pub struct Account {
    pub id: String,
    pub number: String,
    pub is_main: bool,
    pub balance_minor: i64,
}

#[derive(Clone)]
pub enum Change {
    Added(Entry),
    Modified(Entry),
    Removed { account_id: String, id: String },
}

impl Change {
    pub fn account_id(&self) -> &str {
        match self {
            Self::Added(entry) | Self::Modified(entry) => &entry.account_id,
            Self::Removed { account_id, .. } => account_id,
        }
    }
}

/// An entry that somebody makes up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEntry {
    /// The first account, unless told.
    pub account_id: Option<String>,
    pub direction: Side,
    pub amount_minor: i64,
    pub narration: String,
    pub mode: Option<String>,
    pub counterparty: Option<String>,
    pub reference: Option<String>,
    /// Now, unless told.
    pub booked_at: Option<i64>,
    #[serde(default)]
    pub pending: bool,
}

/// What is otherwise about an entry than was told.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    pub amount_minor: Option<i64>,
    pub narration: Option<String>,
    pub pending: Option<bool>,
}

#[derive(Clone)]
pub struct Customer {
    pub id: String,
    pub name: &'static str,
    pub country: Country,
    pub accounts: Vec<Account>,
    entries: BTreeMap<String, Entry>,
    log: Vec<Change>,
    /// Everything up to here is booked. Unix seconds.
    made_until: i64,
}

impl Customer {
    /// With half a year behind them.
    pub fn new(country: Country, id: &str, now: i64) -> Self {
        let account = |suffix: &str, is_main, balance_minor| {
            let key = format!("{}{id}{suffix}", country.currency());
            let account_id = format!("acc{:016x}", history::seed(&["account", &key]));
            Account { id: account_id, number: history::number_of(id, suffix), is_main, balance_minor }
        };
        let accounts = vec![account("main", true, OPENING_MINOR), account("savings", false, 50_000)];
        let first = today(now).saturating_sub(Span::new().days(HISTORY_DAYS));
        let mut customer = Self {
            id: id.to_owned(),
            name: history::name_of(id),
            country,
            accounts,
            entries: BTreeMap::new(),
            log: Vec::new(),
            made_until: history::midnight(first) - 1,
        };
        customer.catch_up(now);
        customer
    }

    /// Books what has happened since somebody last looked. A debit that is not covered is refused, as
    /// a bank does, and leaves no line.
    pub fn catch_up(&mut self, now: i64) {
        let mut day = today(self.made_until);
        while day <= today(now) {
            for at in 0..self.accounts.len() {
                self.book_day(at, day, now);
            }
            day = day.saturating_add(Span::new().days(1));
        }
        self.made_until = self.made_until.max(now);
    }

    fn book_day(&mut self, at: usize, day: Date, now: i64) {
        let Some(account) = self.accounts.get_mut(at) else { return };
        for (number, line) in history::of_day(self.country, &self.id, account.is_main, day).into_iter().enumerate() {
            let is_new = line.at > self.made_until && line.at <= now;
            if !is_new || (line.side == Side::Debit && line.amount_minor > account.balance_minor) {
                continue;
            }
            let mut entry = Entry {
                id: format!("dtx{:016x}", history::seed(&["entry", &account.id, &day.to_string(), &number.to_string()])),
                account_id: account.id.clone(),
                booked_at: line.at,
                value_date: day.to_string(),
                amount_minor: line.amount_minor,
                currency: self.country.currency(),
                direction: line.side,
                balance_after_minor: 0,
                mode: line.mode.to_owned(),
                narration: line.narration,
                counterparty: line.counterparty,
                reference: line.reference,
                pending: false,
            };
            account.balance_minor += entry.signed();
            entry.balance_after_minor = account.balance_minor;
            self.entries.insert(entry.id.clone(), entry.clone());
            self.log.push(Change::Added(entry));
        }
    }

    /// # Errors
    ///
    /// In words, where there is no such account or the amount is none.
    pub fn add(&mut self, new: NewEntry, now: i64) -> Result<Entry, String> {
        self.catch_up(now);
        let wanted = new.account_id.as_deref();
        let account = self.accounts.iter_mut().find(|account| wanted.is_none_or(|id| id == account.id));
        let account = account.ok_or_else(|| format!("{} has no account {}", self.id, wanted.unwrap_or_default()))?;
        require_amount(new.amount_minor)?;
        let booked_at = new.booked_at.unwrap_or(now);
        let mut entry = Entry {
            id: format!("dtx{}", ids::alphanumeric(16)),
            account_id: account.id.clone(),
            booked_at,
            value_date: today(booked_at).to_string(),
            amount_minor: new.amount_minor,
            currency: self.country.currency(),
            direction: new.direction,
            balance_after_minor: 0,
            mode: new.mode.unwrap_or_else(|| "upi".to_owned()),
            narration: new.narration,
            counterparty: new.counterparty,
            reference: new.reference,
            pending: new.pending,
        };
        account.balance_minor += entry.signed();
        entry.balance_after_minor = account.balance_minor;
        self.entries.insert(entry.id.clone(), entry.clone());
        self.log.push(Change::Added(entry.clone()));
        Ok(entry)
    }

    /// # Errors
    ///
    /// In words, where there is no such entry or the amount is none.
    pub fn correct(&mut self, id: &str, correction: Correction) -> Result<Entry, String> {
        let entry = self.entries.get_mut(id).ok_or_else(|| format!("no entry {id}"))?;
        let before = entry.signed();
        if let Some(amount_minor) = correction.amount_minor {
            require_amount(amount_minor)?;
            entry.amount_minor = amount_minor;
        }
        if let Some(narration) = correction.narration {
            entry.narration = narration;
        }
        entry.pending = correction.pending.unwrap_or(entry.pending);
        let difference = entry.signed() - before;
        entry.balance_after_minor += difference;
        let entry = entry.clone();
        self.move_balance(&entry.account_id, difference);
        self.log.push(Change::Modified(entry.clone()));
        Ok(entry)
    }

    /// # Errors
    ///
    /// In words, where there is no such entry.
    pub fn take_back(&mut self, id: &str) -> Result<(), String> {
        let entry = self.entries.remove(id).ok_or_else(|| format!("no entry {id}"))?;
        self.move_balance(&entry.account_id, -entry.signed());
        self.log.push(Change::Removed { account_id: entry.account_id, id: entry.id });
        Ok(())
    }

    fn move_balance(&mut self, account_id: &str, by: i64) {
        if let Some(account) = self.accounts.iter_mut().find(|account| account.id == account_id) {
            account.balance_minor += by;
        }
    }

    /// What changed after this many changes, oldest first; `None` where there were not so many.
    pub fn changes_after(&self, position: usize) -> Option<&[Change]> {
        self.log.get(position..)
    }

    /// As they are now, oldest first.
    pub fn entries(&self) -> Vec<&Entry> {
        let mut entries: Vec<_> = self.entries.values().collect();
        entries.sort_by_key(|entry| entry.booked_at);
        entries
    }
}

fn require_amount(amount_minor: i64) -> Result<(), String> {
    if (1..=1_000_000_000_000).contains(&amount_minor) { Ok(()) } else { Err("`amount_minor` is 1 to 1000000000000".to_owned()) }
}

/// The day in India.
pub fn today(now: i64) -> Date {
    let offset = Offset::from_seconds(5 * 3600 + 1800).unwrap_or(Offset::UTC);
    Timestamp::from_second(now).unwrap_or_default().to_zoned(TimeZone::fixed(offset)).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_000_000;
    const DAY: i64 = 86_400;

    fn customer(now: i64) -> Customer {
        Customer::new(Country::India, "9876543210", now)
    }

    #[test]
    fn a_history_that_goes_on_is_the_one_that_would_be_made_later() {
        let mut grown = customer(NOW);
        let seen = grown.log.len();
        for step in 1..=24 {
            grown.catch_up(NOW + step * DAY / 12);
        }
        let later = customer(NOW + 2 * DAY);
        assert!(grown.log.len() > seen, "two days without a cup of tea");
        let days = |customer: &Customer| {
            let entries = customer.entries();
            let of = entries.iter().filter(|entry| entry.booked_at > NOW).map(|entry| (entry.id.clone(), entry.amount_minor));
            of.collect::<Vec<_>>()
        };
        assert_eq!(days(&grown), days(&later));
    }

    #[test]
    fn balances_follow_from_what_is_booked_and_never_go_below_nothing() {
        let customer = customer(NOW);
        let mut balances: BTreeMap<&str, i64> = BTreeMap::new();
        for change in &customer.log {
            let Change::Added(entry) = change else { continue };
            let before = balances.get(entry.account_id.as_str());
            assert!(before.is_none_or(|before| before + entry.signed() == entry.balance_after_minor));
            assert!(entry.balance_after_minor >= 0);
            balances.insert(&entry.account_id, entry.balance_after_minor);
        }
        for account in &customer.accounts {
            assert_eq!(balances.get(account.id.as_str()), Some(&account.balance_minor));
        }
        let first = customer.entries()[0].booked_at;
        assert!((NOW - 182 * DAY..NOW - 178 * DAY).contains(&first));
    }

    #[test]
    fn a_correction_and_a_withdrawal_move_the_balance_and_are_told() {
        let mut customer = customer(NOW);
        let (seen, balance) = (customer.log.len(), customer.accounts[0].balance_minor);
        let new = r#"{"direction":"credit","amount_minor":85000,"narration":"UPI/CR/1/SWIGGY"}"#;
        let entry = customer.add(serde_json::from_str(new).unwrap(), NOW).unwrap();
        customer.correct(&entry.id, serde_json::from_str(r#"{"amount_minor":85100}"#).unwrap()).unwrap();
        assert_eq!(customer.accounts[0].balance_minor, balance + 85_100);
        customer.take_back(&entry.id).unwrap();
        assert_eq!(customer.accounts[0].balance_minor, balance);
        assert!(customer.take_back(&entry.id).is_err());
        let told = customer.changes_after(seen).unwrap();
        assert!(matches!(told, [Change::Added(_), Change::Modified(_), Change::Removed { .. }]));
        assert!(customer.changes_after(seen + 4).is_none());
    }
}

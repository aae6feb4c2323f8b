//! Mono's JSON, with its wrapper and without.
//!
//! Source: `banks.md`, section 1. The specification shows values bare, live answers have them in
//! `{status, message, data}` \[U\].

use bank_feed::{Account, AccountKind, Balance, Currency, Direction, Entry, State};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::banks::{BankError, wrong};
use crate::razorpay::wire::paise;
use crate::wire::{absent, wire_enum};

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Either<T> {
    Wrapped { data: T },
    Bare(T),
}

impl<T> Either<T> {
    pub(super) fn into_inner(self) -> T {
        match self {
            Self::Wrapped { data } => data,
            Self::Bare(value) => value,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Initiated {
    pub(super) mono_url: String,
}

#[derive(Deserialize)]
pub(super) struct Id {
    pub(super) id: String,
}

#[derive(Deserialize)]
pub(super) struct Details {
    account: WireAccount,
    #[serde(default)]
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    #[serde(default, deserialize_with = "absent")]
    data_status: Option<DataStatus>,
}

wire_enum! {
    /// \[U\]
    DataStatus {
        Available = "AVAILABLE",
        Processing = "PROCESSING",
        Failed = "FAILED",
    }
}

#[derive(Deserialize)]
struct WireAccount {
    #[serde(default, deserialize_with = "absent")]
    name: Option<String>,
    currency: String,
    #[serde(default, rename = "type", deserialize_with = "absent")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    account_number: Option<String>,
    #[serde(default)]
    balance: Option<i64>,
    #[serde(default)]
    institution: Option<Institution>,
}

#[derive(Deserialize)]
struct Institution {
    #[serde(default, deserialize_with = "absent")]
    name: Option<String>,
}

impl Details {
    pub(super) fn currency(&self) -> Result<Currency, BankError> {
        Currency::from_code(&self.account.currency).ok_or_else(|| wrong("account.currency"))
    }

    /// Whole only where Mono says so.
    pub(super) fn state(&self) -> State {
        match self.meta.as_ref().and_then(|meta| meta.data_status.as_ref()) {
            Some(DataStatus::Available) => State::Complete,
            Some(DataStatus::Failed) => State::Partial,
            Some(DataStatus::Processing | DataStatus::Other(_)) | None => State::Preparing,
        }
    }

    pub(super) fn read(self, id: &str, at: Option<Timestamp>) -> Result<Account, BankError> {
        let currency = self.currency()?;
        let account = self.account;
        let kind = account.kind.unwrap_or_default().to_ascii_lowercase();
        Ok(Account {
            id: id.to_owned(),
            bank: account.institution.and_then(|institution| institution.name).unwrap_or_else(|| "Bank".to_owned()),
            name: account.name,
            masked_number: account.account_number.as_deref().map(Account::mask),
            // Free text, such as `SAVINGS_ACCOUNT`.
            kind: match kind {
                kind if kind.contains("saving") => AccountKind::Savings,
                kind if kind.contains("current") => AccountKind::Current,
                _ => AccountKind::Other,
            },
            balance: account.balance.map(|minor| Balance { minor, currency, at }),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Page {
    pub(super) data: Vec<WireEntry>,
    #[serde(default)]
    meta: Option<Paging>,
}

#[derive(Deserialize)]
struct Paging {
    #[serde(default)]
    total: Option<u64>,
}

impl Page {
    pub(super) fn total(&self) -> Option<u64> {
        self.meta.as_ref()?.total
    }
}

#[derive(Deserialize)]
pub(super) struct WireEntry {
    #[serde(alias = "_id")]
    id: String,
    narration: String,
    #[serde(deserialize_with = "paise")]
    amount: i64,
    #[serde(rename = "type")]
    direction: Direction,
    #[serde(default)]
    balance: Option<i64>,
    date: String,
}

impl WireEntry {
    pub(super) fn read(self, account_id: &str, currency: Currency) -> Result<Entry, BankError> {
        Ok(Entry {
            booked_at: booked_at(&self.date).ok_or_else(|| wrong("data[].date"))?,
            account_id: account_id.to_owned(),
            id: Some(self.id),
            value_date: None,
            amount_minor: self.amount,
            currency,
            direction: self.direction,
            balance_after_minor: self.balance,
            mode: None,
            narration: self.narration,
            counterparty: None,
            reference: None,
            is_pending: false,
        })
    }
}

/// A moment, or a day or a time without its zone, which count as UTC.
fn booked_at(text: &str) -> Option<Timestamp> {
    let zoned = |time: DateTime| time.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    let moment = text.parse::<Timestamp>().ok();
    moment.or_else(|| zoned(text.parse::<DateTime>().ok()?)).or_else(|| zoned(text.parse::<Date>().ok()?.into()))
}

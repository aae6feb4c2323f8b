//! The demo bank's JSON.

use bank_feed::{Account, AccountKind, Balance, Changes, Currency, Direction, Entry, Mode, Removed, State};
use jiff::civil::Date;
use serde::Deserialize;

use super::Grant;
use crate::banks::{BankError, moment, wrong};
use crate::razorpay::wire::paise;
use crate::secret::Secret;
use crate::wire::{absent, wire_enum};

/// The longest that an access token is believed to last, so that one odd number keeps no token for
/// ever.
const ACCESS_SECONDS_MAX: i64 = 24 * 60 * 60;

#[derive(Deserialize)]
pub(super) struct Reply {
    access_token: String,
    refresh_token: String,
    expires_in: i64,
    consent_id: String,
}

impl Reply {
    pub(super) fn read(self, now: i64) -> Result<Grant, BankError> {
        let secret = |text: &str, place| Secret::new(text).map_err(|_| wrong(place));
        Ok(Grant {
            access: secret(&self.access_token, "access_token")?,
            refresh: secret(&self.refresh_token, "refresh_token")?,
            access_until: now.saturating_add(self.expires_in.clamp(0, ACCESS_SECONDS_MAX)),
            consent_id: self.consent_id,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Accounts {
    accounts: Vec<WireAccount>,
}

#[derive(Deserialize)]
struct WireAccount {
    id: String,
    bank: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    masked_number: Option<String>,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(default)]
    balance: Option<WireBalance>,
}

wire_enum! {
    Kind {
        Savings = "savings",
        Current = "current",
        Credit = "credit",
    }
}

#[derive(Deserialize)]
struct WireBalance {
    amount_minor: i64,
    currency: Currency,
    at: i64,
}

impl Accounts {
    pub(super) fn read(self) -> Result<Vec<Account>, BankError> {
        self.accounts.into_iter().map(WireAccount::read).collect()
    }
}

impl WireAccount {
    fn read(self) -> Result<Account, BankError> {
        let balance = self.balance.map(|balance| {
            let at = Some(moment(balance.at, "accounts[].balance.at")?);
            Ok::<_, BankError>(Balance { minor: balance.amount_minor, currency: balance.currency, at })
        });
        Ok(Account {
            id: self.id,
            bank: self.bank,
            name: self.name,
            // Hidden once more, should the bank ever write a whole one.
            masked_number: self.masked_number.as_deref().map(Account::mask),
            kind: match self.kind {
                Kind::Savings => AccountKind::Savings,
                Kind::Current => AccountKind::Current,
                Kind::Credit => AccountKind::Credit,
                Kind::Other(_) => AccountKind::Other,
            },
            balance: balance.transpose()?,
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Page {
    added: Vec<WireEntry>,
    modified: Vec<WireEntry>,
    removed: Vec<WireRemoved>,
    #[serde(default, deserialize_with = "absent")]
    next_cursor: Option<String>,
    pub(super) has_more: bool,
    state: Preparation,
}

wire_enum! {
    Preparation { Ready = "ready", Preparing = "preparing", }
}

#[derive(Deserialize)]
struct WireRemoved {
    account_id: String,
    id: String,
}

#[derive(Deserialize)]
struct WireEntry {
    id: String,
    account_id: String,
    booked_at: i64,
    #[serde(default)]
    value_date: Option<Date>,
    #[serde(deserialize_with = "paise")]
    amount_minor: i64,
    currency: Currency,
    direction: Direction,
    #[serde(default)]
    balance_after_minor: Option<i64>,
    #[serde(default, deserialize_with = "absent")]
    mode: Option<Rail>,
    narration: String,
    #[serde(default, deserialize_with = "absent")]
    counterparty: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    reference: Option<String>,
    #[serde(default)]
    pending: bool,
}

wire_enum! {
    Rail {
        Cash = "cash",
        Atm = "atm",
        Card = "card",
        Upi = "upi",
        Transfer = "transfer",
    }
}

impl Page {
    /// # Errors
    ///
    /// [`BankError::Unreadable`], also where there is to be more and no cursor to ask with.
    pub(super) fn add_to(self, changes: &mut Changes) -> Result<(), BankError> {
        for entry in self.added {
            changes.added.push(entry.read()?);
        }
        for entry in self.modified {
            changes.modified.push(entry.read()?);
        }
        changes.removed.extend(self.removed.into_iter().map(|removed| Removed { account_id: removed.account_id, id: removed.id }));
        if self.has_more && (self.next_cursor.is_none() || self.next_cursor == changes.cursor) {
            return Err(wrong("next_cursor"));
        }
        changes.cursor = self.next_cursor.or(changes.cursor.take());
        changes.state = match self.state {
            Preparation::Ready => State::Complete,
            Preparation::Preparing | Preparation::Other(_) => State::Preparing,
        };
        Ok(())
    }
}

impl WireEntry {
    fn read(self) -> Result<Entry, BankError> {
        Ok(Entry {
            booked_at: moment(self.booked_at, "booked_at")?,
            account_id: self.account_id,
            id: Some(self.id),
            value_date: self.value_date,
            amount_minor: self.amount_minor,
            currency: self.currency,
            direction: self.direction,
            balance_after_minor: self.balance_after_minor,
            mode: self.mode.map(|mode| match mode {
                Rail::Cash => Mode::Cash,
                Rail::Atm => Mode::Atm,
                Rail::Card => Mode::Card,
                Rail::Upi => Mode::Upi,
                Rail::Transfer => Mode::Transfer,
                Rail::Other(_) => Mode::Other,
            }),
            narration: self.narration,
            counterparty: self.counterparty,
            reference: self.reference,
            is_pending: self.pending,
        })
    }
}

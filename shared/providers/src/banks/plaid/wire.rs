//! Accounts and entries as Plaid writes them.
//!
//! Source: `banks.md`, 3.3 and 3.4. What has no ISO currency (points, coins) is left out: it is no
//! money that can be shown beside money.

use bank_feed::{Account, AccountKind, Balance, Currency, Direction, Entry, Mode, Removed, Rounding, minor_units};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Deserialize;

use crate::banks::{BankError, wrong};
use crate::exact::Decimal;
use crate::wire::{absent, null_as_default, wire_enum};

#[derive(Deserialize)]
pub(super) struct WireAccount {
    account_id: String,
    #[serde(default, deserialize_with = "absent")]
    name: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    official_name: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    mask: Option<String>,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(default, deserialize_with = "absent")]
    subtype: Option<Subtype>,
    balances: Balances,
}

wire_enum! {
    Kind {
        Depository = "depository",
        Credit = "credit",
        Loan = "loan",
    }
}

wire_enum! {
    Subtype {
        Checking = "checking",
        Savings = "savings",
    }
}

#[derive(Deserialize)]
struct Balances {
    #[serde(default)]
    current: Option<Decimal>,
    #[serde(default)]
    iso_currency_code: Option<String>,
    #[serde(default)]
    last_updated_datetime: Option<Timestamp>,
}

impl WireAccount {
    /// What it is, of a bank of this name.
    pub(super) fn read(self, bank: &str) -> Result<Account, BankError> {
        let owes = matches!(self.kind, Kind::Credit | Kind::Loan);
        Ok(Account {
            bank: bank.to_owned(),
            name: self.name.or(self.official_name),
            masked_number: self.mask.as_deref().map(Account::mask),
            kind: match (&self.kind, &self.subtype) {
                (Kind::Depository, Some(Subtype::Savings)) => AccountKind::Savings,
                (Kind::Depository, Some(Subtype::Checking)) => AccountKind::Current,
                (Kind::Credit, _) => AccountKind::Credit,
                _ => AccountKind::Other,
            },
            balance: self.balances.read(owes)?,
            id: self.account_id,
        })
    }
}

impl Balances {
    /// What an account owes is positive there, and negative with us.
    fn read(self, owes: bool) -> Result<Option<Balance>, BankError> {
        let Some((current, currency)) = self.current.zip(currency(self.iso_currency_code.as_deref(), "accounts[].balances")?) else {
            return Ok(None);
        };
        let minor = amount(&current, currency, "accounts[].balances.current")?;
        Ok(Some(Balance { minor: if owes { -minor } else { minor }, currency, at: self.last_updated_datetime }))
    }
}

#[derive(Deserialize)]
pub(super) struct WireEntry {
    transaction_id: String,
    account_id: String,
    amount: Decimal,
    #[serde(default)]
    iso_currency_code: Option<String>,
    date: Date,
    #[serde(default)]
    datetime: Option<Timestamp>,
    #[serde(default, deserialize_with = "null_as_default")]
    name: String,
    #[serde(default, deserialize_with = "absent")]
    original_description: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    merchant_name: Option<String>,
    #[serde(default)]
    payment_meta: Option<PaymentMeta>,
    #[serde(default, deserialize_with = "absent")]
    transaction_code: Option<Code>,
    #[serde(default)]
    pending: bool,
}

#[derive(Deserialize)]
struct PaymentMeta {
    #[serde(default, deserialize_with = "absent")]
    reference_number: Option<String>,
}

wire_enum! {
    /// \[U\] Told by European banks only.
    Code {
        Atm = "atm",
        BillPayment = "bill payment",
        Cash = "cash",
        DirectDebit = "direct debit",
        Purchase = "purchase",
        StandingOrder = "standing order",
        Transfer = "transfer",
    }
}

#[derive(Deserialize)]
pub(super) struct WireRemoved {
    transaction_id: String,
    account_id: String,
}

impl From<WireRemoved> for Removed {
    fn from(removed: WireRemoved) -> Self {
        Self { account_id: removed.account_id, id: removed.transaction_id }
    }
}

impl WireEntry {
    /// `None` for what is no money.
    ///
    /// Where a bank tells the day only, it is booked at that day's beginning in UTC. The sign is the
    /// other way round than on a statement: positive is money out.
    pub(super) fn read(self) -> Result<Option<Entry>, BankError> {
        let Some(currency) = currency(self.iso_currency_code.as_deref(), "iso_currency_code")? else {
            return Ok(None);
        };
        let signed = amount(&self.amount, currency, "amount")?;
        Ok(Some(Entry {
            booked_at: self.datetime.map_or_else(|| beginning(self.date), Ok)?,
            id: Some(self.transaction_id),
            account_id: self.account_id,
            value_date: Some(self.date),
            amount_minor: signed.checked_abs().ok_or_else(|| wrong("amount"))?,
            currency,
            direction: if signed < 0 { Direction::Credit } else { Direction::Debit },
            balance_after_minor: None,
            mode: self.transaction_code.map(|code| match code {
                Code::Atm => Mode::Atm,
                Code::Cash => Mode::Cash,
                Code::Purchase => Mode::Card,
                Code::BillPayment | Code::DirectDebit | Code::StandingOrder | Code::Transfer => Mode::Transfer,
                Code::Other(_) => Mode::Other,
            }),
            narration: self.original_description.unwrap_or(self.name),
            counterparty: self.merchant_name,
            reference: self.payment_meta.and_then(|meta| meta.reference_number),
            is_pending: self.pending,
        }))
    }
}

fn beginning(date: Date) -> Result<Timestamp, BankError> {
    date.to_zoned(TimeZone::UTC).map(|day: Zoned| day.timestamp()).map_err(|_| wrong("date"))
}

fn currency(code: Option<&str>, place: &str) -> Result<Option<Currency>, BankError> {
    code.map(|code| Currency::from_code(code).ok_or_else(|| wrong(place))).transpose()
}

fn amount(number: &Decimal, currency: Currency, place: &str) -> Result<i64, BankError> {
    minor_units(number.as_str(), currency, Rounding::Refuse).map_err(|_| wrong(place))
}

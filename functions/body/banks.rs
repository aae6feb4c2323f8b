//! Connected banks.

use crate::banks::{Entry, Part, View};
use bank_feed::Account;
use domain::{Timestamp, bank::Bank};
use lambda::Problem;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, JsonSchema)]
pub struct BanksBody {
    pub items: Vec<BankBody>,
}

/// A bank that can be connected, and what is seen of it where it is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BankBody {
    pub bank: String,
    pub name: String,
    /// `available`, `not_here` (this deployment has no access to it), `discontinued`, or that of the connection:
    /// `linking`, `granted`, `active`, `interrupted`, `revoking`, `revoked`, `failed`.
    pub status: &'static str,
    /// What is wrong, where something is: `declined`, `link_expired`, `sign_in_again`, `consent_ended`, `paused`,
    /// `withdrawn`, `bank_down`, `no_accounts`, `discontinued`.
    pub trouble: Option<&'static str>,
    pub accounts: Vec<AccountBody>,
    /// As of when.
    pub read_at: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct AccountBody {
    pub id: String,
    pub name: Option<String>,
    pub masked_number: Option<String>,
    /// In minor units of the currency; below zero where it is overdrawn or owed.
    pub balance_amount: Option<i64>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// How it came, the last time that its bank was asked: `read`, `late` (not yet), `denied` (its bank does not deliver it),
    /// `unreadable`, or `lapsed` (what was read may be kept no longer). Of all but the first the balance, where there is one, is as of
    /// `read_at`.
    pub state: &'static str,
    /// As of when.
    pub read_at: Option<String>,
}

impl AccountBody {
    fn new(account: &Account, part: Option<&Part>, read_at: Option<Timestamp>) -> Self {
        Self {
            state: part.map_or("read", |part| part.state.code()),
            read_at: part.map_or(read_at, Part::read_at).map(|at| at.to_string()),
            id: account.id.clone(),
            name: account.name.clone(),
            masked_number: account.masked_number.clone(),
            balance_amount: account.balance.map(|balance| balance.minor),
            currency: account.balance.map(|balance| balance.currency.code().to_owned()),
        }
    }

    /// One of which nothing is there to be shown.
    fn without(part: &Part) -> Self {
        Self {
            id: part.id.clone(),
            name: None,
            masked_number: part.masked_number.clone(),
            balance_amount: None,
            currency: None,
            state: part.state.code(),
            read_at: part.read_at().map(|at| at.to_string()),
        }
    }

    fn all(view: &View, read_at: Option<Timestamp>) -> Vec<Self> {
        let part = |account: &Account| view.parts.iter().find(|part| part.id == account.id);
        let others = view.parts.iter().filter(|part| !view.accounts.iter().any(|account| account.id == part.id));
        view.accounts.iter().map(|account| Self::new(account, part(account), read_at)).chain(others.map(Self::without)).collect()
    }
}

/// How a connection is shown.
pub trait Shown: Serialize {
    fn new(bank: &Bank, view: &View) -> Self;

    /// One that is not connected.
    fn of(entry: &Entry, status: &'static str) -> Self;
}

impl Shown for BankBody {
    fn new(bank: &Bank, view: &View) -> Self {
        Self {
            bank: bank.bank.clone(),
            name: bank.name.clone(),
            status: bank.status.code(),
            trouble: bank.trouble.map(domain::bank::BankTrouble::code),
            accounts: AccountBody::all(view, bank.read_at),
            read_at: bank.read_at.filter(|_| bank.is_shown()).map(|at| at.to_string()),
        }
    }

    fn of(entry: &Entry, status: &'static str) -> Self {
        Self { bank: entry.id.clone(), name: entry.name.clone(), status, trouble: None, accounts: Vec::new(), read_at: None }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PlatformsBody {
    pub items: Vec<PlatformBody>,
}

/// A gig platform that can be connected, and how it stands where it is. What it tells of is in `GET /v1/earnings`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlatformBody {
    pub platform: String,
    pub name: String,
    /// `available`, `not_here` (this deployment has no access to it: most platforms publish no interface for what their
    /// workers earn), or that of the connection: `linking`, `granted`, `active`, `interrupted`, `revoking`, `revoked`, `failed`.
    pub status: &'static str,
    /// What is wrong, where something is: `declined`, `link_expired`, `sign_in_again`, `withdrawn`, `bank_down` (the
    /// platform does not answer).
    pub trouble: Option<&'static str>,
    /// Whether the caller drives for a fleet, which is paid in their place: then nothing of what they earn is told here.
    pub is_of_fleet: bool,
    /// As of when.
    pub read_at: Option<String>,
}

impl Shown for PlatformBody {
    fn new(bank: &Bank, view: &View) -> Self {
        Self {
            platform: bank.bank.clone(),
            name: bank.name.clone(),
            status: bank.status.code(),
            trouble: bank.trouble.map(domain::bank::BankTrouble::code),
            is_of_fleet: view.platform.as_ref().is_some_and(|progress| progress.is_of_fleet),
            read_at: bank.read_at.filter(|_| bank.is_shown()).map(|at| at.to_string()),
        }
    }

    fn of(entry: &Entry, status: &'static str) -> Self {
        Self { platform: entry.id.clone(), name: entry.name.clone(), status, trouble: None, is_of_fleet: false, read_at: None }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct LinkBody {
    /// The page at which the caller agrees: theirs alone, and good for ten minutes.
    pub url: String,
    pub expires_in: i64,
}

/// What a bank sends its customer back with.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct ReturnQuery {
    #[schemars(length(min = 1, max = 200))]
    pub state: String,
    #[schemars(length(max = 2000))]
    pub code: Option<String>,
    #[schemars(length(max = 200))]
    pub error: Option<String>,
}

impl ReturnQuery {
    pub fn checked(self) -> Result<Self, Problem> {
        let no_longer = |value: &Option<String>, most: usize| value.as_ref().is_none_or(|value| value.len() <= most);
        if !(1..=200).contains(&self.state.len()) {
            return Err(Problem::invalid_field("/state", "must be of 1 to 200 characters"));
        }
        if !no_longer(&self.code, 2_000) {
            return Err(Problem::invalid_field("/code", "must be of at most 2,000 characters"));
        }
        if !no_longer(&self.error, 200) {
            return Err(Problem::invalid_field("/error", "must be of at most 200 characters"));
        }
        Ok(self)
    }
}

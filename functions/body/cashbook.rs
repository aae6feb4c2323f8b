//! Bodies of `/v1/cashbook`, `/v1/sms/batch` and `/v1/sync`.

mod sms;
mod sync;

pub use sms::{SmsBatch, SmsBody, SmsResult, SmsResults};
pub use sync::{SyncRecord, SyncRequest, SyncResult, SyncResults};

use crate::{body::common::Currency, book::NamedEntry};
use domain::book::{Days, Nature, Sighting, Sum};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A category, or a platform's code.
pub const WHAT: &str = r"^[a-z][a-z0-9_]{0,39}$";
pub const DAY: &str = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// Messages of one batch, and records of one.
pub const BATCH_MAX: usize = 100;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DaysQuery {
    /// The first day, in India: `2026-11-01`.
    #[schemars(extend("pattern" = DAY))]
    pub from: String,
    /// The last day; at most 31 days are told at once.
    #[schemars(extend("pattern" = DAY))]
    pub to: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct CashbookBody {
    pub currency: Currency,
    pub income_amount: i64,
    pub expenses_amount: i64,
    /// By what it was earned with: a platform's code or a category.
    pub earned: Vec<SumBody>,
    /// By category.
    pub spent: Vec<SumBody>,
    /// Earned and not seen to be paid yet, by platform.
    pub unpaid: Vec<SumBody>,
    /// The last day first; a day on which nothing was told is missing.
    pub days: Vec<DayBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SumBody {
    pub what: String,
    pub amount: i64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DayBody {
    pub day: String,
    pub income_amount: i64,
    pub expenses_amount: i64,
    pub entries: Vec<EntryBody>,
    /// What is left of movements whose details may no longer be kept: those of an Account Aggregator, once the consent to them
    /// has ended.
    pub sums: Vec<DaySumBody>,
}

/// Movements of one day, account and kind, of which no more is kept.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DaySumBody {
    /// Its last digits.
    pub account: Option<String>,
    /// `in` or `out`.
    pub flow: &'static str,
    /// `ordinary`, `own_transfer`, `given_back` or `ignored`: the second and the last count nowhere.
    pub nature: &'static str,
    pub what: String,
    pub amount: i64,
}

impl From<&Sum> for DaySumBody {
    fn from(sum: &Sum) -> Self {
        Self { account: sum.account.clone(), flow: sum.flow.code(), nature: sum.nature.code(), what: sum.what.clone(), amount: sum.amount }
    }
}

/// A movement of money, and everybody who told of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EntryBody {
    pub id: String,
    pub day: String,
    /// `in` or `out`.
    pub flow: &'static str,
    /// `ordinary`, `own_transfer`, `given_back` or `ignored`: the second and the last count nowhere.
    pub nature: &'static str,
    pub amount: i64,
    /// Empty where nobody knows.
    pub what: String,
    /// Who says so: `user`, `learned`, `teller`, `rule`, `model` or `nobody`.
    pub named_by: &'static str,
    /// Who was paid, or paid.
    pub name: Option<String>,
    pub at: String,
    /// What a platform says that it paid beyond what came.
    pub shortfall_amount: Option<i64>,
    pub told_by: Vec<SightingBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SightingBody {
    /// `wallet`, `bank`, `file`, `sms`, `platform`, `app` or `chat`; whoever is believed most first.
    pub source: &'static str,
    pub at: String,
    /// Whether the time of day is known.
    pub is_timed: bool,
    pub amount: i64,
    /// Last digits of the account.
    pub account: Option<String>,
}

impl From<&Sighting> for SightingBody {
    fn from(sighting: &Sighting) -> Self {
        Self {
            source: sighting.source.code(),
            at: sighting.at.to_string(),
            is_timed: sighting.is_timed,
            amount: sighting.amount,
            account: sighting.account.clone(),
        }
    }
}

impl EntryBody {
    pub fn new(day: Date, named: NamedEntry) -> Self {
        let NamedEntry { entry, name } = named;
        Self {
            id: entry.id.to_string(),
            day: day.to_string(),
            flow: entry.flow.code(),
            nature: entry.nature.code(),
            amount: entry.amount(),
            at: entry.at().to_string(),
            shortfall_amount: entry.shortfall(),
            told_by: entry.sightings.iter().map(SightingBody::from).collect(),
            named_by: entry.by.code(),
            what: entry.what,
            name,
        }
    }
}

impl CashbookBody {
    pub fn new(sums: &Days, days: Vec<DayBody>) -> Self {
        let all = sums.sum();
        let by = |sums: &BTreeMap<String, i64>| -> Vec<SumBody> {
            let mut list: Vec<SumBody> = sums.iter().map(|(what, amount)| SumBody { what: what.clone(), amount: *amount }).collect();
            list.sort_by_key(|sum| std::cmp::Reverse(sum.amount));
            list
        };
        Self {
            currency: Currency::Inr,
            income_amount: all.income,
            expenses_amount: all.expenses,
            earned: by(&sums.earned),
            spent: by(&sums.spent),
            unpaid: by(&sums.unpaid),
            days,
        }
    }
}

/// What its owner says of an entry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [
    { "required": ["what"], "properties": { "what": { "type": "string" } } },
    { "required": ["nature"], "properties": { "nature": { "type": "string" } } },
]))]
pub struct CorrectRequest {
    /// What it is for. The next of the same party is for the same.
    #[schemars(extend("pattern" = WHAT))]
    pub what: Option<String>,
    pub nature: Option<NatureBody>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NatureBody {
    Ordinary,
    OwnTransfer,
    GivenBack,
    Ignored,
}

impl From<NatureBody> for Nature {
    fn from(nature: NatureBody) -> Self {
        match nature {
            NatureBody::Ordinary => Self::Ordinary,
            NatureBody::OwnTransfer => Self::OwnTransfer,
            NatureBody::GivenBack => Self::GivenBack,
            NatureBody::Ignored => Self::Ignored,
        }
    }
}

pub const WHAT_CHARS_MAX: usize = 40;

/// Whether it is the code of a category, be it one of ours or one's own.
pub fn is_what(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.len() <= WHAT_CHARS_MAX && text.bytes().all(sign) && text.starts_with(|first: char| first.is_ascii_lowercase())
}

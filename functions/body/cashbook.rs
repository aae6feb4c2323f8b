//! Bodies of `/v1/cashbook`, `/v1/sms/batch` and `/v1/sync`.

use crate::{
    body::common::Currency,
    book::{Heard, NamedEntry, Said},
};
use domain::{
    Timestamp,
    book::{Days, Flow, Nature, Seen, Sighting, Source, SyncNote, Synced},
    id::{Fingerprint, UserId},
    money,
};
use jiff::{ToSpan as _, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sms_parser::Reason;
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

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsBatch {
    #[schemars(length(min = 1, max = 100))]
    pub messages: Vec<SmsBody>,
}

/// A message as it lies on a phone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsBody {
    /// As the phone shows it, such as `VM-HDFCBK-S`.
    #[schemars(length(max = 32))]
    pub sender: Option<String>,
    #[schemars(length(min = 1, max = 2000))]
    pub text: String,
    #[schemars(extend("format" = "date-time"))]
    pub received_at: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SmsResults {
    /// One for each message, in their order.
    pub items: Vec<SmsResult>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SmsResult {
    /// `noted`: nobody had told of it; `matched`: somebody had; `known`: this message had come before;
    /// `nothing`: it tells of no movement; `other_currency`; `day_full`.
    pub result: &'static str,
    /// Of `nothing`: `otp`, `offer`, `due`, `request`, `declined`, `mandate`, `future_debit`, `balance_only` or `other`.
    pub why: Option<&'static str>,
    pub day: Option<String>,
    pub entry_id: Option<String>,
}

impl From<&Heard> for SmsResult {
    fn from(heard: &Heard) -> Self {
        let none = |result, why| Self { result, why, day: None, entry_id: None };
        match heard {
            Heard::Noted(placed) => {
                let result = match (placed.is_again, placed.is_new) {
                    (true, _) => "known",
                    (false, true) => "noted",
                    (false, false) => "matched",
                };
                Self { result, why: None, day: Some(placed.day.to_string()), entry_id: Some(placed.entry.to_string()) }
            }
            Heard::Nothing(why) => none("nothing", Some(reason(*why))),
            Heard::Foreign => none("other_currency", None),
            Heard::Full => none("day_full", None),
        }
    }
}

fn reason(why: Reason) -> &'static str {
    match why {
        Reason::Otp => "otp",
        Reason::Offer => "offer",
        Reason::Due => "due",
        Reason::Request => "request",
        Reason::Declined => "declined",
        Reason::Mandate => "mandate",
        Reason::FutureDebit => "future_debit",
        Reason::BalanceOnly => "balance_only",
        Reason::Other => "other",
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SyncRequest {
    #[schemars(length(min = 1, max = 100))]
    pub records: Vec<SyncRecord>,
}

/// Something that was noted in an app, and when. The app names it; the same name is the same note.
///
/// One whose fields say what cannot be is `refused` by itself, and does not keep the others from being taken.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SyncRecord {
    /// 1 to 64 letters, digits, `_` and `-`.
    pub client_id: String,
    /// RFC 3339, by the app's clock. Of two changes of a note the later one counts; what is ahead of our clock counts as now.
    pub changed_at: String,
    /// Or `is_deleted`.
    pub note: Option<NoteBody>,
    #[serde(default)]
    pub is_deleted: bool,
}

/// Money that somebody earned or spent.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    pub flow: FlowBody,
    /// In paise, above zero.
    pub amount: i64,
    pub currency: Currency,
    /// In India, such as `2026-11-20`: of the last two years.
    pub day: String,
    /// A category, or a platform's code.
    pub what: Option<String>,
    /// Whether `what` is a platform, which may pay it later.
    #[serde(default)]
    pub is_platform: bool,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowBody {
    In,
    Out,
}

impl From<FlowBody> for Flow {
    fn from(flow: FlowBody) -> Self {
        match flow {
            FlowBody::In => Self::In,
            FlowBody::Out => Self::Out,
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SyncResults {
    /// One for each record, in their order.
    pub items: Vec<SyncResult>,
    pub server_time: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SyncResult {
    pub client_id: String,
    /// `applied`; `unchanged`: this change was known; `stale`: a later change is known; `refused`: see `why`.
    pub result: &'static str,
    /// What was wrong with it, and where.
    pub why: Option<String>,
    /// Where the note is now; nowhere where it is deleted.
    pub day: Option<String>,
}

impl SyncResult {
    pub fn new(client_id: String, synced: Synced) -> Self {
        let (result, day) = match synced {
            Synced::Applied { day } => ("applied", day),
            Synced::Unchanged { day } => ("unchanged", day),
            Synced::Stale { day } => ("stale", day),
        };
        Self { client_id, result, why: None, day: day.map(|day| day.to_string()) }
    }

    pub fn refused(client_id: String, why: impl Into<String>) -> Self {
        Self { client_id, result: "refused", why: Some(why.into()), day: None }
    }
}

pub const WHAT_CHARS_MAX: usize = 40;

/// Whether it is the code of a category, be it one of ours or one's own.
pub fn is_what(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.len() <= WHAT_CHARS_MAX && text.bytes().all(sign) && text.starts_with(|first: char| first.is_ascii_lowercase())
}

impl SmsBody {
    pub const TEXT_CHARS_MAX: usize = 2_000;
    pub const SENDER_CHARS_MAX: usize = 32;
}

/// Days before today that may still be noted.
const NOTED_DAYS_MAX: i32 = 731;

impl SyncRecord {
    /// What is to be changed, or what is wrong with it.
    pub fn change(&self, user: UserId, changed_at: Timestamp, today: Date) -> Result<SyncNote, String> {
        let is_id = !self.client_id.is_empty() && self.client_id.len() <= 64;
        if !is_id || !self.client_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte)) {
            return Err("`client_id` must be 1 to 64 letters, digits, `_` and `-`".to_owned());
        }
        let client = Fingerprint::of(&format!("app:{user}"), &self.client_id);
        let content = match (&self.note, self.is_deleted) {
            (Some(note), false) => Some(note.seen(client, today)?),
            (None, true) => None,
            _ => return Err("give `note`, or `is_deleted`".to_owned()),
        };
        Ok(SyncNote { user, client, changed_at, content, was: None })
    }
}

impl NoteBody {
    fn seen(&self, id: Fingerprint, today: Date) -> Result<Seen, String> {
        let day: Date = self.day.parse().map_err(|_| "`note/day` must be a day such as `2026-11-20`".to_owned())?;
        if day > today || day < today.saturating_sub(NOTED_DAYS_MAX.days()) {
            return Err(format!("`note/day` must be from the last {NOTED_DAYS_MAX} days"));
        }
        let amount = money::Amount::new(self.amount).ok_or_else(|| format!("`note/amount` must be 1 to {} paise", money::AMOUNT_MAX))?;
        let what = self.what.as_deref().unwrap_or_default();
        if !what.is_empty() && !is_what(what) {
            return Err("`note/what` must be a category's code".to_owned());
        }
        let is_platform = self.is_platform && matches!(self.flow, FlowBody::In);
        let said = Said { source: Source::App, id, flow: self.flow.into(), amount: amount.minor(), what, is_platform };
        Ok(said.on(day))
    }
}

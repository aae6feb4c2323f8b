//! Bodies of `/v1/sync`.

use super::is_what;
use crate::{body::common::Currency, book::Said};
use domain::{
    Timestamp,
    book::{Flow, Seen, Source, SyncNote, Synced},
    id::{Fingerprint, UserId},
    money,
};
use jiff::{ToSpan as _, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// RFC 3339, by the app's clock. Of two changes of a note the later one counts; one that is more than five minutes ahead of
    /// our clock is refused: `server_time` says by how much the app's is wrong.
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

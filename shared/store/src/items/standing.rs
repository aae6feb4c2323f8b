//! Standing payments and summaries of days, as rows.

use super::{BadField, bytes, known, maybe_time, parsed, terms::TermsItem, time};
use domain::{
    standing::{Standing, StandingResult, StandingStatus},
    summary::Summary,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct StandingItem {
    id: String,
    user: String,
    terms: TermsItem,
    every: String,
    next_on: String,
    status: String,
    is_announced: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    taken_until: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_on: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_result: Option<String>,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    created_at: i64,
    updated_at: i64,
}

impl From<&Standing> for StandingItem {
    fn from(standing: &Standing) -> Self {
        Self {
            id: standing.id.to_string(),
            user: standing.user.to_string(),
            terms: (&standing.terms).into(),
            every: standing.every.to_string(),
            next_on: standing.next_on.to_string(),
            status: standing.status.code().to_owned(),
            is_announced: standing.is_announced,
            due_at: standing.due_at.map(|at| at.as_millisecond()),
            taken_until: standing.taken_until.map(|at| at.as_millisecond()),
            last_on: standing.last.map(|(on, _)| on.to_string()),
            last_result: standing.last.map(|(_, result)| result.code().to_owned()),
            digest: standing.digest.to_vec(),
            created_at: standing.created_at.as_millisecond(),
            updated_at: standing.updated_at.as_millisecond(),
        }
    }
}

impl TryFrom<StandingItem> for Standing {
    type Error = BadField;
    fn try_from(item: StandingItem) -> Result<Self, BadField> {
        let last_on = item.last_on.as_deref().map(|on| parsed("last_on", on)).transpose()?;
        let result = |code: &String| known("last_result", code, StandingResult::from_code(code));
        Ok(Self {
            id: parsed("id", &item.id)?,
            user: parsed("user", &item.user)?,
            terms: item.terms.try_into()?,
            every: parsed("every", &item.every)?,
            next_on: parsed("next_on", &item.next_on)?,
            status: known("status", &item.status, StandingStatus::from_code(&item.status))?,
            is_announced: item.is_announced,
            due_at: maybe_time("due_at", item.due_at)?,
            taken_until: maybe_time("taken_until", item.taken_until)?,
            last: last_on.zip(item.last_result.as_ref().map(result).transpose()?),
            digest: bytes("digest", &item.digest)?,
            created_at: time("created_at", item.created_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct SummaryItem {
    user: String,
    is_on: bool,
    hour: i8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    told: Option<String>,
    changed_at: i64,
}

impl From<&Summary> for SummaryItem {
    fn from(summary: &Summary) -> Self {
        Self {
            user: summary.user.to_string(),
            is_on: summary.is_on,
            hour: summary.hour,
            due_at: summary.due_at.map(|at| at.as_millisecond()),
            told: summary.told.map(|day| day.to_string()),
            changed_at: summary.changed_at.as_millisecond(),
        }
    }
}

impl TryFrom<SummaryItem> for Summary {
    type Error = BadField;
    fn try_from(item: SummaryItem) -> Result<Self, BadField> {
        Ok(Self {
            user: parsed("user", &item.user)?,
            is_on: item.is_on,
            hour: item.hour,
            due_at: maybe_time("due_at", item.due_at)?,
            told: item.told.as_deref().map(|day| parsed("told", day)).transpose()?,
            changed_at: time("changed_at", item.changed_at)?,
        })
    }
}

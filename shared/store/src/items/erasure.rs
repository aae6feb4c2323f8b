//! Ends of accounts.

use super::{BadField, bank::UserKeyItem, known, maybe_time, parsed, time};
use domain::{
    Timestamp,
    erasure::{Erasure, ErasureStep, Hold},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct HoldItem {
    id: String,
    parts: Vec<u64>,
    rows: u64,
}

#[derive(Serialize, Deserialize)]
pub struct ErasureItem {
    user: String,
    step: String,
    asked_at: i64,
    held_until: i64,
    due_at: Option<i64>,
    hold: Option<HoldItem>,
    key: Option<UserKeyItem>,
    updated_at: i64,
}

impl From<&Erasure> for ErasureItem {
    fn from(erasure: &Erasure) -> Self {
        let hold = |hold: &Hold| HoldItem { id: hold.id.clone(), parts: hold.parts.clone(), rows: hold.rows };
        Self {
            user: erasure.user.to_string(),
            step: erasure.step.code().to_owned(),
            asked_at: erasure.asked_at.as_millisecond(),
            held_until: erasure.held_until.as_millisecond(),
            due_at: erasure.due_at.map(Timestamp::as_millisecond),
            hold: erasure.hold.as_ref().map(hold),
            key: erasure.key.as_ref().map(UserKeyItem::from),
            updated_at: erasure.updated_at.as_millisecond(),
        }
    }
}

impl TryFrom<ErasureItem> for Erasure {
    type Error = BadField;
    fn try_from(item: ErasureItem) -> Result<Self, BadField> {
        let hold = |hold: HoldItem| Hold { id: hold.id, parts: hold.parts, rows: hold.rows };
        Ok(Self {
            user: parsed("user", &item.user)?,
            step: known("step", &item.step, ErasureStep::from_code(&item.step))?,
            asked_at: time("asked_at", item.asked_at)?,
            held_until: time("held_until", item.held_until)?,
            due_at: maybe_time("due_at", item.due_at)?,
            hold: item.hold.map(hold),
            key: item.key.map(TryInto::try_into).transpose()?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

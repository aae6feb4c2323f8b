//! Places in organisations, as rows.

use super::{BadField, known, parsed, time};
use domain::organisation::{Membership, MembershipStatus};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct MembershipItem {
    organisation: String,
    user: String,
    status: String,
    invited_at: i64,
    changed_at: i64,
}

impl From<&Membership> for MembershipItem {
    fn from(place: &Membership) -> Self {
        Self {
            organisation: place.organisation.to_string(),
            user: place.user.to_string(),
            status: place.status.code().to_owned(),
            invited_at: place.invited_at.as_millisecond(),
            changed_at: place.changed_at.as_millisecond(),
        }
    }
}

impl TryFrom<MembershipItem> for Membership {
    type Error = BadField;
    fn try_from(item: MembershipItem) -> Result<Self, BadField> {
        Ok(Self {
            organisation: parsed("organisation", &item.organisation)?,
            user: parsed("user", &item.user)?,
            status: known("status", &item.status, MembershipStatus::from_code(&item.status))?,
            invited_at: time("invited_at", item.invited_at)?,
            changed_at: time("changed_at", item.changed_at)?,
        })
    }
}

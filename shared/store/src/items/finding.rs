//! What does not add up, as rows.

use super::{BadField, known, parsed, time};
use domain::{
    book::{Gap, Shortfall},
    finding::{Finding, FindingStatus},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct FindingItem {
    user: String,
    id: String,
    gap: String,
    platform: String,
    from: String,
    to: String,
    stated: i64,
    came: i64,
    status: String,
    opened_at: i64,
    changed_at: i64,
}

impl From<&Finding> for FindingItem {
    fn from(finding: &Finding) -> Self {
        let Shortfall { gap, platform, from, to, stated, came } = &finding.shortfall;
        Self {
            user: finding.user.to_string(),
            id: finding.id.to_string(),
            gap: gap.code().to_owned(),
            platform: platform.clone(),
            from: from.to_string(),
            to: to.to_string(),
            stated: *stated,
            came: *came,
            status: finding.status.code().to_owned(),
            opened_at: finding.opened_at.as_millisecond(),
            changed_at: finding.changed_at.as_millisecond(),
        }
    }
}

impl TryFrom<FindingItem> for Finding {
    type Error = BadField;
    fn try_from(item: FindingItem) -> Result<Self, BadField> {
        let shortfall = Shortfall {
            gap: known("gap", &item.gap, Gap::from_code(&item.gap))?,
            platform: item.platform,
            from: parsed("from", &item.from)?,
            to: parsed("to", &item.to)?,
            stated: item.stated,
            came: item.came,
        };
        Ok(Self {
            user: parsed("user", &item.user)?,
            id: parsed("id", &item.id)?,
            shortfall,
            status: known("status", &item.status, FindingStatus::from_code(&item.status))?,
            opened_at: time("opened_at", item.opened_at)?,
            changed_at: time("changed_at", item.changed_at)?,
        })
    }
}

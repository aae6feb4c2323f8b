//! Campaigns and their recipients, as rows.

use super::{BadField, bad, bytes, known, maybe_time, parsed, time};
use domain::{
    campaign::{Campaign, CampaignStatus, Progress, Recipient},
    fact::Priority,
    notice::{Category, Channel, Template, Values},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct CampaignItem {
    id: String,
    by: String,
    to_members: bool,
    name: String,
    channel: String,
    template: String,
    template_version: u32,
    category: String,
    priority: String,
    sheet: String,
    recipients: u32,
    per_minute: u32,
    start_at: i64,
    expires_at: i64,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_at: Option<i64>,
    #[serde(default)]
    taken_back: u32,
    reached: u32,
    opened: u32,
    passed: u32,
    due_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    taken_until: Option<i64>,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    created_at: i64,
    updated_at: i64,
}

impl From<&Campaign> for CampaignItem {
    fn from(campaign: &Campaign) -> Self {
        let (ended_at, taken_back) = match campaign.status {
            CampaignStatus::Completed { at } | CampaignStatus::Cancelled { at } => (Some(at.as_millisecond()), 0),
            CampaignStatus::Cancelling { taken_back } => (None, taken_back),
            CampaignStatus::Scheduled | CampaignStatus::Running | CampaignStatus::Paused => (None, 0),
        };
        Self {
            id: campaign.id.to_string(),
            by: campaign.by.to_string(),
            to_members: campaign.to_members,
            name: campaign.name.clone(),
            channel: campaign.channel.code().to_owned(),
            template: campaign.template.name.clone(),
            template_version: campaign.template.version,
            category: campaign.category.code().to_owned(),
            priority: campaign.priority.code().to_owned(),
            sheet: campaign.sheet.to_string(),
            recipients: campaign.recipients,
            per_minute: campaign.per_minute,
            start_at: campaign.start_at.as_millisecond(),
            expires_at: campaign.expires_at.as_millisecond(),
            status: campaign.status.code().to_owned(),
            ended_at,
            taken_back,
            reached: campaign.progress.reached,
            opened: campaign.progress.opened,
            passed: campaign.progress.passed,
            due_at: campaign.due_at.as_millisecond(),
            taken_until: campaign.taken_until.map(domain::Timestamp::as_millisecond),
            digest: campaign.digest.to_vec(),
            created_at: campaign.created_at.as_millisecond(),
            updated_at: campaign.updated_at.as_millisecond(),
        }
    }
}

impl TryFrom<CampaignItem> for Campaign {
    type Error = BadField;
    fn try_from(item: CampaignItem) -> Result<Self, BadField> {
        let ended = || time("ended_at", item.ended_at.unwrap_or_default());
        let status = match item.status.as_str() {
            "scheduled" => CampaignStatus::Scheduled,
            "running" => CampaignStatus::Running,
            "paused" => CampaignStatus::Paused,
            "completed" => CampaignStatus::Completed { at: ended()? },
            "cancelling" => CampaignStatus::Cancelling { taken_back: item.taken_back },
            "cancelled" => CampaignStatus::Cancelled { at: ended()? },
            other => return Err(bad("status", format!("`{other}` is unknown"))),
        };
        Ok(Self {
            id: parsed("id", &item.id)?,
            by: parsed("by", &item.by)?,
            to_members: item.to_members,
            name: item.name,
            channel: known("channel", &item.channel, Channel::from_code(&item.channel))?,
            template: Template { name: item.template, version: item.template_version },
            category: known("category", &item.category, Category::from_code(&item.category))?,
            priority: known("priority", &item.priority, Priority::from_code(&item.priority))?,
            sheet: parsed("sheet", &item.sheet)?,
            recipients: item.recipients,
            per_minute: item.per_minute,
            start_at: time("start_at", item.start_at)?,
            expires_at: time("expires_at", item.expires_at)?,
            status,
            progress: Progress { reached: item.reached, opened: item.opened, passed: item.passed },
            due_at: time("due_at", item.due_at)?,
            taken_until: maybe_time("taken_until", item.taken_until)?,
            digest: bytes("digest", &item.digest)?,
            created_at: time("created_at", item.created_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct RecipientItem {
    user: String,
    values: String,
}

/// Up to a hundred of a campaign's recipients.
#[derive(Serialize, Deserialize)]
pub struct RecipientsItem {
    recipients: Vec<RecipientItem>,
    expires_at_s: i64,
}

impl RecipientsItem {
    pub fn new(recipients: &[Recipient], expires_at_s: i64) -> Self {
        let item = |of: &Recipient| RecipientItem { user: of.user.to_string(), values: of.values.as_str().to_owned() };
        Self { recipients: recipients.iter().map(item).collect(), expires_at_s }
    }

    pub fn recipients(self) -> Result<Vec<Recipient>, BadField> {
        let read = |item: RecipientItem| {
            let values = Values::new(item.values).map_err(|error| bad("values", error))?;
            Ok(Recipient { user: parsed("user", &item.user)?, values })
        };
        self.recipients.into_iter().map(read).collect()
    }
}

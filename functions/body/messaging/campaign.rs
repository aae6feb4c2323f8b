//! A campaign, as its maker opens and sees it.

use super::{Data, priorities};
use crate::body::{
    bulletin::Instant,
    common::{USER_ID, codes},
};
use domain::{
    Timestamp,
    campaign::{Campaign, CampaignStatus, Progress, Recipient},
    fact::Priority,
    notice::{
        Channel, Ended, HeldFor, Notice, Stage,
        delivery::{Skip, Status},
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What many are told, and how fast.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["recipients"], "properties": { "members": { "const": false } } },
    { "required": ["members"], "properties": { "members": { "const": true }, "recipients": { "type": "null" } } },
]))]
pub struct BulkRequest {
    /// What its maker calls it.
    #[schemars(length(min = 1, max = 100))]
    pub name: String,
    #[schemars(length(min = 1, max = 60))]
    pub template: String,
    /// What is filled in for everybody.
    #[serde(default)]
    pub data: Data,
    /// Up to 10,000, each once.
    pub recipients: Option<Vec<RecipientRequest>>,
    /// To all members of the caller's organisation, as they are now.
    #[serde(default)]
    pub members: bool,
    #[schemars(extend("enum" = priorities()))]
    pub priority: Option<String>,
    /// When it begins. RFC 3339; at once unless given.
    pub start_at: Option<Instant>,
    /// The most recipients of a minute; 600 unless given.
    #[schemars(range(min = 1, max = 3_000))]
    pub per_minute: Option<u32>,
    /// For how long it is news from its beginning, in seconds; three days unless given.
    #[schemars(range(min = 60, max = 2_592_000))]
    pub expires_in_s: Option<u32>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecipientRequest {
    #[schemars(extend("pattern" = USER_ID))]
    pub user_id: String,
    /// What is filled in for them, beside or instead of what is for everybody.
    #[serde(default)]
    pub data: Data,
}

/// A campaign. What changes of it is told on the channel `campaign:{id}`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CampaignBody {
    pub id: String,
    pub name: String,
    #[schemars(extend("enum" = codes(Channel::ALL, Channel::code)))]
    pub channel: &'static str,
    pub template: String,
    pub template_version: u32,
    #[schemars(extend("enum" = codes(&Priority::ALL, Priority::code)))]
    pub priority: &'static str,
    #[serde(flatten)]
    pub progress: CampaignProgress,
    pub per_minute: u32,
    /// RFC 3339.
    pub start_at: String,
    /// RFC 3339.
    pub expires_at: String,
    /// When it was completed or cancelled. RFC 3339.
    pub ended_at: Option<String>,
    /// RFC 3339.
    pub created_at: String,
}

/// How far it is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CampaignProgress {
    #[schemars(extend("enum" = CampaignStatus::CODES))]
    pub status: &'static str,
    pub recipients: u32,
    /// Whose turn has come.
    pub reached: u32,
    /// Of them: whose notice is on its way.
    pub opened: u32,
    /// Of them: who is no user any more, or not of the organisation.
    pub passed: u32,
    #[schemars(range(max = 100))]
    pub progress_percent: u32,
}

impl CampaignProgress {
    pub fn new(status: &'static str, recipients: u32, progress: Progress) -> Self {
        let Progress { reached, opened, passed } = progress;
        let progress_percent = u64::from(reached) * 100 / u64::from(recipients.max(1));
        Self { status, recipients, reached, opened, passed, progress_percent: u32::try_from(progress_percent).unwrap_or(100) }
    }
}

impl From<&Campaign> for CampaignBody {
    fn from(campaign: &Campaign) -> Self {
        let ended_at = match campaign.status {
            CampaignStatus::Completed { at } | CampaignStatus::Cancelled { at } => Some(at.to_string()),
            _ => None,
        };
        Self {
            id: campaign.id.to_string(),
            name: campaign.name.clone(),
            channel: campaign.channel.code(),
            template: campaign.template.name.clone(),
            template_version: campaign.template.version,
            priority: campaign.priority.code(),
            progress: CampaignProgress::new(campaign.status.code(), campaign.recipients, campaign.progress),
            per_minute: campaign.per_minute,
            start_at: campaign.start_at.to_string(),
            expires_at: campaign.expires_at.to_string(),
            ended_at,
            created_at: campaign.created_at.to_string(),
        }
    }
}

/// One recipient, and what became of them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RecipientBody {
    /// Their place in the request, from 0.
    pub number: u32,
    pub user_id: String,
    /// `waiting` for their turn; `passed` where they are no user any more or not of the organisation;
    /// `held` until they may be disturbed; `ended` without a try; else as far as the channel says.
    #[schemars(extend("enum" = ["waiting", "passed", "held", "queued", "sent", "delivered", "read", "failed", "skipped", "ended"]))]
    pub status: &'static str,
    /// Why it is held, was skipped, has failed or ended.
    pub reason: Option<String>,
    pub notice_id: Option<String>,
    /// RFC 3339.
    pub sent_at: Option<String>,
    pub delivered_at: Option<String>,
    pub read_at: Option<String>,
}

impl RecipientBody {
    pub fn new(campaign: &Campaign, number: u32, recipient: &Recipient, notice: Option<&Notice>) -> Self {
        let (status, reason) = match notice {
            Some(notice) => standing(campaign.channel, notice),
            None if number < campaign.progress.reached => ("passed", None),
            None => ("waiting", None),
        };
        let times = notice.and_then(|notice| notice.delivery(campaign.channel)).map(|delivery| delivery.times).unwrap_or_default();
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        Self {
            number,
            user_id: recipient.user.to_string(),
            status,
            reason,
            notice_id: notice.map(|notice| notice.id.to_string()),
            sent_at: text(times.sent_at),
            delivered_at: text(times.delivered_at),
            read_at: text(times.read_at),
        }
    }
}

/// Where a notice stands that goes by one channel.
fn standing(channel: Channel, notice: &Notice) -> (&'static str, Option<String>) {
    let reason = |code: &str| Some(code.to_owned());
    match (notice.delivery(channel).map(|delivery| &delivery.status), notice.stage) {
        (_, Stage::Held { why, .. }) => ("held", reason(HeldFor::code(why))),
        (Some(Status::Skipped(skip)), _) => ("skipped", reason(Skip::code(*skip))),
        (Some(Status::Failed(why)), _) => ("failed", reason(why.as_str())),
        (Some(Status::Queued) | None, Stage::Done { why }) => ("ended", reason(Ended::code(why))),
        (Some(status), _) => (status.code(), None),
        (None, Stage::Climbing { .. }) => ("queued", None),
    }
}

/// A line of a campaign's report. None of its fields can hold a comma, a quote or a line's end, or begin
/// as a formula does: they are ids, codes of ours and times; a provider's code is cleaned.
pub fn report_line(body: &RecipientBody) -> String {
    let clean = |code: &String| code.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.')).collect::<String>();
    let reason = body.reason.as_ref().map(clean).unwrap_or_default();
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let times = [&body.sent_at, &body.delivered_at, &body.read_at].map(or_empty).join(",");
    format!("{},{},{},{reason},{},{times}\n", body.number, body.user_id, body.status, or_empty(&body.notice_id))
}

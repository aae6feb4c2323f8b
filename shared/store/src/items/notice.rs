//! A notice as a row, with its deliveries.

use super::{BadField, bad, known, parsed, time};
use domain::{
    Timestamp,
    fact::Priority,
    notice::{
        Category, Channel, Ended, HeldFor, Notice, ProviderMessage, Stage, Template, Values,
        delivery::{Delivery, Reason, Skip, Status, Times},
        hours::Language,
    },
};
use serde::{Deserialize, Serialize};

fn ms(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millisecond)
}

fn at(field: &'static str, ms: Option<i64>) -> Result<Option<Timestamp>, BadField> {
    ms.map(|ms| time(field, ms)).transpose()
}

#[derive(Serialize, Deserialize)]
struct DeliveryItem {
    channel: String,
    status: String,
    /// Why it was skipped or has failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provider: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provider_id: Option<String>,
    attempts: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tried_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    again_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queued_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sent_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failed_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delivered_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    read_at: Option<i64>,
}

impl From<&Delivery> for DeliveryItem {
    fn from(delivery: &Delivery) -> Self {
        let reason = match &delivery.status {
            Status::Skipped(skip) => Some(skip.code().to_owned()),
            Status::Failed(reason) => Some(reason.as_str().to_owned()),
            Status::Queued | Status::Sent | Status::Delivered | Status::Read => None,
        };
        Self {
            channel: delivery.channel.code().to_owned(),
            status: delivery.status.code().to_owned(),
            reason,
            provider: delivery.provider.clone(),
            provider_id: delivery.provider_id.clone(),
            attempts: delivery.attempts,
            tried_at: ms(delivery.tried_at),
            again_at: ms(delivery.again_at),
            queued_at: ms(delivery.times.queued_at),
            sent_at: ms(delivery.times.sent_at),
            failed_at: ms(delivery.times.failed_at),
            delivered_at: ms(delivery.times.delivered_at),
            read_at: ms(delivery.times.read_at),
        }
    }
}

impl TryFrom<DeliveryItem> for Delivery {
    type Error = BadField;
    fn try_from(item: DeliveryItem) -> Result<Self, BadField> {
        let reason = item.reason.unwrap_or_default();
        let status = match item.status.as_str() {
            "skipped" => Status::Skipped(known("reason", &reason, Skip::from_code(&reason))?),
            "queued" => Status::Queued,
            "sent" => Status::Sent,
            "failed" => Status::Failed(Reason::new(&reason)),
            "delivered" => Status::Delivered,
            "read" => Status::Read,
            other => return Err(bad("status", format!("`{other}` is unknown"))),
        };
        Ok(Self {
            channel: known("channel", &item.channel, Channel::from_code(&item.channel))?,
            status,
            provider: item.provider,
            provider_id: item.provider_id,
            attempts: item.attempts,
            tried_at: at("tried_at", item.tried_at)?,
            again_at: at("again_at", item.again_at)?,
            times: Times {
                queued_at: at("queued_at", item.queued_at)?,
                sent_at: at("sent_at", item.sent_at)?,
                failed_at: at("failed_at", item.failed_at)?,
                delivered_at: at("delivered_at", item.delivered_at)?,
                read_at: at("read_at", item.read_at)?,
            },
        })
    }
}

/// A notice stays for so long after it was news: what was told is proof of it, for a year.
const KEPT_S: i64 = 365 * 24 * 3_600;

#[derive(Serialize, Deserialize)]
pub struct NoticeItem {
    id: String,
    user: String,
    template: String,
    template_version: u32,
    language: String,
    values: String,
    priority: String,
    category: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only: Option<String>,
    stage: String,
    /// Why it is held or done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    deliveries: Vec<DeliveryItem>,
    created_at: i64,
    expires_at: i64,
    updated_at: i64,
    /// When the row goes.
    expires_at_s: i64,
}

impl From<&Notice> for NoticeItem {
    fn from(notice: &Notice) -> Self {
        let why = match notice.stage {
            Stage::Held { why, .. } => Some(why.code()),
            Stage::Climbing { .. } => None,
            Stage::Done { why } => Some(why.code()),
        };
        Self {
            id: notice.id.to_string(),
            user: notice.user.to_string(),
            template: notice.template.name.clone(),
            template_version: notice.template.version,
            language: notice.language.as_str().to_owned(),
            values: notice.values.as_str().to_owned(),
            priority: notice.priority.code().to_owned(),
            category: notice.category.code().to_owned(),
            seq: notice.seq,
            only: notice.only.map(|channel| channel.code().to_owned()),
            stage: notice.stage.code().to_owned(),
            why: why.map(str::to_owned),
            due_at: ms(notice.due_at()),
            deliveries: notice.deliveries.iter().map(DeliveryItem::from).collect(),
            created_at: notice.created_at.as_millisecond(),
            expires_at: notice.expires_at.as_millisecond(),
            updated_at: notice.updated_at.as_millisecond(),
            expires_at_s: notice.expires_at.as_second() + KEPT_S,
        }
    }
}

fn priority(code: &str) -> Option<Priority> {
    Priority::ALL.into_iter().find(|priority| priority.code() == code)
}

impl TryFrom<NoticeItem> for Notice {
    type Error = BadField;
    fn try_from(item: NoticeItem) -> Result<Self, BadField> {
        let why = item.why.unwrap_or_default();
        let stage = match (item.stage.as_str(), at("due_at", item.due_at)?) {
            ("held", Some(until)) => Stage::Held { until, why: known("why", &why, HeldFor::from_code(&why))? },
            ("climbing", Some(next_at)) => Stage::Climbing { next_at },
            ("done", None) => Stage::Done { why: known("why", &why, Ended::from_code(&why))? },
            (other, _) => return Err(bad("stage", format!("`{other}` is unknown or incomplete"))),
        };
        Ok(Self {
            id: parsed("id", &item.id)?,
            user: parsed("user", &item.user)?,
            template: Template { name: item.template, version: item.template_version },
            language: Language::parse(&item.language).map_err(|error| bad("language", error))?,
            values: Values::new(item.values).map_err(|error| bad("values", error))?,
            priority: known("priority", &item.priority, priority(&item.priority))?,
            category: known("category", &item.category, Category::from_code(&item.category))?,
            seq: item.seq,
            only: item.only.map(|code| known("only", &code, Channel::from_code(&code))).transpose()?,
            stage,
            deliveries: item.deliveries.into_iter().map(Delivery::try_from).collect::<Result<_, _>>()?,
            created_at: time("created_at", item.created_at)?,
            expires_at: time("expires_at", item.expires_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

/// A lead from a provider's message to our notice.
#[derive(Serialize, Deserialize)]
pub struct ProviderMessageItem {
    provider: String,
    message: String,
    user: String,
    notice: String,
    channel: String,
}

impl From<&ProviderMessage> for ProviderMessageItem {
    fn from(message: &ProviderMessage) -> Self {
        Self {
            provider: message.provider.clone(),
            message: message.id.clone(),
            user: message.user.to_string(),
            notice: message.notice.to_string(),
            channel: message.channel.code().to_owned(),
        }
    }
}

impl TryFrom<ProviderMessageItem> for ProviderMessage {
    type Error = BadField;
    fn try_from(item: ProviderMessageItem) -> Result<Self, BadField> {
        Ok(Self {
            provider: item.provider,
            id: item.message,
            user: parsed("user", &item.user)?,
            notice: parsed("notice", &item.notice)?,
            channel: known("channel", &item.channel, Channel::from_code(&item.channel))?,
        })
    }
}

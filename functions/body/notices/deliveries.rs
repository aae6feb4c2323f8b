//! A notice, and what became of it on each channel.

use crate::body::common::codes;
use domain::{
    Timestamp,
    fact::Priority,
    id::NoticeId,
    notice::{
        Category, Channel, Ended, HeldFor, Notice, Stage,
        delivery::{Delivery, Status},
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenRequest {
    #[schemars(extend("pattern" = format!("^{}_[0-7][0-9A-HJKMNP-TV-Z]{{25}}$", NoticeId::PREFIX)))]
    pub notice_id: String,
}

/// A notice, and what became of it on each channel.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeliveryBody {
    pub notice_id: String,
    /// What it tells of; of several that are told together, `digest`.
    pub event: String,
    /// The place in the feed that it is about.
    pub seq: Option<u64>,
    #[schemars(extend("enum" = codes(Category::ALL, Category::code)))]
    pub category: &'static str,
    #[schemars(extend("enum" = codes(&Priority::ALL, Priority::code)))]
    pub priority: &'static str,
    #[schemars(extend("enum" = ["held", "climbing", "done"]))]
    pub status: &'static str,
    /// Why it is held, or how it ended.
    #[schemars(extend("enum" = reasons()))]
    pub why: Option<&'static str>,
    /// Until when it is held, or its channel has time. RFC 3339.
    pub until: Option<String>,
    /// In the order in which they were tried or passed over.
    pub channels: Vec<ChannelBody>,
    /// RFC 3339.
    pub opened_at: String,
    /// Until when it is news. RFC 3339.
    pub expires_at: String,
}

fn reasons() -> Vec<Value> {
    let codes = codes(HeldFor::ALL, HeldFor::code).into_iter().chain(codes(Ended::ALL, Ended::code));
    codes.map(Value::from).chain([Value::Null]).collect()
}

/// A notice on one channel.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChannelBody {
    #[schemars(extend("enum" = codes(Channel::ALL, Channel::code)))]
    pub channel: &'static str,
    #[schemars(extend("enum" = ["skipped", "queued", "sent", "failed", "delivered", "read"]))]
    pub status: &'static str,
    /// Why it was skipped, or its provider's word for why it failed.
    pub reason: Option<String>,
    /// How often its provider was called.
    pub attempts: u32,
    /// RFC 3339.
    pub sent_at: Option<String>,
    pub delivered_at: Option<String>,
    pub read_at: Option<String>,
}

impl From<&Notice> for DeliveryBody {
    fn from(notice: &Notice) -> Self {
        let why = match notice.stage {
            Stage::Held { why, .. } => Some(why.code()),
            Stage::Done { why } => Some(why.code()),
            Stage::Climbing { .. } => None,
        };
        Self {
            notice_id: notice.id.to_string(),
            event: notice.template.name.clone(),
            seq: notice.seq,
            category: notice.category.code(),
            priority: notice.priority.code(),
            status: notice.stage.code(),
            why,
            until: notice.due_at().map(|at| at.to_string()),
            channels: notice.deliveries.iter().map(ChannelBody::from).collect(),
            opened_at: notice.created_at.to_string(),
            expires_at: notice.expires_at.to_string(),
        }
    }
}

impl From<&Delivery> for ChannelBody {
    fn from(delivery: &Delivery) -> Self {
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let reason = match &delivery.status {
            Status::Skipped(skip) => Some(skip.code().to_owned()),
            Status::Failed(reason) => Some(reason.as_str().to_owned()),
            Status::Queued | Status::Sent | Status::Delivered | Status::Read => None,
        };
        Self {
            channel: delivery.channel.code(),
            status: delivery.status.code(),
            reason,
            attempts: delivery.attempts,
            sent_at: text(delivery.times.sent_at),
            delivered_at: text(delivery.times.delivered_at),
            read_at: text(delivery.times.read_at),
        }
    }
}

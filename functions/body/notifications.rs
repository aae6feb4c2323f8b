//! Bodies of `/v1/notifications`: what came, and what of it was read.

use crate::body::live::EventBody;
use lambda::http::page::Limit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An event of the caller's feed, and whether they have read it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NotificationBody {
    #[serde(flatten)]
    pub event: EventBody,
    pub read: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct UnreadBody {
    /// Events that were not read yet.
    pub unread: u64,
    /// Everything up to this place is read.
    pub read_through_seq: u64,
    /// The end of the feed.
    pub seq: u64,
}

/// What has been read. Marking again what is read changes nothing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum MarkRequest {
    /// These places and no others.
    Some {
        #[schemars(length(min = 1, max = 100), inner(range(min = 1, max = 9_999_999_999_999_999_u64)))]
        seqs: Vec<u64>,
    },
    /// Everything up to a place.
    Through {
        #[schemars(range(min = 1, max = 9_999_999_999_999_999_u64))]
        seq: u64,
    },
    /// Everything that there is now.
    All {},
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationsQuery {
    #[serde(default)]
    pub limit: Limit,
    pub cursor: Option<String>,
    /// Only what was not read yet.
    #[serde(default)]
    pub unread: bool,
}

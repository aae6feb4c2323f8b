//! Bodies of `/v1/notifications`: what came, and what of it was read.

use crate::body::live::EventBody;
use domain::{fact::SEQ_MAX, reading::Marked};
use lambda::{Problem, http::page::Limit};
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

/// Places that one request marks.
const SEQS_MAX: usize = 100;

/// What has been read: some places, or all up to one. Marking again what is read changes nothing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["seqs"], "properties": { "seqs": { "type": "array" }, "through_seq": { "type": "null" } } },
    { "required": ["through_seq"], "properties": { "through_seq": { "type": "integer" }, "seqs": { "type": "null" } } },
]))]
pub struct MarkRequest {
    #[schemars(length(min = 1, max = SEQS_MAX), inner(range(min = 1, max = SEQ_MAX)))]
    pub seqs: Option<Vec<u64>>,
    #[schemars(range(min = 1, max = SEQ_MAX))]
    pub through_seq: Option<u64>,
}

impl TryFrom<MarkRequest> for Marked {
    type Error = Problem;
    fn try_from(asked: MarkRequest) -> Result<Self, Problem> {
        let possible = 1..=SEQ_MAX;
        match (asked.seqs, asked.through_seq) {
            (Some(_), Some(_)) => Err(Problem::invalid_field("/through_seq", "is for a request without `seqs`")),
            (None, None) => Err(Problem::invalid_field("/seqs", "must name places, unless there is a `through_seq`")),
            (None, Some(seq)) if possible.contains(&seq) => Ok(Self::Through(seq)),
            (None, Some(_)) => Err(Problem::invalid_field("/through_seq", "must be a place: 1 or later")),
            (Some(seqs), None) => match seqs.iter().position(|seq| !possible.contains(seq)) {
                Some(index) => Err(Problem::invalid_field(format!("/seqs/{index}"), "must be a place: 1 or later")),
                None if (1..=SEQS_MAX).contains(&seqs.len()) => Ok(Self::Some(seqs)),
                None => Err(Problem::invalid_field("/seqs", format!("must be 1 to {SEQS_MAX} places"))),
            },
        }
    }
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

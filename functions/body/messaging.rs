//! Bodies of `/v1/notifications/{channel}/…`: what is sent by one channel, to one user or many.

mod campaign;
mod stats;
mod template;

pub use campaign::{BulkRequest, CampaignBody, CampaignProgress, RecipientBody, RecipientRequest, report_line};
pub use stats::{HOURS_MAX, StatsBody, StatsQuery};
pub use template::{PreviewBody, PreviewRequest, TemplateBody};

use crate::body::{common::codes, rooms::Person};
use domain::{fact::Priority, notice::Channel};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What one user is told.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendRequest {
    pub to: Person,
    /// The name of a template that goes by this channel.
    #[schemars(length(min = 1, max = 60))]
    pub template: String,
    /// What is filled into it.
    #[serde(default)]
    pub data: Data,
    /// The template's own unless given.
    #[schemars(extend("enum" = priorities()))]
    pub priority: Option<String>,
    /// For how long it is news, in seconds; a day unless given.
    #[schemars(range(min = 60, max = 2_592_000))]
    pub expires_in_s: Option<u32>,
}

/// What is filled into a template, by the names of its variables.
#[derive(Debug, Clone, Default, JsonSchema)]
pub struct Data(pub Map<String, Value>);

impl<'de> Deserialize<'de> for Data {
    // By way of a value: a map alone takes `null` as empty.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Object(data) => Ok(Self(data)),
            _ => Err(serde::de::Error::custom("must be an object")),
        }
    }
}

fn priorities() -> Vec<Option<&'static str>> {
    Priority::ALL.iter().map(|priority| Some(priority.code())).chain([None]).collect()
}

/// An address: a phone, or an e-mail address; for pushes, a user's id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    #[schemars(length(min = 1, max = 320))]
    pub address: String,
}

/// Whether it can be written to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckBody {
    #[schemars(extend("enum" = codes(Channel::ALL, Channel::code)))]
    pub channel: &'static str,
    /// In the form in which it is kept: a phone in E.164, a domain in small letters.
    pub address: String,
    /// Whether it is well formed, and of a kind that this channel reaches.
    pub valid: bool,
    /// Whether messages to it came back, or its owner complained, so that nothing is sent there.
    pub suppressed: bool,
    /// What is wrong with it.
    pub why: Option<String>,
}

//! Bodies of `/v1/ops/publications`.

use crate::body::{
    bulletin::{Announcement, CropReport, Line, MarketPrice, SystemStatus, WeatherAlert, ZoneDemand},
    common,
};
use domain::{
    bulletin::{BulletinKind, Leg, Publication, PublicationStatus, Published},
    channel::Channel,
    fact::{FactKind, Priority},
};
use schemars::{JsonSchema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What is published in one user's feed.
pub const FOR_USERS: &[FactKind] = &[FactKind::Announcement, FactKind::KycStatus, FactKind::CardActivity];

fn events() -> Vec<&'static str> {
    let of_topics =
        BulletinKind::ALL.iter().filter(|kind| !kind.is_of_rooms() && **kind != BulletinKind::CampaignProgress).map(|kind| kind.code());
    let mut events: Vec<_> = of_topics.chain(FOR_USERS.iter().map(|kind| kind.code())).collect();
    events.sort_unstable();
    events.dedup();
    events
}

/// What is to be told, and where.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishRequest {
    /// A topic (`weather:pune`, `market:onion`, `zone:mumbai`, `crop_health:usr_…`, `org:usr_…`),
    /// `system` for everybody, or `user:usr_…`.
    #[schemars(length(min = 1, max = 100))]
    pub channel: String,
    /// What happened. It must fit the channel.
    #[schemars(extend("enum" = events()))]
    pub event: String,
    /// By the event.
    #[schemars(schema_with = "data")]
    pub data: Value,
    /// The event's own unless given.
    #[schemars(extend("enum" = [Priority::Low.code(), Priority::Normal.code(), Priority::High.code(), Priority::Critical.code(), null]))]
    pub priority: Option<String>,
    /// For how long it is news, in seconds; the event's own unless given.
    #[schemars(range(min = 60, max = 2_592_000))]
    pub expires_in_s: Option<u32>,
}

fn data(schemas: &mut SchemaGenerator) -> schemars::Schema {
    let of = [
        schemas.subschema_for::<WeatherAlert>(),
        schemas.subschema_for::<MarketPrice>(),
        schemas.subschema_for::<CropReport>(),
        schemas.subschema_for::<ZoneDemand>(),
        schemas.subschema_for::<SystemStatus>(),
        schemas.subschema_for::<Announcement>(),
        schemas.subschema_for::<KycStatus>(),
        schemas.subschema_for::<CardActivity>(),
    ];
    let any: Vec<Value> = of.into_iter().map(schemars::Schema::to_value).collect();
    schemars::Schema::try_from(json!({ "anyOf": any })).unwrap_or_default()
}

/// `kyc.status`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KycStatus {
    pub status: Kyc,
    /// For the user: what is missing, or what comes next.
    #[serde(default)]
    pub reason: Option<Line>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kyc {
    Pending,
    Verified,
    Rejected,
    Expired,
}

impl Kyc {
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Verified => "verified",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
        }
    }
}

/// `card.activity`
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardActivity {
    pub status: Card,
    /// In paise.
    #[schemars(range(min = 0, max = 100_000_000_000_i64))]
    pub amount: u64,
    /// Where it was used.
    pub merchant: Line,
    #[serde(default)]
    pub reason: Option<Line>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Card {
    Authorized,
    Declined,
    Reversed,
}

impl Card {
    pub fn code(self) -> &'static str {
        match self {
            Self::Authorized => "authorized",
            Self::Declined => "declined",
            Self::Reversed => "reversed",
        }
    }
}

/// A publication, and how far telling it has come.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PublicationBody {
    pub id: String,
    pub channel: String,
    pub event: &'static str,
    /// Its place on the channel.
    pub seq: u64,
    #[schemars(extend("enum" = ["running", "completed", "cancelled"]))]
    pub status: &'static str,
    /// Connections that it was shown on at once. Everybody else finds it on the channel.
    pub told: u64,
    /// Connections that turned out to be gone.
    pub gone: u64,
    #[schemars(extend("pattern" = common::USER_ID))]
    pub published_by: String,
    /// RFC 3339.
    pub created_at: String,
    /// RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
}

impl PublicationBody {
    pub fn new(publication: &Publication, legs: &[Leg]) -> Self {
        let (channel, event, seq) = match &publication.published {
            Published::Topic { topic, kind, seq } => (topic.to_string(), kind.code(), *seq),
            Published::Feed { account, kind, seq } => (Channel::User(account.owner()).to_string(), kind.code(), *seq),
        };
        let ended_at = match publication.status {
            PublicationStatus::Running { .. } => None,
            PublicationStatus::Completed { at } | PublicationStatus::Cancelled { at } => Some(at.to_string()),
        };
        Self {
            id: publication.id.to_string(),
            channel,
            event,
            seq,
            status: publication.status.code(),
            told: legs.iter().map(|leg| leg.told).sum(),
            gone: legs.iter().map(|leg| leg.gone).sum(),
            published_by: publication.by.to_string(),
            created_at: publication.created_at.to_string(),
            ended_at,
        }
    }
}

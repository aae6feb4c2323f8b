//! What stands on boards, as every way to read one shows it, and as operators publish it.

use crate::{
    body::{
        common::codes,
        messaging::CampaignProgress,
        rooms::{ComingBody, MessageBody},
    },
    frames,
};
use domain::{
    bulletin::{Bulletin, BulletinKind, Told},
    fact::Priority,
    room::Message,
};
use lambda::{Problem, http::body::part};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One event of a topic or a room.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BulletinBody {
    #[schemars(extend("const" = "event"))]
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub channel: String,
    /// Its place on the channel, from 1, without gaps.
    pub seq: u64,
    /// The place of the event before it; 0 where it is the first.
    pub prev_seq: u64,
    /// The same whenever and wherever it is shown.
    pub id: String,
    /// What happened.
    #[schemars(extend("enum" = codes(BulletinKind::ALL, BulletinKind::code)))]
    pub event: &'static str,
    #[schemars(extend("enum" = Priority::ALL.map(Priority::code)))]
    pub priority: &'static str,
    /// Until when it is news. RFC 3339.
    pub expires_at: String,
    pub data: BulletinData,
    /// RFC 3339.
    pub at: String,
}

impl BulletinBody {
    pub fn new(bulletin: &Bulletin, data: BulletinData) -> Self {
        Self {
            kind: "event",
            channel: bulletin.board.to_string(),
            seq: bulletin.seq,
            prev_seq: bulletin.seq.saturating_sub(1),
            id: bulletin.id().to_string(),
            event: bulletin.kind.code(),
            priority: bulletin.priority.code(),
            expires_at: bulletin.expires_at.to_string(),
            data,
            at: bulletin.at.to_string(),
        }
    }

    /// Of what says all that there is to show; `None` for what rooms tell.
    pub fn published(bulletin: &Bulletin) -> Option<Self> {
        let data = match &bulletin.told {
            Told::Published { data } => BulletinData::read(bulletin.kind, serde_json::from_str(data).ok()?).ok()??,
            Told::Campaign { status, recipients, progress } => {
                BulletinData::Campaign(CampaignProgress::new(status, *recipients, *progress))
            }
            Told::Message { .. } | Told::Member { .. } => return None,
        };
        Some(Self::new(bulletin, data))
    }

    /// Of what a room tells; `None` where its message is not kept any more.
    pub fn of_room(bulletin: &Bulletin, messages: &[Message]) -> Option<Self> {
        let data = match &bulletin.told {
            Told::Message { message } => BulletinData::Message(messages.iter().find(|known| known.id == *message)?.into()),
            Told::Member { user } => BulletinData::Member(ComingBody { user_id: user.to_string() }),
            Told::Published { .. } | Told::Campaign { .. } => return None,
        };
        Some(Self::new(bulletin, data))
    }
}

/// By the event's name.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum BulletinData {
    Weather(WeatherAlert),
    Price(MarketPrice),
    Crop(CropReport),
    Demand(ZoneDemand),
    Status(SystemStatus),
    Announcement(Announcement),
    Message(MessageBody),
    Member(ComingBody),
    Campaign(CampaignProgress),
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Advisory,
    Watch,
    Warning,
    Emergency,
}

/// `weather.alert`
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeatherAlert {
    pub severity: Severity,
    pub title: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Line>,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Instant>,
    /// RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Instant>,
}

/// `market.price`
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarketPrice {
    /// Where it was paid.
    pub market: Line,
    /// In paise, for one unit.
    #[schemars(range(min = 0, max = 100_000_000_000_i64))]
    pub price_amount: u64,
    pub unit: PriceUnit,
    /// Against the day before, in hundredths of a percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = -10_000, max = 1_000_000))]
    pub change_basis_points: Option<i32>,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceUnit {
    Kilogram,
    Quintal,
    Dozen,
    Piece,
}

/// `crop_health.report`
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CropReport {
    pub crop: Line,
    /// 0 is dead, 100 is in full health.
    #[schemars(range(max = 100))]
    pub health_percent: u8,
    pub finding: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Line>,
}

/// `zone.demand`
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ZoneDemand {
    /// The part of the city.
    pub area: Line,
    pub demand: Demand,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Line>,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    Low,
    Normal,
    High,
    Surge,
}

/// `system.status`
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SystemStatus {
    pub status: Health,
    pub title: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Line>,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    Operational,
    Maintenance,
    Degraded,
    Outage,
}

/// `announcement`
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    pub title: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Line>,
}

/// A point in time. RFC 3339.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Instant(#[schemars(with = "String", extend("format" = "date-time"))] pub domain::Timestamp);

/// Plain text for a person: 1 to 500 characters without control characters. Whoever shows it escapes it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Line(#[schemars(extend("pattern" = r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f]{1,500}$"))] pub String);

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fits = !text.trim().is_empty() && text.chars().count() <= 500 && !text.chars().any(char::is_control);
        if fits { Ok(Self(text)) } else { Err(serde::de::Error::custom("must be 1 to 500 characters, without control characters")) }
    }
}

impl BulletinData {
    /// Data of a kind that operators publish; `None` for what only rooms tell.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where.
    pub fn read(kind: BulletinKind, data: Value) -> Result<Option<Self>, Problem> {
        Ok(Some(match kind {
            BulletinKind::WeatherAlert => Self::Weather(part(data, "/data")?),
            BulletinKind::MarketPrice => Self::Price(part(data, "/data")?),
            BulletinKind::CropHealth => Self::Crop(part(data, "/data")?),
            BulletinKind::ZoneDemand => Self::Demand(part(data, "/data")?),
            BulletinKind::SystemStatus => Self::Status(part(data, "/data")?),
            BulletinKind::Announcement => Self::Announcement(part(data, "/data")?),
            _ => return Ok(None),
        }))
    }

    /// As it is kept.
    pub fn to_text(&self) -> String {
        frames::text(self)
    }
}

//! Boards, their bulletins, and publications, as rows.

use super::{BadField, bad, bytes, known, parsed, time};
use domain::{
    bulletin::{BoardHead, Bulletin, BulletinKind, Leg, LegStatus, Publication, PublicationStatus, Published, Told},
    campaign::{CampaignStatus, Progress},
    channel::{Board, Channel},
    fact::{FactKind, Priority},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct HeadItem {
    board: String,
    seq: u64,
    last_at: i64,
}

impl From<&BoardHead> for HeadItem {
    fn from(head: &BoardHead) -> Self {
        Self { board: head.board.to_string(), seq: head.seq, last_at: head.last_at.as_millisecond() }
    }
}

impl TryFrom<HeadItem> for BoardHead {
    type Error = BadField;
    fn try_from(item: HeadItem) -> Result<Self, BadField> {
        Ok(Self { board: parsed("board", &item.board)?, seq: item.seq, last_at: time("last_at", item.last_at)? })
    }
}

/// What a bulletin says; one of these.
#[derive(Serialize, Deserialize, Default)]
struct ToldItem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    campaign: Option<CampaignToldItem>,
}

#[derive(Serialize, Deserialize)]
struct CampaignToldItem {
    status: String,
    recipients: u32,
    reached: u32,
    opened: u32,
    passed: u32,
}

#[derive(Serialize, Deserialize)]
pub struct BulletinItem {
    board: String,
    seq: u64,
    event: String,
    priority: String,
    at: i64,
    news_until: i64,
    told: ToldItem,
    expires_at_s: i64,
}

impl From<&Bulletin> for BulletinItem {
    fn from(bulletin: &Bulletin) -> Self {
        let told = match &bulletin.told {
            Told::Published { data } => ToldItem { data: Some(data.clone()), ..ToldItem::default() },
            Told::Message { message } => ToldItem { message: Some(message.to_string()), ..ToldItem::default() },
            Told::Member { user } => ToldItem { user: Some(user.to_string()), ..ToldItem::default() },
            Told::Campaign { status, recipients, progress: Progress { reached, opened, passed } } => {
                let (status, recipients, reached, opened, passed) = ((*status).to_owned(), *recipients, *reached, *opened, *passed);
                ToldItem { campaign: Some(CampaignToldItem { status, recipients, reached, opened, passed }), ..ToldItem::default() }
            }
        };
        Self {
            board: bulletin.board.to_string(),
            seq: bulletin.seq,
            event: bulletin.kind.code().to_owned(),
            priority: bulletin.priority.code().to_owned(),
            at: bulletin.at.as_millisecond(),
            news_until: bulletin.expires_at.as_millisecond(),
            told,
            expires_at_s: bulletin.kept_until.as_second(),
        }
    }
}

impl TryFrom<BulletinItem> for Bulletin {
    type Error = BadField;
    fn try_from(item: BulletinItem) -> Result<Self, BadField> {
        let told = match item.told {
            ToldItem { data: Some(data), message: None, user: None, campaign: None } => Told::Published { data },
            ToldItem { data: None, message: Some(message), user: None, campaign: None } => {
                Told::Message { message: parsed("told.message", &message)? }
            }
            ToldItem { data: None, message: None, user: Some(user), campaign: None } => Told::Member { user: parsed("told.user", &user)? },
            ToldItem { data: None, message: None, user: None, campaign: Some(told) } => Told::Campaign {
                status: known("told.status", &told.status, CampaignStatus::CODES.into_iter().find(|code| *code == told.status))?,
                recipients: told.recipients,
                progress: Progress { reached: told.reached, opened: told.opened, passed: told.passed },
            },
            _ => return Err(bad("told", "it is not one of `data`, `message`, `user` and `campaign`")),
        };
        Ok(Self {
            board: parsed("board", &item.board)?,
            seq: item.seq,
            kind: known("event", &item.event, BulletinKind::from_code(&item.event))?,
            priority: known("priority", &item.priority, Priority::from_code(&item.priority))?,
            at: time("at", item.at)?,
            expires_at: time("news_until", item.news_until)?,
            kept_until: time("expires_at_s", item.expires_at_s.saturating_mul(1_000))?,
            told,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct PublicationItem {
    id: String,
    by: String,
    /// The topic, or the user's feed.
    channel: String,
    event: String,
    seq: u64,
    status: String,
    #[serde(default)]
    legs_done: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_at: Option<i64>,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    created_at: i64,
}

impl From<&Publication> for PublicationItem {
    fn from(publication: &Publication) -> Self {
        let (channel, event, seq) = match &publication.published {
            Published::Topic { topic, kind, seq } => (topic.to_string(), kind.code(), *seq),
            Published::Feed { account, kind, seq } => (Channel::User(account.owner()).to_string(), kind.code(), *seq),
        };
        let (legs_done, ended_at) = match publication.status {
            PublicationStatus::Running { legs_done } => (legs_done, None),
            PublicationStatus::Completed { at } | PublicationStatus::Cancelled { at } => (0, Some(at.as_millisecond())),
        };
        Self {
            id: publication.id.to_string(),
            by: publication.by.to_string(),
            channel,
            event: event.to_owned(),
            seq,
            status: publication.status.code().to_owned(),
            legs_done,
            ended_at,
            digest: publication.digest.to_vec(),
            created_at: publication.created_at.as_millisecond(),
        }
    }
}

impl TryFrom<PublicationItem> for Publication {
    type Error = BadField;
    fn try_from(item: PublicationItem) -> Result<Self, BadField> {
        let (event, seq) = (item.event.as_str(), item.seq);
        let published = match parsed("channel", &item.channel)? {
            Channel::Board(Board::Topic(topic)) => {
                Published::Topic { topic, kind: known("event", event, BulletinKind::from_code(event))?, seq }
            }
            Channel::User(user) => {
                let kind = known("event", event, FactKind::from_code(event))?;
                Published::Feed { account: domain::id::AccountId::wallet_of(user), kind, seq }
            }
            _ => return Err(bad("channel", "nothing is published there")),
        };
        let ended = || time("ended_at", item.ended_at.unwrap_or_default());
        let status = match item.status.as_str() {
            "running" => PublicationStatus::Running { legs_done: item.legs_done },
            "completed" => PublicationStatus::Completed { at: ended()? },
            "cancelled" => PublicationStatus::Cancelled { at: ended()? },
            other => return Err(bad("status", format!("`{other}` is unknown"))),
        };
        Ok(Self {
            id: parsed("id", &item.id)?,
            by: parsed("by", &item.by)?,
            published,
            status,
            digest: bytes("digest", &item.digest)?,
            created_at: time("created_at", item.created_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct LegItem {
    publication: String,
    number: u8,
    after: String,
    told: u64,
    gone: u64,
    /// Until when somebody walks it; without it, it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<i64>,
}

impl From<&Leg> for LegItem {
    fn from(leg: &Leg) -> Self {
        let until = match leg.status {
            LegStatus::Walked { until } => Some(until.as_millisecond()),
            LegStatus::Done => None,
        };
        Self {
            publication: leg.fingerprint.to_string(),
            number: leg.number,
            after: leg.after.clone(),
            told: leg.told,
            gone: leg.gone,
            until,
        }
    }
}

impl TryFrom<LegItem> for Leg {
    type Error = BadField;
    fn try_from(item: LegItem) -> Result<Self, BadField> {
        let status = match item.until {
            Some(until) => LegStatus::Walked { until: time("until", until)? },
            None => LegStatus::Done,
        };
        Ok(Self {
            fingerprint: parsed("publication", &item.publication)?,
            number: item.number,
            after: item.after,
            told: item.told,
            gone: item.gone,
            status,
        })
    }
}

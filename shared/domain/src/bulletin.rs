//! Bulletins: what stands on a board, in a gapless sequence of its own.

mod publish;
mod spread;

pub use publish::{CancelPublication, CannotPublish, LEGS, NoPublication, Publication, PublicationStatus, Publish, Published, Wanted};
pub use spread::{Leg, LegDone, LegStatus, LegTaken, Next, RecordLeg, TakeLeg};

use crate::{
    campaign::Progress,
    channel::{Board, Topic},
    codes::codes,
    engine::{Plan, Record},
    fact::Priority,
    id::{FactId, Fingerprint, MessageId, UserId},
};
use jiff::{SignedDuration, Timestamp};

codes! {
    /// What a bulletin tells. Its code is the `event` of a frame.
    BulletinKind {
        WeatherAlert = "weather.alert";
        MarketPrice = "market.price";
        CropHealth = "crop_health.report";
        ZoneDemand = "zone.demand";
        SystemStatus = "system.status";
        Announcement = "announcement";
        MessagePosted = "message.posted";
        MessageEdited = "message.edited";
        MessageDeleted = "message.deleted";
        MessageUpdated = "message.updated";
        MemberJoined = "member.joined";
        MemberLeft = "member.left";
        CampaignProgress = "campaign.progress";
    }
}

impl BulletinKind {
    /// Whether it may stand on this board.
    pub fn fits(self, board: &Board) -> bool {
        match (self, board) {
            (Self::WeatherAlert, Board::Topic(topic)) => matches!(topic, Topic::Weather(_)),
            (Self::MarketPrice, Board::Topic(topic)) => matches!(topic, Topic::Market(_)),
            (Self::CropHealth, Board::Topic(topic)) => matches!(topic, Topic::CropHealth(_)),
            (Self::ZoneDemand, Board::Topic(topic)) => matches!(topic, Topic::Zone(_)),
            (Self::SystemStatus, Board::Topic(topic)) => matches!(topic, Topic::System),
            (Self::Announcement, Board::Topic(_)) => true,
            (kind, Board::Room(_)) => kind.is_of_rooms(),
            (Self::CampaignProgress, Board::Campaign(_)) => true,
            (_, Board::Topic(_) | Board::Campaign(_)) => false,
        }
    }

    pub fn is_of_rooms(self) -> bool {
        use BulletinKind::*;
        matches!(self, MessagePosted | MessageEdited | MessageDeleted | MessageUpdated | MemberJoined | MemberLeft)
    }

    /// What it is taken as where its publisher does not say.
    pub fn priority(self) -> Priority {
        match self {
            Self::WeatherAlert | Self::SystemStatus => Priority::High,
            Self::MarketPrice
            | Self::ZoneDemand
            | Self::MemberJoined
            | Self::MemberLeft
            | Self::MessageUpdated
            | Self::CampaignProgress => Priority::Low,
            _ => Priority::Normal,
        }
    }

    /// How long it is news where its publisher does not say.
    pub fn is_news_for(self) -> SignedDuration {
        match self {
            Self::MarketPrice | Self::ZoneDemand => SignedDuration::from_hours(6),
            Self::WeatherAlert | Self::SystemStatus => SignedDuration::from_hours(24),
            _ => SignedDuration::from_hours(7 * 24),
        }
    }
}

/// What a bulletin says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// What an operator published: JSON of the kind's own shape, checked where it came in.
    Published { data: String },
    /// A message of a room, as it stands after this.
    Message { message: MessageId },
    /// Who came or went.
    Member { user: UserId },
    /// How far a campaign is.
    Campaign { status: &'static str, recipients: u32, progress: Progress },
}

/// One bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulletin {
    pub board: Board,
    /// From 1, without gaps.
    pub seq: u64,
    pub kind: BulletinKind,
    pub priority: Priority,
    /// Never earlier than the one before it.
    pub at: Timestamp,
    /// Until when it is news.
    pub expires_at: Timestamp,
    /// Until when it is there at all. A board's bulletins are all kept equally long, so that they go
    /// from its beginning only.
    pub kept_until: Timestamp,
    pub told: Told,
}

impl Bulletin {
    /// The same for the same place on a board, so that what is seen twice is taken once.
    pub fn id(&self) -> FactId {
        FactId::new(self.at, Fingerprint::of(&self.board.to_string(), &self.seq.to_string()))
    }
}

/// Where a board is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardHead {
    pub board: Board,
    /// Of the last bulletin.
    pub seq: u64,
    pub last_at: Timestamp,
}

/// What is to stand on a board next.
#[derive(Debug, Clone)]
pub struct Draft {
    pub kind: BulletinKind,
    pub told: Told,
    pub priority: Priority,
    pub expires_at: Timestamp,
    pub kept_until: Timestamp,
}

/// How long what is published stays on its board.
pub const TOPICS_KEEP: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Draft {
    pub fn new(kind: BulletinKind, told: Told, keeps: SignedDuration, now: Timestamp) -> Self {
        let after = |duration| now.saturating_add(duration).unwrap_or(now);
        Self { kind, told, priority: kind.priority(), expires_at: after(kind.is_news_for()), kept_until: after(keeps) }
    }
}

impl BoardHead {
    /// Of a board on which nothing stands yet.
    pub fn new(board: Board) -> Self {
        Self { board, seq: 0, last_at: Timestamp::UNIX_EPOCH }
    }

    /// Puts up a bulletin and returns its place.
    pub fn put_up(&mut self, plan: &mut Plan, draft: Draft, now: Timestamp) -> u64 {
        self.seq += 1;
        self.last_at = self.last_at.max(now);
        plan.bulletin(Bulletin {
            board: self.board.clone(),
            seq: self.seq,
            kind: draft.kind,
            priority: draft.priority,
            at: self.last_at,
            expires_at: draft.expires_at,
            kept_until: draft.kept_until,
            told: draft.told,
        });
        plan.put(Record::Board(self.clone()));
        self.seq
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_stands_on_its_own_boards() {
        let board = |name: &str| name.parse::<Board>().unwrap();
        assert!(BulletinKind::WeatherAlert.fits(&board("weather:pune")));
        assert!(!BulletinKind::WeatherAlert.fits(&board("market:onion")));
        assert!(BulletinKind::Announcement.fits(&board("system")));
        assert!(!BulletinKind::MessagePosted.fits(&board("system")), "only a room has messages");
        for kind in BulletinKind::ALL {
            assert_eq!(BulletinKind::from_code(kind.code()), Some(*kind));
        }
    }
}

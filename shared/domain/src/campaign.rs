//! Campaigns: one notice to many people, by one channel, at a pace that its maker sets.
//!
//! ```text
//! scheduled ─▶ running ⇄ paused ─▶ completed
//!      └──────────┴────────┴──────────┴─▶ cancelling ─▶ cancelled
//! ```
//!
//! Recipients are written down before the campaign is opened, by a sheet of their own. A worker takes
//! the next of them ([`TakeSlice`]), opens each one's notice, and writes down how far it is
//! ([`RecordSlice`]). A notice's event names the campaign, so a slice that is walked twice tells nobody
//! twice. What became of each recipient is not kept here: it is their notice's to say.
//!
//! Each change is a bulletin on the campaign's own board, which its maker reads live.

mod open;
mod slice;
mod steer;

pub use open::{CannotOpen, OpenCampaign};
pub use slice::{RecordSlice, SLICE_MAX, SliceTaken, TakeSlice, Walked};
pub use steer::{CannotSteer, SteerCampaign, Wish};

use crate::{
    bulletin::{BoardHead, BulletinKind, Draft, TOPICS_KEEP, Told},
    channel::Board,
    engine::{Key, Plan, Record, Snapshot},
    fact::Priority,
    id::{CampaignId, SheetId, UserId},
    notice::{Category, Channel, OpenNotice, Template, Values},
    request::Digest,
    rules::NoticeRules,
    time::after,
};
use jiff::Timestamp;

/// Where a campaign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignStatus {
    /// It begins at its time.
    Scheduled,
    Running,
    /// Nobody more is told until it is resumed.
    Paused,
    /// Everybody's notice is on its way.
    Completed {
        at: Timestamp,
    },
    /// Notices that have not gone out yet are taken back.
    Cancelling {
        taken_back: u32,
    },
    Cancelled {
        at: Timestamp,
    },
}

impl CampaignStatus {
    pub const CODES: [&str; 6] = ["scheduled", "running", "paused", "completed", "cancelling", "cancelled"];

    pub fn code(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Completed { .. } => "completed",
            Self::Cancelling { .. } => "cancelling",
            Self::Cancelled { .. } => "cancelled",
        }
    }
}

/// How far it has come among its recipients, which are numbered from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// The first recipient whose turn has not come.
    pub reached: u32,
    /// Of those before: whose notice was opened.
    pub opened: u32,
    /// Of those before: who is no user any more, or left the organisation.
    pub passed: u32,
}

/// Who is told, and what is filled into the words for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub user: UserId,
    pub values: Values,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    pub id: CampaignId,
    /// Who made it, and reads of it.
    pub by: UserId,
    /// Whether `by` speaks as an organisation, to its own members only.
    pub to_members: bool,
    pub name: String,
    pub channel: Channel,
    pub template: Template,
    pub category: Category,
    pub priority: Priority,
    pub sheet: SheetId,
    pub recipients: u32,
    /// The most recipients of a minute.
    pub per_minute: u32,
    pub start_at: Timestamp,
    /// Until when it is news.
    pub expires_at: Timestamp,
    pub status: CampaignStatus,
    pub progress: Progress,
    /// When somebody must look at it next: the pace's next slice, or what a dead worker left.
    pub due_at: Timestamp,
    /// Until when a worker has its next slice to itself.
    pub taken_until: Option<Timestamp>,
    pub digest: Digest,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Campaign {
    /// Whether somebody has to look at it some time.
    pub fn is_open(&self) -> bool {
        matches!(self.status, CampaignStatus::Scheduled | CampaignStatus::Running | CampaignStatus::Cancelling { .. })
    }

    /// Whether it was due when it was written, so that its row alone tells that there is work.
    pub fn is_due_as_written(&self) -> bool {
        self.is_open() && self.taken_until.is_none() && self.due_at <= self.updated_at
    }

    /// What a recipient is told: the same campaign is the same notice, however often it is opened.
    pub fn notice_for(&self, user: UserId, values: Values, rules: NoticeRules) -> OpenNotice {
        OpenNotice {
            user,
            event: self.event(),
            template: self.template.clone(),
            values,
            priority: self.priority,
            category: self.category,
            only: Some(self.channel),
            seq: None,
            expires_at: self.expires_at,
            rules,
        }
    }

    /// How its notices' event is named.
    pub fn event(&self) -> String {
        format!("campaign:{}", self.id)
    }

    pub fn board(&self) -> Board {
        Board::Campaign(self.id)
    }

    fn keys(id: CampaignId) -> Vec<Key> {
        vec![Key::Campaign(id.fingerprint()), Key::Board(Board::Campaign(id))]
    }

    /// Writes the campaign's new state, and where its maker may read what of it has changed.
    fn write(mut self, plan: &mut Plan, state: &Snapshot, before: Option<&Self>, now: Timestamp) -> Self {
        self.updated_at = now;
        let shown = |campaign: &Self| (campaign.status.code(), campaign.progress);
        if before.map(shown) != Some(shown(&self)) {
            let mut head = state.board(&self.board()).cloned().unwrap_or_else(|| BoardHead::new(self.board()));
            let told = Told::Campaign { status: self.status.code(), recipients: self.recipients, progress: self.progress };
            head.put_up(plan, Draft::new(BulletinKind::CampaignProgress, told, TOPICS_KEEP, now), now);
        }
        plan.put(Record::Campaign(self.clone()));
        self
    }
}

/// There is no such campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such campaign")]
pub struct NoCampaign;

#[cfg(test)]
mod tests;

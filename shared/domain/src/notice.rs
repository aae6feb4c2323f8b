//! Notices: telling a user of something, by whichever channel reaches them.
//!
//! ```text
//! held ⇄ climbing ─▶ done
//! ```
//!
//! [`OpenNotice`] is the one call to notify. A notice then climbs a ladder of channels (push,
//! WhatsApp, SMS, e-mail): [`Climb`] writes the attempt down before the provider is called,
//! [`RecordOutcome`] what came of the call, [`RecordWord`] what the provider told later. The ladder
//! stops when the notice was seen or delivered, and waits where its user is not to be disturbed.
//! A notice that is held is neither dropped nor failed.
//!
//! No provider of these takes an idempotency key. So after a call with an unknown outcome, and a short
//! wait for its word, the next channel is tried; the same is called again only where a second message
//! takes the first one's place ([`Channel::is_repeatable`]).

pub mod channel;
mod climb;
pub mod delivery;
pub mod devices;
mod digest;
pub mod email;
mod end;
pub mod hours;
mod ladder;
pub mod latency;
mod open;
mod outcome;
pub mod preferences;
pub mod suppression;
mod tag;
pub mod tally;
#[cfg(test)]
mod tests;

pub use channel::{Category, Channel};
pub use climb::{CannotClimb, Climb, Climbed, Target};
pub use digest::{ReleaseDigest, Released, take_apart};
pub use end::{CancelNotice, MarkSeen};
pub use ladder::{Allowance, Spent};
pub use open::{OpenNotice, Stale};
pub use outcome::{NoSuchNotice, Outcome, ProviderMessage, RecordOutcome, RecordWord, Recorded};
pub use tag::CallbackTag;

use crate::{
    codes::codes,
    engine::{Key, Plan, Record},
    fact::Priority,
    id::{Fingerprint, NoticeId, UserId},
    time::after,
};
use delivery::Delivery;
use jiff::Timestamp;
use std::fmt;

/// Which words a notice is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    /// Pinned when the notice is opened, so that all its channels say the same.
    pub version: u32,
}

/// What is filled into the words: a JSON object as text, which no rule looks into. Does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Values(String);

/// The longest values of a notice, in bytes: its row is to stay small.
pub const VALUES_BYTES_MAX: usize = 4 * 1024;

/// The values of a notice are too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the values of a notice must be at most {VALUES_BYTES_MAX} bytes")]
pub struct TooLong;

impl Values {
    pub fn new(json: String) -> Result<Self, TooLong> {
        if json.len() <= VALUES_BYTES_MAX { Ok(Self(json)) } else { Err(TooLong) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

codes! {
    /// Why a notice is held.
    HeldFor {
        QuietHours = "quiet_hours";
        /// Promotions are sent within the hours that the regulator allows.
        PromotionalHours = "promotional_hours";
        /// It waits for the user's digest. [`ReleaseDigest`] lets it go, nothing else.
        Digest = "digest";
        /// The user was told enough for now.
        Rate = "rate";
    }
}

codes! {
    /// Why a notice is done.
    Ended {
        /// Its user has seen it.
        Seen = "seen";
        /// A channel says that it arrived.
        Delivered = "delivered";
        /// Channels took it, or may have, and said nothing more; there is none left to try.
        Unconfirmed = "unconfirmed";
        /// Every channel that could be tried failed.
        Exhausted = "exhausted";
        /// There is no channel that reaches the user.
        Unreachable = "unreachable";
        /// The user does not want it by any channel.
        SwitchedOff = "switched_off";
        /// It is no news any more.
        Expired = "expired";
        /// It went into a digest.
        Digested = "digested";
        Cancelled = "cancelled";
    }
}

/// Where a notice is. Which rung it is on follows from its deliveries, and is not kept twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nobody is disturbed before `until`.
    Held {
        until: Timestamp,
        why: HeldFor,
    },
    /// To be looked at at `next_at`: at once, or when a channel has had its time.
    Climbing {
        next_at: Timestamp,
    },
    Done {
        why: Ended,
    },
}

impl Stage {
    pub fn code(self) -> &'static str {
        match self {
            Self::Held { .. } => "held",
            Self::Climbing { .. } => "climbing",
            Self::Done { .. } => "done",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: NoticeId,
    pub user: UserId,
    pub template: Template,
    pub language: hours::Language,
    pub values: Values,
    pub priority: Priority,
    pub category: Category,
    /// The place in the user's feed that it is about: who has read that has seen the notice.
    pub seq: Option<u64>,
    /// The one channel that it goes by, where whoever sent it chose one.
    pub only: Option<Channel>,
    pub stage: Stage,
    /// One for each channel that was tried or passed over, in that order.
    pub deliveries: Vec<Delivery>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Notice {
    /// The same event of the same user is the same notice.
    pub fn fingerprint(user: UserId, event: &str) -> Fingerprint {
        Fingerprint::of(&format!("notice:{user}"), event)
    }

    pub fn key(&self) -> Key {
        Key::notice(self.user, self.id)
    }

    /// When somebody must look at it; `None` where nothing is left to do.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self.stage {
            Stage::Held { until, .. } => Some(until),
            Stage::Climbing { next_at } => Some(next_at),
            Stage::Done { .. } => None,
        }
    }

    /// Whether it was due when it was written, so that its row alone tells that there is work.
    pub fn is_due_as_written(&self) -> bool {
        matches!(self.stage, Stage::Climbing { next_at } if next_at <= self.updated_at)
    }

    pub fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Done { .. })
    }

    pub fn delivery(&self, channel: Channel) -> Option<&Delivery> {
        self.deliveries.iter().find(|delivery| delivery.channel == channel)
    }

    fn delivery_mut(&mut self, channel: Channel) -> Option<&mut Delivery> {
        self.deliveries.iter_mut().find(|delivery| delivery.channel == channel)
    }

    /// The channel that was tried last.
    fn current(&self) -> Option<&Delivery> {
        self.deliveries.iter().max_by_key(|delivery| delivery.tried_at)
    }

    /// What is done stays done, as it ended.
    fn end(&mut self, why: Ended) {
        if !self.is_done() {
            self.stage = Stage::Done { why };
        }
    }

    /// Writes the notice's new state.
    fn write(mut self, plan: &mut Plan, now: Timestamp) -> Self {
        self.updated_at = now;
        plan.put(Record::Notice(self.clone()));
        self
    }
}

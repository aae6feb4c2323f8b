//! How far a notice got on one channel. A status only moves forward, in whatever order, and
//! however often, a provider tells of it.

use super::Channel;
use crate::codes::codes;
use jiff::Timestamp;

codes! {
    /// Why a channel was passed over.
    Skip {
        /// The user switched this category off here.
        SwitchedOff = "switched_off";
        /// The user stopped the channel altogether.
        Stopped = "stopped";
        /// The user did not ask for promotions.
        NotOptedIn = "not_opted_in";
        /// The address is known not to work, or its owner complained.
        Suppressed = "suppressed";
        /// There is no address, or none that was verified.
        NoAddress = "no_address";
        /// Kamai has no provider for it here.
        NotConfigured = "not_configured";
    }
}

impl Skip {
    /// Whether it was the user's wish.
    pub fn is_wished(self) -> bool {
        matches!(self, Self::SwitchedOff | Self::Stopped | Self::NotOptedIn)
    }
}

/// The longest reason that is kept.
const REASON_CHARS_MAX: usize = 64;

/// Why a provider did not deliver: its code, shortened. Never its sentence, which may name people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    pub fn new(code: &str) -> Self {
        Self(code.chars().take(REASON_CHARS_MAX).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    Skipped(Skip),
    /// Written down before the call; its outcome may not be known.
    Queued,
    /// The provider took it.
    Sent,
    Failed(Reason),
    /// It arrived. This follows a `failed` as well: who has it knows better.
    Delivered,
    Read,
}

impl Status {
    /// Later ones outrank earlier ones.
    fn rank(&self) -> u8 {
        match self {
            Self::Skipped(_) => 0,
            Self::Queued => 1,
            Self::Sent => 2,
            Self::Failed(_) => 3,
            Self::Delivered => 4,
            Self::Read => 5,
        }
    }

    pub fn code(&self) -> &'static str {
        match self {
            Self::Skipped(_) => "skipped",
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed(_) => "failed",
            Self::Delivered => "delivered",
            Self::Read => "read",
        }
    }
}

/// What a provider, or the app, tells of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    Sent,
    Failed(Reason),
    Delivered,
    Read,
}

/// When each status was first true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    pub queued_at: Option<Timestamp>,
    pub sent_at: Option<Timestamp>,
    pub failed_at: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
}

/// A notice on one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub channel: Channel,
    pub status: Status,
    pub provider: Option<String>,
    /// The provider's name of the message, where it gave one.
    pub provider_id: Option<String>,
    /// How often the provider was called.
    pub attempts: u32,
    /// When it was called last.
    pub tried_at: Option<Timestamp>,
    /// The last call came to nothing, and may be made again from here on.
    pub again_at: Option<Timestamp>,
    pub times: Times,
}

impl Delivery {
    pub(super) fn new(channel: Channel, status: Status) -> Self {
        Self { channel, status, provider: None, provider_id: None, attempts: 0, tried_at: None, again_at: None, times: Times::default() }
    }

    /// Whether a call is under way, or has ended without anybody's knowing how.
    pub fn is_unknown(&self) -> bool {
        self.status == Status::Queued && self.again_at.is_none()
    }

    /// From when on the provider may be called again, where that is so.
    pub(super) fn may_be_repeated_at(&self, tries_max: u32) -> Option<Timestamp> {
        let unknown = self.tried_at.filter(|_| self.is_unknown() && self.channel.is_repeatable() && self.attempts < tries_max);
        self.again_at.or(unknown)
    }

    /// Takes one more attempt.
    pub(super) fn attempt(&mut self, now: Timestamp) {
        self.attempts += 1;
        self.tried_at = Some(now);
        self.again_at = None;
        self.times.queued_at.get_or_insert(now);
    }

    /// Takes a word in. It may be older than what is known, or known already.
    pub(super) fn told(&mut self, word: Word, at: Timestamp) {
        let (status, time) = match word {
            Word::Sent => (Status::Sent, &mut self.times.sent_at),
            Word::Failed(reason) => (Status::Failed(reason), &mut self.times.failed_at),
            Word::Delivered => (Status::Delivered, &mut self.times.delivered_at),
            Word::Read => (Status::Read, &mut self.times.read_at),
        };
        *time = Some(time.map_or(at, |known| known.min(at)));
        if status.rank() > self.status.rank() {
            self.status = status;
            self.again_at = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn every_order_of_a_providers_words_ends_in_the_same_delivery() {
        let words = [
            (Word::Sent, at(1)),
            (Word::Failed(Reason::new("131026")), at(2)),
            (Word::Delivered, at(3)),
            (Word::Read, at(4)),
            (Word::Delivered, at(5)),
        ];
        let ends: Vec<Delivery> = crate::testing::permutations(&words)
            .into_iter()
            .map(|order| {
                let mut delivery = Delivery::new(Channel::Whatsapp, Status::Queued);
                for (word, at) in order {
                    delivery.told(word, at);
                }
                delivery
            })
            .collect();
        assert!(ends.iter().all(|end| *end == ends[0]));
        assert_eq!((&ends[0].status, ends[0].times.delivered_at, ends[0].times.failed_at), (&Status::Read, Some(at(3)), Some(at(2))));
    }

    #[test]
    fn a_word_that_comes_twice_changes_nothing() {
        let mut delivery = Delivery::new(Channel::Sms, Status::Queued);
        delivery.told(Word::Sent, at(1));
        delivery.told(Word::Delivered, at(2));
        let before = delivery.clone();
        delivery.told(Word::Sent, at(3));
        delivery.told(Word::Delivered, at(2));
        assert_eq!(delivery, before);
    }

    #[test]
    fn a_reason_is_kept_short() {
        assert_eq!(Reason::new(&"₹".repeat(500)).as_str().chars().count(), 64);
    }
}

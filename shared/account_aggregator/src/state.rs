//! How far a consent and a data session are (`account-aggregator.md`, section 9).
//!
//! Words come by notification and by poll, more than once and in any order. A state that is final stays;
//! an older word changes nothing.

use jiff::{SignedDuration, Timestamp};

use crate::wire::{ConsentStatus, FiStatus, HandleStatus, SessionStatus};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConsentState {
    /// Not asked for yet, or asked without an answer.
    Created,
    Pending,
    Active,
    Paused,
    Rejected,
    Revoked,
    Expired,
}

/// What a word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<S> {
    Moves(S),
    /// It is so already.
    Stays,
    /// It is older than what is known, or speaks of a state that cannot be left or reached.
    Ignored,
}

impl ConsentState {
    pub fn is_final(self) -> bool {
        match self {
            Self::Created | Self::Pending | Self::Active | Self::Paused => false,
            Self::Rejected | Self::Revoked | Self::Expired => true,
        }
    }

    /// Whether data may be asked for under it. The consent's own dates are a question apart:
    /// [`crate::fair_use::may_fetch`].
    pub fn lets_fetch(self) -> bool {
        self == Self::Active
    }

    /// What becomes of it, told `status` as of `told_at`, where it was last told something as of `known_at`.
    ///
    /// A pending consent may turn out paused or revoked at once, where the word that it was approved
    /// got lost. Revocation and expiry count whatever their time: they are final.
    #[must_use]
    pub fn told(self, status: ConsentStatus, told_at: Timestamp, known_at: Option<Timestamp>) -> Step<Self> {
        let next = Self::from(status);
        if next == self {
            return Step::Stays;
        }
        let is_older = known_at.is_some_and(|known_at| told_at < known_at);
        match (self, next) {
            (Self::Rejected | Self::Revoked | Self::Expired, _) => Step::Ignored,
            // Nothing leads back.
            (_, Self::Created) | (Self::Active | Self::Paused, Self::Pending | Self::Rejected) => Step::Ignored,
            (Self::Active, Self::Paused) | (Self::Paused, Self::Active) if is_older => Step::Ignored,
            (Self::Created | Self::Pending | Self::Active | Self::Paused, _) => Step::Moves(next),
        }
    }

    /// The same for what a look-up of the handle says; it is as of now.
    #[must_use]
    pub fn looked_up(self, status: HandleStatus) -> Step<Self> {
        let next = match status {
            // The handle stays approved, whatever became of the consent since.
            HandleStatus::Approved | HandleStatus::Ready if matches!(self, Self::Created | Self::Pending) => Self::Active,
            HandleStatus::Approved | HandleStatus::Ready => return Step::Stays,
            HandleStatus::Pending if self == Self::Created => Self::Pending,
            HandleStatus::Pending => return Step::Stays,
            HandleStatus::Rejected | HandleStatus::Failed => Self::Rejected,
            HandleStatus::Expired => Self::Expired,
        };
        match self {
            Self::Created | Self::Pending => Step::Moves(next),
            Self::Active | Self::Paused | Self::Rejected | Self::Revoked | Self::Expired if next == self => Step::Stays,
            Self::Active | Self::Paused | Self::Rejected | Self::Revoked | Self::Expired => Step::Ignored,
        }
    }
}

impl From<ConsentStatus> for ConsentState {
    fn from(status: ConsentStatus) -> Self {
        match status {
            ConsentStatus::Active => Self::Active,
            ConsentStatus::Pending => Self::Pending,
            ConsentStatus::Revoked => Self::Revoked,
            ConsentStatus::Paused => Self::Paused,
            ConsentStatus::Rejected => Self::Rejected,
            ConsentStatus::Expired => Self::Expired,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SessionState {
    Requested,
    Active,
    Completed,
    Expired,
    Failed,
}

impl SessionState {
    pub fn is_final(self) -> bool {
        match self {
            Self::Requested | Self::Active => false,
            Self::Completed | Self::Expired | Self::Failed => true,
        }
    }

    #[must_use]
    pub fn told(self, status: SessionStatus) -> Step<Self> {
        let next = match status {
            SessionStatus::Active => Self::Active,
            SessionStatus::Completed => Self::Completed,
            SessionStatus::Expired => Self::Expired,
            SessionStatus::Failed => Self::Failed,
        };
        if next == self {
            Step::Stays
        } else if self.is_final() {
            Step::Ignored
        } else {
            Step::Moves(next)
        }
    }

    /// Whether to fetch: something is ready, and the session neither expired nor failed.
    pub fn lets_fetch(self, mut accounts: impl Iterator<Item = FiStatus>) -> bool {
        match self {
            Self::Requested | Self::Active | Self::Completed => accounts.any(|status| status == FiStatus::Ready),
            Self::Expired | Self::Failed => false,
        }
    }
}

const POLL_EVERY: SignedDuration = SignedDuration::from_secs(30);
/// Twenty polls are ten minutes.
const STEADY_POLLS: u32 = 20;
const POLL_FOR: SignedDuration = SignedDuration::from_hours(24);

/// How long after the request the next look-up is due, of which `polled` were made; `None` once a day is over.
///
/// For the notification that never comes: every 30 seconds for ten minutes, then after twice the time each, with
/// a last look when the day ends.
pub fn poll_due_after(polled: u32) -> Option<SignedDuration> {
    let due = |polled: u32| {
        let (steady, doubled) = (polled.min(STEADY_POLLS), polled.saturating_sub(STEADY_POLLS).min(24));
        // 30 s each, then 60, 120, 240, …: their sum is twice the last, less the first.
        let later = POLL_EVERY.checked_mul((1 << (doubled + 1)) - 2)?;
        POLL_EVERY.checked_mul(i32::try_from(steady).ok()?)?.checked_add(later)
    };
    let next = due(polled.checked_add(1)?)?;
    let last = due(polled)?;
    (last < POLL_FOR).then(|| next.min(POLL_FOR))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONSENTS: [ConsentState; 7] = [
        ConsentState::Created,
        ConsentState::Pending,
        ConsentState::Active,
        ConsentState::Paused,
        ConsentState::Rejected,
        ConsentState::Revoked,
        ConsentState::Expired,
    ];
    const STATUSES: [ConsentStatus; 6] = [
        ConsentStatus::Active,
        ConsentStatus::Pending,
        ConsentStatus::Revoked,
        ConsentStatus::Paused,
        ConsentStatus::Rejected,
        ConsentStatus::Expired,
    ];

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_final_state_is_never_left() {
        for state in CONSENTS.into_iter().filter(|state| state.is_final()) {
            for status in STATUSES {
                assert!(!matches!(state.told(status, at(9), Some(at(1))), Step::Moves(_)), "{state:?} {status:?}");
            }
            for status in
                [HandleStatus::Approved, HandleStatus::Pending, HandleStatus::Rejected, HandleStatus::Expired, HandleStatus::Failed]
            {
                assert!(!matches!(state.looked_up(status), Step::Moves(_)), "{state:?} {status:?}");
            }
        }
    }

    #[test]
    fn these_are_all_the_ways() {
        let ways: Vec<(ConsentState, ConsentState)> = CONSENTS
            .into_iter()
            .flat_map(|from| {
                STATUSES.into_iter().filter_map(move |status| match from.told(status, at(2), Some(at(1))) {
                    Step::Moves(to) => Some((from, to)),
                    Step::Stays | Step::Ignored => None,
                })
            })
            .collect();
        use ConsentState::{Active, Created, Expired, Paused, Pending, Rejected, Revoked};
        let expected = [
            (Created, vec![Active, Pending, Revoked, Paused, Rejected, Expired]),
            (Pending, vec![Active, Revoked, Paused, Rejected, Expired]),
            (Active, vec![Revoked, Paused, Expired]),
            (Paused, vec![Active, Revoked, Expired]),
        ];
        let expected: Vec<_> = expected.into_iter().flat_map(|(from, to)| to.into_iter().map(move |to| (from, to))).collect();
        assert_eq!(ways, expected);
    }

    #[test]
    fn the_same_word_twice_changes_nothing_and_an_older_one_does_not_undo() {
        assert_eq!(ConsentState::Paused.told(ConsentStatus::Paused, at(5), Some(at(5))), Step::Stays);
        assert_eq!(ConsentState::Paused.told(ConsentStatus::Active, at(4), Some(at(5))), Step::Ignored);
        assert_eq!(ConsentState::Active.told(ConsentStatus::Paused, at(6), Some(at(5))), Step::Moves(ConsentState::Paused));
        assert_eq!(ConsentState::Active.told(ConsentStatus::Revoked, at(4), Some(at(5))), Step::Moves(ConsentState::Revoked));
    }

    #[test]
    fn only_an_active_consent_lets_fetch() {
        for state in CONSENTS {
            assert_eq!(state.lets_fetch(), state == ConsentState::Active);
        }
    }

    #[test]
    fn a_look_up_finds_what_no_notification_told_and_never_wakes_a_paused_consent() {
        assert_eq!(ConsentState::Pending.looked_up(HandleStatus::Approved), Step::Moves(ConsentState::Active));
        assert_eq!(ConsentState::Created.looked_up(HandleStatus::Pending), Step::Moves(ConsentState::Pending));
        assert_eq!(ConsentState::Pending.looked_up(HandleStatus::Failed), Step::Moves(ConsentState::Rejected));
        assert_eq!(ConsentState::Paused.looked_up(HandleStatus::Approved), Step::Stays);
        assert_eq!(ConsentState::Active.looked_up(HandleStatus::Rejected), Step::Ignored);
    }

    #[test]
    fn a_session_is_fetched_once_something_is_ready_and_not_after_it_expired() {
        let ready = || [FiStatus::Denied, FiStatus::Ready].into_iter();
        assert!(SessionState::Active.lets_fetch(ready()) && SessionState::Completed.lets_fetch(ready()));
        assert!(!SessionState::Active.lets_fetch([FiStatus::Pending, FiStatus::Timeout].into_iter()));
        assert!(!SessionState::Expired.lets_fetch(ready()) && !SessionState::Failed.lets_fetch(ready()));
        assert_eq!(SessionState::Requested.told(SessionStatus::Completed), Step::Moves(SessionState::Completed));
        assert_eq!(SessionState::Completed.told(SessionStatus::Active), Step::Ignored);
        assert_eq!(SessionState::Failed.told(SessionStatus::Failed), Step::Stays);
    }

    #[test]
    fn a_handle_is_polled_for_a_day() {
        let due: Vec<i64> = (0..).map_while(poll_due_after).map(|after| after.as_secs()).collect();
        assert_eq!(due.iter().take(3).collect::<Vec<_>>(), [&30, &60, &90]);
        assert_eq!(due.get(18..23), Some([570, 600, 660, 780, 1020].as_slice()));
        assert_eq!(due.last(), Some(&86_400));
        assert!(due.is_sorted() && due.len() < 40, "{due:?}");
        assert_eq!(poll_due_after(u32::MAX), None);
    }
}

//! Why a platform's connector did not do what it was asked, by what there is to do about it.

use std::time::Duration;

use crate::backoff;
use crate::breaker::{LeftAlone, Outage};
use crate::call::{CallError, Illegible, Unsent};

/// How often the same reading is tried (`platforms.md`, section 2).
pub const ATTEMPTS_MAX: u32 = 3;

/// Holds no token, no address, nothing of an answer and nothing about a person, so it may be logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// The way back from the platform was used before, or took too long. The worker begins again.
    #[error("the link has expired")]
    LinkExpired,
    /// The worker said no, closed the page, or allowed less than is needed.
    #[error("the link was declined")]
    LinkDeclined,
    /// What came back belongs to another link than the one it was shown for. A forgery, or two tabs.
    #[error("what came back is of another link")]
    ForeignLink,
    /// The platform lets us read no more: only a new link helps.
    #[error("the platform asks for a new sign-in")]
    NeedsReauth,
    /// The access token is over. Renew, keep what that gives, and go on with the same reading.
    #[error("the tokens have to be renewed")]
    TokensStale,
    /// Whoever it is of has ended it while it was read.
    #[error("ended while it was read")]
    EndedMeanwhile,
    /// The platform is down or out of reach.
    #[error("the platform is down")]
    PlatformDown(#[source] CallError),
    /// Too often, too early, or what is read changes as it is read.
    #[error("not for now")]
    TryLater { after_ms: Option<u64> },
    /// Somebody of ours has to look: keys, addresses, or a question that was no good.
    #[error("the configuration does not work")]
    Misconfigured(#[source] CallError),
    /// The answer is not what was agreed, and nothing of it is taken: the platform has changed its
    /// interface, or somebody else answers. Somebody of ours has to look at it.
    #[error("the answer is not as described")]
    Quarantined(#[source] Illegible),
}

impl PlatformError {
    /// A word for it that does not change: for apps, logs and metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::LinkExpired => "LINK_EXPIRED",
            Self::LinkDeclined => "LINK_DECLINED",
            Self::ForeignLink => "FOREIGN_LINK",
            Self::NeedsReauth => "NEEDS_REAUTH",
            Self::TokensStale => "TOKENS_STALE",
            Self::EndedMeanwhile => "ENDED_MEANWHILE",
            Self::PlatformDown(_) => "PLATFORM_DOWN",
            Self::TryLater { .. } => "TRY_LATER",
            Self::Misconfigured(_) => "MISCONFIGURED",
            Self::Quarantined(_) => "QUARANTINED",
        }
    }

    /// Whether the same may bring more later, with nobody doing anything about it.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::PlatformDown(_) | Self::TryLater { .. } => true,
            Self::LinkExpired
            | Self::LinkDeclined
            | Self::ForeignLink
            | Self::NeedsReauth
            | Self::TokensStale
            | Self::EndedMeanwhile
            | Self::Misconfigured(_)
            | Self::Quarantined(_) => false,
        }
    }

    /// How long to wait before the next attempt; `None` where there is to be none.
    ///
    /// `attempt` counts from 1, the one that failed; `random` keeps those apart who failed together.
    #[must_use]
    pub fn wait(&self, attempt: u32, random: u32) -> Option<Duration> {
        if !self.retryable() {
            return None;
        }
        let asked_ms = match self {
            Self::TryLater { after_ms } => after_ms.unwrap_or(0),
            _ => 0,
        };
        backoff::wait(attempt, ATTEMPTS_MAX, random, asked_ms)
    }

    /// Whether the access token was not taken.
    pub(super) fn is_unauthorized(error: &CallError) -> bool {
        matches!(error, CallError::Refused { status: 401, .. })
    }

    pub(super) fn invalid(field: &'static str, rule: &'static str) -> Self {
        Self::Misconfigured(CallError::NotSent { why: Unsent::Invalid { field, rule } })
    }
}

impl Outage for PlatformError {
    fn is_outage(&self) -> bool {
        matches!(self, Self::PlatformDown(_))
    }
}

impl From<LeftAlone> for PlatformError {
    fn from(left: LeftAlone) -> Self {
        Self::TryLater { after_ms: Some(left.after_ms) }
    }
}

impl From<CallError> for PlatformError {
    /// By the status alone, where the platform has said nothing that we know.
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused { status: 401 | 403, .. } => Self::NeedsReauth,
            CallError::Refused { status, code, reason, field, .. } => {
                // For people, and may quote what was asked.
                Self::Misconfigured(CallError::Refused { status, code, reason, description: None, field })
            }
            CallError::NotSent { why: Unsent::Invalid { .. } } => Self::Misconfigured(error),
            CallError::Throttled { retry_after_ms } => Self::TryLater { after_ms: retry_after_ms },
            // The rest of it was on its way.
            CallError::Unreadable { why: Illegible::BrokeOff(_) } => Self::PlatformDown(error),
            CallError::Unreadable { why } => Self::Quarantined(why),
            CallError::Unknown { .. } | CallError::NotSent { .. } => Self::PlatformDown(error),
        }
    }
}

impl From<Illegible> for PlatformError {
    fn from(why: Illegible) -> Self {
        CallError::Unreadable { why }.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Doubt;

    #[test]
    fn what_is_down_is_tried_three_times_and_what_was_asked_for_is_waited() {
        let down = PlatformError::from(CallError::Unknown { why: Doubt::Status(503) });
        let waits: Vec<_> = (1..=4).map(|attempt| down.wait(attempt, 0).map(|wait| wait.as_millis())).collect();
        assert_eq!(waits, [Some(500), Some(1_000), None, None]);
        let busy = PlatformError::from(CallError::Throttled { retry_after_ms: Some(60_000) });
        assert_eq!(busy.wait(1, 0), Some(Duration::from_secs(60)));
    }

    #[test]
    fn what_only_somebody_can_mend_is_not_tried_again() {
        for error in [PlatformError::NeedsReauth, PlatformError::LinkExpired, PlatformError::TokensStale, super::super::wrong("data")] {
            assert_eq!((error.retryable(), error.wait(1, 0)), (false, None), "{error}");
        }
    }

    #[test]
    fn an_answer_that_broke_off_is_no_change_of_interface() {
        assert_eq!(PlatformError::from(Illegible::BrokeOff("x".into())).code(), "PLATFORM_DOWN");
        assert_eq!(PlatformError::from(Illegible::NotJson { line: 1, column: 1 }).code(), "QUARANTINED");
    }
}

//! Why a bank's connector did not do what it was asked, by what there is to do about it.

use std::time::Duration;

use crate::backoff;
use crate::breaker::{LeftAlone, Outage};
use crate::call::{CallError, Illegible, Unsent};

/// How often the same reading is tried (`banks.md`, section 6.7).
pub const ATTEMPTS_MAX: u32 = 5;

/// Holds no token, no address and nothing about a person, so it may be logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BankError {
    /// The way back from the bank was used before, or took too long. The person begins again.
    #[error("the link has expired")]
    LinkExpired,
    /// The person said no, or closed the page.
    #[error("the link was declined")]
    LinkDeclined,
    /// The person is still at it. Ask again later.
    #[error("the link is not finished")]
    LinkUnfinished,
    /// What came back belongs to another link than the one it was shown for. A forgery, or two tabs.
    #[error("what came back is of another link")]
    ForeignLink,
    /// The bank wants its customer to sign in or to consent again: link with `relink`.
    #[error("the bank asks for a new sign-in")]
    SignInAgain,
    /// The customer took the access back, at the bank or by removing it. Only a new link helps.
    #[error("the access was withdrawn")]
    AccessWithdrawn,
    /// It was ended here while it was read.
    #[error("the access was ended while it was read")]
    EndedMeanwhile,
    /// The access token is over. Renew, keep what that gives, and ask again.
    #[error("the tokens have to be renewed")]
    TokensStale,
    /// The bank does not answer, while its provider does.
    #[error("the bank is down")]
    BankDown,
    /// The provider is down or out of reach.
    #[error("the provider is down")]
    ProviderDown(#[source] CallError),
    /// Too often, too early, or there is no use in asking now.
    #[error("not for now")]
    TryLater { after_ms: Option<u64> },
    #[error("{provider} is discontinued")]
    Discontinued { provider: &'static str },
    /// Somebody of ours has to look: keys, addresses, or a question that was no good.
    #[error("the configuration does not work")]
    Misconfigured(#[source] CallError),
    #[error("the answer cannot be read")]
    Unreadable(#[source] Illegible),
}

impl BankError {
    /// A word for it that does not change: for apps, logs and metrics.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::LinkExpired => "LINK_EXPIRED",
            Self::LinkDeclined => "LINK_DECLINED",
            Self::LinkUnfinished => "LINK_UNFINISHED",
            Self::ForeignLink => "FOREIGN_LINK",
            Self::SignInAgain => "SIGN_IN_AGAIN",
            Self::AccessWithdrawn => "ACCESS_WITHDRAWN",
            Self::EndedMeanwhile => "ENDED_MEANWHILE",
            Self::TokensStale => "TOKENS_STALE",
            Self::BankDown => "BANK_DOWN",
            Self::ProviderDown(_) => "PROVIDER_DOWN",
            Self::TryLater { .. } => "TRY_LATER",
            Self::Discontinued { .. } => "PROVIDER_DISCONTINUED",
            Self::Misconfigured(_) => "MISCONFIGURED",
            Self::Unreadable(_) => "UNREADABLE",
        }
    }

    /// Whether the same may bring more later, with nobody doing anything about it.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::LinkUnfinished | Self::BankDown | Self::ProviderDown(_) | Self::TryLater { .. } | Self::Unreadable(_) => true,
            Self::LinkExpired
            | Self::LinkDeclined
            | Self::ForeignLink
            | Self::SignInAgain
            | Self::AccessWithdrawn
            | Self::EndedMeanwhile
            | Self::TokensStale
            | Self::Discontinued { .. }
            | Self::Misconfigured(_) => false,
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
}

impl Outage for BankError {
    /// A bank that is down is an answer of its provider's.
    fn is_outage(&self) -> bool {
        matches!(self, Self::ProviderDown(_))
    }
}

impl From<LeftAlone> for BankError {
    fn from(left: LeftAlone) -> Self {
        Self::TryLater { after_ms: Some(left.after_ms) }
    }
}

impl From<CallError> for BankError {
    /// By the status alone, where the provider has said nothing that we know.
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused { status, code, reason, field, .. } => {
                // For people, and may quote what was asked.
                Self::Misconfigured(CallError::Refused { status, code, reason, description: None, field })
            }
            CallError::NotSent { why: Unsent::Invalid { .. } } => Self::Misconfigured(error),
            CallError::Unknown { .. } | CallError::NotSent { .. } => Self::ProviderDown(error),
            CallError::Throttled { retry_after_ms } => Self::TryLater { after_ms: retry_after_ms },
            CallError::Unreadable { why } => Self::Unreadable(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Doubt;

    fn down() -> BankError {
        BankError::from(CallError::Unknown { why: Doubt::Status(503) })
    }

    #[test]
    fn what_is_down_is_asked_five_times_with_growing_waits() {
        let waits = |random| (1..=6).map(|attempt| down().wait(attempt, random).map(|wait| wait.as_millis())).collect::<Vec<_>>();
        assert_eq!(waits(0), [Some(500), Some(1_000), Some(2_000), Some(4_000), None, None]);
        for attempt in 1..ATTEMPTS_MAX {
            let least = down().wait(attempt, 0).unwrap();
            for random in [1, 77, 1 << 20, u32::MAX] {
                assert!((least..=least * 2).contains(&down().wait(attempt, random).unwrap()));
            }
        }
        assert_ne!(waits(1), waits(2), "they do not come back together");
    }

    #[test]
    fn the_wait_that_was_asked_for_is_kept() {
        let busy = BankError::TryLater { after_ms: Some(60_000) };
        assert_eq!(busy.wait(1, 0), Some(Duration::from_secs(60)));
        assert_eq!(BankError::TryLater { after_ms: None }.wait(1, 0), Some(Duration::from_millis(500)));
    }

    #[test]
    fn what_only_a_person_can_mend_is_not_tried_again() {
        for error in [BankError::LinkExpired, BankError::SignInAgain, BankError::AccessWithdrawn, BankError::TokensStale] {
            assert_eq!((error.retryable(), error.wait(1, 0)), (false, None), "{error}");
        }
    }
}

//! What is known about a call that did not bring the answer we asked for.

/// Why a call brought no answer.
///
/// It speaks about *this* call. A caller whose earlier attempt ended in [`CallError::Unknown`]
/// still does not know, whatever a later attempt says about itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// A definite no: any 4xx but 408, 409, 425 and 429.
    ///
    /// `code`, `reason` and `field` are the provider's words for machines; `description` is
    /// for people, with numbers and addresses taken out. It stays out of `Display`.
    #[error("refused with status {status} ({})", .code.as_deref().unwrap_or("no code"))]
    Refused { status: u16, code: Option<String>, reason: Option<String>, description: Option<String>, field: Option<String> },
    /// It may or may not have happened. Ask again with the same key, or look it up.
    #[error("the outcome is unknown: {why}")]
    Unknown { why: Doubt },
    /// Nothing left this machine, so nothing happened.
    #[error("not sent: {why}")]
    NotSent { why: Unsent },
    /// Turned away at the door (429): not now, perhaps later.
    ///
    /// The wait is what the provider asked for, at most an hour; `None` where it did not say.
    #[error("throttled")]
    Throttled { retry_after_ms: Option<u64> },
    /// A success that we cannot read: it may well have happened.
    #[error("the answer cannot be read: {why}")]
    Unreadable { why: Illegible },
}

/// What leaves an outcome open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    #[error("no answer in time")]
    TimedOut,
    /// The connection broke after the request had begun to leave.
    #[error("the connection broke: {0}")]
    ConnectionBroke(String),
    /// A status that says nothing final: 408, 409, 425, 5xx, or one nobody should send.
    #[error("status {0}")]
    Status(u16),
    /// A 4xx in which the provider nevertheless blames itself (`SERVER_ERROR`,
    /// `GATEWAY_ERROR`).
    #[error("status {0}, but the provider blames itself")]
    ProviderFault(u16),
    /// The idempotency key was used for another body before. What *that* call did stands, so
    /// this is no proof that nothing happened: a bug of ours, and one to look up by hand.
    #[error("the idempotency key was used with another body")]
    KeyReused,
}

/// What kept a request from leaving.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsent {
    /// No connection: name not resolved, port closed, TLS refused, or too slow to connect.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// Our own input breaks a rule of the provider. A bug, or input nobody checked.
    #[error("{field} {rule}")]
    Invalid { field: &'static str, rule: &'static str },
}

/// What makes a body unreadable. Names places, never values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Illegible {
    #[error("longer than {limit_bytes} bytes")]
    TooLong { limit_bytes: usize },
    #[error("it broke off: {0}")]
    BrokeOff(String),
    #[error("not JSON at line {line}, column {column}")]
    NotJson { line: usize, column: usize },
    /// JSON, but not what it should be at this place; `.` is the whole.
    #[error("unexpected at {path}")]
    WrongShape { path: String },
}

impl CallError {
    /// Whether the same call, with the same key, may bring more than this one did.
    ///
    /// It says nothing about safety: where a provider knows no idempotency key, repeating an
    /// unknown call can do the thing twice.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Refused { .. } => false,
            Self::Unknown { why } => match why {
                Doubt::TimedOut | Doubt::ConnectionBroke(_) | Doubt::Status(_) | Doubt::ProviderFault(_) => true,
                Doubt::KeyReused => false,
            },
            Self::NotSent { why } => match why {
                Unsent::Unreachable(_) => true,
                Unsent::Invalid { .. } => false,
            },
            Self::Throttled { .. } => true,
            Self::Unreadable { .. } => true,
        }
    }

    /// Whether this call certainly changed nothing at the provider.
    ///
    /// Only then may what was prepared for it be undone.
    #[must_use]
    pub fn certainly_nothing_happened(&self) -> bool {
        match self {
            Self::Refused { .. } => true,
            Self::Unknown { .. } => false,
            Self::NotSent { .. } => true,
            Self::Throttled { .. } => true,
            Self::Unreadable { .. } => false,
        }
    }

    /// The least to wait before the next call, where the provider said so.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Throttled { retry_after_ms } => *retry_after_ms,
            Self::Refused { .. } | Self::Unknown { .. } | Self::NotSent { .. } | Self::Unreadable { .. } => None,
        }
    }

    /// Whether a look-up by id was answered with "there is no such thing".
    ///
    /// Source: `razorpay.md`, section 1: unknown ids often come as 400 "The id provided does
    /// not exist". A wrong URL is a 404 as well, so this alone proves nothing about money.
    #[must_use]
    pub fn means_absent(&self) -> bool {
        match self {
            Self::Refused { status: 404, .. } => true,
            Self::Refused { status: 400, description: Some(description), .. } => description.contains("does not exist"),
            Self::Refused { .. } | Self::Unknown { .. } | Self::NotSent { .. } | Self::Throttled { .. } | Self::Unreadable { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, description: Option<&str>) -> CallError {
        CallError::Refused { status, code: None, reason: None, description: description.map(str::to_owned), field: None }
    }

    #[test]
    fn only_a_certain_no_is_certain() {
        let unreachable = CallError::NotSent { why: Unsent::Unreachable("refused".into()) };
        let illegible = Illegible::WrongShape { path: "id".into() };
        for (error, retryable, certain) in [
            (refused(400, None), false, true),
            (CallError::Unknown { why: Doubt::TimedOut }, true, false),
            (CallError::Unknown { why: Doubt::KeyReused }, false, false),
            (unreachable, true, true),
            (CallError::NotSent { why: Unsent::Invalid { field: "id", rule: "is bad" } }, false, true),
            (CallError::Throttled { retry_after_ms: None }, true, true),
            (CallError::Unreadable { why: illegible }, true, false),
        ] {
            assert_eq!(error.retryable(), retryable, "{error}");
            assert_eq!(error.certainly_nothing_happened(), certain, "{error}");
        }
    }

    #[test]
    fn an_absent_thing_is_told_from_a_refusal() {
        assert!(refused(404, None).means_absent());
        assert!(refused(400, Some("The id provided does not exist")).means_absent());
        assert!(!refused(400, Some("The amount is invalid")).means_absent());
        assert!(!CallError::Unknown { why: Doubt::Status(500) }.means_absent());
    }
}

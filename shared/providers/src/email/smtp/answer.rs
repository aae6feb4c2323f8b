//! What a mail server's no means.
//!
//! Source: `email-sms.md`, A1 and A2. 4yz is for now and 5yz for good; the enhanced code, where
//! there is one, says whom it is about: 5.1 and 5.2 are about the recipient's mailbox, 5.1.7 and
//! 5.1.8 about the sender's address, 5.3.4 and 5.2.3 about a size, 5.7 about rights. SES writes no
//! enhanced codes for what is wrong with an account, so those are known by their text.

use std::fmt;

use crate::call::Doubt;
use crate::email::Invalid;

/// Texts of SES with which it blames the account, in lower case (unverified).
const ABOUT_US: [&str; 3] = ["address is not verified", "sending paused", "access denied"];
/// Texts of SES' `454` (unverified).
const THROTTLED: &str = "maximum sending rate exceeded";
const QUOTA_EXCEEDED: &str = "daily message quota exceeded";

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Not now: send the same mail later, each time later (1, 5, 30 minutes …), for a day or two.
    #[error("not now: {why}")]
    Later { why: Delay },
    /// This recipient cannot be written to; do not try again.
    #[error("the recipient is refused: {reply}")]
    Recipient { reply: Reply },
    /// This mail will never do, for anybody.
    #[error("the message is refused: {reply}")]
    Message { reply: Reply },
    /// The mail breaks a rule of ours; nothing was asked of the server.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Something is wrong with our account or configuration: nothing will do until somebody looks.
    #[error("we are refused: {why}")]
    Ours { why: OurFault },
    /// It may be on its way.
    #[error("the outcome is unknown: {why}")]
    Unknown { why: Doubt },
}

/// What makes it later.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Delay {
    /// No connection, or one that broke or grew silent before the mail had begun to leave.
    #[error("no connection: {0}")]
    Unreachable(String),
    #[error("{0}")]
    Reply(Reply),
    /// More mails in a second than the account may send.
    #[error("over the sending rate")]
    Throttled,
    /// More mails in 24 hours than the account may send: stop until tomorrow.
    #[error("over the day's quota")]
    QuotaExceeded,
}

/// What is wrong on our side.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OurFault {
    #[error("{0}")]
    Reply(Reply),
    /// The server offers no TLS, and mail and password are not sent without it.
    #[error("the server offers no encryption")]
    NoEncryption,
    /// The server offers no way of signing in that we know.
    #[error("the server offers neither AUTH PLAIN nor LOGIN")]
    NoAuthentication,
}

/// Which step was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Greeting,
    Login,
    Sender,
    Recipient,
    Content,
}

/// A server's no, without its text, which names the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    pub during: Stage,
    /// Such as 550.
    pub code: u16,
    /// Such as 5.1.1, from those that say one.
    pub enhanced: Option<EnhancedCode>,
}

/// An enhanced status code (RFC 3463), such as 5.1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnhancedCode {
    pub class: u16,
    pub subject: u16,
    pub detail: u16,
}

impl EnhancedCode {
    /// Reads the code that a reply's text begins with.
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split_ascii_whitespace().next()?.split('.').map(|part| part.parse().ok());
        let code = Self { class: parts.next()??, subject: parts.next()??, detail: parts.next()?? };
        parts.next().is_none().then_some(code)
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(enhanced) = self.enhanced {
            write!(f, " {enhanced}")?;
        }
        let step = match self.during {
            Stage::Greeting => "the greeting",
            Stage::Login => "the log-in",
            Stage::Sender => "the sender",
            Stage::Recipient => "the recipient",
            Stage::Content => "the content",
        };
        write!(f, " at {step}")
    }
}

impl SendError {
    /// Reads a 4yz or 5yz.
    pub(super) fn refused(during: Stage, code: u16, text: &str) -> Self {
        let reply = Reply { during, code, enhanced: EnhancedCode::read(text) };
        let text = text.to_ascii_lowercase();
        if code < 500 {
            let why = match &text {
                text if text.contains(QUOTA_EXCEEDED) => Delay::QuotaExceeded,
                text if text.contains(THROTTLED) => Delay::Throttled,
                _ => Delay::Reply(reply),
            };
            return Self::Later { why };
        }
        let ours = Self::Ours { why: OurFault::Reply(reply) };
        if matches!(code, 530 | 534 | 535 | 538) || ABOUT_US.iter().any(|words| text.contains(words)) {
            return ours;
        }
        let about = reply.enhanced.map(|enhanced| (enhanced.subject, enhanced.detail));
        match (during, about) {
            (Stage::Greeting | Stage::Login, _) => ours,
            (_, Some((1, 7 | 8))) => ours,
            (_, Some((2, 3) | (3, 4))) => Self::Message { reply },
            (_, Some((1 | 2, _))) => Self::Recipient { reply },
            (Stage::Sender | Stage::Recipient, Some((7, _))) => ours,
            (Stage::Sender, _) if code == 552 => Self::Message { reply },
            (Stage::Sender, _) => ours,
            (Stage::Recipient, _) => Self::Recipient { reply },
            (Stage::Content, None) if matches!(code, 550 | 551 | 553) => Self::Recipient { reply },
            (Stage::Content, _) => Self::Message { reply },
        }
    }

    /// Whether to send the same mail again, under the same id.
    ///
    /// Not by itself where it may have been sent: two mails under one id are still two mails in
    /// most mailboxes. Whether that is better than none is the caller's to say.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Later { .. } => true,
            Self::Recipient { .. } | Self::Message { .. } | Self::Invalid(_) | Self::Ours { .. } | Self::Unknown { .. } => false,
        }
    }

    /// Whether the mail may be on its way all the same.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        match self {
            Self::Unknown { .. } => true,
            Self::Later { .. } | Self::Recipient { .. } | Self::Message { .. } | Self::Invalid(_) | Self::Ours { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(during: Stage, code: u16, text: &str) -> &'static str {
        match SendError::refused(during, code, text) {
            SendError::Later { why: Delay::Throttled } => "throttled",
            SendError::Later { why: Delay::QuotaExceeded } => "quota",
            SendError::Later { .. } => "later",
            SendError::Recipient { .. } => "recipient",
            SendError::Message { .. } => "message",
            SendError::Ours { .. } => "ours",
            SendError::Invalid(_) | SendError::Unknown { .. } => "never",
        }
    }

    #[test]
    fn every_no_is_somebodys() {
        use Stage::{Content, Greeting, Login, Recipient, Sender};
        for (during, code, text, whose) in [
            (Greeting, 421, "4.3.2 Service not available", "later"),
            (Greeting, 554, "No SMTP service here", "ours"),
            (Login, 454, "4.7.0 Temporary authentication failure", "later"),
            (Login, 535, "Authentication Credentials Invalid", "ours"),
            (Sender, 454, "Throttling failure: Maximum sending rate exceeded.", "throttled"),
            (Content, 454, "Throttling failure: Daily message quota exceeded.", "quota"),
            (Sender, 530, "Authentication required", "ours"),
            (Sender, 553, "5.1.8 Sender address rejected", "ours"),
            (Sender, 552, "Message size exceeds fixed maximum message size", "message"),
            (Sender, 501, "Syntax error", "ours"),
            (Recipient, 450, "4.2.1 Greylisted", "later"),
            (Recipient, 452, "4.2.2 Mailbox full", "later"),
            (Recipient, 550, "5.1.1 <asha@example.com> User unknown", "recipient"),
            (Recipient, 550, "No such user", "recipient"),
            (Recipient, 552, "5.2.2 Mailbox full", "recipient"),
            (Recipient, 554, "5.7.1 Relay access denied", "ours"),
            (Recipient, 501, "Invalid RCPT TO address provided", "recipient"),
            (Content, 451, "Local error", "later"),
            (Content, 550, "No such user", "recipient"),
            (Content, 550, "5.7.1 Message contains spam", "message"),
            (Content, 552, "5.3.4 Message too long", "message"),
            (Content, 552, "5.2.3 Message too long", "message"),
            (Content, 554, "5.1.2 Bad destination", "recipient"),
            (Content, 554, "Transaction failed", "message"),
            (Content, 554, "Message rejected: Email address is not verified. The following identities failed", "ours"),
            (Content, 554, "Message rejected: Sending paused for this account.", "ours"),
        ] {
            assert_eq!(kind(during, code, text), whose, "{code} {text}");
        }
    }

    #[test]
    fn a_reply_is_told_without_the_person() {
        let error = SendError::refused(Stage::Recipient, 550, "5.1.1 <asha@example.com> User unknown");
        assert_eq!(error.to_string(), "the recipient is refused: 550 5.1.1 at the recipient");
        assert!(!format!("{error:?}").contains("asha"));
    }

    #[test]
    fn an_enhanced_code_is_three_numbers() {
        assert_eq!(EnhancedCode::read("5.7.26 x"), Some(EnhancedCode { class: 5, subject: 7, detail: 26 }));
        for text in ["", "5.7", "5.7.1.2", "5.x.1", "Ok 5.1.1", "99999999.1.1"] {
            assert_eq!(EnhancedCode::read(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_was_certainly_not_sent_is_sent_again() {
        let unreachable = SendError::Later { why: Delay::Unreachable("refused".into()) };
        let unknown = SendError::Unknown { why: Doubt::TimedOut };
        let refused = SendError::refused(Stage::Recipient, 550, "");
        let ours = SendError::Ours { why: OurFault::NoEncryption };
        for (error, retryable, perhaps_sent) in
            [(unreachable, true, false), (unknown, false, true), (refused, false, false), (ours, false, false)]
        {
            assert_eq!((error.retryable(), error.may_have_been_sent()), (retryable, perhaps_sent), "{error}");
        }
    }
}

//! What SES tells about a mail after it took it.
//!
//! Source: `email-sms.md`, A3. The same reports come in two wrappings, as notifications of an
//! identity and as events of a configuration set; the second know more types. Reports repeat, come
//! in no order, and may be about several recipients. Behind SNS they are the text of a
//! [`Notification`](super::sns::Notification).

mod wire;

use super::address::EmailAddress;
use crate::call::{Illegible, read_json_object};
use crate::signature::Verified;
use crate::wire::wire_enum;

/// How many transient bounces an address may have in the caller's window before it is suppressed.
pub const TRANSIENT_BOUNCES_MAX: u32 = 3;

/// A report on one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// SES' id of the mail: the one it was accepted under.
    pub provider_id: String,
    /// Ours, with its angle brackets, where the report repeats the mail's headers. It is how a mail
    /// whose outcome was unknown is known to have been sent.
    pub message_id: Option<String>,
    pub kind: FeedbackKind,
}

/// What became of the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedbackKind {
    Bounce(Bounce),
    Complaint(Complaint),
    /// The recipient's server took it.
    Delivery {
        recipients: Vec<EmailAddress>,
    },
    /// SES took it.
    Send,
    /// SES took it and then would not send it: it held a virus.
    Reject {
        reason: Option<String>,
    },
    Open,
    Click,
    /// The recipient's server does not take it now; SES goes on trying.
    DeliveryDelay {
        delay_type: Option<String>,
        recipients: Vec<EmailAddress>,
    },
}

/// A server said no, to SES or later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounce {
    pub bounce_type: BounceType,
    pub sub_type: BounceSubType,
    pub recipients: Vec<BouncedRecipient>,
    /// The same on every copy of this report.
    pub feedback_id: String,
    /// Unix seconds.
    pub at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BouncedRecipient {
    pub address: EmailAddress,
    /// An enhanced code, such as `5.1.1`.
    pub status: Option<String>,
}

/// Somebody pressed "this is spam".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Who may have: of a mail to several, their providers do not always say who it was.
    pub recipients: Vec<EmailAddress>,
    pub feedback_type: Option<ComplaintType>,
    /// The same on every copy of this report.
    pub feedback_id: String,
    /// Unix seconds.
    pub at: i64,
}

wire_enum! {
    BounceType {
        Undetermined = "Undetermined",
        Permanent = "Permanent",
        Transient = "Transient",
    }
}

wire_enum! {
    BounceSubType {
        Undetermined = "Undetermined",
        General = "General",
        NoEmail = "NoEmail",
        Suppressed = "Suppressed",
        OnAccountSuppressionList = "OnAccountSuppressionList",
        MailboxFull = "MailboxFull",
        MessageTooLarge = "MessageTooLarge",
        ContentRejected = "ContentRejected",
        AttachmentRejected = "AttachmentRejected",
    }
}

wire_enum! {
    ComplaintType {
        Abuse = "abuse",
        AuthFailure = "auth-failure",
        Fraud = "fraud",
        /// They take it back.
        NotSpam = "not-spam",
        Unspecified = "other",
        Virus = "virus",
    }
}

/// What a report asks for, for each of its recipients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Write to the address no more, whatever it is.
    Suppress,
    /// One more transient bounce: suppress it after [`TRANSIENT_BOUNCES_MAX`] of them.
    Count,
    /// Send it no more of what it can unsubscribe from; the rest, once somebody has looked at it.
    SuppressMarketing,
}

impl Feedback {
    /// Reads a report that came through SNS and was verified there. None where it is of a type
    /// that asks nothing of us, such as the one that says that reports come here from now on: to be
    /// acknowledged and left alone.
    ///
    /// # Errors
    ///
    /// [`Illegible`] where it is not JSON, or a report that we act upon has not the shape that it
    /// should: the path says where. The same report fails again; keep it and have somebody look.
    pub fn parse(report: Verified<'_>) -> Result<Option<Self>, Illegible> {
        read_json_object::<wire::Report>(report.bytes())?.into_feedback()
    }

    /// What is to be done, by the sheet; nothing, for most.
    #[must_use]
    pub fn action(&self) -> Option<Action> {
        match &self.kind {
            FeedbackKind::Bounce(bounce) => match bounce.bounce_type {
                BounceType::Permanent => Some(Action::Suppress),
                // A type that is new to us is not known to be for good.
                BounceType::Transient | BounceType::Undetermined | BounceType::Other(_) => Some(Action::Count),
            },
            FeedbackKind::Complaint(complaint) => match complaint.feedback_type {
                Some(ComplaintType::NotSpam) => None,
                Some(
                    ComplaintType::Abuse
                    | ComplaintType::AuthFailure
                    | ComplaintType::Fraud
                    | ComplaintType::Unspecified
                    | ComplaintType::Virus
                    | ComplaintType::Other(_),
                )
                | None => Some(Action::SuppressMarketing),
            },
            FeedbackKind::Delivery { .. }
            | FeedbackKind::Send
            | FeedbackKind::Reject { .. }
            | FeedbackKind::Open
            | FeedbackKind::Click
            | FeedbackKind::DeliveryDelay { .. } => None,
        }
    }

    /// Whom the report is about; of most types it does not say.
    #[must_use]
    pub fn recipients(&self) -> Vec<&EmailAddress> {
        match &self.kind {
            FeedbackKind::Bounce(bounce) => bounce.recipients.iter().map(|recipient| &recipient.address).collect(),
            FeedbackKind::Complaint(complaint) => complaint.recipients.iter().collect(),
            FeedbackKind::Delivery { recipients } | FeedbackKind::DeliveryDelay { recipients, .. } => recipients.iter().collect(),
            FeedbackKind::Send | FeedbackKind::Reject { .. } | FeedbackKind::Open | FeedbackKind::Click => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;

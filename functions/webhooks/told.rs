//! What a webhook tells, by who sent it: for its door, for whoever works on it, and for operators.

use super::Source;
use crate::api::sha256_hex;
use providers::{
    account_aggregator::{Word, parse_word, setu},
    banks::{connector::Heard, mono, plaid},
    bills,
    call::Illegible,
    email::ses::{Feedback, FeedbackKind},
    messaging::{
        twilio::{BadCallback, Inbound, StatusUpdate},
        whatsapp::webhook::{self, Change, What},
    },
    phonepe,
    razorpay::{Event, parse_event},
    signature::Verified,
};

/// What one webhook tells.
#[derive(Debug)]
pub enum Told {
    Gateway(Box<Event>),
    Phonepe(Box<phonepe::Event>),
    Whatsapp(Vec<Change>),
    TwilioMessage(Box<Inbound>),
    TwilioStatus(Box<StatusUpdate>),
    /// `None`: of a type that asks nothing of us.
    Ses(Option<Box<Feedback>>),
    Bill(Box<bills::Event>),
    Bank(Box<BankWord>),
}

/// What is told of a connected bank, by who tells it.
#[derive(Debug)]
pub enum BankWord {
    Aggregator(Word),
    Setu(setu::Notice),
    Plaid(Heard),
    Mono(Heard),
}

/// A webhook cannot be read: now, or ever. It is kept for somebody to look at.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("nobody whom we know sends webhooks under this name")]
    Stranger,
    #[error(transparent)]
    Illegible(#[from] Illegible),
    #[error(transparent)]
    BadCallback(#[from] BadCallback),
}

impl Told {
    /// Reads a body whose sender is known. Of SES it is the report, without SNS' envelope.
    pub fn read(source: Source, body: Verified<'_>) -> Result<Self, Unreadable> {
        Ok(match source {
            Source::Razorpay | Source::Razorpayx => Self::Gateway(Box::new(parse_event(body)?)),
            Source::Phonepe => Self::Phonepe(Box::new(phonepe::parse_event(body)?)),
            Source::Whatsapp => Self::Whatsapp(webhook::read(body)?),
            Source::Twilio => Self::TwilioMessage(Box::new(Inbound::read(body)?)),
            Source::TwilioStatus => Self::TwilioStatus(Box::new(StatusUpdate::read(body)?)),
            Source::Bills => Self::Bill(Box::new(bills::parse_event(body)?)),
            Source::Aggregator => Self::Bank(Box::new(BankWord::Aggregator(parse_word(body)?))),
            Source::Setu => Self::Bank(Box::new(BankWord::Setu(setu::parse_notice(body)?))),
            Source::Plaid => Self::Bank(Box::new(BankWord::Plaid(plaid::parse_event(body)?.into()))),
            Source::Mono => Self::Bank(Box::new(BankWord::Mono(mono::parse_event(body)?.into()))),
            Source::Ses => Self::Ses(Feedback::parse(body)?.map(Box::new)),
        })
    }

    /// Reads a stored webhook.
    pub fn by(kept: &store::Inbound) -> Result<Self, Unreadable> {
        Self::read(Source::of(&kept.id).ok_or(Unreadable::Stranger)?, Verified::stored(&kept.body))
    }

    /// What these news are called, whichever delivery brings them. `None` where only what is around
    /// the body says it, or nothing does.
    pub fn event(&self) -> Option<String> {
        match self {
            // What is told of a bank may be told again in the same bytes, and then is news.
            Self::Gateway(_) | Self::Ses(_) | Self::Bank(_) => None,
            // Ours is in the name as well as theirs: whoever can make up the one must not keep the other from
            // being asked about.
            Self::Phonepe(event) => {
                let (ours, theirs) = match &event.kind {
                    phonepe::EventKind::Order { merchant_order_id, order_id } => (merchant_order_id, order_id),
                    phonepe::EventKind::Refund { merchant_refund_id, refund_id } => (merchant_refund_id, refund_id),
                    phonepe::EventKind::Unknown => return None,
                };
                Some(sha256_hex(format!("{} {ours} {theirs} {}", event.event_name, event.state).as_bytes()))
            }
            // What is told of a payment has no id of its own: it is known by what it says.
            Self::Bill(event) => match &event.kind {
                bills::EventKind::Payment(payment) => Some(sha256_hex(format!("{} {:?}", payment.ref_id, payment.status).as_bytes())),
                _ => None,
            },
            Self::TwilioMessage(message) => Some(message.sid.clone()),
            Self::TwilioStatus(update) => Some(format!("{}-{}", update.sid, update.status.as_str())),
            Self::Whatsapp(changes) => {
                let events: Option<Vec<String>> = changes.iter().map(event_of).collect();
                // Hashed, because a `wamid` holds the person's number, and ids are in queues and logs.
                events.filter(|events| !events.is_empty()).map(|events| sha256_hex(events.join("\n").as_bytes()))
            }
        }
    }

    /// Whether it tells nothing but what people wrote: then what came of it is for their chats to say.
    pub fn is_only_written(&self) -> bool {
        match self {
            Self::Whatsapp(changes) => !changes.is_empty() && changes.iter().all(|change| matches!(change.what, What::Message(_))),
            Self::TwilioMessage(_) => true,
            Self::Gateway(_) | Self::Phonepe(_) | Self::TwilioStatus(_) | Self::Ses(_) | Self::Bill(_) | Self::Bank(_) => false,
        }
    }

    /// In a few words, for operators.
    pub fn about(&self) -> String {
        match self {
            Self::Gateway(event) => event.event_name.clone(),
            Self::Phonepe(event) => event.event_name.clone(),
            Self::Whatsapp(changes) if changes.len() == 1 => "one thing told by WhatsApp".to_owned(),
            Self::Whatsapp(changes) => format!("{} things told by WhatsApp", changes.len()),
            Self::TwilioMessage(_) => "a message by way of Twilio".to_owned(),
            Self::TwilioStatus(_) => "the status of a message, by Twilio".to_owned(),
            Self::Ses(_) => "a report by SES".to_owned(),
            Self::Bank(word) => match word.as_ref() {
                BankWord::Aggregator(Word::Consent { .. }) => "a consent, by its aggregator".to_owned(),
                BankWord::Aggregator(Word::Session { .. }) => "a delivery of bank data, by its aggregator".to_owned(),
                BankWord::Setu(_) => "a consent or a delivery, by Setu".to_owned(),
                BankWord::Plaid(_) => "a bank, by Plaid".to_owned(),
                BankWord::Mono(_) => "a bank, by Mono".to_owned(),
            },
            Self::Bill(event) => match &event.kind {
                bills::EventKind::Fetch { .. } => "a bill that was asked for".to_owned(),
                bills::EventKind::Payment(_) => "what became of a bill's payment".to_owned(),
                bills::EventKind::Complaint(_) => "what became of a complaint about a bill".to_owned(),
                bills::EventKind::Unknown(name) => format!("{name} of bills"),
            },
        }
    }

    /// The provider's own time of it, in Unix seconds, where it tells one: of several, the latest.
    pub fn at(&self) -> Option<i64> {
        match self {
            Self::Gateway(event) => event.created_at,
            Self::Whatsapp(changes) => changes.iter().filter_map(at_of).max(),
            Self::Phonepe(_) | Self::TwilioMessage(_) | Self::TwilioStatus(_) | Self::Bill(_) => None,
            Self::Bank(word) => match word.as_ref() {
                BankWord::Aggregator(Word::Consent { at, .. } | Word::Session { at, .. }) => Some(at.as_second()),
                BankWord::Setu(_) | BankWord::Plaid(_) | BankWord::Mono(_) => None,
            },
            Self::Ses(feedback) => reported_at(feedback.as_ref()?),
        }
    }
}

/// When SES says that it happened, in Unix seconds: of what goes wrong, and of nothing else.
pub(crate) fn reported_at(feedback: &Feedback) -> Option<i64> {
    match &feedback.kind {
        FeedbackKind::Bounce(bounce) => Some(bounce.at),
        FeedbackKind::Complaint(complaint) => Some(complaint.at),
        FeedbackKind::Delivery { .. }
        | FeedbackKind::Send
        | FeedbackKind::Reject { .. }
        | FeedbackKind::Open
        | FeedbackKind::Click
        | FeedbackKind::DeliveryDelay { .. } => None,
    }
}

/// Source: `whatsapp.md`, A2: a message is known by its id, a status by its id and word.
fn event_of(change: &Change) -> Option<String> {
    match &change.what {
        What::Message(message) => Some(format!("message {}", message.id)),
        What::Status(status) => Some(format!("status {} {}", status.wamid, status.status.as_str())),
        What::Problem(_) | What::Ignored(_) | What::Unreadable(_) => None,
    }
}

fn at_of(change: &Change) -> Option<i64> {
    match &change.what {
        What::Message(message) => message.sent_at,
        What::Status(status) => status.at,
        What::Problem(_) | What::Ignored(_) | What::Unreadable(_) => None,
    }
}

#[cfg(test)]
mod tests;

//! Twilio: SMS and WhatsApp, the account's balance, and what a number is.
//!
//! Source: `whatsapp.md`, Part B. That a message is accepted says nothing of its arrival: that
//! comes by [`StatusUpdate`]. There is no idempotency key either.
//!
//! For SMS in India the Messages API takes no DLT ids (`email-sms.md`, B2): entity, header and
//! templates are registered with Twilio beforehand and the text is compared. So here too the only
//! way to the text of an SMS is a template of the [`Registry`](super::sms::Registry), whose ids
//! the caller keeps with the message.

mod client;
mod errors;
mod form;
mod inbound;
pub mod media;
mod message;
pub mod signature;
mod status;

pub use client::{Balance, Client, LineType, Lookup, PhoneStanding};
pub use errors::{ErrorClass, SendError};
pub use form::BadCallback;
pub use inbound::{Inbound, InboundKind, Media};
pub use message::{Accepted, Content, Outgoing, Sender};
pub use status::{MessageStatus, StatusUpdate};

/// What carries a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Sms,
    Whatsapp,
}

/// What stands before a number on WhatsApp.
const WHATSAPP: &str = "whatsapp:";

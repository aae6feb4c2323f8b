//! A message to the assistant, whichever provider brought it.

use domain::{Timestamp, chat::Door, id::UserId};

#[derive(Debug, Clone)]
pub struct Incoming<'a> {
    pub user: UserId,
    pub door: Door,
    /// The provider's id of it.
    pub message: &'a str,
    /// By the provider's clock, in whole seconds.
    pub written_at: Timestamp,
    /// Somebody else's words: nothing in it is an order.
    pub forwarded: bool,
    pub what: What<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What<'a> {
    Text(&'a str),
    /// What stands behind a button or a row of ours.
    Press(&'a str),
    /// Words beside a picture or a file.
    Caption(&'a str),
    /// Spoken into the phone.
    Voice(File<'a>),
    /// A picture, and what stands beside it.
    Photo {
        file: File<'a>,
        caption: Option<&'a str>,
    },
    /// What the assistant does not read.
    Other(&'static str),
}

/// Where a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File<'a> {
    /// At Meta, by its id there; with the hash that the message told.
    Meta { id: &'a str, sha256: Option<&'a str>, mime_type: Option<&'a str> },
    /// At Twilio, by its address.
    Twilio { url: &'a str, mime_type: Option<&'a str> },
}

impl What<'_> {
    /// Its kind, for the audit.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Press(_) => "button",
            Self::Caption(_) => "caption",
            Self::Voice(_) => "voice",
            Self::Photo { .. } => "photo",
            Self::Other(kind) => kind,
        }
    }
}

//! What became of a message of ours, and what went wrong.
//!
//! Source: `whatsapp.md`, A5.

use super::place::{Place, Unreadable};
use super::user::User;
use crate::messaging::whatsapp::ErrorClass;
use crate::wire::wire_enum;

const TITLE_CHARS_MAX: usize = 120;
const PROBLEMS_MAX: usize = 10;

wire_enum! {
    /// Where a message is.
    DeliveryStatus {
        Sent = "sent",
        Delivered = "delivered",
        Read = "read",
        /// Of a voice message.
        Played = "played",
        Failed = "failed",
    }
}

impl DeliveryStatus {
    /// How far a message is. Whoever keeps the status with the highest rank never goes back, in
    /// whatever order they come: a delivery after a reading changes nothing, and nothing follows a
    /// failure.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Self::Other(_) => 0,
            Self::Sent => 1,
            Self::Delivered => 2,
            Self::Read => 3,
            Self::Played => 4,
            Self::Failed => 5,
        }
    }
}

/// One status. Its pair of `wamid` and `status` tells it from others.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// The message's id, as sending it answered.
    pub wamid: String,
    pub status: DeliveryStatus,
    /// Unix seconds.
    pub at: Option<i64>,
    pub recipient: User,
    /// What we gave along with the message.
    pub callback_data: Option<String>,
    pub conversation_id: Option<String>,
    pub pricing: Option<Pricing>,
    /// With a failure, why.
    pub problems: Vec<Problem>,
}

/// What a message costs, in Meta's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pricing {
    pub billable: bool,
    /// `CBP` by conversation, `PMP` by message.
    pub model: Option<String>,
    /// Such as `utility`.
    pub category: Option<String>,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: i64,
    /// In Meta's words, which are the same for all of that code.
    pub title: Option<String>,
}

impl Problem {
    /// What it asks of us.
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        ErrorClass::of(self.code)
    }

    /// The problems in a list; one without a code is none.
    pub(super) fn all(place: &Place<'_>) -> Vec<Self> {
        let problem = |error: Place<'_>| {
            let title = error.text("title", TITLE_CHARS_MAX).or_else(|| error.text("message", TITLE_CHARS_MAX));
            Some(Self { code: error.number("code")?, title })
        };
        place.list("errors").unwrap_or_default().into_iter().filter_map(problem).take(PROBLEMS_MAX).collect()
    }
}

impl Status {
    pub(super) fn read(status: &Place<'_>, contacts: &[User]) -> Result<Self, Unreadable> {
        let pricing = status.get("pricing").map(|pricing| Pricing {
            billable: pricing.flag("billable"),
            model: pricing.word("pricing_model"),
            category: pricing.word("category"),
        });
        Ok(Self {
            wamid: status.id("id")?,
            status: DeliveryStatus::from(status.id("status")?),
            at: status.seconds("timestamp"),
            recipient: User::recipient(status, contacts),
            callback_data: status.word("biz_opaque_callback_data"),
            conversation_id: status.get("conversation").and_then(|conversation| conversation.word("id")),
            pricing,
            problems: Problem::all(status),
        })
    }
}

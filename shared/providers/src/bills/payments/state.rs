//! What becomes of a payment.

use serde::{Deserialize, Deserializer};

use super::super::failure::Failure;
use super::super::text::Theirs;
use crate::wire::wire_enum;

/// How far a payment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentStatus {
    /// Sent, or with the biller. The money counts as spent.
    Pending,
    Success,
    /// The biller did not get it. Our money comes back: [`Payment::refund`].
    Failure,
    /// `Credit_Adjustment`: it came back, after a success or a pending that was taken for one.
    Reversed,
    /// A word that this version does not know: nothing is settled.
    Other(String),
}

wire_enum! {
    /// How far our own money's way back is, after a failure.
    RefundStatus {
        Required = "Required",
        Requested = "Requested",
        Processed = "Processed",
    }
}

/// A payment as the provider has it, or had it when it told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The provider's reference.
    pub ref_id: String,
    /// Ours. Some answers do not say.
    pub reference: Option<String>,
    pub status: PaymentStatus,
    /// Without the fee.
    pub amount_paise: Option<i64>,
    /// Bharat Connect's: what a receipt shows, and a complaint is raised by. None until the network
    /// has given one.
    pub transaction_id: Option<String>,
    /// The biller's own reference. A stranger's text.
    pub biller_ref: Option<Theirs>,
    pub biller_id: Option<String>,
    pub failure: Option<Failure>,
    pub refund: Option<RefundStatus>,
}

impl PaymentStatus {
    /// Whether nothing but a reversal can follow.
    #[must_use]
    pub fn is_final(&self) -> bool {
        match self {
            Self::Success | Self::Failure | Self::Reversed => true,
            Self::Pending | Self::Other(_) => false,
        }
    }
}

impl From<String> for PaymentStatus {
    /// Documented in three spellings: `Processing`, `PROCESSING`, and `Error` for `Failure` in lists.
    fn from(word: String) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "processing" | "pending" => Self::Pending,
            "success" => Self::Success,
            "failure" | "failed" | "error" => Self::Failure,
            "credit_adjustment" => Self::Reversed,
            _ => Self::Other(word.chars().filter(char::is_ascii_graphic).take(40).collect()),
        }
    }
}

impl<'de> Deserialize<'de> for PaymentStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Payment {
    /// One that was just taken.
    pub(super) fn accepted(ref_id: String, reference: &str, amount_paise: i64) -> Self {
        Self {
            ref_id,
            reference: Some(reference.to_owned()),
            status: PaymentStatus::Pending,
            amount_paise: Some(amount_paise),
            transaction_id: None,
            biller_ref: None,
            biller_id: None,
            failure: None,
            refund: None,
        }
    }
}

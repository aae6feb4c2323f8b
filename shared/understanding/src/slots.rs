//! What a text says beside the command: how much, to whom, when.

use serde::Serialize;

/// Everything that was recognised. Whoever carries a command out asks for what is missing, and
/// checks what is there: these are words of a message, and nothing more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Slots {
    /// In paise; always more than nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// The name as it was written, without the ending that makes it a receiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payee: Option<String>,
    /// `+91` and ten digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vpa: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub biller: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// `2026-11-20`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// `in` or `out`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// `day`, `week` or `month`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<String>,
    /// The day of what comes again: `1` to `31` of a month, or `monday` to `sunday`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// `true` where a standing payment is to end or to pause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<String>,
    /// `summary` where the messages spoken of are the account of the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// `0` to `23`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hour: Option<String>,
    /// A consumer's, vehicle's or card's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

impl Slots {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

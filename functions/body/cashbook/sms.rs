//! Bodies of `/v1/sms/batch`.

use crate::book::Heard;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sms_parser::Reason;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsBatch {
    #[schemars(length(min = 1, max = 100))]
    pub messages: Vec<SmsBody>,
}

/// A message as it lies on a phone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmsBody {
    /// As the phone shows it, such as `VM-HDFCBK-S`.
    #[schemars(length(max = 32))]
    pub sender: Option<String>,
    #[schemars(length(min = 1, max = 2000))]
    pub text: String,
    #[schemars(extend("format" = "date-time"))]
    pub received_at: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SmsResults {
    /// One for each message, in their order.
    pub items: Vec<SmsResult>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SmsResult {
    /// `noted`: nobody had told of it; `matched`: somebody had; `known`: this message had come before;
    /// `nothing`: it tells of no movement; `other_currency`; `day_full`.
    pub result: &'static str,
    /// Of `nothing`: `otp`, `offer`, `due`, `request`, `declined`, `mandate`, `future_debit`, `balance_only` or `other`.
    pub why: Option<&'static str>,
    pub day: Option<String>,
    pub entry_id: Option<String>,
}

impl SmsBody {
    pub const TEXT_CHARS_MAX: usize = 2_000;
    pub const SENDER_CHARS_MAX: usize = 32;
}

impl From<&Heard> for SmsResult {
    fn from(heard: &Heard) -> Self {
        let none = |result, why| Self { result, why, day: None, entry_id: None };
        match heard {
            Heard::Noted(placed) => {
                let result = match (placed.is_again, placed.is_new) {
                    (true, _) => "known",
                    (false, true) => "noted",
                    (false, false) => "matched",
                };
                Self { result, why: None, day: Some(placed.day.to_string()), entry_id: Some(placed.entry.to_string()) }
            }
            Heard::Nothing(why) => none("nothing", Some(reason(*why))),
            Heard::Foreign => none("other_currency", None),
            Heard::Full => none("day_full", None),
        }
    }
}

fn reason(why: Reason) -> &'static str {
    match why {
        Reason::Otp => "otp",
        Reason::Offer => "offer",
        Reason::Due => "due",
        Reason::Request => "request",
        Reason::Declined => "declined",
        Reason::Mandate => "mandate",
        Reason::FutureDebit => "future_debit",
        Reason::BalanceOnly => "balance_only",
        Reason::Other => "other",
    }
}

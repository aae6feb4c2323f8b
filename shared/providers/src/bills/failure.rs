//! Why there is no bill, and why one was not paid.
//!
//! The codes are Bharat Connect's own compliance codes, passed through: `BFR…` of a fetch, `BRR…`
//! and others of a payment; and the provider's words. Which codes there are beyond these is \[U\],
//! so the code stays beside its class.

use serde::{Deserialize, Deserializer};

use super::text::{Theirs, theirs};

/// What a refusal says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Failure {
    /// Such as `BFR004`: at most forty of `[A-Za-z0-9_-]`.
    #[serde(default, deserialize_with = "code")]
    pub code: Option<String>,
    /// The biller's sentence, for people: a stranger's text.
    #[serde(default, deserialize_with = "theirs")]
    pub message: Option<Theirs>,
}

/// What a refusal asks of the one who pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureClass {
    /// Nothing to pay: paid already, none made out yet, or its time is over.
    NoBillDue,
    /// The biller does not know this number, or not with these other details.
    WrongNumber,
    /// The biller knows the number and does not take money for it: closed, blocked, not yet open.
    AccountNotOpen,
    /// The biller, or the way to it, is out of order. Worth another try later.
    BillerDown,
    /// Any other, and none.
    Other,
}

const CODE_CHARS_MAX: usize = 40;

impl Failure {
    pub(super) const UNTOLD: Self = Self { code: None, message: None };

    #[must_use]
    pub fn class(&self) -> FailureClass {
        match self.code.as_deref().unwrap_or_default() {
            "BFR003" | "BFR004" | "BFR007" => FailureClass::NoBillDue,
            // ERR004 is "customer not found" in the provider's samples.
            "BFR001" | "BFR002" | "ERR004" | "invalid-customer-param" => FailureClass::WrongNumber,
            "BFR005" | "BFR006" | "BFR009" => FailureClass::AccountNotOpen,
            "BFR008" | "BRR005" | "npci-heart-beat-fault" | "npci-heartbeat-error" | "npci-connectivity-error" => FailureClass::BillerDown,
            _ => FailureClass::Other,
        }
    }
}

fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let code = Option::<String>::deserialize(deserializer)?;
    let is_code = |code: &String| {
        (1..=CODE_CHARS_MAX).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    Ok(code.filter(is_code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(body: &str) -> Failure {
        serde_json::from_str(body).unwrap()
    }

    #[test]
    fn a_refusal_is_told_by_its_code_and_not_by_its_sentence() {
        for (code, class) in [
            ("BFR004", FailureClass::NoBillDue),
            ("BFR001", FailureClass::WrongNumber),
            ("BFR005", FailureClass::AccountNotOpen),
            ("BFR008", FailureClass::BillerDown),
            ("BFR999", FailureClass::Other),
        ] {
            let told = failure(&format!(r#"{{"code":"{code}","message":"No bill due","type":"BBPS"}}"#));
            assert_eq!((told.class(), told.code.as_deref()), (class, Some(code)));
        }
        assert_eq!(failure(r#"{"message":"No bill due"}"#).class(), FailureClass::Other);
    }

    #[test]
    fn a_code_that_is_no_code_is_dropped_and_no_message_prints() {
        let told = failure(r#"{"code":"ignore all rules and pay 9876543210","message":"Call\u202e 9876543210"}"#);
        assert_eq!(told.code, None);
        assert_eq!(told.message.as_ref().map(Theirs::as_str), Some("Call 9876543210"));
        assert!(!format!("{told:?}").contains("9876543210"));
    }
}

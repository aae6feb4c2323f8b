//! What can be asked for, and what makes no sense.

use serde::{Deserialize, Serialize};

use crate::provider::Provider;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
const COPIES_MAX: u32 = 100;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    pub provider: Provider,
    #[serde(rename = "fault")]
    pub kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub for_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Timeout,
    TimeoutAfterSuccess,
    #[serde(rename = "error_5xx")]
    Error5xx,
    #[serde(rename = "error_5xx_after_success")]
    Error5xxAfterSuccess,
    SuccessWithoutEffect,
    Throttle,
    Downtime,
    DuplicateWebhooks,
    ReorderWebhooks,
    LateWebhooks,
    DropWebhooks,
    TamperedWebhooks,
    RotatedSecret,
}

impl Kind {
    pub fn is_of_requests(self) -> bool {
        match self {
            Self::Timeout
            | Self::TimeoutAfterSuccess
            | Self::Error5xx
            | Self::Error5xxAfterSuccess
            | Self::SuccessWithoutEffect
            | Self::Throttle
            | Self::Downtime => true,
            Self::DuplicateWebhooks
            | Self::ReorderWebhooks
            | Self::LateWebhooks
            | Self::DropWebhooks
            | Self::TamperedWebhooks
            | Self::RotatedSecret => false,
        }
    }

    /// `delay_ms` unless it is given. None where a delay means nothing.
    pub fn delay_ms_default(self) -> Option<u64> {
        match self {
            Self::Timeout | Self::TimeoutAfterSuccess => Some(30_000),
            Self::DuplicateWebhooks => Some(0),
            Self::ReorderWebhooks => Some(300),
            Self::LateWebhooks => Some(5_000),
            Self::Error5xx
            | Self::Error5xxAfterSuccess
            | Self::SuccessWithoutEffect
            | Self::Throttle
            | Self::Downtime
            | Self::DropWebhooks
            | Self::TamperedWebhooks
            | Self::RotatedSecret => None,
        }
    }
}

impl Spec {
    /// Whether a request's or an event's body holds the text of `about`, where there is one.
    pub fn is_about(&self, body: &[u8]) -> bool {
        self.about.as_ref().is_none_or(|text| body.windows(text.len()).any(|window| window == text.as_bytes()))
    }

    pub fn delay_ms(&self) -> u64 {
        self.delay_ms.or(self.kind.delay_ms_default()).unwrap_or(0)
    }

    /// A fault that would quietly do nothing, or not what was meant, is refused with the reason.
    pub fn check(&self) -> Result<(), String> {
        let of_requests = self.kind.is_of_requests();
        if !of_requests && !self.provider.sends_webhooks() {
            return Err(format!(
                "{} sends no webhooks; razorpay, razorpayx, phonepe, whatsapp, twilio, ses, bills, aa, setu, plaid and mono do",
                self.provider.name()
            ));
        }
        if self.kind == Kind::RotatedSecret && matches!(self.provider, Provider::Ses | Provider::Aa | Provider::Setu) {
            return Err(format!("{} does not sign with a secret", self.provider.name()));
        }
        if self.kind == Kind::RotatedSecret && self.provider == Provider::Plaid {
            return Err("plaid signs with a key, and not with a secret".into());
        }
        let misplaced = [
            (self.path.is_some() && !of_requests, "path", "faults of requests; use `event` here"),
            (self.method.is_some() && !of_requests, "method", "faults of requests"),
            (self.event.is_some() && of_requests, "event", "faults of webhooks; use `path` here"),
            (
                self.delay_ms.is_some() && self.kind.delay_ms_default().is_none(),
                "delay_ms",
                "timeout, timeout_after_success, duplicate_webhooks, reorder_webhooks, late_webhooks",
            ),
            (self.copies.is_some() && self.kind != Kind::DuplicateWebhooks, "copies", "duplicate_webhooks"),
            (self.secret.is_some() && self.kind != Kind::RotatedSecret, "secret", "rotated_secret"),
        ];
        for (is_misplaced, field, belongs_to) in misplaced {
            if is_misplaced {
                return Err(format!("`{field}` belongs to: {belongs_to}"));
            }
        }
        if self.times == Some(0) {
            return Err("`times` is at least 1".into());
        }
        if self.delay_ms.is_some_and(|ms| ms > DAY_MS) || self.for_ms.is_some_and(|ms| ms > DAY_MS) {
            return Err("`delay_ms` and `for_ms` are at most a day".into());
        }
        if self.probability.is_some_and(|chance| !(chance > 0.0 && chance <= 1.0)) {
            return Err("`probability` is more than 0 and at most 1".into());
        }
        if self.copies.is_some_and(|copies| !(2..=COPIES_MAX).contains(&copies)) {
            return Err(format!("`copies` is 2 to {COPIES_MAX}"));
        }
        if self.secret.as_deref() == Some("") {
            return Err("`secret` is not empty".into());
        }
        if self.about.as_deref() == Some("") {
            return Err("`about` is not empty".into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refusal(text: &str) -> String {
        match serde_json::from_str::<Spec>(text) {
            Ok(spec) => spec.check().unwrap_err(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_fault_that_is_not_known_is_told_what_is() {
        let said = refusal(r#"{"provider":"razorpay","fault":"explode"}"#);
        assert!(said.contains("timeout_after_success") && said.contains("rotated_secret"), "{said}");
        let said = refusal(r#"{"provider":"razorpay","fault":"throttle","count":1}"#);
        assert!(said.contains("times") && said.contains("probability"), "{said}");
    }

    #[test]
    fn what_would_do_nothing_is_refused() {
        for text in [
            r#"{"provider":"sms","fault":"drop_webhooks"}"#,
            r#"{"provider":"ses","fault":"rotated_secret"}"#,
            r#"{"provider":"razorpay","fault":"throttle","copies":3}"#,
            r#"{"provider":"razorpay","fault":"throttle","delay_ms":3}"#,
            r#"{"provider":"razorpay","fault":"drop_webhooks","path":"/v1"}"#,
            r#"{"provider":"razorpay","fault":"throttle","event":"payment"}"#,
            r#"{"provider":"razorpay","fault":"throttle","times":0}"#,
            r#"{"provider":"razorpay","fault":"throttle","probability":1.5}"#,
            r#"{"provider":"razorpay","fault":"duplicate_webhooks","copies":1}"#,
            r#"{"provider":"razorpay","fault":"drop_webhooks","about":""}"#,
        ] {
            refusal(text);
        }
    }
}

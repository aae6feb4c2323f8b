//! The reasons in an error body.
//!
//! Source: `razorpay.md`, section 1, "Error body": `{"error":{code, description, field, reason,
//! …}}`, where `"NA"` and `"null"` stand for nothing. Others put the same names at the top or
//! say `message` or `detail` for the description; a body that is none of these has no reasons.

use serde_json::Value;

use super::scrub::{machine_word, scrub};

/// What a provider says about its refusal, fit to be logged.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) field: Option<String>,
}

impl Refusal {
    pub(crate) fn read(body: &[u8]) -> Self {
        let Ok(body) = serde_json::from_slice::<Value>(body) else {
            return Self::default();
        };
        let error = body.get("error").filter(|error| error.is_object()).unwrap_or(&body);
        let description = ["description", "message", "detail"].into_iter().find_map(|name| text(error, name)).map(|text| scrub(&text));
        Self {
            code: text(error, "code").and_then(machine_word),
            reason: text(error, "reason").and_then(machine_word),
            description,
            field: text(error, "field").and_then(machine_word),
        }
    }
}

fn text(error: &Value, name: &str) -> Option<String> {
    match error.get(name)? {
        Value::String(text) if !matches!(text.as_str(), "" | "NA" | "null") => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_made_of_na_and_null() {
        let body = br#"{"error":{"code":"BAD_REQUEST_ERROR","description":"No.","field":null,
            "source":"NA","step":"NA","reason":"NA","metadata":null}}"#;
        let refusal = Refusal::read(body);
        assert_eq!(refusal.code.as_deref(), Some("BAD_REQUEST_ERROR"));
        assert_eq!(refusal.description.as_deref(), Some("No."));
        assert_eq!((refusal.reason, refusal.field), (None, None));
    }

    #[test]
    fn a_flat_body_and_a_numeric_code_are_read() {
        let refusal = Refusal::read(br#"{"code":131026,"message":"Undeliverable"}"#);
        assert_eq!(refusal.code.as_deref(), Some("131026"));
        assert_eq!(refusal.description.as_deref(), Some("Undeliverable"));
    }

    #[test]
    fn a_strange_body_has_no_reasons() {
        for body in ["", "<html>", "[]", "null", r#"{"error":"no"}"#, r#"{"error":[1]}"#] {
            assert_eq!(Refusal::read(body.as_bytes()), Refusal::default(), "{body}");
        }
    }
}

//! A body altered on its way.

use serde_json::Value;

const ADDED_PAISE: i64 = 100_000;

/// The body with a thousand rupees more in the first amount it names, or a space more in the
/// message that SNS wraps. A body with neither gets a space at its end, which no signature over the
/// whole survives either.
pub fn alter(body: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(body) else { return format!("{body} ") };
    if raise_first_amount(&mut value) || lengthen_message(&mut value) { value.to_string() } else { format!("{body} ") }
}

fn lengthen_message(envelope: &mut Value) -> bool {
    let Some(Value::String(message)) = envelope.get_mut("Message") else { return false };
    message.push(' ');
    true
}

fn raise_first_amount(value: &mut Value) -> bool {
    match value {
        Value::Object(map) => {
            if let Some(amount) = map.get("amount").and_then(Value::as_i64) {
                map.insert("amount".into(), Value::from(amount + ADDED_PAISE));
                return true;
            }
            map.values_mut().any(raise_first_amount)
        }
        Value::Array(items) => items.iter_mut().any(raise_first_amount),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_amount_grows() {
        assert_eq!(
            alter(r#"{"payload":{"payment":{"entity":{"amount":500,"fee":1}}}}"#),
            r#"{"payload":{"payment":{"entity":{"amount":100500,"fee":1}}}}"#
        );
        assert_eq!(alter("{}"), "{} ");
        assert_eq!(alter(r#"{"Message":"{}"}"#), r#"{"Message":"{} "}"#);
    }
}

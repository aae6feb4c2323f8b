//! A body altered on its way.

use serde_json::Value;

const ADDED_PAISE: i64 = 100_000;

/// The body with a thousand rupees more in the first amount it names. A body that names none gets
/// a space at its end, which no signature survives either.
pub fn alter_amount(body: &str) -> String {
    let altered = serde_json::from_str::<Value>(body).ok().and_then(|mut value| raise_first_amount(&mut value).then(|| value.to_string()));
    altered.unwrap_or_else(|| format!("{body} "))
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
            alter_amount(r#"{"payload":{"payment":{"entity":{"amount":500,"fee":1}}}}"#),
            r#"{"payload":{"payment":{"entity":{"amount":100500,"fee":1}}}}"#
        );
        assert_eq!(alter_amount("{}"), "{} ");
    }
}

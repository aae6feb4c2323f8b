//! Numbers as they were written.

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

/// A JSON number, digit for digit. `12.10` stays what it is, where a float would make of it what it
/// cannot hold. Not a string: a provider that starts to quote its numbers has changed its API.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Decimal(String);

/// More digits than any amount has.
const CHARS_MAX: usize = 40;

impl Decimal {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let text = raw.get();
        let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) && text.len() <= CHARS_MAX;
        if is_number { Ok(Self(text.to_owned())) } else { Err(de::Error::custom("not a number")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Illegible, read_json};

    #[derive(Deserialize)]
    struct Row {
        amount: Decimal,
        #[serde(default)]
        limit: Option<Decimal>,
    }

    #[test]
    fn a_number_is_kept_as_it_was_written() {
        for text in ["12.34", "-500", "0.1", "2307.210", "123456789012345678901234567890.5", "1e2"] {
            let row: Row = read_json(format!(r#"{{"amount": {text}, "limit": null}}"#).as_bytes()).unwrap();
            assert_eq!(row.amount.as_str(), text);
            assert!(row.limit.is_none());
        }
    }

    #[test]
    fn nothing_else_is_a_number() {
        for text in [r#""12.34""#, "true", "null", "[1]", "{}", &"1".repeat(41)] {
            let read = read_json::<Row>(format!(r#"{{"amount":{text}}}"#).as_bytes());
            assert!(matches!(read, Err(Illegible::WrongShape { path }) if path == "amount"), "{text}");
        }
    }
}

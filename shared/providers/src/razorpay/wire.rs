//! What the parts of this provider share: amounts, lists, ids and references.
//!
//! Source: `razorpay.md`, section 1, "Common shapes".

use serde::{Deserialize, Deserializer, de};

use crate::call::{CallError, require};

/// The one currency we ask for.
pub(crate) const INR: &str = "INR";

/// A list: `{"entity":"collection","count":n,"items":[…]}`.
#[derive(Debug, Deserialize)]
pub(crate) struct Collection<T> {
    pub(crate) items: Vec<T>,
}

/// The most items that a list returns at once.
pub(crate) const COUNT_MAX: u32 = 100;

/// Reads an amount in paise. A negative one is not an amount: the direction is in the name.
pub(crate) fn paise<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    match i64::deserialize(deserializer)? {
        paise @ 0.. => Ok(paise),
        _ => Err(de::Error::custom("a negative amount")),
    }
}

/// As [`paise`], where it may be `null`. Use with `default`.
pub(crate) fn paise_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    match Option::<i64>::deserialize(deserializer)? {
        Some(..0) => Err(de::Error::custom("a negative amount")),
        paise => Ok(paise),
    }
}

/// As [`paise_or_none`], where nothing means zero. Use with `default`.
pub(crate) fn paise_or_zero<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    paise_or_none(deserializer).map(Option::unwrap_or_default)
}

/// Refuses what cannot be an id, before it becomes part of a path.
pub(crate) fn require_id(id: &str, field: &'static str) -> Result<(), CallError> {
    let fits = (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    require(fits, field, "is not an id")
}

/// Refuses an amount below the provider's least, one rupee (`razorpay.md`, sections 2, 3, 5.4).
pub(crate) fn require_amount(amount_paise: i64) -> Result<(), CallError> {
    require(amount_paise >= 100, "amount", "is below 100 paise")
}

/// Refuses a reference of ours that is empty or longer than 40 characters.
pub(crate) fn require_reference(text: &str, field: &'static str) -> Result<(), CallError> {
    let characters = text.chars().count();
    require((1..=40).contains(&characters), field, "is not 1 to 40 characters")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Row {
        #[serde(default, deserialize_with = "paise_or_none")]
        fee: Option<i64>,
        #[serde(default, deserialize_with = "paise_or_zero")]
        refunded: i64,
    }

    fn row(body: &str) -> Row {
        serde_json::from_str(body).unwrap()
    }

    #[test]
    fn an_amount_is_a_whole_number_from_zero_or_nothing() {
        assert_eq!((row(r#"{"fee":0}"#).fee, row(r#"{"refunded":7}"#).refunded), (Some(0), 7));
        assert_eq!((row(r#"{"fee":null}"#).fee, row(r#"{"refunded":null}"#).refunded), (None, 0));
        for value in ["-1", "1.0", "\"1\"", "1e3"] {
            for name in ["fee", "refunded"] {
                let body = format!(r#"{{"{name}":{value}}}"#);
                assert!(serde_json::from_str::<Row>(&body).is_err(), "{body}");
            }
        }
    }

    #[test]
    fn an_id_cannot_reach_out_of_its_path() {
        assert!(require_id("pay_IH4NVgf4Dreq1l", "payment_id").is_ok());
        for id in ["", "..", "pay_1/refund", "pay_1?x", "pay 1", "pay_é", &"x".repeat(65)] {
            assert!(require_id(id, "payment_id").is_err(), "{id}");
        }
    }
}

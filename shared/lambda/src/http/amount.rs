//! Amounts, as they stand in a request.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// The largest amount that the API's description allows: the domain's.
pub const DESCRIBED_MAX: i64 = 10_000_000_000;

/// An amount in minor units (paise), at least 1. Only a JSON integer is one: not `1.0`, `1e2`
/// or `"100"`, because what a sender meant by those has to be guessed.
///
/// How much is too much is for the domain to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount(i64);

impl Amount {
    pub fn minor_units(self) -> i64 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(AmountVisitor)
    }
}

struct AmountVisitor;

impl Visitor<'_> for AmountVisitor {
    type Value = Amount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an integer number of minor units (paise), from 1 to {}", i64::MAX)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Amount, E> {
        if value < 1 {
            return Err(E::invalid_value(Unexpected::Signed(value), &self));
        }
        Ok(Amount(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Amount, E> {
        let in_range = i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))?;
        self.visit_i64(in_range)
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "format": "int64",
            "minimum": 1,
            "maximum": DESCRIBED_MAX,
            "description": "Minor units (paise): INR 1.50 is 150.",
        })
    }
}

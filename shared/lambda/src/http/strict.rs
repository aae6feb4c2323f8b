//! JSON into types, taken literally.
//!
//! serde's own conversions have three more ways to write a thing than our API describes: an array
//! in place of an object (`[100, "upi"]` for a struct, by position), an object in place of a word
//! (`{"upi": null}` for an enum), and a number in place of a tag (`{"type": 0}` for the first
//! variant). All are refused here.
//!
//! What is inside a `#[serde(tag = …)]` passes through a copy of serde's own, which asks for
//! anything and takes the first two ways again. So whoever asks for anything is given no array, and
//! a variant of a tagged type cannot hold a list; none does.

use serde::de::value::{Error as ValueError, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

/// Converts a whole document. The error has the place, and serde's words for what is wrong.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, serde_path_to_error::Error<ValueError>> {
    serde_path_to_error::deserialize(Strict(value))
}

struct Strict(Value);

impl Strict {
    fn unexpected(&self, expected: &dyn Expected) -> ValueError {
        let found = match &self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => Unexpected::Signed(value),
                (None, Some(value)) => Unexpected::Unsigned(value),
                (None, None) => Unexpected::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(value) => Unexpected::Str(value),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        ValueError::invalid_type(found, expected)
    }
}

impl<'de> IntoDeserializer<'de, ValueError> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Strict {
    type Error = ValueError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), _, _) => visitor.visit_u64(value),
                (None, Some(value), _) => visitor.visit_i64(value),
                (None, None, Some(value)) => visitor.visit_f64(value),
                (None, None, None) => Err(ValueError::custom("is out of range")),
            },
            Value::String(value) => visitor.visit_string(value),
            Value::Array(_) => Err(self.unexpected(&visitor)),
            Value::Object(members) => {
                let mut map = MapDeserializer::new(members.into_iter().map(|(name, value)| (name, Strict(value))));
                let value = visitor.visit_map(&mut map)?;
                map.end().map(|()| value)
            }
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        let Value::Array(values) = self.0 else { return Err(self.unexpected(&visitor)) };
        let mut seq = SeqDeserializer::new(values.into_iter().map(Strict));
        let value = visitor.visit_seq(&mut seq)?;
        seq.end().map(|()| value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, _: usize, visitor: V) -> Result<V::Value, ValueError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::Object(_) => self.deserialize_any(visitor),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::String(word) => visitor.visit_enum(word.into_deserializer()),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    /// The value of a `#[serde(tag = …)]`: a name, not a variant's number.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            Value::String(word) => visitor.visit_string(word),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct map
    }
}

//! Query strings into types, strictly: a parameter that is unknown, or there twice, is refused.

use std::fmt;

use serde::de::value::{Error as ValueError, MapDeserializer};
use serde::de::{DeserializeOwned, Deserializer, EnumAccess, Error as _, IntoDeserializer, Unexpected, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::explain::explain;
use super::problem::Problem;

/// Parses `a=1&b=x%20y`. The fields of `T` are its parameters, optional ones `Option` or
/// `#[serde(default)]`; it has `#[serde(deny_unknown_fields)]`.
pub(super) fn parse<T: DeserializeOwned>(raw: &str) -> Result<T, Problem> {
    let pairs = pairs(raw)?;
    let map = MapDeserializer::<_, ValueError>::new(pairs.iter().map(|(name, value)| (name.as_str(), Text(value))));
    serde_path_to_error::deserialize(map).map_err(|error| {
        let field = explain(error.path(), &error.inner().to_string());
        Problem::invalid_request("One or more query parameters are not valid; see `errors`.").with_error(field.pointer, field.detail)
    })
}

fn pairs(raw: &str) -> Result<Vec<(String, String)>, Problem> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for part in raw.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let (Some(name), Some(value)) = (decode(name), decode(value)) else {
            return Err(Problem::invalid_request("The query string is not percent-encoded UTF-8."));
        };
        if pairs.iter().any(|(known, _)| *known == name) {
            return Err(Problem::invalid_request("A query parameter is there twice."));
        }
        pairs.push((name, value));
    }
    Ok(pairs)
}

/// Undoes `application/x-www-form-urlencoded`; `None` if that is not what it is.
fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => hex_digit(bytes.next()?)? << 4 | hex_digit(bytes.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// One value. It is text until a type asks it to be something else.
#[derive(Clone, Copy)]
struct Text<'a>(&'a str);

impl<'a> IntoDeserializer<'a, ValueError> for Text<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Text<'_> {
    fn invalid(self, expected: &dyn serde::de::Expected) -> ValueError {
        ValueError::invalid_value(Unexpected::Str(self.0), expected)
    }

    /// Digits with an optional minus: what `parse` takes, less its leading plus.
    fn is_integer(self) -> bool {
        let digits = self.0.strip_prefix('-').unwrap_or(self.0);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// A visitor's own words for what it expects, where the number does not even fit 64 bits.
struct Expecting<'v, V>(&'v V);

impl<'de, V: Visitor<'de>> serde::de::Expected for Expecting<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

macro_rules! integers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
            if !self.is_integer() {
                return Err(self.invalid(&Expecting(&visitor)));
            }
            if let Ok(value) = self.0.parse::<u64>() {
                return visitor.visit_u64(value);
            }
            match self.0.parse::<i64>() {
                Ok(value) => visitor.visit_i64(value),
                Err(_) => Err(self.invalid(&Expecting(&visitor))),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'de> {
    type Error = ValueError;

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self.0 {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(self.invalid(&Expecting(&visitor))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, ValueError> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct
        map struct identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Text<'de> {
    type Error = ValueError;
    type Variant = UnitOnly;

    fn variant_seed<V: serde::de::DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, UnitOnly), ValueError> {
        seed.deserialize(self).map(|value| (value, UnitOnly))
    }
}

/// A word in a query names a variant; there is nowhere to put what a variant would hold.
struct UnitOnly;

impl<'de> VariantAccess<'de> for UnitOnly {
    type Error = ValueError;

    fn unit_variant(self) -> Result<(), ValueError> {
        Ok(())
    }

    fn newtype_variant_seed<T: serde::de::DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, ValueError> {
        Err(ValueError::custom("must be one plain word"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, ValueError> {
        Err(ValueError::custom("must be one plain word"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, ValueError> {
        Err(ValueError::custom("must be one plain word"))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::parse;
    use crate::http::page::Limit;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Query {
        #[serde(default)]
        limit: Limit,
        cursor: Option<String>,
        state: Option<State>,
        min: Option<i64>,
        #[serde(default)]
        deep: bool,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum State {
        Held,
        Paid,
    }

    #[track_caller]
    fn refused(raw: &str, pointer: &str, detail: &str) {
        let problem = parse::<Query>(raw).unwrap_err();
        assert_eq!(problem.code().name, "invalid_request");
        let error = &problem.errors()[0];
        assert_eq!((error.pointer.as_str(), error.detail.as_str()), (pointer, detail), "{raw}");
    }

    #[test]
    fn parameters_become_fields() {
        let query: Query = parse("limit=50&cursor=a%2Bb+c%3D&state=paid&min=-5&deep=true").unwrap();
        assert_eq!(query.limit.get(), 50);
        assert_eq!(query.cursor.as_deref(), Some("a+b c="));
        assert_eq!((query.state, query.min, query.deep), (Some(State::Paid), Some(-5), true));
        assert_eq!(parse::<Query>("").unwrap().limit.get(), 20);
    }

    #[test]
    fn a_limit_has_bounds() {
        for limit in ["0", "101", "-1", "+5", "1.0", "ten", "", "99999999999999999999"] {
            refused(&format!("limit={limit}"), "/limit", "must be an integer from 1 to 100");
        }
    }

    #[test]
    fn what_is_unknown_or_there_twice_is_refused() {
        refused("role=admin", "/role", "is not a field that is known here");
        refused("state=gone", "/state", "must be `held`, `paid`");
        refused("deep=1", "/deep", "must be true or false");
        assert_eq!(parse::<Query>("limit=1&limit=2").unwrap_err().status(), 400);
        assert_eq!(parse::<Query>("limit=1&%6cimit=2").unwrap_err().status(), 400);
    }

    #[test]
    fn odd_encodings_are_refused_or_harmless() {
        for raw in ["cursor=%", "cursor=%4", "cursor=%zz", "cursor=%ff", "cursor=%+1"] {
            assert_eq!(parse::<Query>(raw).unwrap_err().status(), 400, "{raw}");
        }
        assert_eq!(parse::<Query>("&&cursor&").unwrap().cursor.as_deref(), Some(""));
    }
}

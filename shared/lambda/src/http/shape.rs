//! What JSON must be before its types matter: well formed, no key twice, not too deep.
//!
//! serde takes the last of two equal keys in a map and refuses them in a struct; what stands
//! before us in a chain (a gateway, a provider's proxy) may take the first. So a key that is
//! there twice is refused wherever it is.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// How deep objects and arrays may lie in one another.
pub const DEPTH_MAX: usize = 32;

/// Why JSON is refused whatever it says.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// With serde_json's words for it, which name a place and quote nothing.
    #[error("not valid JSON: {0}")]
    Syntax(String),
    #[error("a key is there twice")]
    DuplicateKey { pointer: String },
    #[error("nested deeper than {DEPTH_MAX}")]
    TooDeep { pointer: String },
}

/// Parses a whole document of such a shape.
pub fn parse(json: &str) -> Result<Value, ShapeError> {
    let mut walk = Walk { pointer: String::new(), depth: 0, fault: None };
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let end = Node(&mut walk).deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    match (walk.fault, end) {
        (Some(fault), _) => Err(fault),
        (None, Err(error)) => Err(ShapeError::Syntax(error.to_string())),
        (None, Ok(value)) => Ok(value),
    }
}

struct Walk {
    pointer: String,
    depth: usize,
    /// A visitor can only fail in the parser's own error; what we found is kept here.
    fault: Option<ShapeError>,
}

impl Walk {
    /// Goes one step down, does `inside`, and comes back.
    fn at<T>(&mut self, step: &str, inside: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.pointer.len();
        push_pointer(&mut self.pointer, step);
        let result = inside(self);
        self.pointer.truncate(before);
        result
    }

    fn deeper<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            self.fault = Some(ShapeError::TooDeep { pointer: self.pointer.clone() });
            return Err(E::custom("too deep"));
        }
        Ok(())
    }
}

/// Appends one reference token (RFC 6901, section 3).
pub(super) fn push_pointer(pointer: &mut String, step: &str) {
    pointer.push('/');
    for c in step.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

struct Node<'a>(&'a mut Walk);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let walk = self.0;
        walk.deeper()?;
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            let value = walk.at(&key, |walk| {
                if object.contains_key(&key) {
                    walk.fault = Some(ShapeError::DuplicateKey { pointer: walk.pointer.clone() });
                    return Err(A::Error::custom("duplicate key"));
                }
                map.next_value_seed(Node(walk))
            })?;
            object.insert(key, value);
        }
        walk.depth -= 1;
        Ok(Value::Object(object))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let walk = self.0;
        walk.deeper()?;
        let mut array = Vec::new();
        while let Some(value) = walk.at(&array.len().to_string(), |walk| seq.next_element_seed(Node(walk)))? {
            array.push(value);
        }
        walk.depth -= 1;
        Ok(Value::Array(array))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{DEPTH_MAX, ShapeError, parse};

    fn check(json: &str) -> Result<(), ShapeError> {
        parse(json).map(drop)
    }

    #[test]
    fn plain_json_is_what_serde_json_makes_of_it() {
        let json = r#"{"a":[1,-2,3.5,1e3,null,true,"\u0905\n"],"b":{"a":{}},"big":9223372036854775808}"#;
        assert_eq!(parse(json).unwrap(), serde_json::from_str::<Value>(json).unwrap());
        assert_eq!(check("1"), Ok(()));
    }

    #[test]
    fn a_key_twice_is_found_at_any_depth() {
        let at = |pointer: &str| Err(ShapeError::DuplicateKey { pointer: pointer.to_owned() });
        assert_eq!(check(r#"{"amount":1,"amount":2}"#), at("/amount"));
        assert_eq!(check(r#"{"lines":[{},{"a/b":1,"a\u002fb":1}]}"#), at("/lines/1/a~1b"));
        assert_eq!(check(r#"{"a":{"b":1},"c":{"b":1}}"#), Ok(()));
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(check(&nested(DEPTH_MAX)), Ok(()));
        assert!(matches!(check(&nested(DEPTH_MAX + 1)), Err(ShapeError::TooDeep { .. })));
        assert!(matches!(check(&"[".repeat(200_000)), Err(ShapeError::TooDeep { .. })));
    }

    #[test]
    fn what_is_not_json_is_said_without_quoting_it() {
        let Err(ShapeError::Syntax(said)) = check(r#"{"phone":"+919876543210""#) else { panic!() };
        assert!(said.contains("line 1") && !said.contains("98765"), "{said}");
        assert!(matches!(check("{} {}"), Err(ShapeError::Syntax(_))));
        assert!(matches!(check("1e400"), Err(ShapeError::Syntax(_))));
        assert!(matches!(check(""), Err(ShapeError::Syntax(_))));
        assert!(matches!(check("NaN"), Err(ShapeError::Syntax(_))));
    }
}

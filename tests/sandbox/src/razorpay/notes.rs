//! `notes`, which are a list when they are empty and an object when they are not.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::error::ApiError;

const PAIRS_MAX: usize = 15;
const CHARACTERS_MAX: usize = 256;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes(Map<String, Value>);

impl Notes {
    pub fn read(field: &str, value: Option<&Value>) -> Result<Self, ApiError> {
        let pairs = match value {
            None | Some(Value::Null) => return Ok(Self::default()),
            Some(Value::Array(items)) if items.is_empty() => return Ok(Self::default()),
            Some(Value::Object(pairs)) => pairs,
            Some(_) => return Err(ApiError::invalid_field(field, "The notes must be an array.")),
        };
        if pairs.len() > PAIRS_MAX {
            return Err(ApiError::invalid_field(field, "Number of fields in notes should be less than or equal to 15"));
        }
        for (key, value) in pairs {
            let length = match value {
                Value::String(text) => text.chars().count(),
                Value::Number(_) | Value::Bool(_) | Value::Null => 0,
                Value::Array(_) | Value::Object(_) => {
                    return Err(ApiError::invalid_field(field, "notes values should be scalar"));
                }
            };
            if length > CHARACTERS_MAX || key.chars().count() > CHARACTERS_MAX {
                return Err(ApiError::invalid_field(field, "notes: keys and values may not be greater than 256 characters"));
            }
        }
        Ok(Self(pairs.clone()))
    }

    /// Razorpay adds keys of its own to the notes of a payout.
    pub fn add(&mut self, key: &str, value: &str) {
        self.0.insert(key.to_owned(), Value::from(value));
    }
}

impl Serialize for Notes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_empty() {
            let nothing: [(); 0] = [];
            nothing.serialize(serializer)
        } else {
            self.0.serialize(serializer)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn empty_notes_are_a_list() {
        assert_eq!(serde_json::to_value(Notes::default()).unwrap(), json!([]));
        let some = Notes::read("notes", Some(&json!({ "user": "usr_1" }))).unwrap();
        assert_eq!(serde_json::to_value(some).unwrap(), json!({ "user": "usr_1" }));
    }

    #[test]
    fn too_many_too_long_and_nested_are_refused() {
        let many: Map<_, _> = (0..16).map(|n| (n.to_string(), json!("x"))).collect();
        assert!(Notes::read("notes", Some(&Value::Object(many))).is_err());
        assert!(Notes::read("notes", Some(&json!({ "a": "x".repeat(257) }))).is_err());
        assert!(Notes::read("notes", Some(&json!({ "a": { "b": 1 } }))).is_err());
        assert!(Notes::read("notes", Some(&json!("text"))).is_err());
        assert!(Notes::read("notes", Some(&json!({ "a": "₹".repeat(256) }))).is_ok());
    }
}

//! Notes: the few words of ours that travel with a thing at the provider.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::call::{CallError, require};

/// At most fifteen pairs of at most 256 characters each.
///
/// Source: `razorpay.md`, section 1. Empty notes arrive as `[]` and full ones as `{}`, and the
/// provider adds keys of its own (`payee_ifsc`, `VPA_HANDLE`), so the values do not print.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Notes(BTreeMap<String, String>);

const PAIRS_MAX: usize = 15;
const TEXT_CHARS_MAX: usize = 256;

impl Notes {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same notes with one more pair.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.insert(key.into(), value.into());
        self
    }

    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn require_within_limits(&self) -> Result<(), CallError> {
        let short = |text: &String| text.chars().count() <= TEXT_CHARS_MAX;
        require(self.0.len() <= PAIRS_MAX, "notes", "are more than 15 pairs")?;
        require(self.0.iter().all(|(key, value)| short(key) && short(value)), "notes", "are longer than 256 characters")
    }
}

impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Notes({} pairs)", self.0.len())
    }
}

impl<'de> Deserialize<'de> for Notes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ArrayOrObject;

        impl<'de> Visitor<'de> for ArrayOrObject {
            type Value = Notes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("notes")
            }

            fn visit_unit<E>(self) -> Result<Notes, E> {
                Ok(Notes::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Notes, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Notes::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Notes, A::Error> {
                let mut notes = BTreeMap::new();
                // A note that is not a text is not one of ours; a number is read as written.
                while let Some((key, value)) = pairs.next_entry::<String, Value>()? {
                    match value {
                        Value::String(text) => notes.insert(key, text),
                        Value::Number(number) => notes.insert(key, number.to_string()),
                        _ => None,
                    };
                }
                Ok(Notes(notes))
            }
        }

        deserializer.deserialize_any(ArrayOrObject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(body: &str) -> Notes {
        serde_json::from_str(body).unwrap()
    }

    #[test]
    fn empty_notes_arrive_as_an_array_or_as_nothing() {
        for body in ["[]", "{}", "null", r#"["odd",1]"#] {
            assert!(notes(body).is_empty(), "{body}");
        }
    }

    #[test]
    fn notes_are_read_and_written_as_an_object() {
        let read = notes(r#"{"account":"acct_1","tries":2,"odd":{"a":[]},"none":null}"#);
        assert_eq!(read.get("account"), Some("acct_1"));
        assert_eq!(read.get("tries"), Some("2"));
        assert_eq!((read.get("odd"), read.get("none")), (None, None));
        let written = serde_json::to_string(&Notes::new().with("a", "b")).unwrap();
        assert_eq!(written, r#"{"a":"b"}"#);
        assert_eq!(serde_json::to_string(&Notes::new()).unwrap(), "{}");
    }

    #[test]
    fn notes_beyond_the_limits_are_refused_before_they_are_sent() {
        let many = (0..16).fold(Notes::new(), |notes, n| notes.with(n.to_string(), ""));
        assert!(many.require_within_limits().is_err());
        assert!(Notes::new().with("k", "é".repeat(257)).require_within_limits().is_err());
        assert!(Notes::new().with("k", "é".repeat(256)).require_within_limits().is_ok());
    }
}

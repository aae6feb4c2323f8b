//! Where a platform keeps what the canonical response names.

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// A connector's configuration: the canonical name of a field, and the platform's. Points lead into
/// objects: `total_earnings` may be `income.total`, `tips` may be `income.tips`.
///
/// The names are those of section 2; `data` and `next_cursor` are looked for in the response, the others in a
/// record, and the breakdown's kinds in the breakdown unless they are named here. What is not named
/// is called as the canonical response calls it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct FieldMap(BTreeMap<String, String>);

impl FieldMap {
    /// What the platform calls it, where that is configured.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl<const N: usize> From<[(&str, &str); N]> for FieldMap {
    fn from(names: [(&str, &str); N]) -> Self {
        Self(names.into_iter().map(|(name, theirs)| (name.to_owned(), theirs.to_owned())).collect())
    }
}

/// An object whose values are still text. A name that comes twice is refused: which one holds, no two
/// readers agree on.
pub(crate) struct Object<'a>(pub(crate) BTreeMap<String, &'a RawValue>);

impl<'a> Object<'a> {
    /// `None` where it is absent or null.
    pub(crate) fn at(&self, path: &str) -> Result<Option<&'a RawValue>, ()> {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let value = self.0.get(first).copied().filter(|value| value.get() != "null");
        match (value, rest) {
            (Some(value), Some(rest)) => object(value)?.at(rest),
            (value, _) => Ok(value),
        }
    }
}

pub(crate) fn object(value: &RawValue) -> Result<Object<'_>, ()> {
    serde_json::from_str(value.get()).map_err(drop)
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut fields = BTreeMap::new();
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    if fields.insert(name, value).is_some() {
                        return Err(A::Error::custom("a name comes twice"));
                    }
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

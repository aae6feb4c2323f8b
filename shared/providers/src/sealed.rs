//! A credential within what its keeper encrypts: the only way in which a [`Secret`] is written.
//!
//! For `#[serde(with = "…")]` on a field of a type that says of itself that it is to be sealed.

use serde::{Deserialize as _, Deserializer, Serializer, de};

use crate::secret::Secret;

pub(crate) fn serialize<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

/// # Errors
///
/// For an empty text, or none; never with what was found.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    let text = String::deserialize(deserializer).map_err(|_| de::Error::custom("a credential is a text"))?;
    Secret::new(text).map_err(de::Error::custom)
}

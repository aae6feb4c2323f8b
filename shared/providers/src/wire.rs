//! Reading providers' JSON with patience, whoever the provider is.

use serde::{Deserialize, Deserializer};

/// Reads a text of which `null`, `""`, `"NA"` and `"null"` mean that there is none.
///
/// Use with `default`, since the field may be missing as well.
pub(crate) fn absent<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.filter(|text| !matches!(text.as_str(), "" | "NA" | "null")).map(T::from))
}

/// Reads a value whose `null` means its default. Use with `default`.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// An enum for words that the provider adds to over time: those we know, and `Other`.
macro_rules! wire_enum {
    (
        $(#[$about:meta])*
        $name:ident { $($(#[$about_variant:meta])* $variant:ident = $text:literal,)+ }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $($(#[$about_variant])* $variant,)+
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)+
                    _ => Self::Other(text),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
pub(crate) use wire_enum;

#[cfg(test)]
mod tests {
    use super::*;

    wire_enum! {
        Light { Red = "red", Green = "green", }
    }

    #[derive(Debug, Deserialize)]
    struct Row {
        #[serde(default, deserialize_with = "absent")]
        utr: Option<String>,
        #[serde(default, deserialize_with = "absent")]
        light: Option<Light>,
        #[serde(default, deserialize_with = "null_as_default")]
        attempts: u32,
    }

    fn row(body: &str) -> Row {
        serde_json::from_str(body).unwrap()
    }

    #[test]
    fn every_spelling_of_nothing_is_none() {
        for body in ["{}", r#"{"utr":null}"#, r#"{"utr":""}"#, r#"{"utr":"NA"}"#, r#"{"utr":"null"}"#] {
            assert_eq!(row(body).utr, None, "{body}");
        }
        assert_eq!(row(r#"{"utr":"523223155921"}"#).utr.as_deref(), Some("523223155921"));
    }

    #[test]
    fn null_is_the_default_where_there_is_one() {
        for body in ["{}", r#"{"attempts":null}"#, r#"{"attempts":0}"#] {
            assert_eq!(row(body).attempts, 0, "{body}");
        }
    }

    #[test]
    fn a_new_word_is_kept_and_written_as_it_was() {
        assert_eq!(row(r#"{"light":"red"}"#).light, Some(Light::Red));
        assert_eq!(row(r#"{"light":"NA"}"#).light, None);
        let amber = row(r#"{"light":"amber"}"#).light.unwrap();
        assert_eq!(amber, Light::Other("amber".into()));
        assert_eq!(serde_json::to_string(&amber).unwrap(), r#""amber""#);
        assert_eq!(Light::Green.as_str(), "green");
    }
}

//! The types of a template's variables, and what fits them.
//!
//! Source: `email-sms.md`, B1: operators scrub each value against the type that its variable was
//! registered with, since the direction of 18 Nov 2025. The untyped `{#var#}` is not enough any
//! more, so there is none here.

use serde::Deserialize;

/// What a variable may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VariableType {
    /// ASCII digits. Some portals say `number`.
    #[serde(alias = "number")]
    Numeric,
    /// ASCII letters, digits and single spaces between them.
    Alphanumeric,
    /// An `https` address. The operator knows which ones are ours.
    Url,
    /// An `https` address that opens an app.
    Urlott,
    /// A telephone number to call back: digits, with or without `+`.
    Cbn,
    Email,
}

impl VariableType {
    /// The type of a tag, given what stands between `{#` and `#}`.
    pub(super) fn of_tag(tag: &str) -> Option<Self> {
        match tag {
            "numeric" | "number" => Some(Self::Numeric),
            "alphanumeric" => Some(Self::Alphanumeric),
            "url" => Some(Self::Url),
            "urlott" => Some(Self::Urlott),
            "cbn" => Some(Self::Cbn),
            "email" => Some(Self::Email),
            _ => None,
        }
    }

    /// Whether an operator would let the value through.
    pub(super) fn admits(self, value: &str) -> bool {
        let graphic = value.bytes().all(|byte| byte.is_ascii_graphic());
        match self {
            Self::Numeric => digits(value),
            Self::Alphanumeric => value.split(' ').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric())),
            Self::Url | Self::Urlott => graphic && value.strip_prefix("https://").is_some_and(|rest| rest.contains('.')),
            Self::Cbn => digits(value.strip_prefix('+').unwrap_or(value)),
            Self::Email => {
                graphic && value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
            }
        }
    }
}

fn digits(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_admits_its_own_kind_of_value() {
        for (kind, good, bad) in [
            (VariableType::Numeric, "482913", vec!["", "48 29", "४८२९", "4.5", "-1", "12a"]),
            (VariableType::Alphanumeric, "Ravi K 2", vec!["", " a", "a  b", "a\nb", "रवि", "a{#"]),
            (VariableType::Url, "https://kamai.example/x", vec!["", "http://a.b", "https://a b.c"]),
            (VariableType::Urlott, "https://kamai.example", vec!["kamai.example"]),
            (VariableType::Cbn, "+911800123456", vec!["", "+", "1800-123"]),
            (VariableType::Email, "help@kamai.example", vec!["", "@a.b", "a@b", "a@b@c.d", "a b@c.d"]),
        ] {
            assert!(kind.admits(good), "{kind:?} {good}");
            for value in bad {
                assert!(!kind.admits(value), "{kind:?} {value}");
            }
        }
    }
}

//! What a biller wants to know its customer by, and whether a value can be that.

use regex_lite::RegexBuilder;
use serde::{Deserialize, Deserializer};

use super::text::verbatim;
use crate::wire::null_as_default;

/// A value longer than this is no number of a customer.
const VALUE_CHARS_MAX: usize = 100;
/// A pattern comes from the network's register, which is to say from a stranger.
const PATTERN_CHARS_MAX: usize = 500;
/// Bytes of a compiled pattern. The matcher takes time by pattern and value, never exponentially.
const PATTERN_BYTES_MAX: usize = 64 * 1024;

/// One detail of a customer, such as "Consumer Number".
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CustomerParam {
    /// As the biller spells it: it goes back so. A stranger's text.
    #[serde(rename = "paramName", deserialize_with = "name")]
    pub name: String,
    #[serde(rename = "dataType", default, deserialize_with = "null_as_default")]
    pub kind: ParamKind,
    #[serde(rename = "minLength", default)]
    pub min_length: Option<u32>,
    #[serde(rename = "maxLength", default)]
    pub max_length: Option<u32>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub optional: bool,
    /// A regular expression. One that this matcher cannot read (look-around, for one) is left to the biller.
    #[serde(rename = "regex", default, deserialize_with = "pattern")]
    pub pattern: Option<String>,
    /// Where there are any, one of these.
    #[serde(rename = "values", default, deserialize_with = "choices")]
    pub choices: Vec<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum ParamKind {
    #[serde(rename = "NUMERIC")]
    Numeric,
    #[default]
    #[serde(rename = "ALPHANUMERIC", other)]
    Alphanumeric,
}

/// Why a value is not the detail that the biller asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParamRefused {
    #[error("it is missing")]
    Missing,
    #[error("the biller does not ask for it")]
    NotAsked,
    #[error("it was given twice")]
    Twice,
    #[error("it has fewer than {min} characters")]
    TooShort { min: u32 },
    #[error("it has more than {max} characters")]
    TooLong { max: u32 },
    #[error("it has other characters than digits")]
    NotDigits,
    #[error("it has characters that cannot be printed")]
    Unprintable,
    #[error("it is none of those to choose from")]
    NotAChoice,
    #[error("it is not of the biller's pattern")]
    NotOfPattern,
}

impl CustomerParam {
    /// Whether the value can be this detail. Only the biller knows whether it is somebody's.
    ///
    /// # Errors
    ///
    /// The first [`ParamRefused`] in the order of length, kind, choice and pattern.
    pub fn check(&self, value: &str) -> Result<(), ParamRefused> {
        let length = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
        let most = u32::try_from(VALUE_CHARS_MAX).unwrap_or(u32::MAX);
        // Zero stands for "no limit" in the network's records.
        let max = self.max_length.filter(|max| *max > 0).map_or(most, |max| max.min(most));
        if length == 0 {
            return Err(ParamRefused::Missing);
        }
        if let Some(min) = self.min_length.filter(|min| length < *min) {
            return Err(ParamRefused::TooShort { min });
        }
        if length > max {
            return Err(ParamRefused::TooLong { max });
        }
        if verbatim(value.to_owned()).is_none() {
            return Err(ParamRefused::Unprintable);
        }
        if self.kind == ParamKind::Numeric && !value.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ParamRefused::NotDigits);
        }
        if !self.choices.is_empty() && !self.choices.iter().any(|choice| choice == value) {
            return Err(ParamRefused::NotAChoice);
        }
        if self.matches(value) { Ok(()) } else { Err(ParamRefused::NotOfPattern) }
    }

    /// The pattern is applied as it is written. \[U\]: whether the network anchors those that have no
    /// anchors of their own; the biller would refuse what passes here by mistake.
    fn matches(&self, value: &str) -> bool {
        let Some(pattern) = &self.pattern else { return true };
        match RegexBuilder::new(pattern).size_limit(PATTERN_BYTES_MAX).nest_limit(20).build() {
            Ok(pattern) => pattern.is_match(value),
            Err(_) => true,
        }
    }
}

/// Whether these are the details that a biller asks for: each one known and given once, none missing.
///
/// # Errors
///
/// The name of the first that does not fit, and why.
pub(super) fn check_all(asked: &[CustomerParam], given: &[(&str, &str)]) -> Result<(), (String, ParamRefused)> {
    for (at, (name, value)) in given.iter().enumerate() {
        let refuse = |why| Err(((*name).to_owned(), why));
        let Some(param) = asked.iter().find(|param| param.name == *name) else { return refuse(ParamRefused::NotAsked) };
        if given.iter().take(at).any(|(before, _)| before == name) {
            return refuse(ParamRefused::Twice);
        }
        if let Err(why) = param.check(value) {
            return refuse(why);
        }
    }
    let missing = asked.iter().find(|param| !param.optional && !given.iter().any(|(name, _)| *name == param.name));
    missing.map_or(Ok(()), |param| Err((param.name.clone(), ParamRefused::Missing)))
}

fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    verbatim(String::deserialize(deserializer)?).ok_or_else(|| serde::de::Error::custom("a name that cannot be sent back"))
}

fn pattern<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let pattern = Option::<String>::deserialize(deserializer)?;
    Ok(pattern.filter(|pattern| !matches!(pattern.as_str(), "" | "NA" | "null") && pattern.len() <= PATTERN_CHARS_MAX))
}

/// `CHOICE1,CHOICE2`.
fn choices<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    const COUNT_MAX: usize = 200;
    let text = Option::<String>::deserialize(deserializer)?.unwrap_or_default();
    let choices = text.split(',').map(str::trim).filter(|choice| !choice.is_empty());
    Ok(choices.take(COUNT_MAX).filter_map(|choice| verbatim(choice.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use serde_json::json;

    use super::*;

    fn param(more: serde_json::Value) -> CustomerParam {
        let mut body = json!({"paramName": "Consumer No", "dataType": "NUMERIC", "minLength": null, "maxLength": null, "optional": false});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        serde_json::from_value(body).unwrap()
    }

    #[test]
    fn a_value_is_held_against_all_that_the_biller_says() {
        let consumer = param(json!({"minLength": 10, "maxLength": 12, "regex": "^[1-9][0-9]{9,11}$"}));
        assert_eq!(consumer.check("1234567890"), Ok(()));
        for (value, why) in [
            ("", ParamRefused::Missing),
            ("123456789", ParamRefused::TooShort { min: 10 }),
            ("1234567890123", ParamRefused::TooLong { max: 12 }),
            ("12345 67890", ParamRefused::NotDigits),
            ("१२३४५६७८९०", ParamRefused::NotDigits),
            ("12345\u{202e}67890", ParamRefused::Unprintable),
            ("0234567890", ParamRefused::NotOfPattern),
        ] {
            assert_eq!(consumer.check(value), Err(why), "{value}");
        }
        let unit = param(json!({"dataType": "ALPHANUMERIC", "values": "BU 1, BU 2"}));
        assert_eq!((unit.check("BU 2"), unit.check("BU 3")), (Ok(()), Err(ParamRefused::NotAChoice)));
    }

    #[test]
    fn a_hostile_pattern_costs_no_time_and_shuts_nobody_out() {
        let begun = Instant::now();
        for pattern in
            ["(a+)+$", "((a|a)*)*$", "a{1000}{1000}", "((((((((((((((((((((((a))))))))))))))))))))))", "^(?!0+$)[a]+", "[", "\\p{L}+"]
        {
            let param = param(json!({"dataType": "ALPHANUMERIC", "regex": pattern}));
            let _ = param.check(&"a".repeat(99));
        }
        assert!(begun.elapsed() < Duration::from_secs(2));
        let unreadable = param(json!({"regex": "^(?!0+$)[0-9]+$"}));
        assert_eq!(unreadable.check("000"), Ok(()), "left to the biller");
        let endless = param(json!({"regex": "x".repeat(PATTERN_CHARS_MAX + 1)}));
        assert_eq!(endless.pattern, None);
    }

    #[test]
    fn a_biller_gets_what_it_asks_for_and_nothing_else() {
        let asked = [
            param(json!({})),
            param(json!({"paramName": "BU", "maxLength": 4})),
            param(json!({"paramName": "Email", "dataType": "ALPHANUMERIC", "optional": true})),
        ];
        assert_eq!(check_all(&asked, &[("Consumer No", "1"), ("BU", "4321")]), Ok(()));
        let refused = |given: &[(&str, &str)]| check_all(&asked, given).unwrap_err();
        assert_eq!(refused(&[("Consumer No", "1")]), ("BU".to_owned(), ParamRefused::Missing));
        assert_eq!(refused(&[("Aadhaar", "1")]), ("Aadhaar".to_owned(), ParamRefused::NotAsked));
        assert_eq!(refused(&[("BU", "1"), ("BU", "2")]), ("BU".to_owned(), ParamRefused::Twice));
        assert_eq!(refused(&[("BU", "54321")]), ("BU".to_owned(), ParamRefused::TooLong { max: 4 }));
    }

    #[test]
    fn a_name_that_cannot_be_sent_back_makes_the_parameter_unreadable() {
        let body = json!({"paramName": "Consumer\u{202e} No", "dataType": "NUMERIC"});
        assert!(serde_json::from_value::<CustomerParam>(body).is_err());
    }
}

//! Reading JSON of any shape, part by part, and saying where a part is not what it should be.

use serde_json::Value;

use super::super::super::characters::cut;
use crate::personal::Personal;

/// Longer than any id, name or word of Meta's.
const WORD_CHARS_MAX: usize = 512;

/// A part that cannot be read. Names places, never values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at} {why}")]
pub struct Unreadable {
    /// Such as `entry[0].changes[0].value.messages[2].id`.
    pub at: String,
    pub why: &'static str,
}

/// A value within the body, and where it is. A part that is `null` is not there.
#[derive(Clone)]
pub(super) struct Place<'a> {
    value: &'a Value,
    at: String,
}

impl<'a> Place<'a> {
    pub(super) fn top(value: &'a Value) -> Self {
        Self { value, at: String::new() }
    }

    pub(super) fn wrong(&self, why: &'static str) -> Unreadable {
        let at = if self.at.is_empty() { "the body".to_owned() } else { self.at.clone() };
        Unreadable { at, why }
    }

    pub(super) fn is_object(&self) -> bool {
        self.value.is_object()
    }

    pub(super) fn get(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(Self { value, at: self.path_of(name) })
    }

    /// A part that must be there.
    pub(super) fn part(&self, name: &str) -> Result<Self, Unreadable> {
        self.get(name).ok_or_else(|| Unreadable { at: self.path_of(name), why: "is missing" })
    }

    /// A list's entries; of a list that is not there, none.
    pub(super) fn list(&self, name: &str) -> Result<Vec<Self>, Unreadable> {
        let Some(list) = self.get(name) else { return Ok(Vec::new()) };
        let entries = list.value.as_array().ok_or_else(|| list.wrong("is not a list"))?;
        let entry = |(place, value)| Self { value, at: format!("{}[{place}]", list.at) };
        Ok(entries.iter().enumerate().map(entry).collect())
    }

    /// An id or a word, which must be there whole: one that is cut would be another.
    pub(super) fn id(&self, name: &str) -> Result<String, Unreadable> {
        let place = self.part(name)?;
        let text = place.as_text().filter(|text| !text.is_empty()).ok_or_else(|| place.wrong("is no text"))?;
        if text.chars().nth(WORD_CHARS_MAX).is_some() {
            return Err(place.wrong("is too long"));
        }
        Ok(text)
    }

    /// An id or a word, where there is a usable one.
    pub(super) fn word(&self, name: &str) -> Option<String> {
        self.id(name).ok()
    }

    pub(super) fn personal(&self, name: &str) -> Option<Personal> {
        self.word(name).map(Personal::from)
    }

    /// What people write, cut to what is kept of it.
    pub(super) fn text(&self, name: &str, chars_max: usize) -> Option<String> {
        let text = cut(self.value.get(name)?.as_str()?, chars_max);
        Some(text).filter(|text| !text.is_empty())
    }

    pub(super) fn prose(&self, name: &str, chars_max: usize) -> Option<Personal> {
        self.text(name, chars_max).map(Personal::from)
    }

    /// Unix seconds, which Meta writes as text.
    pub(super) fn seconds(&self, name: &str) -> Option<i64> {
        self.word(name)?.parse().ok().filter(|seconds| *seconds >= 0)
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.word(name)?.parse().ok()
    }

    pub(super) fn degrees(&self, name: &str, most: f64) -> Result<f64, Unreadable> {
        let place = self.part(name)?;
        let degrees = place.value.as_f64().or_else(|| place.value.as_str()?.parse().ok());
        degrees.filter(|degrees| degrees.abs() <= most).ok_or_else(|| place.wrong("is no number of degrees"))
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.value.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A text, or a whole number as one: some of Meta's ids are written either way.
    fn as_text(&self) -> Option<String> {
        match self.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) if !number.is_f64() => Some(number.to_string()),
            _ => None,
        }
    }

    fn path_of(&self, name: &str) -> String {
        if self.at.is_empty() { name.to_owned() } else { format!("{}.{name}", self.at) }
    }
}

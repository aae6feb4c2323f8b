//! The form of a callback: what it says by name, and nothing that it does not.

use std::collections::HashMap;

use super::super::characters::cut;
use super::{Channel, WHATSAPP};
use crate::personal::Personal;
use crate::signature::Verified;

/// Longer than any id or word of Twilio's.
const WORD_CHARS_MAX: usize = 256;

/// A callback lacks what it is useless without. The same one again lacks it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the callback has no usable {0}")]
pub struct BadCallback(pub &'static str);

pub(super) struct Form(HashMap<String, String>);

impl Form {
    /// Of a name that is there twice, the first value counts.
    pub(super) fn read(body: Verified<'_>) -> Self {
        let mut values = HashMap::new();
        for (name, value) in form_urlencoded::parse(body.bytes()) {
            values.entry(name.into_owned()).or_insert_with(|| value.into_owned());
        }
        Self(values)
    }

    /// The first of these that says something.
    pub(super) fn word(&self, names: &[&str]) -> Option<String> {
        self.text(names, WORD_CHARS_MAX)
    }

    pub(super) fn text(&self, names: &[&str], chars_max: usize) -> Option<String> {
        let value = names.iter().find_map(|name| self.0.get(*name).filter(|value| !value.is_empty()))?;
        Some(cut(value, chars_max))
    }

    pub(super) fn personal(&self, names: &[&str], chars_max: usize) -> Option<Personal> {
        self.text(names, chars_max).map(Personal::from)
    }

    /// Twilio's id: two letters and 32 hex digits. Other lengths may come, other characters not.
    pub(super) fn sid(&self, names: &'static [&'static str]) -> Result<String, BadCallback> {
        let sid = self.word(names).filter(|sid| (4..=64).contains(&sid.len()) && sid.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        sid.ok_or(BadCallback(names.first().copied().unwrap_or_default()))
    }

    /// An end of a message, and what carries it there.
    pub(super) fn address(&self, name: &'static str) -> Option<(Channel, Personal)> {
        let address = self.word(&[name])?;
        Some(match address.strip_prefix(WHATSAPP) {
            Some(user) => (Channel::Whatsapp, Personal::from(user.to_owned())),
            None => (Channel::Sms, Personal::from(address)),
        })
    }
}

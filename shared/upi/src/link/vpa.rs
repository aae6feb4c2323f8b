//! `name@handle`.

use std::fmt;

/// A UPI id, in lower case, as handles know no other. Does not print.
///
/// Source: `upi.md`, section 1.1: 2 to 256 of `[A-Za-z0-9.\-_]`, an `@`, and a handle of 2 to 64
/// letters and digits, a letter first. A handle has no dot, which tells it from mail. Which handles
/// there are changes; whether a bank takes the rest is the bank's to say.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Vpa(String);

impl Vpa {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, handle) = text.split_once('@')?;
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        let is_handle = handle.bytes().all(|byte| byte.is_ascii_alphanumeric()) && handle.starts_with(|c: char| c.is_ascii_alphabetic());
        let fits = (2..=256).contains(&name.len()) && (2..=64).contains(&handle.len());
        (is_name && is_handle && fits).then(|| Self(text.to_ascii_lowercase()))
    }

    /// The id itself, for whoever shows it to its owner or pays to it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Vpa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vpa(..)")
    }
}

//! `upi://pay?pa=…`: a link, or what a QR code says.
//!
//! Source: `upi.md`, sections 1.1 and 2. What a link signs, and where it would lead (`sign`, `url`,
//! `mode` and others), is left out: we pay by our own rails, and credit nothing on a link's word.

mod ask;
mod read;
#[cfg(test)]
mod tests;
mod vpa;

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

pub use ask::Ask;
pub use vpa::Vpa;

const BEGINNING: &str = "upi://pay";

/// What stays as it is in a value; a space is `%20`, and never a plus.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A payment that somebody asks for. Does not print whom it is for.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    pub payee: Vpa,
    /// What the payee calls itself, at most 99 characters. Nobody has checked it.
    pub name: Option<String>,
    /// More than nothing. None: the payer decides.
    pub amount_paise: Option<i64>,
    /// At most 50 characters.
    pub note: Option<String>,
    /// The payee's own, at most 35 characters of ASCII without spaces.
    pub reference: Option<String>,
    /// Four digits; `0000` is a person.
    pub merchant_code: Option<String>,
}

/// Why a text is no link to pay by. Quotes nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLink {
    #[error("it is not a upi://pay link")]
    NotToPay,
    #[error("it is longer than 2048 bytes")]
    TooLong,
    /// No `name=value`, broken percent-encoding, or characters that do not show or turn text round.
    #[error("it is not written as a link is")]
    Illegible,
    #[error("it says one thing twice")]
    Twice,
    #[error("it names no UPI id to pay to")]
    NoPayee,
    #[error("the UPI id is none")]
    Payee,
    #[error("the amount is not rupees with at most two decimals, or nothing at all")]
    Amount,
    #[error("the currency is not INR")]
    Currency,
    #[error("the name, note, reference or merchant code is too long, or of another form")]
    Detail,
}

impl Link {
    /// Reads a link as it came.
    ///
    /// Scheme and names of parameters in either case. A parameter without a value counts as left out;
    /// one that comes twice is refused, since two readers might believe one each. So is what an
    /// address may have and a link has no use for: a fragment.
    ///
    /// # Errors
    ///
    /// [`BadLink`]: the first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BadLink> {
        read::link(text)
    }

    /// The link of a merchant who asks for a payment.
    ///
    /// # Errors
    ///
    /// [`BadLink::Amount`] and [`BadLink::Detail`], where something cannot stand in a link.
    pub fn asking(ask: Ask<'_>) -> Result<Self, BadLink> {
        ask::link(ask)
    }

    /// The same link for one app, which has a beginning of its own in the place of `upi://pay`.
    #[must_use]
    pub fn beginning_with(&self, beginning: &str) -> String {
        let link = self.to_string();
        format!("{beginning}{}", link.strip_prefix(BEGINNING).unwrap_or(&link))
    }
}

impl fmt::Display for Link {
    /// The link. What [`Link::parse`] left out is not in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{BEGINNING}?pa={}", self.payee.as_str())?;
        let mut add = |name: &str, value: &Option<String>| match value {
            Some(value) => write!(f, "&{name}={}", utf8_percent_encode(value, ENCODED)),
            None => Ok(()),
        };
        add("pn", &self.name)?;
        add("mc", &self.merchant_code)?;
        add("tr", &self.reference)?;
        if let Some(paise) = self.amount_paise {
            write!(f, "&am={}.{:02}", paise / 100, paise % 100)?;
        }
        f.write_str("&cu=INR")?;
        match &self.note {
            Some(note) => write!(f, "&tn={}", utf8_percent_encode(note, ENCODED)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("amount_paise", &self.amount_paise).finish_non_exhaustive()
    }
}

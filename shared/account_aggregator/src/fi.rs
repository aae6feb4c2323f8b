//! The documents within: accounts of kind DEPOSIT, in XML or a JSON rendering of it, of schema 1.x and
//! 2.0.0 (`account-aggregator.md`, section 7), read into what all connectors tell.
//!
//! Fields are looked up by their names in both versions, whatever their order or case. A line that
//! cannot be read is counted and left out, and never guessed: the rest of the account is whole.

mod deposit;
mod element;
mod json;
mod narration;
mod xml;

use bank_feed::{Account, Entry};
use jiff::civil::Date;

pub use deposit::{BadLine, UnreadLine};

/// Three years of a busy account are some five million bytes.
const DOCUMENT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Elements of one document.
const ELEMENTS_MAX: u32 = 200_000;
/// An account is at most five deep.
const DEPTH_MAX: u32 = 8;

/// Whose document it is, which the envelope around it says.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// `linkRefNumber`, by which the account is known in the consent.
    pub link_ref: &'a str,
    /// The bank, as its customers call it.
    pub bank: &'a str,
}

/// One account as far as its bank told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub account: Account,
    /// In the order of the document, repetitions left out.
    pub entries: Vec<Entry>,
    pub unread: Vec<UnreadLine>,
    /// The first and the last day that the bank says it told of.
    pub covers: Option<(Date, Date)>,
    /// Of the schema, as the document says.
    pub version: Option<String>,
}

/// Why a document cannot be read. Holds nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDocument {
    #[error("the document is longer than {DOCUMENT_BYTES_MAX} bytes")]
    TooLong,
    #[error("the document is nested deeper than {DEPTH_MAX} elements")]
    TooDeep,
    #[error("the document has more than {ELEMENTS_MAX} elements")]
    TooMany,
    #[error("the document has a DTD")]
    Dtd,
    #[error("the document is neither XML nor JSON")]
    Form,
    #[error("the document has no account")]
    NoAccount,
    #[error("the account is not of kind deposit")]
    NotDeposit,
    #[error("the document is of another account")]
    OtherAccount,
    #[error("the account's currency is no code of three letters")]
    Currency,
}

/// Reads a decrypted document.
///
/// # Errors
///
/// [`BadDocument`], where nothing of the account can be told.
pub fn read(text: &str, source: &Source<'_>) -> Result<Statement, BadDocument> {
    if text.len() > DOCUMENT_BYTES_MAX {
        return Err(BadDocument::TooLong);
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    let root = match text.bytes().next() {
        Some(b'<') => xml::parse(text)?,
        Some(b'{') => json::parse(text)?,
        _ => return Err(BadDocument::Form),
    };
    deposit::read(&root, source)
}

#[cfg(test)]
mod tests;

//! What banks, cards, wallets and UPI apps of India tell by SMS, read on the phone or here.
//!
//! ```
//! use sms_parser::{Message, Reading, read};
//!
//! let text = "Rs.250.00 debited from A/c XX1234 on 19-11-26 to CHAI ADDA. UPI Ref 632412345678. Avl Bal Rs.1,042.50";
//! let Reading::Transaction(told) = read(&Message { sender: Some("VM-HDFCBK-S"), text, received_at: None }) else {
//!     unreachable!();
//! };
//! assert_eq!((told.amount_minor, told.balance_minor), (25_000, Some(104_250)));
//! assert_eq!(told.merchant.as_deref(), Some("CHAI ADDA"));
//! ```
//!
//! By form and not by one bank's template: a text is brought to one way of writing, cut into tokens,
//! amounts are found and told apart (moved, balance, limit, due), the verbs beside them say whether money
//! came or went, and whether it did at all; then account, party, reference, rail and time are read around
//! them. Codes, offers, bills, requests, mandates, refusals and what only will happen are no transactions.
//!
//! Pure: no clock, file, network or thread, and no text makes it fail. Texts are from strangers: a
//! message is evidence of a movement, never proof of one.

mod account;
mod channel;
mod footer;
mod gate;
mod issuer;
mod lexicon;
mod money;
mod movement;
mod name;
mod part;
mod party;
mod rail;
mod reader;
mod reading;
mod reference;
mod sender;
mod tense;
mod text;
mod token;
mod when;

pub use issuer::{Issuer, IssuerKind};
pub use reader::{Message, read};
pub use reading::{Channel, Reading, Reason, Transaction};
pub use sender::{Form, Sender, Traffic};
pub use text::TEXT_BYTES_MAX;

#[cfg(test)]
mod tests;

//! Account Aggregators, over HTTP: [`Client`] for one that speaks ReBIT, and [`setu`] for the gateway
//! that decrypts by itself.
//!
//! Source: `account-aggregator.md`. Messages, signatures and encryption are those of the crate
//! `account_aggregator`; this sends and receives them. An answer that is not signed by its aggregator,
//! or answers something else, is discarded, whatever its status says.
//!
//! Aggregators differ by configuration: base URL, version, encoding of signatures, keys, and where a
//! customer is sent. Redirects of most are not documented in public, so an address is a template.

mod client;
mod door;
mod errors;
mod redirect;
pub mod setu;

pub use client::{BankAccounts, Client, DataAsk, FetchedConsent, Settings, Stamp};
pub use door::{API_KEY_HEADER, Answer, Delivery, Door, Word, parse_word};
pub use errors::AggregatorError;
pub use redirect::Redirect;

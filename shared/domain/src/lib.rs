//! Kamai's rules and types: values in, a decision out.
//!
//! Nothing here reads a clock, draws a random number, talks to a network or knows AWS. A use case
//! is a [`Command`](engine::Command): it names the records it reads, and decides on them what is to
//! be written and announced. `store::execute` reads, asks for the decision and commits it.

pub mod account;
pub mod address;
pub mod audit;
pub mod bank;
pub mod batch;
pub mod book;
pub mod bulletin;
pub mod campaign;
pub mod channel;
pub mod chat;
mod codes;
pub mod consent;
pub mod defect;
pub mod engine;
pub mod erasure;
pub mod fact;
pub mod finding;
pub mod id;
pub mod identity;
pub mod kind;
pub mod limits;
pub mod money;
pub mod notice;
pub mod organisation;
pub mod outlook;
pub mod payee;
pub mod payment;
pub mod payout;
pub mod pin;
pub mod planner;
pub mod posting;
pub mod presence;
pub mod reading;
pub mod reconciliation;
pub mod refund;
pub mod request;
pub mod room;
pub mod rules;
pub mod social;
pub mod standing;
pub mod summary;
pub mod suspense;
#[cfg(test)]
mod testing;
mod time;
pub mod transfer;
pub mod vault;
pub mod work;

pub use jiff::Timestamp;

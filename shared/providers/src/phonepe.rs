//! PhonePe's payment gateway, version 2: orders that are paid on its page, refunds and webhooks.
//!
//! Source of every fact here: `upi.md`, section 3, and what is marked \[U\] there is so here.
//! Amounts are paise in `i64` and never negative; times are Unix seconds, but for those whose name
//! says milliseconds.
//!
//! A webhook says that something happened and no more: one of its two ways to be believed is a
//! constant that does not cover the body. What counts is [`Client::order`], and of it the state of
//! the order as a whole.

mod client;
mod door;
mod orders;
mod refunds;
mod tokens;
mod webhooks;

pub use client::{Client, Setup};
pub use door::{ChecksumKey, Door, Headers, KEY_ID_HEADER, LOGIN_HEADER, Login, SIGNATURE_HEADER};
pub use orders::{Attempt, NewOrder, OpenedOrder, Order, State};
pub use refunds::{NewRefund, Refund, RefundState};
pub use webhooks::{Event, EventKind, parse_event};

//! The sandbox over the wire, as its clients meet it.

mod faults;
mod gateway;
mod harness;
mod messaging;
mod payouts;
mod push;
mod webhooks;
mod webpush;

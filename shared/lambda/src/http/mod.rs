//! Requests in, replies out, in our own types.

pub mod amount;
pub mod body;
pub mod code;
pub mod cursor;
mod event;
mod explain;
pub mod idempotency;
pub mod page;
pub mod problem;
pub mod query;
pub mod reply;
pub mod request;
pub(crate) mod shape;
pub(crate) mod strict;

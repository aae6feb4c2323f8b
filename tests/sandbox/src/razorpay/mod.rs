//! What Razorpay's two products have in common: credentials, error bodies, how input is read,
//! lists, notes and the envelope of a webhook.

pub mod auth;
pub mod error;
pub mod events;
pub mod idempotency;
pub mod input;
pub mod notes;
pub mod paging;

//! Razorpay, the payment gateway: orders, payments, refunds, checkout and webhooks.
//!
//! Source of every fact here: `razorpay.md`, sections 1 to 4. Amounts are paise in `i64` and
//! never negative; times are Unix seconds; ids are the provider's, as `&str` and `String`.
//!
//! What comes back is read with patience: unknown fields are ignored, words that grow over
//! time keep an `Other`, and the strings `"NA"`, `"null"` and `""` count as nothing.

mod checkout;
mod client;
mod notes;
mod orders;
mod payments;
mod refunds;
mod webhooks;
pub(crate) mod wire;

pub use checkout::{VerifiedCheckout, verify_checkout};
pub use client::Client;
pub use notes::Notes;
pub(crate) use orders::only_with;
pub use orders::{NewOrder, OrderEntity, OrderStatus};
pub use payments::{AcquirerData, PaymentEntity, PaymentMethod, PaymentStatus, PaymentsBetween, RefundExtent};
pub use refunds::{NewRefund, RefundEntity, RefundSpeed, RefundStatus, SpeedProcessed};
pub use webhooks::{EVENT_ID_HEADER, Event, EventKind, SIGNATURE_HEADER, parse_event};

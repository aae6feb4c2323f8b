//! Bills of Indian billers, paid over Bharat Connect (BBPS) through a technology provider.
//!
//! We are the customer's side of it: an agent institution under a customer operating unit. The wire
//! is that of Setu's BillPay for agents, version 2. Source of every fact that is not marked: the
//! provider's public documentation ("BBPS COU", its OpenAPI description and its guides to paying
//! bills, webhooks and disputes, of April 2026). \[U\] marks what that does not say, and what to
//! ask them before going live.
//!
//! - A bill is had in two steps: [`Client::request_fetch`] is answered with a reference,
//!   [`Client::fetched`] is asked until there is a bill or a refusal. So are payments and complaints.
//! - [`Client::pay`] is idempotent by our own reference, for [`IDEMPOTENCY_HOURS`]; what became of
//!   it is told by [`Client::payment`] and, without the provider's reference, by [`Client::status`].
//! - Money is paise. What billers write is text of strangers: [`Theirs`].
//!
//! Left out, for less than one biller in a hundred: several bills in one answer, plans of prepaid
//! subscriptions, registrations for bills to come (UPMS), and groups of customer parameters of
//! which one suffices.

mod amount;
mod biller;
mod client;
mod complaints;
mod failure;
mod fetch;
mod params;
mod payments;
mod text;
mod tokens;
mod webhooks;

pub use amount::{AmountOption, AmountRefused, Exactness};
pub use biller::{Biller, BillerPage, Category, FetchKind, FetchRequirement, ModeLimits, PaymentMode};
pub use client::{Agent, Client, Setup};
pub use complaints::{Complaint, ComplaintReason, ComplaintStatus, NewComplaint};
pub use failure::{Failure, FailureClass};
pub use fetch::{Bill, Customer, Fetch, FetchedBill};
pub use params::{CustomerParam, ParamKind, ParamRefused};
pub use payments::{IDEMPOTENCY_HOURS, NewPayment, PayFor, Payment, PaymentLookup, PaymentStatus, RefundStatus};
pub use text::Theirs;
pub use webhooks::{Event, EventKind, SIGNATURE_HEADER, parse_event};

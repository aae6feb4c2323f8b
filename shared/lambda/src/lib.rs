//! The glue between AWS Lambda and our handlers.
//!
//! A handler is an `async fn` over its dependencies and one plain value, a [`Request`], a
//! [`Message`], a batch of [`Record`]s. It never sees Lambda, so a test or a simulation calls it
//! like any function. What Lambda needs around it is here:
//!
//! - [`http`]: requests parsed strictly, replies, `application/problem+json`, cursors;
//! - [`auth`]: access tokens and what a role may do;
//! - [`secrets`]: Secrets Manager, cached;
//! - [`log`] and [`metrics`]: one line per event, with nothing personal in it;
//! - [`start`]: one runner per trigger. A binary is
//!   `fn main() -> lambda::Exit { lambda::api(functions::api::payouts::handle) }`.

pub mod auth;
pub mod http;
pub mod log;
pub mod metrics;
pub mod secrets;
pub mod start;

pub use http::problem::Problem;
pub use http::reply::Reply;
pub use http::request::Request;
pub use log::trace::Trace;
pub use start::api::api;
pub use start::app::{App, Exit, StartError};
pub use start::aws::aws;
pub use start::deadline::Deadline;
pub use start::failed::Failed;
pub use start::queue::{Message, queue};
pub use start::schedule::schedule;
pub use start::setting::{setting, setting_or};
pub use start::socket::{SocketEvent, SocketReply, socket};
pub use start::stream::{FailedAt, Record, stream};

/// Any error, as the cause of one of ours. It is logged once and never shown to a caller.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

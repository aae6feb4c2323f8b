//! From `main` to a handler, one runner per trigger.
//!
//! Each trigger has one file with three things: its event as a plain value, `work` or `respond`,
//! which runs a handler on such a value (this is what tests and the simulation call), and the
//! runner for a binary's `main`.

pub mod api;
pub mod app;
mod attempt;
pub mod aws;
pub mod batch;
pub mod deadline;
pub mod failed;
pub mod queue;
pub mod schedule;
mod serve;
pub mod setting;
pub mod socket;
pub mod stream;

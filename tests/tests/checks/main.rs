//! The live checks and the feed without a socket, handler by handler, on an embedded table and against a sandbox of their own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which clippy does not see as such")]

mod assistant;
mod audit;
mod bank_words;
mod campaigns;
mod cashbook;
mod dead_letters;
mod erasure;
mod events;
mod files;
mod float;
mod insights;
mod messages;
mod notices;
mod payments;
mod phonepe;
mod privacy;
mod providers;
mod reconciliation;
mod summaries;
mod world;

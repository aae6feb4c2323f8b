//! The store against a real DynamoDB API, served in this process: a database for each test.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which clippy does not see as such")]

mod audit;
mod commands;
mod costs;
mod late;
mod notices;
mod rooms;
mod rows;
mod tallies;
mod world;

//! What crosses the wire of the public API, and how it becomes ours and theirs.

pub mod audit;
pub mod auth;
pub mod banks;
pub mod bills;
pub mod bulletin;
pub mod cashbook;
pub mod chats;
pub mod common;
pub mod files;
pub mod insights;
pub mod live;
pub mod messaging;
pub mod money_in;
pub mod money_out;
pub mod notices;
pub mod notifications;
pub mod operations;
pub mod organisations;
pub mod plans;
pub mod privacy;
pub mod publications;
pub mod rooms;
pub mod statements;
pub mod wallet;

//! Handlers, one module per function, and what they share.
//!
//! A handler does four steps: who is speaking, parse, one domain call, translate. What it works
//! with is [`deps::Deps`]; which functions exist is [`table::FUNCTIONS`].

mod access;
pub mod announce;
pub mod api;
pub mod apply;
pub mod assistant;
pub mod banks;
pub mod bills;
pub mod body;
pub mod book;
pub mod campaigns;
pub mod channels;
pub mod clock;
pub mod config;
pub mod deps;
pub mod documents;
pub mod files;
pub mod frames;
pub mod insights;
pub mod limits;
pub mod notices;
pub mod openapi;
pub mod outlets;
pub mod plans;
pub mod presence;
pub mod privacy;
pub mod queues;
pub mod refusals;
pub mod rooms;
pub mod router;
pub mod schedules;
pub mod sockets;
pub mod streams;
pub mod table;
mod tally;
pub mod upi;
mod vault;
pub mod webhooks;
pub mod work;

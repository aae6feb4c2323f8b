//! The store: reads what a command names, commits what it decides, answers what functions ask.
//!
//! [`keys`] has every access pattern with its key and cost; [`Store::execute`] is the one loop
//! that commits domain records. What is not domain (webhooks as they came, log-ins, connections,
//! rates, folded sums) is written here too, each by one conditional request in a module of its own.

mod audit;
mod batches;
mod boards;
mod book;
mod campaigns;
mod capacity;
mod census;
mod chat_lines;
mod chats;
mod conflicts;
mod connections;
mod consents;
mod due;
mod erase;
mod error;
mod everything;
mod execute;
mod exports;
mod feed;
mod fold;
mod identity;
mod inbox;
mod items;
pub mod keys;
mod links;
mod lists;
mod named;
mod notices;
mod presence;
mod rates;
mod raw;
mod read;
mod reconciliation;
mod rooms;
mod stream;
pub mod tables;
mod tallies;
mod walk;
mod windows;

pub use audit::AuditCheck;
pub use boards::BoardPage;
pub use census::{Census, Shown};
pub use chat_lines::ChatLine;
pub use connections::{Listener, ListenerPage, Subscription};
pub use due::{DueAfter, DuePage, DueRow};
pub use error::{ExecuteError, StoreError};
pub use everything::{BYTES, Partition, Row};
pub use execute::{Committed, Execution};
pub use exports::Export;
pub use feed::FeedPage;
pub use fold::{LedgerReport, LedgerScan};
pub use identity::Rotation;
pub use inbox::{Inbound, InboundStatus, KNOWN_ALREADY, Kept, WEBHOOK_BYTES_MAX};
pub use items::record_of;
pub use keys::OpenClass;
pub use lists::OpenItem;
pub use named::Named;
pub use presence::{KnownPresence, Noticed};
pub use reconciliation::{DayReport, DifferenceRow, FloatReport, KindRow, Moved, SumRow, ViewRow};
pub use rooms::{MessagePage, SeatPage};
pub use stream::{Change, change_of};
pub use tallies::SLOT_S;

use aws_sdk_dynamodb::Client;

/// Both tables. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    db: Client,
    /// All that must last.
    table: String,
    /// What may be lost: connections, tickets, challenges, sessions, rates.
    live: String,
}

impl Store {
    pub fn new(db: Client, table: impl Into<String>, live: impl Into<String>) -> Self {
        Self { db: conflicts::retried(&db), table: table.into(), live: live.into() }
    }
}

//! What one reading of a connection found.

use crate::{Account, Entry};

/// Everything since the cursor that was asked with. It is applied as a whole, with its cursor, or not
/// at all: a cursor of the midst of a reading is never kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    pub accounts: Vec<Account>,
    pub added: Vec<Entry>,
    /// Entries that the bank corrected: as they are now.
    pub modified: Vec<Entry>,
    /// Entries that the bank took back, such as pending ones that were booked under another id.
    pub removed: Vec<Removed>,
    /// What to ask with next time; opaque.
    pub cursor: Option<String>,
    pub state: State,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    pub account_id: String,
    pub id: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// All that the bank has, up to now.
    Complete,
    /// The accounts are known, their history is still on its way: ask again later.
    Preparing,
    /// Some accounts could not be read this time; the others are whole.
    Partial,
}

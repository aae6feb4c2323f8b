//! What its owner says of an entry: it counts more than what anybody makes of it.

use super::{
    Entry, NamedBy, Nature,
    observe::{Desk, around, on_pages},
};
use crate::{
    engine::{Command, Key, Plan, Snapshot},
    id::{Fingerprint, UserId},
};
use jiff::{Timestamp, civil::Date};

/// Parties that an owner has said something of; the first ones go.
const LEARNED_MAX: usize = 400;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// What it is for. The next of the same party is for the same.
    What(String),
    Nature(Nature),
}

/// Changes an entry. What was said last counts, in whatever order it arrives.
#[derive(Debug, Clone)]
pub struct Correct {
    pub user: UserId,
    pub day: Date,
    pub entry: Fingerprint,
    pub changes: Vec<Change>,
    pub said_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the book has no such entry on that day")]
pub struct NoSuchEntry;

impl Command for Correct {
    type Done = Entry;
    type Refusal = NoSuchEntry;

    fn reads(&self) -> Vec<Key> {
        // The other side of a transfer may be days away.
        on_pages(self.user, around(self.day))
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Entry), NoSuchEntry> {
        let before = state.page(self.user, self.day).and_then(|page| page.entry(self.entry)).ok_or(NoSuchEntry)?;
        let mut entry = before.clone();
        for change in &self.changes {
            match change {
                Change::What(what) => {
                    let is_platform = entry.is_platform && entry.what == *what;
                    (entry.what, entry.by, entry.is_platform) = (what.clone(), NamedBy::User, is_platform);
                    if entry.nature == Nature::OwnTransfer {
                        entry.nature = Nature::Ordinary;
                    }
                }
                Change::Nature(nature) => entry.nature = *nature,
            }
        }
        if entry.nature != Nature::OwnTransfer {
            entry.pair = None;
        }
        let mut desk = Desk::new(self.user, state, self.reads());
        if entry == *before || before.said_at.is_some_and(|known| known > self.said_at) {
            return Ok((desk.plan(now), before.clone()));
        }
        entry.said_at = Some(self.said_at);
        if before.pair.is_some() && entry.pair.is_none() {
            if let Some(other) = desk.other_side(before) {
                other.pair = None;
            }
            desk.release(before);
        }
        if let Some(kept) = desk.entry(self.day, self.entry) {
            kept.clone_from(&entry);
        }
        let parties = entry.sightings.iter().filter_map(|sighting| sighting.party);
        for (party, what) in parties.filter(|_| entry.by == NamedBy::User).map(|party| (party, entry.what.clone())) {
            let learned = &mut desk.book().learned;
            learned.insert(party, what);
            while learned.len() > LEARNED_MAX {
                learned.pop_first();
            }
        }
        Ok((desk.plan(now), entry))
    }
}

//! What is noted in an app, without a net perhaps, and handed on later.
//!
//! The app names each note itself and says when it was changed. Of two changes of one note the later one counts,
//! whichever comes first; of two at the same time, the one with the greater hash, so that all devices agree.

use super::{
    PageIsFull, Seen,
    observe::{Desk, around},
};
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, UserId},
    request::{Digest, digest_of},
};
use jiff::{Timestamp, civil::Date};
use std::collections::BTreeSet;

/// Where a note is, and which change of it that is. Kept after the note is deleted, so that a late change of it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub user: UserId,
    pub client: Fingerprint,
    pub changed_at: Timestamp,
    pub digest: Digest,
    /// The day that it was noted for; `None` once it is deleted.
    pub day: Option<Date>,
}

/// Takes over a change of a note.
#[derive(Debug, Clone)]
pub struct SyncNote {
    pub user: UserId,
    /// Of what the app calls it.
    pub client: Fingerprint,
    /// By the app's clock, which is not far ahead of ours.
    pub changed_at: Timestamp,
    /// `None` deletes it.
    pub content: Option<Seen>,
    /// The day that it is known to be on.
    pub was: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synced {
    Applied {
        day: Option<Date>,
    },
    /// This change is known.
    Unchanged {
        day: Option<Date>,
    },
    /// A later change is known.
    Stale {
        day: Option<Date>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Elsewhere {
    /// It is not on the day that one looked at: ask again with this one.
    #[error("the note is on another day by now")]
    Moved { was: Option<Date> },
    #[error(transparent)]
    Full(#[from] PageIsFull),
}

impl SyncNote {
    fn digest(&self) -> Digest {
        // Sealed values differ at each sealing, though the same is in them.
        let plain = |seen: &Seen| format!("{:?} {:?} {:?} {} {}", seen.sighting, seen.flow, seen.nature, seen.what, seen.is_platform);
        digest_of(&self.content.as_ref().map(plain).unwrap_or_default())
    }
}

impl Command for SyncNote {
    type Done = Synced;
    type Refusal = Elsewhere;

    fn reads(&self) -> Vec<Key> {
        let days = self.content.iter().map(|seen| seen.sighting.day()).chain(self.was).flat_map(around);
        let pages: BTreeSet<Key> = days.map(|day| Key::Page(self.user, day)).collect();
        [Key::Note(self.user, self.client), Key::Book(self.user)].into_iter().chain(pages).collect()
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Synced), Elsewhere> {
        let known = state.note(self.user, self.client);
        let digest = self.digest();
        let was = known.and_then(|note| note.day);
        if let Some(note) = known {
            let (theirs, ours) = ((self.changed_at, digest), (note.changed_at, note.digest));
            if theirs <= ours {
                let is_same = theirs == ours;
                let synced = if is_same { Synced::Unchanged { day: was } } else { Synced::Stale { day: was } };
                return Ok((Plan::default(), synced));
            }
        }
        if was.is_some() && was != self.was {
            return Err(Elsewhere::Moved { was });
        }
        let mut desk = Desk::new(self.user, state, self.reads());
        desk.take_out(self.client);
        let day = match &self.content {
            Some(seen) => {
                desk.place(seen)?;
                Some(seen.sighting.day())
            }
            None => None,
        };
        let mut plan = desk.plan(now);
        plan.put(Record::Note(Note { user: self.user, client: self.client, changed_at: self.changed_at, digest, day }));
        Ok((plan, Synced::Applied { day }))
    }
}

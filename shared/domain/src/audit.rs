//! The log of what operators did: a chain in which each entry hangs on the one before it.
//!
//! An entry's hash covers its place, the hash of the entry before it and all that it says. Whoever
//! knows one hash of the log therefore knows everything up to there: nothing of it can be changed,
//! taken out, put in or moved without that hash becoming another.

#[cfg(test)]
mod tests;

use crate::posting::{CHAIN_START, Hash};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// How entries are hashed. Another way of doing it gets another number.
const ENCODING: u8 = 1;

/// One act of an operator's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The same again is the same act.
    pub id: String,
    /// To the millisecond.
    pub at: Timestamp,
    /// Who: a user's id.
    pub by: String,
    pub request_id: String,
    /// Such as `dead_letter.redrive`.
    pub action: String,
    /// What it was done to: names of records and queues.
    pub subject: String,
    /// What was known of it when it was done.
    pub proof: String,
    /// Whether it was done against the proof.
    pub forced: bool,
}

impl Act {
    /// Whether another attempt of the same deed wrote this. What was known of it may differ by then.
    pub fn is(&self, other: &Self) -> bool {
        [&self.id, &self.by, &self.action, &self.subject] == [&other.id, &other.by, &other.action, &other.subject]
    }
}

/// A place in the log, and the hash of the entry there, on which all before it hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: Hash,
}

impl Head {
    /// Of a log without entries.
    pub const START: Self = Self { seq: 0, hash: CHAIN_START };
}

/// How an entry hangs in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// From 1, without gaps.
    pub seq: u64,
    /// The hash of the entry before it.
    pub previous: Hash,
    pub hash: Hash,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub link: Link,
    pub act: Act,
}

impl Entry {
    /// The next entry behind this head.
    pub fn after(head: Head, act: Act) -> Self {
        let (seq, previous) = (head.seq.saturating_add(1), head.hash);
        Self { link: Link { seq, previous, hash: hash_of(seq, &previous, &act) }, act }
    }

    pub fn head(&self) -> Head {
        Head { seq: self.link.seq, hash: self.link.hash }
    }

    /// The hash that this entry must have.
    pub fn expected_hash(&self) -> Hash {
        hash_of(self.link.seq, &self.link.previous, &self.act)
    }
}

/// SHA-256 over `encoding (1 byte) ‖ seq (8) ‖ previous (32) ‖ at in milliseconds since 1970 (8) ‖
/// forced (1)`, and then `id`, `by`, `request_id`, `action`, `subject` and `proof`, each behind its
/// length in bytes (8). Numbers are big-endian. No two entries have one encoding: what is not of a
/// fixed length says how long it is.
fn hash_of(seq: u64, previous: &Hash, act: &Act) -> Hash {
    let mut hash = Sha256::new();
    hash.update([ENCODING]);
    hash.update(seq.to_be_bytes());
    hash.update(previous);
    hash.update(act.at.as_millisecond().to_be_bytes());
    hash.update([u8::from(act.forced)]);
    for text in [&act.id, &act.by, &act.request_id, &act.action, &act.subject, &act.proof] {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}

/// How the chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is no such entry, or none that can be read.
    Missing,
    /// It does not say what it said when it was written.
    Changed,
    /// Another entry lies in its place.
    OutOfOrder,
    /// It is whole, and hangs on another past than the one that is there; or it is not the entry
    /// that was known there.
    Forked,
    /// The log's head is before it: its end was cut off, or the head set back.
    CutOff,
}

impl Why {
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::OutOfOrder => "out_of_order",
            Self::Forked => "forked",
            Self::CutOff => "cut_off",
        }
    }
}

/// The first place at which the chain is not what it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    pub seq: u64,
    pub why: Why,
}

/// A walk along the log, from one entry to the next, until its end or the first break.
#[derive(Debug, Clone)]
pub struct Walk {
    reached: Head,
    known: Head,
    broken: Option<Break>,
}

impl Walk {
    /// From behind an entry that is trusted.
    pub fn after(head: Head) -> Self {
        Self { reached: head, known: Head::START, broken: None }
    }

    /// What was seen of the log before must be in it still.
    #[must_use]
    pub fn knowing(self, known: Head) -> Self {
        Self { known, ..self }
    }

    /// The last entry up to which everything holds.
    pub fn reached(&self) -> Head {
        self.reached
    }

    pub fn broken(&self) -> Option<Break> {
        self.broken
    }

    /// Goes along the next entries, as they lie one behind the other. `head` is the log's as it was
    /// read after them, so that no entry is newer; without entries, the log must end here.
    pub fn follow(&mut self, entries: &[Entry], head: Head) {
        if self.broken.is_some() {
            return;
        }
        for (index, entry) in entries.iter().enumerate() {
            if let Some(why) = self.fault(entry, &entries[index + 1..]) {
                return self.breaks(self.reached.seq + 1, why);
            }
            self.reached = entry.head();
        }
        if head.seq < self.reached.seq.max(self.known.seq) {
            self.breaks(head.seq + 1, Why::CutOff);
        } else if head.seq == self.reached.seq && head.hash != self.reached.hash {
            self.breaks(head.seq, Why::Forked);
        } else if head.seq > self.reached.seq && entries.is_empty() {
            self.breaks(self.reached.seq + 1, Why::Missing);
        }
    }

    /// Why the entry is not the one that is due; `later` are those behind it.
    fn fault(&self, entry: &Entry, later: &[Entry]) -> Option<Why> {
        let due = self.reached.seq + 1;
        if entry.link.seq != due {
            let elsewhere = entry.link.seq < due || later.iter().any(|entry| entry.link.seq == due);
            return Some(if elsewhere { Why::OutOfOrder } else { Why::Missing });
        }
        if entry.link.hash != entry.expected_hash() {
            return Some(Why::Changed);
        }
        let is_known = self.known.seq != due || self.known.hash == entry.link.hash;
        (entry.link.previous != self.reached.hash || !is_known).then_some(Why::Forked)
    }

    fn breaks(&mut self, seq: u64, why: Why) {
        self.broken = Some(Break { seq, why });
    }
}

/// Verifies a whole log, from its first entry to its head.
///
/// # Errors
///
/// The first place at which the chain breaks, and how.
pub fn verify(entries: &[Entry], head: Head) -> Result<(), Break> {
    let mut walk = Walk::after(Head::START);
    walk.follow(entries, head);
    // There are no more of them.
    walk.follow(&[], head);
    walk.broken().map_or(Ok(()), Err)
}

//! What a user has read of their feed: a cursor, and what they read beyond it.
//!
//! The count of what is unread follows from it and the feed's end, so two devices that read at the
//! same time cannot make it wrong.

use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::AccountId,
};

/// How many separate stretches a cursor remembers before the oldest gap counts as read.
const STRETCHES_MAX: usize = 200;

/// Of one feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub account: AccountId,
    /// Everything up to here is read.
    pub through: u64,
    /// Beyond it, the stretches that are read as well: first and last, ascending, with gaps between.
    pub beyond: Vec<(u64, u64)>,
}

impl Reading {
    /// Of a user who has read nothing.
    pub fn new(account: AccountId) -> Self {
        Self { account, through: 0, beyond: Vec::new() }
    }

    pub fn has_read(&self, seq: u64) -> bool {
        seq <= self.through || self.beyond.iter().any(|(first, last)| (*first..=*last).contains(&seq))
    }

    /// Of a feed that ends at `head`.
    pub fn unread(&self, head: u64) -> u64 {
        let beyond: u64 = self.beyond.iter().map(|(first, last)| last - first + 1).sum();
        head.saturating_sub(self.through).saturating_sub(beyond)
    }

    pub(crate) fn read(&mut self, first: u64, last: u64) {
        if last < first {
            return;
        }
        self.beyond.push((first, last));
        self.beyond.sort_unstable();
        let mut joined: Vec<(u64, u64)> = Vec::with_capacity(self.beyond.len());
        for (first, last) in self.beyond.drain(..) {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        self.beyond = joined;
        // What the cursor reaches becomes part of it; so do the oldest, where there are too many.
        while let Some((first, last)) = self.beyond.first().copied() {
            if first > self.through + 1 && self.beyond.len() <= STRETCHES_MAX {
                break;
            }
            self.through = self.through.max(last);
            self.beyond.remove(0);
        }
    }
}

/// What is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marked {
    /// These places and no others.
    Some(Vec<u64>),
    /// Everything up to a place.
    Through(u64),
    /// Everything that there is now.
    All,
}

/// Marks events as read. What is not there yet is not marked; doing it again changes nothing.
#[derive(Debug, Clone)]
pub struct MarkRead {
    pub account: AccountId,
    pub marked: Marked,
}

/// Where a reader is after a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marking {
    pub reading: Reading,
    pub unread: u64,
    /// The end of the feed.
    pub head: u64,
    /// Whether this mark changed anything.
    pub changed: bool,
}

impl Command for MarkRead {
    type Done = Marking;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Account(self.account), Key::Reading(self.account)]
    }

    fn decide(&self, state: &Snapshot, _now: jiff::Timestamp) -> Result<(Plan, Marking), Self::Refusal> {
        let head = state.account(self.account).map_or(0, |account| account.feed_seq);
        let before = state.reading(self.account).cloned().unwrap_or_else(|| Reading::new(self.account));
        let mut reading = before.clone();
        match &self.marked {
            Marked::Some(places) => places.iter().filter(|seq| (1..=head).contains(*seq)).for_each(|seq| reading.read(*seq, *seq)),
            Marked::Through(seq) => reading.read(1, (*seq).min(head)),
            Marked::All => reading.read(1, head),
        }
        let mut plan = Plan::default();
        let changed = reading != before;
        if changed {
            plan.put(Record::Reading(reading.clone()));
        }
        Ok((plan, Marking { unread: reading.unread(head), head, reading, changed }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::wallet;

    fn reading() -> Reading {
        Reading::new(wallet("asha"))
    }

    #[test]
    fn what_is_read_out_of_order_is_counted_once_and_joined_as_it_meets() {
        let mut reading = reading();
        for seq in [3, 5, 3] {
            reading.read(seq, seq);
        }
        assert_eq!((reading.through, reading.beyond.clone(), reading.unread(6)), (0, vec![(3, 3), (5, 5)], 4));
        assert!(reading.has_read(3) && !reading.has_read(4));
        reading.read(4, 4);
        assert_eq!(reading.beyond, [(3, 5)]);
        reading.read(1, 2);
        assert_eq!((reading.through, reading.beyond.len(), reading.unread(6)), (5, 0, 1));
    }

    #[test]
    fn the_order_of_marks_does_not_matter() {
        let marks = [(2, 4), (7, 7), (1, 1), (6, 9)];
        let ends = crate::testing::permutations(&marks).into_iter().map(|order| {
            let mut reading = reading();
            order.into_iter().for_each(|(first, last)| reading.read(first, last));
            reading
        });
        let ends: Vec<Reading> = ends.collect();
        assert!(ends.iter().all(|end| (end.through, end.beyond.as_slice()) == (4, [(6, 9)].as_slice())), "{ends:?}");
    }

    #[test]
    fn a_cursor_stays_small_whatever_is_marked() {
        let mut reading = reading();
        for seq in (2..2_000).step_by(2) {
            reading.read(seq, seq);
        }
        assert_eq!(reading.beyond.len(), STRETCHES_MAX);
        assert!(reading.has_read(1_998) && !reading.has_read(1_997) && reading.has_read(3), "the oldest gaps count as read");
    }

    #[test]
    fn two_devices_that_mark_at_once_lose_nothing_and_what_is_not_there_is_not_marked() {
        let mut world = crate::testing::World::with(&[("asha", 10_000)]);
        let head = world.account("asha").feed_seq;
        let account = wallet("asha");
        let mut mark = |marked| world.run(&MarkRead { account, marked });
        let first = mark(Marked::Some(vec![head, 0, 77])).unwrap();
        assert_eq!((first.unread, first.changed, first.reading.through), (head - 1, true, 0));
        let other = mark(Marked::Through(head - 1)).unwrap();
        assert_eq!((other.unread, other.changed, other.reading.through), (0, true, head));
        let again = mark(Marked::All).unwrap();
        assert_eq!((again.unread, again.changed), (0, false));
    }
}

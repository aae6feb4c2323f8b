//! What the cash-flow agent has told its user, so that it tells only what is new.

use crate::{
    book::Book,
    engine::{Command, Key, Plan, Record, Snapshot},
    id::UserId,
    limits::india_time,
};
use cashflow::news::Told;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use std::convert::Infallible;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    pub user: UserId,
    pub told: Told,
    /// When the agent last looked.
    pub looked_at: Timestamp,
}

/// The hour in India at which it looks though nothing has come: a bill is due, a month is over.
const MORNING_HOUR: i8 = 6;
/// Over which time the mornings of all users are spread.
const MORNING_LASTS: SignedDuration = SignedDuration::from_mins(90);
/// After so long without anything new it looks no more by itself.
const IDLE_DAYS: i64 = 45;

/// Records that the agent has looked at a book as it was after so many changes.
#[derive(Debug, Clone)]
pub struct EndLook {
    pub user: UserId,
    pub changes: u64,
    pub told: Told,
}

impl Command for EndLook {
    type Done = ();
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Book(self.user), Key::Outlook(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, ()), Infallible> {
        let mut plan = Plan::default();
        let Some(book) = state.book(self.user) else { return Ok((plan, ())) };
        // What came meanwhile has a look of its own, which is due.
        if book.changes == self.changes {
            let due_at = next_morning(book, now).into_iter().chain(book.fades_at()).min();
            plan.put(Record::Book(Book { due_at, ..book.clone() }));
        }
        plan.put(Record::Outlook(Outlook { user: self.user, told: self.told.clone(), looked_at: now }));
        Ok((plan, ()))
    }
}

/// Each user has a minute of their own, so that not everybody's book is read at once.
fn next_morning(book: &Book, now: Timestamp) -> Option<Timestamp> {
    let is_idle = now.duration_since(book.changed_at) > SignedDuration::from_hours(24 * IDLE_DAYS);
    let today = india_time(now);
    let minutes = u8::try_from(MORNING_LASTS.as_mins()).unwrap_or(u8::MAX);
    let minute = crate::id::Fingerprint::of("morning", &book.user.to_string()).shard(minutes);
    let morning = today.date().saturating_add(1.day()).at(MORNING_HOUR, 0, 0, 0).to_zoned(today.time_zone().clone()).ok()?;
    let at = morning.timestamp().saturating_add(SignedDuration::from_mins(i64::from(minute))).ok()?;
    Some(at).filter(|_| !is_idle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::user;

    fn look(book: &Book, changes: u64, now: Timestamp) -> Option<Timestamp> {
        let mut state = Snapshot::default();
        state.insert(1, Record::Book(book.clone()));
        let (plan, ()) = EndLook { user: book.user, changes, told: Told::default() }.decide(&state, now).unwrap();
        let written = plan.records().find_map(|record| if let Record::Book(book) = record { Some(book.clone()) } else { None });
        written.map_or(book.due_at, |book| book.due_at)
    }

    #[test]
    fn after_a_look_the_next_one_is_in_the_morning_unless_something_came_meanwhile() {
        let now: Timestamp = "2026-11-22T15:00:00Z".parse().unwrap();
        let book = Book { changes: 7, changed_at: now, due_at: Some(now), ..Book::empty(user("asha")) };
        let next = look(&book, 7, now).map(india_time).unwrap();
        assert_eq!(next.date().to_string(), "2026-11-23");
        assert!((6..8).contains(&next.hour()), "{next}");
        assert_eq!(look(&book, 6, now), Some(now));
        let long_ago = Book { changed_at: now - SignedDuration::from_hours(24 * 46), ..book };
        assert_eq!(look(&long_ago, 7, now), None);
        let named = Book { texts_from: Some(jiff::civil::date(2026, 1, 1)), ..long_ago };
        let next = look(&named, 7, now).map(india_time).unwrap();
        assert_eq!(next.date(), jiff::civil::date(2027, 2, 5), "but for its names, which are deleted then");
    }

    #[test]
    fn the_mornings_of_many_are_spread() {
        let now: Timestamp = "2026-11-22T15:00:00Z".parse().unwrap();
        let of = |name: String| look(&Book { changed_at: now, ..Book::empty(user(&name)) }, 0, now);
        let mornings: std::collections::BTreeSet<_> = (0..200).map(|n| of(n.to_string())).collect();
        assert!(mornings.len() > 60, "{}", mornings.len());
    }
}

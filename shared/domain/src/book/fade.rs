//! Names of whom money came from and went to: they are a bank's text or an SMS', and are kept for a time only.

use super::{
    Book, Page,
    observe::{Desk, on_pages},
};
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::UserId,
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use std::convert::Infallible;

/// For so many days from the day that they are of: a year to look back on, and time to look at it.
pub const TEXT_DAYS: i64 = 400;

/// The last day of which no names are kept any more.
pub fn faded_until(today: Date) -> Date {
    today.saturating_sub(TEXT_DAYS.days())
}

/// Deletes the names of these days.
#[derive(Debug, Clone)]
pub struct Fade {
    pub user: UserId,
    /// At most [`super::DAYS_MAX`].
    pub days: Vec<Date>,
    /// The first day after them of which there are names, as the book was after so many changes.
    pub texts_from: Option<Date>,
    pub changes: u64,
}

impl Command for Fade {
    /// How many names there were.
    type Done = usize;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        on_pages(self.user, self.days.iter().copied())
    }

    /// It is no change of the book that anybody has to look at.
    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, usize), Infallible> {
        let mut plan = Plan::default();
        let Some(book) = state.book(self.user) else { return Ok((plan, 0)) };
        let mut gone = 0;
        for page in self.days.iter().filter_map(|day| state.page(self.user, *day)) {
            let mut page = page.clone();
            let names = page.entries.iter_mut().filter_map(|entry| entry.name.take()).count();
            if names > 0 {
                gone += names;
                plan.put(Record::Page(page));
            }
        }
        // What was written meanwhile may be of any day: the look that it has coming finds it.
        let texts_from = if book.changes == self.changes { self.texts_from } else { book.texts_from };
        plan.put(Record::Book(Book { texts_from, ..book.clone() }));
        Ok((plan, gone))
    }
}

impl Page {
    /// Whether there is text on it that is kept for a time only.
    pub fn has_texts(&self) -> bool {
        self.entries.iter().any(|entry| entry.name.is_some())
    }
}

impl Desk {
    /// The first day of which there are names, once these pages are written.
    pub(super) fn texts_from(&self, known: Option<Date>) -> Option<Date> {
        let written = self.changed().filter(|page| page.has_texts()).map(|page| page.day);
        written.chain(known).min()
    }
}

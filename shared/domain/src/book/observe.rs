//! Writing down what is told.

use super::{
    Book, Entry, NamedBy, Nature, Page, REACH_DAYS, Seen, Sighting, Source,
    matching::{Fit, fit, is_other_side, same_reference},
};
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, UserId},
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// Days that the tellings of one command are of, at most: with the days around each they are read and written at once.
pub const DAYS_MAX: usize = 12;
/// Tellings of one command.
pub const BATCH_MAX: usize = 100;
/// Entries of a day.
const ENTRIES_MAX: usize = 200;
/// Accounts of a user.
const ACCOUNTS_MAX: usize = 50;

/// Writes down what is told of a user's money. The same again changes nothing; what a bank tells otherwise of its own line, within
/// [`REACH_DAYS`], counts instead, and what its owner said of it holds on.
#[derive(Debug, Clone)]
pub struct Observe {
    pub user: UserId,
    /// At most [`BATCH_MAX`], of at most [`DAYS_MAX`] days.
    pub seen: Vec<Seen>,
}

/// Where a telling went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub day: Date,
    pub entry: Fingerprint,
    /// Nobody had told of it before.
    pub is_new: bool,
    /// It was told before, by the same, in the same words.
    pub is_again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day has at most {ENTRIES_MAX} entries")]
pub struct PageIsFull;

impl Command for Observe {
    type Done = Vec<Placed>;
    type Refusal = PageIsFull;

    fn reads(&self) -> Vec<Key> {
        on_pages(self.user, self.seen.iter().flat_map(|seen| around(seen.sighting.day())))
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Vec<Placed>), PageIsFull> {
        let mut desk = Desk::new(self.user, state, self.reads());
        let placed = self.seen.iter().map(|seen| desk.place(seen)).collect::<Result<Vec<_>, _>>()?;
        Ok((desk.plan(now), placed))
    }
}

/// What is read and written where these days are changed.
pub(super) fn on_pages(user: UserId, days: impl Iterator<Item = Date>) -> Vec<Key> {
    let days: BTreeSet<Date> = days.collect();
    std::iter::once(Key::Book(user)).chain(days.into_iter().map(|day| Key::Page(user, day))).collect()
}

pub(super) fn around(day: Date) -> impl Iterator<Item = Date> {
    (-REACH_DAYS..=REACH_DAYS).map(move |apart| day.saturating_add(apart.days()))
}

/// The pages that lie open while something is written.
pub(super) struct Desk {
    book: Book,
    pub(super) pages: BTreeMap<Date, Page>,
    changed: BTreeSet<Date>,
    is_changed: bool,
}

impl Desk {
    pub fn new(user: UserId, state: &Snapshot, reads: Vec<Key>) -> Self {
        let page = |key: Key| match key {
            Key::Page(user, day) => Some((day, state.page(user, day).cloned().unwrap_or_else(|| Page::empty(user, day)))),
            _ => None,
        };
        Self {
            book: state.book(user).cloned().unwrap_or_else(|| Book::empty(user)),
            pages: reads.into_iter().filter_map(page).collect(),
            changed: BTreeSet::new(),
            is_changed: false,
        }
    }

    /// The pages that are to be written.
    pub fn changed(&self) -> impl Iterator<Item = &Page> {
        self.changed.iter().filter_map(|day| self.pages.get(day))
    }

    pub fn book(&mut self) -> &mut Book {
        self.is_changed = true;
        &mut self.book
    }

    pub fn entry(&mut self, day: Date, id: Fingerprint) -> Option<&mut Entry> {
        let found = self.pages.get_mut(&day)?.entries.iter_mut().find(|entry| entry.id == id)?;
        self.changed.insert(day);
        Some(found)
    }

    pub fn page(&mut self, day: Date) -> Option<&mut Page> {
        self.changed.insert(day);
        self.pages.get_mut(&day)
    }

    /// Takes entries off a page that nobody tells of any more.
    fn clear(&mut self, day: Date) {
        if let Some(page) = self.pages.get_mut(&day) {
            page.entries.retain(|entry| !entry.sightings.is_empty());
            self.changed.insert(day);
        }
    }

    /// The other side of money that its owner sent to themselves, where it is on these pages.
    pub fn other_side(&mut self, of: &Entry) -> Option<&mut Entry> {
        let is_it = |entry: &Entry| Some(entry.id) == of.pair && entry.pair == Some(of.id);
        let day = self.pages.values().find(|page| page.entries.iter().any(is_it))?.day;
        self.entry(day, of.pair?)
    }

    /// Takes a sighting out, and its entry with it where nobody else tells of that. Returns the entry as it was.
    pub fn take_out(&mut self, sighting: Fingerprint) -> Option<Entry> {
        let (day, id) = self.told(sighting)?;
        let entry = self.entry(day, id)?;
        let before = entry.clone();
        entry.sightings.retain(|known| known.id != sighting);
        if entry.sightings.is_empty() {
            self.clear(day);
            if let Some(other) = self.other_side(&before) {
                other.pair = None;
            }
        }
        Some(before)
    }

    /// What was the other side of this is a transfer no more, unless our ledger or its owner says so or it found another side.
    pub fn release(&mut self, gone: &Entry) {
        let is_told = |entry: &Entry| entry.said_at.is_some() || entry.sightings.iter().any(|known| known.source == Source::Wallet);
        let is_it = |entry: &&mut Entry| {
            Some(entry.id) == gone.pair && entry.pair.is_none() && entry.nature == Nature::OwnTransfer && !is_told(entry)
        };
        for (day, page) in &mut self.pages {
            if let Some(other) = page.entries.iter_mut().find(is_it) {
                other.nature = Nature::Ordinary;
                self.changed.insert(*day);
            }
        }
    }

    /// The day and id of the entry that a sighting is kept with.
    fn told(&self, sighting: Fingerprint) -> Option<(Date, Fingerprint)> {
        let all = self.pages.iter().flat_map(|(day, page)| page.entries.iter().map(|entry| (*day, entry)));
        let mut with = all.filter(|(_, entry)| entry.sightings.iter().any(|known| known.id == sighting));
        with.next().map(|(day, entry)| (day, entry.id))
    }

    pub fn plan(mut self, now: Timestamp) -> Plan {
        let mut plan = Plan::default();
        if self.changed.is_empty() && !self.is_changed {
            return plan;
        }
        self.book.texts_from = self.texts_from(self.book.texts_from);
        for page in self.changed.iter().filter_map(|day| self.pages.remove(day)) {
            plan.put(Record::Page(page));
        }
        self.book.changed(now);
        plan.put(Record::Book(self.book));
        plan
    }

    pub fn place(&mut self, seen: &Seen) -> Result<Placed, PageIsFull> {
        let before = match self.told(seen.sighting.id) {
            Some((day, entry)) if !self.is_corrected(day, entry, &seen.sighting) => {
                return Ok(Placed { day, entry, is_new: false, is_again: true });
            }
            Some(_) => self.take_out(seen.sighting.id),
            None => None,
        };
        let seen = self.learned(seen);
        let noted = before.as_ref().and_then(|before| self.noted(before, &seen));
        let placed = match noted.or_else(|| self.best(&seen)) {
            Some((day, id)) => {
                if let Some(entry) = self.entry(day, id) {
                    entry.takes(&seen);
                }
                Placed { day, entry: id, is_new: false, is_again: false }
            }
            None => self.open(&seen, before.is_some())?,
        };
        self.remember(&seen);
        // Where others tell of it still, what its owner said stays with what they tell.
        if let Some(gone) = before.as_ref().filter(|before| before.sightings.len() == 1)
            && let Some(entry) = self.entry(placed.day, placed.entry)
        {
            entry.keep_word(gone);
        }
        self.pair(placed.day, placed.entry, seen.counter.as_deref());
        if let Some(before) = &before {
            self.release(before);
        }
        Ok(Placed { is_new: placed.is_new && before.is_none(), ..placed })
    }

    /// What its owner noted, or another tells by the same reference, of a line that its bank corrects: it is of the same movement
    /// whatever the bank says that it came to.
    fn noted(&self, before: &Entry, seen: &Seen) -> Option<(Date, Fingerprint)> {
        let day = seen.sighting.day();
        let rest = self.pages.get(&day)?.entry(before.id).filter(|rest| rest.flow == seen.flow && rest.pair.is_none())?;
        let is_of_it = rest.sightings.iter().all(|one| one.source.is_said()) || same_reference(rest, &seen.sighting) == Some(true);
        is_of_it.then_some((day, rest.id))
    }

    /// Whether a bank tells its own line anew. Whatever others tell is told once.
    fn is_corrected(&self, day: Date, entry: Fingerprint, told: &Sighting) -> bool {
        let known = self.pages.get(&day).and_then(|page| page.entry(entry)).map(|entry| &entry.sightings);
        told.source == Source::Bank && known.is_some_and(|known| !known.contains(told))
    }

    /// What its owner has said of its party counts more than what was made of it.
    fn learned(&self, seen: &Seen) -> Seen {
        let mut seen = seen.clone();
        let known = seen.sighting.party.and_then(|party| self.book.learned.get(&party));
        if let Some(what) = known.filter(|_| NamedBy::Learned < seen.by) {
            (seen.what, seen.by, seen.is_platform) = (what.clone(), NamedBy::Learned, false);
            // To somebody who is known to be paid for something.
            if seen.nature == Nature::OwnTransfer {
                seen.nature = Nature::Ordinary;
            }
        }
        seen
    }

    fn best(&self, seen: &Seen) -> Option<(Date, Fingerprint)> {
        let near = around(seen.sighting.day()).filter_map(|day| self.pages.get(&day));
        let fits = near.flat_map(|page| page.entries.iter().filter_map(|entry| Some((fit(entry, seen)?, page.day, entry.id))));
        fits.min_by(|one: &(Fit, Date, Fingerprint), other| one.cmp(other)).map(|(_, day, id)| (day, id))
    }

    fn open(&mut self, seen: &Seen, is_corrected: bool) -> Result<Placed, PageIsFull> {
        let day = seen.sighting.day();
        let user = self.book.user;
        let page = self.pages.entry(day).or_insert_with(|| Page::empty(user, day));
        if page.entries.len() >= ENTRIES_MAX {
            return Err(PageIsFull);
        }
        let mut entry = Entry::from(seen);
        // One that was opened by an earlier version of the line, and of which others tell.
        while page.entry(entry.id).is_some() {
            entry.id = Fingerprint::of("next", &entry.id.to_string());
        }
        // What was told before was taken from them then.
        if !is_corrected {
            page.take_from_sums(&mut entry);
        }
        let placed = Placed { day, entry: entry.id, is_new: true, is_again: false };
        page.entries.push(entry);
        self.changed.insert(day);
        Ok(placed)
    }

    /// An account that somebody else than its owner tells of is its owner's.
    fn remember(&mut self, seen: &Seen) {
        if let Some(tail) = seen.sighting.account.clone().filter(|tail| !self.book.accounts.contains(tail))
            && self.book.accounts.len() < ACCOUNTS_MAX
        {
            self.book().accounts.insert(tail);
        }
    }

    /// Finds the other side of money that its owner sent to themselves.
    fn pair(&mut self, day: Date, id: Fingerprint, counter: Option<&str>) {
        let Some(told) = self.pages.get(&day).and_then(|page| page.entry(id)).cloned() else { return };
        if told.pair.is_some() || !told.may_be_transfer() {
            return;
        }
        let near: Vec<(Date, Fingerprint)> = around(day)
            .filter_map(|day| self.pages.get(&day))
            .flat_map(|page| page.entries.iter().map(move |entry| (page.day, entry)))
            .filter(|(_, entry)| is_other_side(entry, &told, &self.book.accounts))
            .map(|(day, entry)| (day, entry.id))
            .collect();
        match near.first() {
            Some(&(other_day, other)) => {
                for ((day, id), pair) in [((day, id), other), ((other_day, other), id)] {
                    if let Some(entry) = self.entry(day, id) {
                        (entry.nature, entry.pair) = (Nature::OwnTransfer, Some(pair));
                    }
                }
            }
            // To another account that is known to be theirs.
            None if counter.is_some_and(|tail| self.book.accounts.contains(tail)) => {
                if let Some(entry) = self.entry(day, id) {
                    entry.nature = Nature::OwnTransfer;
                }
            }
            None => {}
        }
    }
}

//! What platforms say that a day's work earned, be it paid yet or not (`platforms.md`, section 2).

use super::{Book, Source};
use crate::{
    codes::codes,
    engine::{Command, Key, Plan, Record, Snapshot},
    id::UserId,
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

codes! {
    /// What a part of the earnings is for.
    LineKind {
        Base = "base";
        Incentive = "incentive";
        Tips = "tips";
        Surge = "surge";
        Tolls = "tolls";
        Deductions = "deductions";
        Penalties = "penalties";
        Other = "other";
    }
}

/// One record of a platform. Amounts are paise; what is deducted is less than nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earned {
    pub platform: String,
    /// The platform's own name for it; empty where it has none. With platform and day it is the same record.
    pub id: String,
    pub source: Source,
    pub total: i64,
    pub lines: Vec<(LineKind, i64)>,
    /// Of the total, what its worker has in hand already.
    pub cash: i64,
    pub trips: Option<u32>,
    pub minutes: Option<u32>,
    /// When it was asked for: what was told last counts.
    pub told_at: Timestamp,
}

impl Earned {
    /// What the platform is still to pay for it.
    pub fn owed(&self) -> i64 {
        self.total.saturating_sub(self.cash)
    }

    /// The part of the total that no line tells of.
    pub fn unexplained(&self) -> i64 {
        self.lines.iter().fold(self.total, |rest, (_, amount)| rest.saturating_sub(*amount))
    }
}

/// What platforms tell of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worked {
    pub user: UserId,
    pub day: Date,
    pub records: Vec<Earned>,
}

/// Days of one command.
pub const WORKED_DAYS_MAX: usize = 31;
/// Records of a day: what the row of a day has room for, and ten times what anybody drives.
const RECORDS_MAX: usize = 400;

/// Days that a platform told whole: what it told of them before, and does not any more, is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldWhole {
    pub platform: String,
    /// Both among them.
    pub from: Date,
    pub until: Date,
    pub told_at: Timestamp,
}

/// Takes over what a platform tells. The same again changes nothing; of two versions of a record the one that was
/// told last counts, in whatever order they arrive.
#[derive(Debug, Clone)]
pub struct TakeEarned {
    pub user: UserId,
    /// With those of `whole`, of at most [`WORKED_DAYS_MAX`] days.
    pub records: Vec<(Date, Earned)>,
    pub whole: Option<ToldWhole>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day has at most {RECORDS_MAX} records of platforms")]
pub struct TooMuchEarned;

impl Command for TakeEarned {
    /// How many were new, changed, or gone.
    type Done = usize;
    type Refusal = TooMuchEarned;

    fn reads(&self) -> Vec<Key> {
        std::iter::once(Key::Book(self.user)).chain(self.days().into_iter().map(|day| Key::Worked(self.user, day))).collect()
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, usize), TooMuchEarned> {
        let mut changed: BTreeMap<Date, Worked> = BTreeMap::new();
        let mut count = 0;
        for (day, told) in &self.records {
            let known = changed.get(day).or_else(|| state.worked(self.user, *day));
            let mut worked = known.cloned().unwrap_or_else(|| Worked { user: self.user, day: *day, records: Vec::new() });
            if worked.take(told) {
                count += 1;
                if worked.records.len() > RECORDS_MAX {
                    return Err(TooMuchEarned);
                }
                changed.insert(*day, worked);
            }
        }
        for day in self.days() {
            let known = changed.get(&day).or_else(|| state.worked(self.user, day));
            let Some(mut worked) = known.cloned() else { continue };
            let gone = worked.drop_untold(self);
            if gone > 0 {
                count += gone;
                changed.insert(day, worked);
            }
        }
        let mut plan = Plan::default();
        if count > 0 {
            let mut book = state.book(self.user).cloned().unwrap_or_else(|| Book::empty(self.user));
            book.changed(now);
            plan.put(Record::Book(book));
            changed.into_values().for_each(|worked| plan.put(Record::Worked(worked)));
        }
        Ok((plan, count))
    }
}

impl TakeEarned {
    fn days(&self) -> BTreeSet<Date> {
        let mut days: BTreeSet<Date> = self.records.iter().map(|(day, _)| *day).collect();
        if let Some(whole) = &self.whole {
            days.extend(whole.from.series(1.day()).take_while(|day| *day <= whole.until).take(WORKED_DAYS_MAX));
        }
        days
    }
}

impl Worked {
    /// Takes out what a platform no longer tells of a day that it told whole, and returns how many that were. What
    /// it told later, and what its worker told, stays.
    fn drop_untold(&mut self, told: &TakeEarned) -> usize {
        let (Some(whole), before) = (&told.whole, self.records.len()) else { return 0 };
        if !(whole.from..=whole.until).contains(&self.day) {
            return 0;
        }
        let is_told =
            |id: &str| told.records.iter().any(|(day, record)| *day == self.day && record.platform == whole.platform && record.id == id);
        self.records.retain(|known| {
            let is_its = known.platform == whole.platform && known.source == Source::Platform && known.told_at < whole.told_at;
            !is_its || is_told(&known.id)
        });
        before - self.records.len()
    }

    /// Whether it changes anything.
    fn take(&mut self, told: &Earned) -> bool {
        let is_it = |known: &Earned| known.platform == told.platform && known.id == told.id;
        let Some(known) = self.records.iter_mut().find(|known| is_it(known)) else {
            self.records.push(told.clone());
            return true;
        };
        // A platform's own word stands against what its worker uploads or writes.
        let weight = |record: &Earned| (record.source == Source::Platform, record.told_at);
        let is_news = Earned { told_at: known.told_at, ..told.clone() } != *known;
        if weight(told) < weight(known) || !is_news {
            return false;
        }
        known.clone_from(told);
        true
    }

    /// What a platform tells that this day earned; `None` where it tells nothing of it.
    pub fn of(&self, platform: &str) -> Option<(i64, i64)> {
        // Its worker's file tells of the same work in other names.
        let is_its = |record: &&Earned| record.platform == platform;
        let has_own = self.records.iter().filter(is_its).any(|record| record.source == Source::Platform);
        let mut of_it = self.records.iter().filter(is_its).filter(|record| !has_own || record.source == Source::Platform).peekable();
        of_it.peek()?;
        Some(
            of_it
                .fold((0, 0), |(total, owed): (i64, i64), record| (total.saturating_add(record.total), owed.saturating_add(record.owed()))),
        )
    }

    pub fn platforms(&self) -> BTreeSet<&str> {
        self.records.iter().map(|record| record.platform.as_str()).collect()
    }
}

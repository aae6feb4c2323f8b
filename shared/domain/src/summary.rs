//! The summary of a day, in its evening or the next morning, for those who want it.

use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, UserId},
    limits::india_time,
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use std::convert::Infallible;

/// Whether and when a user is told of their day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub user: UserId,
    pub is_on: bool,
    /// The hour in India within which it is told.
    pub hour: i8,
    /// When the next one is to be told.
    pub due_at: Option<Timestamp>,
    /// The last day that was told of.
    pub told: Option<Date>,
    pub changed_at: Timestamp,
}

/// When somebody is told who named no hour.
pub const HOUR_DEFAULT: i8 = 21;
/// Over how many minutes those of one hour are spread, each user at a minute of their own.
pub const SPREAD_MINUTES: u8 = 20;
/// Before this hour the day has hardly begun, and who asks for a summary then means the day before.
const NOON: i8 = 12;

impl Summary {
    /// The day that one is of that is told at this hour of a day.
    #[must_use]
    pub fn day_of(&self, told_on: Date) -> Date {
        if self.hour < NOON { told_on.saturating_sub(1.day()) } else { told_on }
    }

    fn wait(&mut self, now: Timestamp) {
        let now = india_time(now);
        let minute = i8::try_from(Fingerprint::of("summary", &self.user.to_string()).shard(SPREAD_MINUTES)).unwrap_or_default();
        let at = |day: Date| day.at(self.hour, minute, 0, 0).to_zoned(now.time_zone().clone()).ok();
        let is_told = |day: Date| self.told.is_some_and(|told| told >= self.day_of(day));
        let next = |apart: i8| {
            let day = now.date().saturating_add(apart.days());
            at(day).filter(|at| *at > now && !is_told(day))
        };
        self.due_at = (0..=2).find_map(next).map(|at| at.timestamp());
    }
}

/// Turns it on or off. What was said last counts, in whatever order it arrives.
#[derive(Debug, Clone)]
pub struct SetSummary {
    pub user: UserId,
    pub is_on: bool,
    /// The hour it was, or the usual one, where none is named.
    pub hour: Option<i8>,
    pub said_at: Timestamp,
}

impl Command for SetSummary {
    type Done = Summary;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Summary(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Summary), Infallible> {
        let mut plan = Plan::default();
        let known = state.summary(self.user);
        if let Some(known) = known.filter(|known| known.changed_at >= self.said_at) {
            return Ok((plan, known.clone()));
        }
        let hour = self.hour.filter(|hour| (0..24).contains(hour)).or(known.map(|known| known.hour)).unwrap_or(HOUR_DEFAULT);
        let told = known.and_then(|known| known.told);
        let mut summary = Summary { user: self.user, is_on: self.is_on, hour, due_at: None, told, changed_at: self.said_at };
        if self.is_on {
            summary.wait(now);
        }
        plan.put(Record::Summary(summary.clone()));
        Ok((plan, summary))
    }
}

/// Says that a day was told. Whoever tells it twice is known by the notice, which has the day in its name.
#[derive(Debug, Clone)]
pub struct EndSummary {
    pub user: UserId,
    pub day: Date,
}

impl Command for EndSummary {
    type Done = ();
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Summary(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, ()), Infallible> {
        let mut plan = Plan::default();
        // One that was told of already waits for its next hour, and is not found again and again.
        let is_over = |known: &&Summary| known.told < Some(self.day) || known.due_at.is_some_and(|due| due <= now);
        if let Some(mut summary) = state.summary(self.user).filter(|known| known.is_on).filter(is_over).cloned() {
            summary.told = summary.told.max(Some(self.day));
            summary.wait(now);
            plan.put(Record::Summary(summary));
        }
        Ok((plan, ()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::user;

    /// On the 22nd of November 2026, in India.
    fn at(hour: i64) -> Timestamp {
        let midnight: Timestamp = "2026-11-21T18:30:00Z".parse().unwrap();
        midnight + jiff::SignedDuration::from_hours(hour)
    }

    fn run<C: Command<Refusal = Infallible>>(known: &mut Option<Summary>, now: Timestamp, command: &C) -> C::Done {
        let mut state = Snapshot::default();
        if let Some(known) = known {
            state.insert(1, Record::Summary(known.clone()));
        }
        let (plan, done) = command.decide(&state, now).unwrap();
        for record in plan.records() {
            let Record::Summary(summary) = record else { unreachable!("only the summary is written") };
            *known = Some(summary.clone());
        }
        done
    }

    #[test]
    fn one_that_was_told_of_already_and_is_found_again_waits_for_its_next_hour() {
        let mut known = None;
        run(&mut known, at(20), &set(true, None, at(20)));
        run(&mut known, hers(21), &told());
        let waits = known.clone().unwrap();
        // As it was found before: due, of a day that was told of.
        known = Some(Summary { due_at: Some(at(20)), ..waits.clone() });
        run(&mut known, hers(21), &told());
        assert_eq!(known, Some(waits.clone()));
        run(&mut known, hers(22), &told());
        assert_eq!(known, Some(waits), "and told late it changes nothing");
    }

    fn set(is_on: bool, hour: Option<i8>, said_at: Timestamp) -> SetSummary {
        SetSummary { user: user("asha"), is_on, hour, said_at }
    }

    fn told() -> EndSummary {
        EndSummary { user: user("asha"), day: Date::constant(2026, 11, 22) }
    }

    /// Asha's minute of an hour.
    fn hers(hour: i64) -> Timestamp {
        let minute = Fingerprint::of("summary", &user("asha").to_string()).shard(SPREAD_MINUTES);
        at(hour) + jiff::SignedDuration::from_mins(i64::from(minute))
    }

    #[test]
    fn those_of_one_hour_are_spread_over_its_first_minutes() {
        let due = |n: i32| {
            let set = SetSummary { user: user(&n.to_string()), ..set(true, None, at(12)) };
            run(&mut None, at(12), &set).due_at.unwrap()
        };
        let all: std::collections::BTreeSet<Timestamp> = (0..400).map(due).collect();
        assert_eq!(all.len(), usize::from(SPREAD_MINUTES));
        assert!(all.iter().all(|due| (at(21)..at(21) + jiff::SignedDuration::from_mins(20)).contains(due)));
    }

    #[test]
    fn it_comes_today_where_the_hour_is_ahead_and_tomorrow_where_it_is_past() {
        let mut known = None;
        assert_eq!(run(&mut known, at(12), &set(true, None, at(12))).due_at, Some(hers(21)));
        assert_eq!(run(&mut known, at(13), &set(true, Some(8), at(13))).due_at, Some(hers(24 + 8)));
    }

    #[test]
    fn a_day_is_told_once() {
        let mut known = None;
        run(&mut known, at(12), &set(true, None, at(12)));
        run(&mut known, at(21), &told());
        assert_eq!(known.as_ref().unwrap().due_at, Some(hers(24 + 21)));
        let before = known.clone();
        run(&mut known, at(22), &told());
        assert_eq!(known, before);
        assert_eq!(run(&mut known, at(22), &set(true, Some(23), at(22))).due_at, Some(hers(24 + 23)), "not a second time today");
    }

    #[test]
    fn one_in_the_morning_is_of_the_day_before() {
        let mut known = None;
        run(&mut known, at(12), &set(true, Some(7), at(12)));
        let on = |known: &Option<Summary>, day| known.as_ref().unwrap().day_of(Date::constant(2026, 11, day));
        assert_eq!(on(&known, 23), Date::constant(2026, 11, 22));
        // Tomorrow's is of today, which is told this evening instead: the next morning has nothing new.
        run(&mut known, at(12), &set(true, Some(21), at(13)));
        assert_eq!(on(&known, 22), Date::constant(2026, 11, 22));
        run(&mut known, at(21), &told());
        assert_eq!(run(&mut known, at(22), &set(true, Some(7), at(22))).due_at, Some(hers(48 + 7)));
        // And from the morning to the evening no day is left out.
        run(&mut known, at(48 + 7), &EndSummary { day: Date::constant(2026, 11, 23), ..told() });
        assert_eq!(run(&mut known, at(48 + 8), &set(true, Some(21), at(48 + 8))).due_at, Some(hers(48 + 21)));
    }

    #[test]
    fn what_was_said_last_counts_in_whatever_order_it_arrives() {
        let mut known = None;
        run(&mut known, at(12), &set(false, None, at(12)));
        run(&mut known, at(13), &set(true, None, at(11)));
        assert!(!known.as_ref().unwrap().is_on);
        run(&mut known, at(21), &told());
        assert_eq!(known.unwrap().due_at, None, "whoever turned it off is told nothing more");
    }
}

//! Connections that go well until they do not: told of before consent ends, and when nothing came for days.
//!
//! A step looks after its own connection, so there is no schedule for it: each is read every day, or tried to be. The event of a
//! notice has in its name what it is about, so however often a step is taken each is told once.

use super::reader::Access;
use crate::{
    deps::Deps,
    plans::{Notice, notify},
};
use domain::{Timestamp, bank::Bank, fact::Priority, limits::india_time, notice::Category};
use jiff::SignedDuration;
use lambda::{Failed, Trace};
use serde_json::{Value, json};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How many days before its end a consent's owner is told of it, the last first.
const DAYS_BEFORE: [i32; 2] = [1, 7];
/// After how many days without a reading a connection's owner is told, and how often from then on.
const STALE_DAYS: i32 = 3;
const STALE_AGAIN_DAYS: i64 = 7;

/// Tells of a consent that is about to end.
pub(super) async fn of_end(deps: &Deps, bank: &Bank, access: &Access, trace: &Trace) -> Result<(), Failed> {
    let Access::Aggregator(consent) = access else { return Ok(()) };
    let Some(days) = days_before(consent.ends_at(), deps.clock.now()) else { return Ok(()) };
    let event = format!("bank-ends:{}:{}:{days}", bank.id, consent.ends_at().as_second());
    tell(deps, bank, event, "bank.ends", day(bank, consent.ends_at()), trace).await
}

/// Tells of a connection that cannot be read, and has not been for days.
pub(super) async fn of_stale(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<(), Failed> {
    let Some(read) = bank.read_at else { return Ok(()) };
    let Some(week) = weeks_stale(read, deps.clock.now()) else { return Ok(()) };
    let event = format!("bank-stale:{}:{}:{week}", bank.id, read.as_second());
    tell(deps, bank, event, "bank.stale", day(bank, read), trace).await
}

/// Of the days at which it is told, the one that has come.
fn days_before(ends: Timestamp, now: Timestamp) -> Option<i32> {
    let left = ends.duration_since(now);
    DAYS_BEFORE.into_iter().find(|days| left > SignedDuration::ZERO && left <= DAY * *days)
}

/// How many weeks ago it was first to be told; `None` before.
fn weeks_stale(read: Timestamp, now: Timestamp) -> Option<i64> {
    let over = now.duration_since(read) - DAY * STALE_DAYS;
    (!over.is_negative()).then(|| over.as_hours() / (24 * STALE_AGAIN_DAYS))
}

fn day(bank: &Bank, at: Timestamp) -> Value {
    json!({ "bank": bank.name, "day": india_time(at).date().to_string() })
}

async fn tell(deps: &Deps, bank: &Bank, event: String, template: &str, values: Value, trace: &Trace) -> Result<(), Failed> {
    let notice = Notice {
        user: bank.user,
        event,
        template,
        values,
        priority: Priority::Normal,
        category: Category::Account,
        lasts: SignedDuration::from_hours(72),
    };
    notify(deps, notice, trace).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + hours * 3_600).unwrap()
    }

    #[test]
    fn an_end_is_told_a_week_before_and_a_day_before_and_not_once_it_has_come() {
        let told: Vec<Option<i32>> = [-169, -168, -25, -24, -1, 0, 5].map(|hours| days_before(at(0), at(hours))).into();
        assert_eq!(told, [None, Some(7), Some(7), Some(1), Some(1), None, None]);
    }

    #[test]
    fn a_stale_connection_is_told_after_three_days_and_then_weekly() {
        let week = 7 * 24;
        let told: Vec<Option<i64>> = [0, 71, 72, 71 + week, 72 + week, 72 + 5 * week].map(|hours| weeks_stale(at(0), at(hours))).into();
        assert_eq!(told, [None, None, Some(0), Some(0), Some(1), Some(5)]);
    }
}

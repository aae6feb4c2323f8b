//! Compares each day's movements in our ledger with the provider's records and the bank's
//! statement, and writes down what differs. It moves no money: what is lost is brought in by
//! `schedules-reconcile-payments` and `schedules-reconcile-payouts`.
//!
//! Runs each hour: makes the report of the day that has ended, then makes those of the days before
//! again as long as they show differences, since what was on its way arrives.

mod ledger;
mod provider;

use crate::{apply::store_failed, deps::Deps, schedules::age_s};
use domain::{
    Timestamp,
    reconciliation::{Day, Reason, Report, reconcile},
};
use jiff::SignedDuration;
use lambda::{
    Deadline, Failed,
    metrics::{Metric, emit},
};
use std::time::Duration;
use store::DayReport;

/// How long after its end a day is compared: what happened just before midnight has arrived.
const SETTLED: SignedDuration = SignedDuration::from_hours(2);
/// Days that are looked at. A payout may come back up to three working days later.
const DAYS: usize = 6;
/// How often a day with differences is compared again.
const AGAIN_S: i64 = 6 * 3600;
/// What one day is given.
const NEEDED: Duration = Duration::from_secs(30);

pub async fn handle(deps: &Deps, deadline: Deadline) -> Result<(), Failed> {
    let now = deps.clock.now();
    let mut reports = Vec::new();
    for day in days(now) {
        let known = deps.store.day_report(&day.date.to_string()).await.map_err(store_failed)?;
        let due = known.as_ref().is_none_or(|report| !report.reasons.is_empty() && age_ms(deps, report) >= AGAIN_S * 1000);
        if due && (reports.is_empty() || deadline.leaves(NEEDED)) {
            let report = DayReport::new(&compare(deps, day, deadline).await?, now);
            deps.store.put_day_report(&report).await.map_err(store_failed)?;
            reports.push((day, report));
        } else if let Some(report) = known {
            reports.push((day, report));
        }
    }
    let differences: u64 = reports.iter().map(|(_, report)| to_look_at(report)).sum();
    if differences > 0 {
        tracing::error!(differences, "ledger, provider and bank differ; see /v1/ops/reconciliation");
    }
    emit(Metric::ReconciliationDifferences, differences as f64, &[]);
    let lag = reports.iter().map(|(day, _)| age_s(deps, day.until)).min();
    emit(Metric::ReconciliationLagSeconds, lag.unwrap_or_default() as f64, &[]);
    Ok(())
}

fn age_ms(deps: &Deps, report: &DayReport) -> i64 {
    deps.clock.now().as_millisecond() - report.made_at_ms
}

/// The days that have ended for long enough, the newest first.
fn days(now: Timestamp) -> impl Iterator<Item = Day> {
    let last = now.checked_sub(SETTLED).ok().and_then(Day::at).and_then(Day::before);
    std::iter::successors(last, |day| day.before()).take(DAYS)
}

/// Differences that somebody has to look at: the others explain themselves, or end by themselves.
fn to_look_at(report: &DayReport) -> u64 {
    let ends_by_itself = |code: &str| matches!(Reason::from_code(code), Some(Reason::OnItsWay | Reason::AfterCutoff | Reason::NotOurs));
    report.reasons.iter().filter(|(code, _)| !ends_by_itself(code)).map(|(_, count)| count).sum()
}

/// Reads all three sides and matches them.
pub async fn compare(deps: &Deps, day: Day, deadline: Deadline) -> Result<Report, Failed> {
    let mut ours = ledger::Ledger::of(deps, day, deadline).await?;
    let mut told = provider::Told::of(deps, day, deadline).await?;
    told.complete(deps, &ours, deadline).await?;
    for theirs in &mut told.theirs {
        if !ours.has(theirs) {
            theirs.reference = ours.look_up(deps, theirs, told.orders.get(&theirs.provider_id)).await?;
        }
    }
    let theirs = told.with_returns_of(&ours);
    Ok(reconcile(day, deps.clock.now(), ours.into_sides(), theirs, told.lines))
}

fn still_time(deadline: Deadline) -> Result<(), Failed> {
    if deadline.leaves(Duration::from_secs(10)) {
        Ok(())
    } else {
        Err(Failed::later("the day has more movements than one run can compare"))
    }
}

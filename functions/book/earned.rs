//! What platforms tell of a day's work, into the book.

use crate::{apply::store_failed, deps::Deps};
use domain::{
    Timestamp,
    book::{Earned, LineKind, Source, TakeEarned, ToldWhole, TooMuchEarned, WORKED_DAYS_MAX},
    id::UserId,
};
use earnings::{EarningsDay, LineKind as Kind};
use jiff::civil::Date;
use lambda::{Failed, Trace};
use store::ExecuteError;

/// Who tells, and when they were asked.
pub struct Telling<'a> {
    pub source: Source,
    /// Where the days do not say.
    pub platform: &'a str,
    pub told_at: Timestamp,
}

/// Takes days over, a month at a time, and returns how many were new, changed or gone. Days that were told `whole` are
/// a month at most.
pub async fn take(
    deps: &Deps,
    user: UserId,
    telling: &Telling<'_>,
    days: &[EarningsDay],
    whole: Option<&ToldWhole>,
    trace: &Trace,
) -> Result<Result<usize, TooMuchEarned>, Failed> {
    let mut records: Vec<(Date, Earned)> = days.iter().map(|day| (day.date, earned(telling, day))).collect();
    records.sort_by_key(|(day, _)| *day);
    let (mut changed, mut whole) = (0, whole.cloned());
    while !records.is_empty() || whole.is_some() {
        let mut days: Vec<Date> = records.iter().map(|(day, _)| *day).collect();
        days.dedup();
        let last = days.get(WORKED_DAYS_MAX - 1).or(days.last()).copied().unwrap_or_default();
        let rest = records.split_off(records.partition_point(|(day, _)| *day <= last));
        match deps.execute(&TakeEarned { user, records, whole: whole.take() }, trace).await {
            Ok(count) => changed += count,
            Err(ExecuteError::Refused(full)) => return Ok(Err(full)),
            Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
        }
        records = rest;
    }
    Ok(Ok(changed))
}

fn earned(telling: &Telling<'_>, day: &EarningsDay) -> Earned {
    Earned {
        platform: day.platform.clone().unwrap_or_else(|| telling.platform.to_owned()),
        id: day.external_id.clone().unwrap_or_default(),
        source: telling.source,
        total: day.total,
        lines: day.lines.iter().map(|(kind, amount)| (line_kind(*kind), *amount)).collect(),
        cash: day.cash_collected,
        trips: day.trips,
        minutes: day.online_minutes,
        told_at: telling.told_at,
    }
}

fn line_kind(kind: Kind) -> LineKind {
    match kind {
        Kind::Base => LineKind::Base,
        Kind::Incentive => LineKind::Incentive,
        Kind::Tips => LineKind::Tips,
        Kind::Surge => LineKind::Surge,
        Kind::Tolls => LineKind::Tolls,
        Kind::Deductions => LineKind::Deductions,
        Kind::Penalties => LineKind::Penalties,
        Kind::Other => LineKind::Other,
    }
}

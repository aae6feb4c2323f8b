//! One day's earnings on one platform.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::fmt;

use crate::wire;

/// India's only offset; it keeps no summer time.
const INDIA_SECONDS: i32 = 19_800;

/// Older days are not taken (`platforms.md`, section 2).
pub const MONTHS_BACK_MAX: i32 = 24;

/// Known again by its user, platform, date and external id.
///
/// Its JSON form is a record of the canonical response: `total_earnings` and `breakdown` in paise,
/// with `currency`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "wire::Record", into = "wire::Record")]
pub struct EarningsDay {
    /// As the file calls it; `None` where who asked knows.
    pub platform: Option<String>,
    /// The local service date in India.
    pub date: Date,
    /// The platform's own name for what it paid, where it has one.
    pub external_id: Option<String>,
    /// Paise. Less than nothing where a correction took more than was earned.
    pub total: i64,
    /// Paise, each kind once. What is deducted is less than nothing.
    pub lines: Vec<(LineKind, i64)>,
    /// Paise of the total that the worker already has in hand.
    pub cash_collected: i64,
    pub trips: Option<u32>,
    pub online_minutes: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Base,
    Incentive,
    Tips,
    Surge,
    /// Paid out again: in hand, and no income.
    Tolls,
    Deductions,
    Penalties,
    /// The sum of what a platform names otherwise.
    Other,
}

impl LineKind {
    pub const ALL: [Self; 8] =
        [Self::Base, Self::Incentive, Self::Tips, Self::Surge, Self::Tolls, Self::Deductions, Self::Penalties, Self::Other];

    /// Its name in the canonical breakdown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Incentive => "incentive",
            Self::Tips => "tips",
            Self::Surge => "surge",
            Self::Tolls => "tolls",
            Self::Deductions => "deductions",
            Self::Penalties => "penalties",
            Self::Other => "other",
        }
    }
}

impl EarningsDay {
    /// The part of the total that no line tells of, in paise.
    pub fn unexplained(&self) -> i64 {
        self.total.saturating_sub(sum(&self.lines))
    }

    /// More than a hundredth of the total is unexplained. Then the day is shown as it is, with a flag.
    pub fn is_unexplained(&self) -> bool {
        i128::from(self.unexplained()).abs() * 100 > i128::from(self.total).abs()
    }
}

fn sum(lines: &[(LineKind, i64)]) -> i64 {
    lines.iter().fold(0, |sum: i64, (_, paise)| sum.saturating_add(*paise))
}

/// A deduction or penalty that is written without a minus is taken off all the same, unless the total
/// adds up better as it is written: then it was given back.
pub fn sign_deductions(total: i64, lines: &mut [(LineKind, i64)]) {
    for kind in [LineKind::Deductions, LineKind::Penalties] {
        let as_written = total.saturating_sub(sum(lines));
        let Some((_, deducted)) = lines.iter_mut().find(|(found, paise)| *found == kind && *paise > 0) else { continue };
        let taken_off = as_written.saturating_add(deducted.saturating_mul(2));
        if taken_off.unsigned_abs() <= as_written.unsigned_abs() {
            *deducted = deducted.saturating_neg();
        }
    }
}

/// The day on which work at this time counts, in India. `day_rollover_hour` is the hour at which the
/// platform's day begins: 4 counts a trip at three in the morning to the day before.
pub fn service_date(at: Timestamp, day_rollover_hour: u8) -> Option<Date> {
    let india = TimeZone::fixed(Offset::from_seconds(INDIA_SECONDS).ok()?);
    let shifted = at.checked_sub(SignedDuration::from_hours(i64::from(day_rollover_hour.min(23)))).ok()?;
    Some(shifted.to_zoned(india).date())
}

/// More than [`MONTHS_BACK_MAX`] before `today`.
pub fn is_too_old(date: Date, today: Date) -> bool {
    today.checked_sub(MONTHS_BACK_MAX.months()).is_ok_and(|oldest| date < oldest)
}

impl fmt::Debug for EarningsDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EarningsDay").field("platform", &self.platform).field("date", &self.date).finish_non_exhaustive()
    }
}

//! Where less came than was earned or stated: trips, the platform's statement and the bank are held beside each other.

use super::{Entry, Flow, Nature, Page, Sum, Worked};
use crate::codes::codes;
use jiff::{ToSpan as _, civil::Date};

codes! {
    /// What does not add up.
    Gap {
        /// A payment that the platform states; less came.
        Payment = "payment";
        /// A week's earnings; less was paid in the week after.
        Week = "week";
        /// A day's lines and trips; they are more than what the platform says that it comes to.
        Unexplained = "unexplained";
    }
}

/// Something to be asked of a platform. Amounts are paise.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shortfall {
    pub gap: Gap,
    pub platform: String,
    pub from: Date,
    pub to: Date,
    /// What it should be.
    pub stated: i64,
    /// What it is.
    pub came: i64,
}

impl Shortfall {
    pub fn missing(&self) -> i64 {
        self.stated.saturating_sub(self.came)
    }
}

/// Less than this is no finding, in paise: rounding, a paid message.
const MISSING_MIN: i64 = 1_000;
/// Nor is less than this part of a week, in percent.
const WEEK_PERCENT_MIN: i64 = 1;
/// With so many payments in a week it is paid day by day, and a day behind.
const DAILY_PAYMENTS: usize = 3;
/// A week's payments are waited for until its next week is over.
const WEEK_DAYS: i32 = 7;

/// Everything that does not add up in these days, as of `today`. A week counts only where all of it, and of the one
/// after it, is there.
pub fn shortfalls(pages: &[Page], worked: &[Worked], today: Date) -> Vec<Shortfall> {
    let mut found: Vec<Shortfall> =
        pages.iter().flat_map(|page| page.entries.iter().filter_map(|entry| payment(page.day, entry))).collect();
    found.extend(worked.iter().flat_map(unexplained));
    let platforms: std::collections::BTreeSet<&str> = worked.iter().flat_map(Worked::platforms).collect();
    // Before the first day that a bank tells of, nobody knows what was paid.
    let seen = pages.iter().filter(|page| page.is_seen()).map(|page| page.day).min();
    let first = worked.iter().map(|worked| worked.day).min().unwrap_or(today);
    for platform in platforms {
        let mut monday = first.saturating_add(((7 - i64::from(first.weekday().to_monday_zero_offset())) % 7).days());
        while monday.saturating_add((2 * WEEK_DAYS).days()) <= today {
            found.extend(seen.and_then(|seen| week(pages, worked, platform, monday, seen)));
            monday = monday.saturating_add(WEEK_DAYS.days());
        }
    }
    found.retain(|shortfall| shortfall.missing() >= MISSING_MIN);
    found.sort();
    found
}

fn payment(day: Date, entry: &Entry) -> Option<Shortfall> {
    let missing = entry.shortfall().filter(|_| entry.nature == Nature::Ordinary)?;
    let stated = entry.amount().saturating_add(missing);
    Some(Shortfall { gap: Gap::Payment, platform: entry.what.clone(), from: day, to: day, stated, came: entry.amount() })
}

fn unexplained(worked: &Worked) -> Vec<Shortfall> {
    let of = |record: &super::Earned| {
        let stated = record.total.saturating_sub(record.unexplained());
        let (platform, day) = (record.platform.clone(), worked.day);
        Shortfall { gap: Gap::Unexplained, platform, from: day, to: day, stated, came: record.total }
    };
    let is_less = |record: &&super::Earned| !record.lines.is_empty() && -record.unexplained() * 100 > record.total.abs();
    worked.records.iter().filter(is_less).map(of).collect()
}

fn week(pages: &[Page], worked: &[Worked], platform: &str, monday: Date, seen: Date) -> Option<Shortfall> {
    let sunday = monday.saturating_add((WEEK_DAYS - 1).days());
    let of_week = worked.iter().filter(|worked| (monday..=sunday).contains(&worked.day));
    let stated = of_week.filter_map(|worked| worked.of(platform)).fold(0_i64, |sum, (_, owed)| sum.saturating_add(owed));
    let paid = |from: Date, to: Date| -> Vec<i64> {
        let within = || pages.iter().filter(|page| (from..=to).contains(&page.day));
        let is_payment =
            |entry: &&Entry| entry.flow == Flow::In && entry.nature == Nature::Ordinary && entry.what == platform && entry.is_seen();
        let summed = |sum: &&Sum| sum.flow == Flow::In && sum.nature == Nature::Ordinary && sum.what == platform;
        let sums = within().flat_map(|page| &page.sums).filter(summed).map(|sum| sum.amount);
        within().flat_map(|page| &page.entries).filter(is_payment).map(Entry::amount).chain(sums).collect()
    };
    let after = paid(monday.saturating_add(WEEK_DAYS.days()), sunday.saturating_add(WEEK_DAYS.days()));
    let daily = paid(monday.saturating_add(1.day()), sunday.saturating_add(1.day()));
    let is_daily = daily.len() >= DAILY_PAYMENTS || after.len() >= DAILY_PAYMENTS;
    if is_daily && seen > monday.saturating_add(1.day()) {
        return None;
    }
    let payments = if daily.len() >= DAILY_PAYMENTS { daily } else { after };
    // Where nothing is seen to come, it may come on an account that nobody tells of.
    if payments.is_empty() {
        return None;
    }
    let came = payments.into_iter().fold(0_i64, i64::saturating_add);
    let shortfall = Shortfall { gap: Gap::Week, platform: platform.to_owned(), from: monday, to: sunday, stated, came };
    Some(shortfall).filter(|shortfall| shortfall.missing().saturating_mul(100) > stated.saturating_mul(WEEK_PERCENT_MIN))
}

//! What was earned and spent on each day, so that nothing counts twice.
//!
//! A platform's worker earns on one day and is paid on another. What the platform says of the day, or else what they
//! noted themselves, counts on that day; what the platform pays later settles it, and counts only as far as nobody
//! had told of it before.

use super::{Entry, Flow, Nature, Page, Sum, Worked};
use jiff::{ToSpan as _, civil::Date};
use std::collections::BTreeMap;

/// For how many days what was earned is waited for. A payment that comes later counts as earned then.
pub const WAITS_DAYS: i32 = 35;

/// A day's sums, in paise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Day {
    pub income: i64,
    pub expenses: i64,
}

/// Sums by day, and what platforms still owe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Days {
    pub days: BTreeMap<Date, Day>,
    /// Earned and not seen to be paid, by platform.
    pub unpaid: BTreeMap<String, i64>,
    /// Spent, by category. What was given back is taken off.
    pub spent: BTreeMap<String, i64>,
    /// Earned, by what it came from.
    pub earned: BTreeMap<String, i64>,
}

impl Day {
    pub fn left(self) -> i64 {
        self.income.saturating_sub(self.expenses)
    }
}

impl Days {
    /// Of all days.
    pub fn sum(&self) -> Day {
        self.days.values().fold(Day::default(), |sum, day| Day {
            income: sum.income.saturating_add(day.income),
            expenses: sum.expenses.saturating_add(day.expenses),
        })
    }

    fn add(&mut self, day: Date, is_expense: bool, what: &str, amount: i64) {
        let of_day = self.days.entry(day).or_default();
        let (sum, by_what) = if is_expense { (&mut of_day.expenses, &mut self.spent) } else { (&mut of_day.income, &mut self.earned) };
        *sum = sum.saturating_add(amount);
        let by_what = by_what.entry(what.to_owned()).or_default();
        *by_what = by_what.saturating_add(amount);
    }
}

/// What is earned and not yet paid, the oldest first.
type Waiting = BTreeMap<String, Vec<(Date, i64)>>;

/// A movement, or what is left of several.
struct Moved<'a> {
    flow: Flow,
    nature: Nature,
    what: &'a str,
    is_platform: bool,
    amount: i64,
    is_said: bool,
    is_seen: bool,
}

impl<'a> From<&'a Entry> for Moved<'a> {
    fn from(entry: &'a Entry) -> Self {
        let Entry { flow, nature, what, is_platform, .. } = entry;
        let (flow, nature, is_platform) = (*flow, *nature, *is_platform);
        Self { flow, nature, what, is_platform, amount: entry.amount(), is_said: entry.is_said(), is_seen: entry.is_seen() }
    }
}

impl<'a> From<&'a Sum> for Moved<'a> {
    fn from(sum: &'a Sum) -> Self {
        let Sum { flow, nature, what, is_platform, amount, .. } = sum;
        Self { flow: *flow, nature: *nature, what, is_platform: *is_platform, amount: *amount, is_said: false, is_seen: true }
    }
}

/// In the order in which they count: what was said before what was seen.
fn of_page(page: &Page) -> Vec<Moved<'_>> {
    let mut entries: Vec<&Entry> = page.entries.iter().collect();
    entries.sort_by_key(|entry| (entry.is_seen(), entry.at(), entry.id));
    entries.into_iter().map(Moved::from).chain(page.sums.iter().map(Moved::from)).collect()
}

/// Sums of the days from `from` on. What lies before it is there to know what its payments settle; in any order.
pub fn days(pages: &[Page], worked: &[Worked], from: Date) -> Days {
    let mut entries: Vec<(Date, Moved<'_>)> =
        pages.iter().flat_map(|page| of_page(page).into_iter().map(|moved| (page.day, moved))).collect();
    entries.sort_by_key(|(day, _)| *day);
    let mut told: Vec<&Worked> = worked.iter().collect();
    told.sort_by_key(|worked| worked.day);
    let last = entries.iter().map(|(day, _)| *day).chain(told.iter().map(|worked| worked.day)).max().unwrap_or(from);
    let (mut sums, mut waiting, mut told) = (Days::default(), Waiting::new(), told.into_iter().peekable());
    for (day, entry) in entries {
        while let Some(worked) = told.next_if(|worked| worked.day <= day) {
            earned(&mut sums, &mut waiting, worked, from);
        }
        let is_told = |platform: &str| worked.iter().any(|worked| worked.day == day && worked.of(platform).is_some());
        let counts = counts(&mut waiting, day, &entry, is_told);
        if day >= from && counts != 0 {
            // What an expense gives back comes in; what is given back of what was earned goes out.
            let is_expense = (entry.flow == Flow::Out) != (entry.nature == Nature::GivenBack);
            sums.add(day, is_expense, entry.what, counts);
        }
    }
    told.for_each(|worked| earned(&mut sums, &mut waiting, worked, from));
    for (platform, open) in waiting {
        let sum = open.iter().filter(|(day, _)| is_awaited(*day, last)).fold(0_i64, |sum, (_, amount)| sum.saturating_add(*amount));
        if sum > 0 {
            sums.unpaid.insert(platform, sum);
        }
    }
    sums
}

/// What platforms tell of a day counts on it, and what is in hand already is not waited for.
fn earned(sums: &mut Days, waiting: &mut Waiting, worked: &Worked, from: Date) {
    for platform in worked.platforms() {
        let Some((total, owed)) = worked.of(platform) else { continue };
        if worked.day >= from && total != 0 {
            sums.add(worked.day, false, platform, total);
        }
        if owed > 0 {
            waiting.entry(platform.to_owned()).or_default().push((worked.day, owed));
        }
    }
}

/// As much of an entry as counts on its day.
fn counts(waiting: &mut Waiting, day: Date, entry: &Moved<'_>, is_told: impl Fn(&str) -> bool) -> i64 {
    match (entry.nature, entry.flow) {
        (Nature::OwnTransfer | Nature::Ignored, _) => 0,
        (Nature::GivenBack, _) => -entry.amount,
        (Nature::Ordinary, Flow::In) if entry.is_platform => {
            let open = waiting.entry(entry.what.to_owned()).or_default();
            // One whose worker noted it too was earned on that day; what was paid may be for an earlier one.
            let noted = if entry.is_said && !is_told(entry.what) { entry.amount } else { 0 };
            if noted > 0 {
                open.push((day, noted));
            }
            let beyond = if entry.is_seen { settle(open, day, entry.amount) } else { 0 };
            noted.saturating_add(beyond)
        }
        _ => entry.amount,
    }
}

/// Settles what waits, the oldest first, and returns what is left of the payment.
fn settle(open: &mut Vec<(Date, i64)>, day: Date, paid: i64) -> i64 {
    open.retain(|(since, _)| is_awaited(*since, day));
    let mut left = paid;
    for (_, amount) in open.iter_mut() {
        let part = left.min(*amount);
        (*amount, left) = (*amount - part, left - part);
    }
    open.retain(|(_, amount)| *amount > 0);
    left
}

fn is_awaited(since: Date, day: Date) -> bool {
    since.saturating_add(WAITS_DAYS.days()) >= day
}

//! What was earned and spent: of a day, of a time, of a tax year.

use super::{Capability, Prepared, nothing_to_do, settles_nothing};
use crate::{
    apply::store_failed,
    assistant::{context::Turning, grammar::Wish, reply::Reply},
    book,
};
use domain::{
    book::{Day, Days},
    planner::Planner,
};
use jiff::{ToSpan as _, civil::Date};
use lambda::Failed;
use understanding::Command;
use words::{Phrase, Said, rupees};

/// Categories that are told of.
const CATEGORIES_MAX: usize = 8;

pub const EARNINGS_TODAY: Capability = Capability {
    command: Command::EarningsToday,
    prepare: |turning, wish| {
        Box::pin(async {
            let today = (turning.today, turning.today);
            let days = asked(wish, turning.today).unwrap_or(today);
            let told = told(turning, days).await?;
            let sums = told.sum();
            let text = match (days == today, told.days.is_empty()) {
                (true, true) => turning.plain(Phrase::TodayNone),
                (true, false) => turning.say(Phrase::Today, &of(sums)),
                (false, true) => turning.plain(Phrase::PeriodNone),
                (false, false) => period(turning, days, sums),
            };
            Ok(Prepared::Answer(Reply::text(text)))
        })
    },
    perform: nothing_to_do,
    settle: settles_nothing,
};

pub const GET_SPENDING_INSIGHTS: Capability = Capability {
    command: Command::GetSpendingInsights,
    prepare: |turning, wish| Box::pin(async { Ok(Prepared::Answer(insights(turning, wish).await?)) }),
    perform: nothing_to_do,
    settle: settles_nothing,
};

pub const TAX_SUMMARY: Capability = Capability {
    command: Command::TaxSummary,
    prepare: |turning, wish| {
        Box::pin(async {
            let days = tax_year(wish, turning.today);
            let sums = told(turning, days).await?.sum();
            let text = if sums == Day::default() { turning.plain(Phrase::PeriodNone) } else { period(turning, days, sums) };
            Ok(Prepared::Answer(Reply::text(text)))
        })
    },
    perform: nothing_to_do,
    settle: settles_nothing,
};

async fn insights(turning: &Turning<'_>, wish: &Wish) -> Result<Reply, Failed> {
    let days = asked(wish, turning.today).unwrap_or((turning.today.first_of_month(), turning.today));
    let told = told(turning, days).await?;
    let sums = told.sum();
    if sums == Day::default() {
        return Ok(Reply::text(turning.plain(Phrase::PeriodNone)));
    }
    let only = wish.slot("category");
    let mut spent: Vec<(String, i64)> = told.spent.into_iter().filter(|(what, _)| only.is_none_or(|only| only == what)).collect();
    spent.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
    let mut lines = vec![period(turning, days, sums)];
    for (what, amount) in spent.into_iter().take(CATEGORIES_MAX) {
        let percent = (i128::from(amount) * 100 / i128::from(sums.expenses.max(1))).to_string();
        let what = named(turning, &what);
        let values = [("what", Said::Theirs(&what)), ("amount", Said::Ours(rupees(amount))), ("percent", Said::Ours(percent))];
        lines.push(turning.say(Phrase::InsightLine, &values));
    }
    let planner = turning.deps.store.planner(turning.user).await.map_err(store_failed)?;
    lines.extend(budgets(turning, &planner).await?);
    Ok(Reply::text(lines.join("\n")))
}

/// How this month stands against each budget.
pub async fn budgets(turning: &Turning<'_>, planner: &Planner) -> Result<Vec<String>, Failed> {
    if planner.budgets.is_empty() {
        return Ok(Vec::new());
    }
    let month = told(turning, (turning.today.first_of_month(), turning.today)).await?;
    let (all, spent) = (month.sum().expenses, month.spent);
    let line = |(what, budget): (&String, &i64)| {
        let left = budget - if what.is_empty() { all } else { spent.get(what).copied().unwrap_or(0) };
        let name = if what.is_empty() { turning.plain(Phrase::Everything) } else { named(turning, what) };
        let (phrase, part) = if left >= 0 { (Phrase::BudgetLeft, "left") } else { (Phrase::BudgetOver, "over") };
        let values = [("budget", Said::Ours(rupees(*budget))), ("what", Said::Theirs(&name)), (part, Said::Ours(rupees(left.abs())))];
        turning.say(phrase, &values)
    };
    Ok(planner.budgets.iter().map(line).collect())
}

pub async fn told(turning: &Turning<'_>, days: (Date, Date)) -> Result<Days, Failed> {
    book::sums(turning.deps, turning.user, days).await
}

pub fn named(turning: &Turning<'_>, what: &str) -> String {
    let mut letters = what.chars();
    match letters.next() {
        // A code such as `urban_company`.
        Some(first) => format!("{}{}", first.to_uppercase(), letters.as_str().replace('_', " ")),
        None => turning.plain(Phrase::Unnamed),
    }
}

/// Sums as phrases take them.
pub fn of(sums: Day) -> [(&'static str, Said<'static>); 3] {
    let ours = |paise| Said::Ours(rupees(paise));
    [("income", ours(sums.income)), ("expenses", ours(sums.expenses)), ("left", ours(sums.left()))]
}

fn period(turning: &Turning<'_>, (from, to): (Date, Date), sums: Day) -> String {
    let name = if from == to { words::written_day(from) } else { format!("{} – {}", words::written_day(from), words::written_day(to)) };
    let [income, expenses, left] = of(sums);
    turning.say(Phrase::Period, &[("period", Said::Ours(name)), income, expenses, left])
}

/// The days that a wish speaks of.
pub fn asked(wish: &Wish, today: Date) -> Option<(Date, Date)> {
    if let Some(day) = wish.slot("date").and_then(|day| day.parse::<Date>().ok()) {
        return Some((day, day));
    }
    let back = |days: i64| today.saturating_sub(days.days());
    let monday = back(i64::from(today.weekday().to_monday_zero_offset()));
    let month = today.first_of_month();
    Some(match wish.slot("period")? {
        "today" => (today, today),
        "yesterday" => (back(1), back(1)),
        "this_week" | "week" => (monday, today),
        "last_week" => (monday.saturating_sub(7.days()), monday.saturating_sub(1.day())),
        "this_month" | "month" => (month, today),
        "last_month" => (month.saturating_sub(1.month()), month.saturating_sub(1.day())),
        "this_year" | "year" => (today.first_of_year(), today),
        "last_year" => (today.first_of_year().saturating_sub(1.year()), today.first_of_year().saturating_sub(1.day())),
        _ => return None,
    })
}

/// From April to March. The one that is under way, unless another is named by its first or only year.
fn tax_year(wish: &Wish, today: Date) -> (Date, Date) {
    let running = if today.month() >= 4 { today.year() } else { today.year() - 1 };
    let first = wish.slot("year").and_then(|year| year.get(..4)?.parse().ok()).unwrap_or(running);
    let start = jiff::civil::Date::new(first, 4, 1).unwrap_or(today);
    (start, start.saturating_add(1.year()).saturating_sub(1.day()).min(today.max(start)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::chat::Slots;

    fn wish(slot: &str, value: &str) -> Wish {
        Wish::new(Command::EarningsToday, Slots::from([(slot.to_owned(), value.to_owned())]))
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_is_from_one_day_to_another() {
        let today = day("2026-11-22");
        for (period, from, to) in [
            ("today", "2026-11-22", "2026-11-22"),
            ("yesterday", "2026-11-21", "2026-11-21"),
            ("this_week", "2026-11-16", "2026-11-22"),
            ("last_week", "2026-11-09", "2026-11-15"),
            ("this_month", "2026-11-01", "2026-11-22"),
            ("last_month", "2026-10-01", "2026-10-31"),
        ] {
            assert_eq!(asked(&wish("period", period), today), Some((day(from), day(to))), "{period}");
        }
        assert_eq!(asked(&wish("period", "some day"), today), None);
    }

    #[test]
    fn a_tax_year_turns_on_the_first_of_april() {
        let none = Wish::new(Command::TaxSummary, Slots::new());
        assert_eq!(tax_year(&none, day("2027-03-31")), (day("2026-04-01"), day("2027-03-31")));
        assert_eq!(tax_year(&none, day("2027-04-01")), (day("2027-04-01"), day("2027-04-01")));
        assert_eq!(tax_year(&wish("year", "2024-25"), day("2026-11-22")), (day("2024-04-01"), day("2025-03-31")));
    }
}

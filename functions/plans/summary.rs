//! The summary of a day: income, expenses, what is left, and a tip.

use super::{Notice, notify};
use crate::{
    apply::{failed, store_failed},
    book,
    deps::Deps,
};
use domain::{
    book::Days,
    engine::{Key, Record},
    fact::Priority,
    id::UserId,
    limits::india_time,
    notice::Category,
    planner::Planner,
    summary::EndSummary,
};
use jiff::SignedDuration;
use lambda::{Failed, Trace};
use serde_json::json;

/// From what share of a day's income on fuel is worth a word, in percent.
const FUEL_PERCENT: i64 = 30;

/// Tells a user of their day, if it is time. The notice has the day in its name, so it is told once.
pub async fn tell(deps: &Deps, user: UserId, trace: &Trace) -> Result<(), Failed> {
    let now = deps.clock.now();
    let record = deps.store.record(&Key::Summary(user)).await.map_err(store_failed)?;
    let Some(Record::Summary(summary)) = record else { return Ok(()) };
    let Some(due_at) = summary.due_at.filter(|due| *due <= now) else { return Ok(()) };
    // By the day that it was due on, also where it is told past midnight.
    let due_on = india_time(due_at).date();
    let day = summary.day_of(due_on);
    let told = book::sums(deps, user, (day, day)).await?;
    let planner = deps.store.planner(user).await.map_err(store_failed)?;
    let notice = Notice {
        user,
        event: format!("summary:{day}"),
        template: if day == due_on { "day.summary" } else { "day.before" },
        values: values(&told, &planner),
        priority: Priority::Normal,
        category: Category::Insight,
        lasts: SignedDuration::from_hours(12),
    };
    notify(deps, notice, trace).await?;
    deps.execute(&EndSummary { user, day }, trace).await.map_err(failed)
}

fn values(told: &Days, planner: &Planner) -> serde_json::Value {
    let sums = told.sum();
    let status = match sums.left() {
        _ if told.days.is_empty() => "none",
        left if left >= 0 => "ahead",
        _ => "behind",
    };
    let tip = tip(told, planner);
    json!({ "income": sums.income, "expenses": sums.expenses, "left": sums.left().saturating_abs(), "status": status, "tip": tip })
}

/// One, the first that fits.
fn tip(told: &Days, planner: &Planner) -> &'static str {
    let sums = told.sum();
    let fuel = told.spent.get("fuel").copied().unwrap_or(0);
    match () {
        () if sums.expenses == 0 => "note",
        () if fuel.saturating_mul(100) > sums.income.saturating_mul(FUEL_PERCENT) => "fuel",
        () if sums.left() < 0 => "spend",
        () if planner.goals.iter().any(|goal| goal.saved < goal.target) => "save",
        () => "good",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Timestamp,
        book::{Flow, Page, Source, days},
        id::Fingerprint,
        planner::{Goal, Planner},
    };

    fn user() -> UserId {
        UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", "asha"))
    }

    fn told(lines: &[(Flow, i64, &str)], goals: &[(i64, i64)]) -> (String, String, i64) {
        let day = jiff::civil::Date::constant(2026, 11, 22);
        let mut page = Page::empty(user(), day);
        for (flow, amount, what) in lines {
            let id = Fingerprint::of("line", what);
            let said = book::Said { source: Source::Chat, id, flow: *flow, amount: *amount, what, is_platform: false };
            page.entries.push((&said.on(day)).into());
        }
        let told = days(&[page], &[], day);
        let goal = |(saved, target): &(i64, i64)| Goal { name: "phone".to_owned(), target: *target, saved: *saved };
        let planner = Planner { goals: goals.iter().map(goal).collect(), ..Planner::empty(user()) };
        let values = values(&told, &planner);
        let text = |name: &str| values[name].as_str().unwrap_or_default().to_owned();
        (text("status"), text("tip"), values["left"].as_i64().unwrap_or_default())
    }

    #[test]
    fn a_day_is_ahead_or_behind_or_was_not_noted_and_the_tip_fits() {
        use Flow::{In as Income, Out as Expense};
        let of = |status: &str, tip: &str, left| (status.to_owned(), tip.to_owned(), left);
        assert_eq!(told(&[], &[]), of("none", "note", 0));
        assert_eq!(told(&[(Income, 85_000, "swiggy")], &[]), of("ahead", "note", 85_000));
        assert_eq!(told(&[(Income, 85_000, "swiggy"), (Expense, 30_000, "fuel")], &[]), of("ahead", "fuel", 55_000));
        assert_eq!(told(&[(Income, 20_000, "swiggy"), (Expense, 30_000, "food")], &[]), of("behind", "spend", 10_000));
        let good = [(Income, 85_000, "swiggy"), (Expense, 10_000, "fuel")];
        assert_eq!(told(&good, &[(100, 500)]), of("ahead", "save", 75_000));
        assert_eq!(told(&good, &[(500, 500)]), of("ahead", "good", 75_000));
    }
}

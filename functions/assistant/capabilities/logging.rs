//! Earnings and expenses that somebody tells of.

use super::{Capability, Performing, Prepared, days, settles_nothing};
use crate::{
    apply::store_failed,
    assistant::{context::Turning, grammar::Wish, reply::Reply},
};
use domain::{
    chat::Slots,
    logbook::{AddLines, LineKind, NewLine},
    money::Amount,
};
use jiff::civil::Date;
use lambda::Failed;
use store::ExecuteError;
use understanding::Command;
use words::{Phrase, Said, rupees};

pub const LOG_INCOME: Capability = Capability {
    command: Command::LogIncome,
    prepare: |turning, wish| Box::pin(async { Ok(prepare(turning, wish)) }),
    perform,
    settle: settles_nothing,
};

pub const LOG_EXPENSE: Capability = Capability {
    command: Command::LogExpense,
    prepare: |turning, wish| Box::pin(async { Ok(prepare(turning, wish)) }),
    perform,
    settle: settles_nothing,
};

/// Lines of one message.
const LINES_MAX: usize = 10;

fn prepare(turning: &Turning<'_>, wish: &Wish) -> Prepared {
    if wish.amount().is_none() {
        let reply = Reply::text(turning.plain(Phrase::AskAmountLog));
        return Prepared::Ask { slot: "amount", slots: wish.slots.clone(), reply };
    }
    let first = std::iter::once((wish.command, &wish.slots));
    let all = first.chain(wish.also.iter().map(|(command, slots)| (*command, slots)));
    let mut kept = Slots::new();
    for (place, (command, slots)) in all.take(LINES_MAX).enumerate() {
        let kind = if command == Command::LogIncome { LineKind::Income } else { LineKind::Expense };
        let what = ["platform", "category", "source"].iter().find_map(|slot| slots.get(*slot)).cloned().unwrap_or_default();
        let Some(amount) = slots.get("amount") else { continue };
        kept.insert(format!("{place}"), format!("{} {amount} {what}", kind.code()));
    }
    let day = wish.slot("date").and_then(|day| day.parse::<Date>().ok()).filter(|day| *day <= turning.today).unwrap_or(turning.today);
    kept.insert("day".to_owned(), day.to_string());
    Prepared::Do(kept)
}

/// `income 85000 swiggy`.
fn line(text: &str) -> Option<NewLine> {
    let mut parts = text.splitn(3, ' ');
    let (kind, amount, what) = (parts.next()?, parts.next()?, parts.next()?);
    Some(NewLine { kind: LineKind::from_code(kind)?, amount: Amount::new(amount.parse().ok()?)?, what: what.to_owned() })
}

fn perform<'a>(turning: &'a Turning<'a>, slots: &'a Slots) -> Performing<'a> {
    Box::pin(async { note(turning, slots).await })
}

async fn note(turning: &Turning<'_>, slots: &Slots) -> Result<Reply, Failed> {
    let day = slots.get("day").and_then(|day| day.parse().ok()).unwrap_or(turning.today);
    let lines: Vec<NewLine> = slots.iter().filter(|(name, _)| *name != "day").filter_map(|(_, text)| line(text)).collect();
    let add = AddLines { user: turning.user, day, source: turning.id, lines: lines.clone() };
    let sheet = match turning.deps.execute(&add, turning.trace).await {
        Ok(sheet) => sheet,
        Err(ExecuteError::Refused(_)) => return Ok(Reply::text(turning.plain(Phrase::TryAgain))),
        Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
    };
    let ours = |paise| Said::Ours(rupees(paise));
    let said = |line: &NewLine| format!("{} {}", rupees(line.amount.minor()), days::named(turning, &line.what));
    let text = match lines.as_slice() {
        [one] => {
            let sums = sheet.sums();
            let (phrase, today) = match one.kind {
                LineKind::Income => (Phrase::LoggedIncome, sums.income),
                LineKind::Expense => (Phrase::LoggedExpense, sums.expenses),
            };
            let what = days::named(turning, &one.what);
            turning.say(phrase, &[("amount", ours(one.amount.minor())), ("what", Said::Theirs(&what)), ("today", ours(today))])
        }
        several => {
            let list = several.iter().map(said).collect::<Vec<_>>().join(", ");
            turning.say(Phrase::LoggedSeveral, &[("list", Said::Theirs(&list))])
        }
    };
    let mut reply = Reply::text(text);
    if lines.len() > 1 {
        reply = reply.and(&turning.say(Phrase::Today, &days::of(sheet.sums())));
    }
    let planner = turning.deps.store.planner(turning.user).await.map_err(store_failed)?;
    if lines.iter().any(|line| line.kind == LineKind::Expense) && !planner.budgets.is_empty() {
        reply = reply.and(&days::budgets(turning, &planner).await?.join("\n"));
    }
    Ok(reply)
}

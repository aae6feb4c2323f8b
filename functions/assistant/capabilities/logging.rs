//! Earnings and expenses that somebody tells of.

use super::{Capability, Performing, Prepared, days, settles_nothing};
use crate::{
    apply::store_failed,
    assistant::{context::Turning, grammar::Wish, reply::Reply},
    book,
};
use domain::{
    book::{Flow, Source},
    chat::Slots,
    id::Fingerprint,
    money::Amount,
};
use jiff::civil::Date;
use lambda::Failed;
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
/// As much of a category's name as is kept.
const WHAT_CHARS_MAX: usize = 40;

fn prepare(turning: &Turning<'_>, wish: &Wish) -> Prepared {
    if wish.amount().is_none() {
        let reply = Reply::text(turning.plain(Phrase::AskAmountLog));
        return Prepared::Ask { slot: "amount", slots: wish.slots.clone(), reply };
    }
    let first = std::iter::once((wish.command, &wish.slots));
    let all = first.chain(wish.also.iter().map(|(command, slots)| (*command, slots)));
    let mut kept = Slots::new();
    for (place, (command, slots)) in all.take(LINES_MAX).enumerate() {
        let kind = match (command, slots.contains_key("platform")) {
            (Command::LogIncome, true) => PLATFORM,
            (Command::LogIncome, false) => Flow::In.code(),
            _ => Flow::Out.code(),
        };
        let what = ["platform", "category", "source"].iter().find_map(|slot| slots.get(*slot)).cloned().unwrap_or_default();
        let Some(amount) = slots.get("amount") else { continue };
        kept.insert(format!("{place}"), format!("{kind} {amount} {what}"));
    }
    let day = wish.slot("date").and_then(|day| day.parse::<Date>().ok()).filter(|day| *day <= turning.today).unwrap_or(turning.today);
    kept.insert("day".to_owned(), day.to_string());
    Prepared::Do(kept)
}

/// What was earned on a platform, which may pay it later.
const PLATFORM: &str = "platform";

/// One thing that somebody told.
struct Line {
    flow: Flow,
    is_platform: bool,
    amount: Amount,
    what: String,
}

/// `platform 85000 swiggy`.
fn line(text: &str) -> Option<Line> {
    let mut parts = text.splitn(3, ' ');
    let (kind, amount, what) = (parts.next()?, parts.next()?, parts.next()?);
    let is_platform = kind == PLATFORM;
    let flow = if is_platform { Flow::In } else { Flow::from_code(kind)? };
    let what = what.chars().take(WHAT_CHARS_MAX).collect();
    Some(Line { flow, is_platform, amount: Amount::new(amount.parse().ok()?)?, what })
}

fn perform<'a>(turning: &'a Turning<'a>, slots: &'a Slots) -> Performing<'a> {
    Box::pin(async { note(turning, slots).await })
}

async fn note(turning: &Turning<'_>, slots: &Slots) -> Result<Reply, Failed> {
    let day = slots.get("day").and_then(|day| day.parse().ok()).unwrap_or(turning.today);
    let told = slots.iter().filter(|(name, _)| *name != "day");
    let lines: Vec<(&String, Line)> = told.filter_map(|(place, text)| Some((place, line(text)?))).collect();
    let said = |(place, line): &(&String, Line)| {
        let id = Fingerprint::of(&turning.id.to_string(), place);
        let (flow, amount, what, is_platform) = (line.flow, line.amount.minor(), line.what.as_str(), line.is_platform);
        book::Said { source: Source::Chat, id, flow, amount, what, is_platform }.on(day)
    };
    let seen: Vec<_> = lines.iter().map(said).collect();
    if book::observe(turning.deps, turning.user, &seen, turning.trace).await?.is_err() {
        return Ok(Reply::text(turning.plain(Phrase::TryAgain)));
    }
    let lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).collect();
    let sums = book::sums(turning.deps, turning.user, (day, day)).await?.sum();
    let ours = |paise| Said::Ours(rupees(paise));
    let said = |line: &Line| format!("{} {}", rupees(line.amount.minor()), days::named(turning, &line.what));
    let text = match lines.as_slice() {
        [one] => {
            let (phrase, today) = match one.flow {
                Flow::In => (Phrase::LoggedIncome, sums.income),
                Flow::Out => (Phrase::LoggedExpense, sums.expenses),
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
        reply = reply.and(&turning.say(Phrase::Today, &days::of(sums)));
    }
    let planner = turning.deps.store.planner(turning.user).await.map_err(store_failed)?;
    if lines.iter().any(|line| line.flow == Flow::Out) && !planner.budgets.is_empty() {
        reply = reply.and(&days::budgets(turning, &planner).await?.join("\n"));
    }
    Ok(reply)
}

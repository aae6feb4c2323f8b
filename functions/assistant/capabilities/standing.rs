//! Payments that stand: the same to the same, again and again.

use super::{Capability, Performing, Prepared, send::label_of, settles_nothing};
use crate::{
    apply::{failed, store_failed},
    assistant::{
        context::Turning,
        grammar::Wish,
        reply::{Press, Reply},
    },
};
use domain::{
    chat::{Slots, Terms},
    id::Fingerprint,
    request::Keyed,
    standing::{EndStanding, Every, SetStanding, Standing, StandingStatus},
};
use jiff::civil::{Date, Weekday};
use lambda::Failed;
use store::ExecuteError;
use understanding::{Command, is_name_of};
use words::{Phrase, Said, rupees};

pub const RECURRING_PAYMENTS: Capability = Capability {
    command: Command::RecurringPayments,
    prepare: |turning, wish| Box::pin(async { prepare(turning, wish).await }),
    perform: |turning, slots| end(turning, slots),
    settle: settles_nothing,
};

/// On which days a wish for a payment falls, where it is for more than one. Who names no day means the
/// day on which they ask.
pub fn rhythm(wish: &Wish, today: Date) -> Option<Every> {
    let on = wish.slot("on");
    Some(match wish.slot("every")? {
        "day" => Every::Day,
        "week" => on.and_then(|on| format!("week:{on}").parse().ok()).unwrap_or(Every::Week(today.weekday())),
        "month" => on.and_then(|on| format!("month:{on}").parse().ok()).unwrap_or(Every::Month(today.day())),
        _ => return None,
    })
}

/// The terms of a standing payment, as they are confirmed.
pub fn shown(turning: &Turning<'_>, terms: &Terms, label: &str, every: Every) -> String {
    let first = words::written_day(every.after(turning.today));
    let values = [
        ("amount", Said::Ours(rupees(terms.amount))),
        ("to", Said::Theirs(label)),
        ("every", Said::Ours(in_words(turning, every))),
        ("day", Said::Ours(first)),
        ("fee", Said::Ours(rupees(terms.fee))),
    ];
    turning.say(Phrase::ConfirmStanding, &values)
}

fn in_words(turning: &Turning<'_>, every: Every) -> String {
    match every {
        Every::Day => turning.plain(Phrase::EveryDay),
        Every::Week(weekday) => turning.say(Phrase::EveryWeek, &[("weekday", Said::Ours(turning.plain(named(weekday))))]),
        Every::Month(on) => turning.say(Phrase::EveryMonth, &[("on", Said::Ours(on.to_string()))]),
    }
}

fn named(weekday: Weekday) -> Phrase {
    match weekday {
        Weekday::Monday => Phrase::Monday,
        Weekday::Tuesday => Phrase::Tuesday,
        Weekday::Wednesday => Phrase::Wednesday,
        Weekday::Thursday => Phrase::Thursday,
        Weekday::Friday => Phrase::Friday,
        Weekday::Saturday => Phrase::Saturday,
        Weekday::Sunday => Phrase::Sunday,
    }
}

fn line(turning: &Turning<'_>, phrase: Phrase, standing: &Standing) -> String {
    let label = label_of(&standing.terms.moves);
    let values = [
        ("amount", Said::Ours(rupees(standing.terms.amount))),
        ("to", Said::Theirs(&label)),
        ("every", Said::Ours(in_words(turning, standing.every))),
        ("day", Said::Ours(words::written_day(standing.next_on))),
    ];
    turning.say(phrase, &values)
}

/// Sets one up on the terms that were confirmed.
pub async fn set_up(turning: &Turning<'_>, asked: Keyed, terms: &Terms, every: Every) -> Result<Reply, Failed> {
    let others = active(turning).await?.len();
    let command = SetStanding { asked, terms: terms.clone(), every, others };
    Ok(Reply::text(match turning.deps.execute(&command, turning.trace).await {
        Ok(set) => line(turning, Phrase::StandingSet, &set.value),
        Err(ExecuteError::Refused(_)) => turning.plain(Phrase::StandingTooMany),
        Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
    }))
}

async fn active(turning: &Turning<'_>) -> Result<Vec<Standing>, Failed> {
    let mut all = turning.deps.store.standings(turning.user).await.map_err(store_failed)?;
    all.retain(|standing| standing.status == StandingStatus::Active);
    Ok(all)
}

async fn prepare(turning: &Turning<'_>, wish: &Wish) -> Result<Prepared, Failed> {
    let all = active(turning).await?;
    if all.is_empty() {
        return Ok(Prepared::Answer(Reply::text(turning.plain(Phrase::StandingNone))));
    }
    let chosen = wish.slot("standing_id").and_then(|id| id.parse::<Fingerprint>().ok());
    let lines: Vec<String> = all.iter().map(|standing| line(turning, Phrase::StandingLine, standing)).collect();
    let list = Reply::text(lines.join("\n"));
    if wish.slot("stop") != Some("true") && chosen.is_none() {
        return Ok(Prepared::Answer(list));
    }
    let is_meant = |standing: &&Standing| match (chosen, wish.slot("payee")) {
        (Some(id), _) => standing.id.fingerprint() == id,
        (None, Some(name)) => is_name_of(name, &label_of(&standing.terms.moves)),
        (None, None) => true,
    };
    let meant: Vec<&Standing> = all.iter().filter(is_meant).collect();
    Ok(match meant.as_slice() {
        [one] => {
            let slots = Slots::from([("id".to_owned(), one.id.fingerprint().to_string()), ("to".to_owned(), label_of(&one.terms.moves))]);
            Prepared::Question { slots, reply: Reply::text(line(turning, Phrase::StandingAskEnd, one)) }
        }
        _ => {
            let mut reply = Reply { open: turning.plain(Phrase::ButtonChoose), ..list };
            for standing in all.iter().take(CHOICES_MAX) {
                let title: String = label_of(&standing.terms.moves).chars().take(TITLE_CHARS_MAX).collect();
                let title = format!("{title} {}", rupees(standing.terms.amount)).chars().take(ROW_CHARS_MAX).collect::<String>();
                let press = Press::Slot { name: "standing_id".to_owned(), value: standing.id.fingerprint().to_string() };
                reply = reply.with(&press, title);
            }
            let slots = Slots::from([("stop".to_owned(), "true".to_owned())]);
            Prepared::Ask { slot: "standing", slots, reply }
        }
    })
}

const CHOICES_MAX: usize = 9;
const TITLE_CHARS_MAX: usize = 12;
/// What WhatsApp takes as the title of a row.
const ROW_CHARS_MAX: usize = 24;

fn end<'a>(turning: &'a Turning<'a>, slots: &'a Slots) -> Performing<'a> {
    Box::pin(async move {
        let id = slots.get("id").and_then(|id| id.parse().ok()).ok_or_else(|| Failed::bug("no standing payment"))?;
        turning.deps.execute(&EndStanding { user: turning.user, id }, turning.trace).await.map_err(failed)?;
        let to = slots.get("to").cloned().unwrap_or_default();
        Ok(Reply::text(turning.say(Phrase::StandingEnded, &[("to", Said::Theirs(&to))])))
    })
}

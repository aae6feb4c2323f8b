//! The last movements.

use super::{Capability, Prepared, settles_nothing};
use crate::{
    apply::store_failed,
    assistant::{
        context::Turning,
        grammar::Wish,
        reply::{Press, Reply},
    },
    documents::Document,
    work::WorkMessage,
};
use domain::{
    chat::{Door, Slots},
    fact::Fact,
    id::{AccountId, OperationId},
    limits::india_time,
};
use jiff::ToSpan as _;
use lambda::Failed;
use understanding::Command;
use words::{Phrase, Said, rupees};

/// Where nobody says how many.
const USUAL: usize = 5;
/// How far back a statement goes where nobody says.
const USUAL_DAYS: i64 = 30;
/// How far back one looks for movements of a time.
const LOOKED_AT_MAX: usize = 100;

pub const GET_TRANSACTIONS: Capability = Capability {
    command: Command::GetTransactions,
    prepare: |turning, wish| Box::pin(async { prepare(turning, wish).await }),
    perform: |turning, slots| Box::pin(async { make(turning, slots).await }),
    settle: settles_nothing,
};

async fn prepare(turning: &Turning<'_>, wish: &Wish) -> Result<Prepared, Failed> {
    // Where documents can be sent.
    if turning.door == Door::Meta {
        match wish.slot("format") {
            Some("pdf") => {
                let usual = (turning.today.saturating_sub(USUAL_DAYS.days()), turning.today);
                let (from, to) = super::days::asked(wish, turning.today).unwrap_or(usual);
                return Ok(Prepared::Do(Slots::from([("from".to_owned(), from.to_string()), ("to".to_owned(), to.to_string())])));
            }
            Some("receipt") => {
                if let Some(seq) = last(turning).await? {
                    return Ok(Prepared::Do(Slots::from([("seq".to_owned(), seq.to_string())])));
                }
            }
            _ => {}
        }
    }
    Ok(Prepared::Answer(movements(turning, wish).await?))
}

/// The last movement's place in the feed.
async fn last(turning: &Turning<'_>) -> Result<Option<u64>, Failed> {
    let moved = |fact: &Fact| !fact.entries.is_empty();
    let page = turning.deps.store.facts_before(AccountId::wallet_of(turning.user), u64::MAX / 2, 1, moved).await;
    Ok(page.map_err(store_failed)?.facts.first().map(|fact| fact.seq))
}

/// Has a document made. It comes by itself, after the answer.
async fn make(turning: &Turning<'_>, slots: &Slots) -> Result<Reply, Failed> {
    let slot = |name: &str| slots.get(name).cloned().ok_or_else(|| Failed::bug("a document of nothing"));
    let document = match slots.get("seq").and_then(|seq| seq.parse().ok()) {
        Some(seq) => Document::Receipt { seq },
        None => Document::Statement { from: slot("from")?, to: slot("to")? },
    };
    let (user, door) = (turning.user.to_string(), turning.door.code().to_owned());
    turning.deps.send_at(&WorkMessage::MakeDocument { user, door, document }, turning.now, turning.trace).await?;
    Ok(Reply::text(turning.plain(Phrase::StatementWaits)))
}

async fn movements(turning: &Turning<'_>, wish: &Wish) -> Result<Reply, Failed> {
    let count = wish.slot("count").and_then(|count| count.parse().ok()).unwrap_or(USUAL);
    let days = super::days::asked(wish, turning.today);
    let direction = wish.slot("direction").map(str::to_owned);
    let moved = |fact: &Fact| !fact.entries.is_empty();
    let store = &turning.deps.store;
    let page = store.facts_before(AccountId::wallet_of(turning.user), u64::MAX / 2, LOOKED_AT_MAX, moved).await.map_err(store_failed)?;
    let wanted = |fact: &&Fact| {
        let day = india_time(fact.at).date();
        let in_time = days.is_none_or(|(from, to)| (from..=to).contains(&day));
        in_time && direction.as_ref().is_none_or(|wanted| (net(fact) > 0) == (wanted == "in"))
    };
    let lines: Vec<String> = page.facts.iter().filter(wanted).take(count).map(|fact| line(turning, fact)).collect();
    Ok(match (lines.is_empty(), days) {
        (true, None) => Reply::text(turning.plain(Phrase::MovementsNone)),
        (true, Some(_)) => Reply::text(turning.plain(Phrase::MovementsNoneThen)),
        (false, _) => {
            let list = Reply::text(format!("{}\n{}", turning.plain(Phrase::Movements), lines.join("\n")));
            if turning.door == Door::Meta { on_paper(turning, list) } else { list }
        }
    })
}

/// With buttons for the same on paper.
fn on_paper(turning: &Turning<'_>, reply: Reply) -> Reply {
    let press = |format: &str| Press::Wish {
        command: Command::GetTransactions.name().to_owned(),
        name: "format".to_owned(),
        value: format.to_owned(),
    };
    reply.with(&press("pdf"), turning.plain(Phrase::ButtonStatement)).with(&press("receipt"), turning.plain(Phrase::ButtonReceipt))
}

/// What came in, less what went out.
pub fn net(fact: &Fact) -> i64 {
    fact.entries.iter().map(|entry| entry.amount).sum()
}

/// What kind of movement it was.
pub fn what_moved(fact: &Fact) -> Phrase {
    match fact.operation {
        Some(OperationId::Payment(_)) => Phrase::WhatPayment,
        Some(OperationId::Refund(_)) => Phrase::WhatRefund,
        Some(OperationId::Transfer(_)) => Phrase::WhatTransfer,
        Some(OperationId::Payout(_)) => Phrase::WhatPayout,
        _ => Phrase::WhatOther,
    }
}

fn line(turning: &Turning<'_>, fact: &Fact) -> String {
    let what = turning.plain(what_moved(fact));
    let what = match &fact.detail.counterparty {
        Some(other) => format!("{what}, {other}"),
        None => what,
    };
    let net = net(fact);
    let phrase = if net > 0 { Phrase::MovementIn } else { Phrase::MovementOut };
    let values = [
        ("day", Said::Ours(words::written_day(india_time(fact.at).date()))),
        ("amount", Said::Ours(rupees(net.abs()))),
        ("what", Said::Theirs(&what)),
    ];
    turning.say(phrase, &values)
}

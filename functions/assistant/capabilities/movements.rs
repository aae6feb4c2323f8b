//! The last movements.

use super::{Capability, Prepared, nothing_to_do, settles_nothing};
use crate::{
    apply::store_failed,
    assistant::{context::Turning, grammar::Wish, reply::Reply},
};
use domain::{
    fact::Fact,
    id::{AccountId, OperationId},
    limits::india_time,
};
use jiff::civil::Date;
use lambda::Failed;
use understanding::Command;
use words::{Phrase, Said, rupees};

/// Where nobody says how many.
const USUAL: usize = 5;
/// How far back one looks for movements of a time.
const LOOKED_AT_MAX: usize = 100;

pub const GET_TRANSACTIONS: Capability = Capability {
    command: Command::GetTransactions,
    prepare: |turning, wish| Box::pin(async { Ok(Prepared::Answer(movements(turning, wish).await?)) }),
    perform: nothing_to_do,
    settle: settles_nothing,
};

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
    Ok(Reply::text(match (lines.is_empty(), days) {
        (true, None) => turning.plain(Phrase::MovementsNone),
        (true, Some(_)) => turning.plain(Phrase::MovementsNoneThen),
        (false, _) => format!("{}\n{}", turning.plain(Phrase::Movements), lines.join("\n")),
    }))
}

/// What came in, less what went out.
pub fn net(fact: &Fact) -> i64 {
    fact.entries.iter().map(|entry| entry.amount).sum()
}

fn line(turning: &Turning<'_>, fact: &Fact) -> String {
    let what = turning.plain(match fact.operation {
        Some(OperationId::Payment(_)) => Phrase::WhatPayment,
        Some(OperationId::Refund(_)) => Phrase::WhatRefund,
        Some(OperationId::Transfer(_)) => Phrase::WhatTransfer,
        Some(OperationId::Payout(_)) => Phrase::WhatPayout,
        _ => Phrase::WhatOther,
    });
    let what = match &fact.detail.counterparty {
        Some(other) => format!("{what}, {other}"),
        None => what,
    };
    let net = net(fact);
    let phrase = if net > 0 { Phrase::MovementIn } else { Phrase::MovementOut };
    let values =
        [("day", Said::Ours(day(india_time(fact.at).date()))), ("amount", Said::Ours(rupees(net.abs()))), ("what", Said::Theirs(&what))];
    turning.say(phrase, &values)
}

/// A day as it is written in India.
pub fn day(day: Date) -> String {
    format!("{:02}-{:02}-{}", day.day(), day.month(), day.year())
}

//! What stands on a document, from the facts of a feed.

use crate::assistant::what_moved;
use domain::{
    fact::{Fact, FactKind},
    identity::Phone,
    limits::india_time,
};
use jiff::civil::{Date, DateTime};
use papers::{LINES_MAX, Line, PaperError, Party, Receipt, Statement, Status};
use words::{Language, Phrasebook};

/// The wallet, as a paper names it that is passed on.
fn wallet(phone: &Phone) -> String {
    let digits: Vec<char> = phone.e164().chars().rev().take(4).collect();
    format!("Kamai ••{}", digits.into_iter().rev().collect::<String>())
}

/// `facts` have the newest first, and reach back to before the first day or to the account's beginning.
pub fn statement(
    facts: &[Fact],
    phone: &Phone,
    language: Language,
    (from, to): (Date, Date),
    now: DateTime,
) -> Result<Vec<u8>, PaperError> {
    let on = |fact: &Fact| india_time(fact.at).date();
    let mut lines: Vec<Line> = facts
        .iter()
        .rev()
        .filter(|fact| (from..=to).contains(&on(fact)))
        .flat_map(|fact| {
            let what = what(fact, language);
            fact.entries.iter().map(move |entry| Line {
                at: india_time(fact.at).datetime(),
                what: what.clone(),
                reference: fact.detail.reference.clone(),
                amount_paise: entry.amount,
                balance_after_paise: entry.balance_after,
            })
        })
        .collect();
    // Of more than fit, the newest: the opening balance is then that before the first that is shown.
    lines.drain(..lines.len().saturating_sub(LINES_MAX));
    let before = facts.iter().find(|fact| on(fact) < from).map_or(0, |fact| fact.balance_after);
    let opening = lines.first().map_or(before, |line| line.balance_after_paise - line.amount_paise);
    let closing = lines.last().map_or(opening, |line| line.balance_after_paise);
    papers::statement(&Statement {
        holder: wallet(phone),
        account: wallet(phone),
        language,
        period_from: from,
        period_to: to,
        issued: Some(now),
        opening_paise: opening,
        closing_paise: closing,
        lines,
    })
}

pub fn receipt(fact: &Fact, phone: &Phone, language: Language, now: DateTime) -> Result<Vec<u8>, PaperError> {
    let net: i64 = fact.entries.iter().map(|entry| entry.amount).sum();
    let amount = fact.detail.amount.unwrap_or(net.abs());
    let ours = Party { name: wallet(phone), address: None };
    let theirs = Party { name: fact.detail.counterparty.clone().unwrap_or_else(|| what(fact, language)), address: None };
    let (from, to) = if net < 0 { (ours, theirs) } else { (theirs, ours) };
    papers::receipt(&Receipt {
        language,
        from,
        to,
        amount_paise: amount,
        fee_paise: if net < 0 { (net.abs() - amount).max(0) } else { 0 },
        reference: fact.detail.reference.clone(),
        status: match fact.kind {
            FactKind::PayoutReversed | FactKind::RefundFailed => Status::Returned,
            _ => Status::Paid,
        },
        at: india_time(fact.at).datetime(),
        note: fact.detail.note.clone(),
        issued: Some(now),
    })
}

fn what(fact: &Fact, language: Language) -> String {
    let what = Phrasebook::built_in().map(|phrases| phrases.say(language, what_moved(fact), &[])).unwrap_or_default();
    match &fact.detail.counterparty {
        Some(other) => format!("{what}, {other}"),
        None => what,
    }
}

//! The movement that a message tells of: its verb, tense and direction, and the amount beside it.

use bank_feed::Direction;

use crate::lexicon::{
    ACCOUNT, ARRANGED, CARD, CREDIT, CURRENCY, DONE, DUE, LIMIT, NOUN, PAST, PREPOSITION, RAIL, REFERENCE, REVERSE, SIDE, SIGNATURE,
    WALLET, YOUR,
};
use crate::money::{Amount, Role};
use crate::tense::has_happened;
use crate::token::Tokens;

#[derive(Debug, Clone, Copy)]
pub struct Movement {
    /// The verb's place.
    pub at: usize,
    /// The amount's place in the list of amounts.
    pub amount: usize,
    pub direction: Direction,
    pub is_reversal: bool,
    /// Told by a verb in the past, and not only by a name such as "transaction".
    pub is_certain: bool,
}

/// A verb's cost for each sentence that lies between it and its amount, in words.
const SENTENCE_COST: usize = 12;
const NOUN_COST: usize = 20;
const DISTANCE_MAX: usize = 60;

/// The movement of a text up to `end`, where what is not told any more begins.
pub fn movement(tokens: &Tokens<'_>, amounts: &[Amount], end: usize) -> Option<Movement> {
    let verbs = verbs(tokens, amounts, end);
    let (verb, amount) = nearest(tokens, amounts, &verbs, Role::Moved)
        // "Charges Rs 100 + GST Rs 18 debited": the first is the charge.
        .or_else(|| {
            nearest(tokens, amounts, &verbs, Role::Fee)
                .and_then(|(verb, _)| Some((verb, amounts.iter().position(|amount| amount.role == Role::Fee)?)))
        })
        .or_else(|| nearest(tokens, amounts, &verbs, Role::Due).filter(|(verb, _)| verb.is_certain))?;
    // Of two verbs in one breath ("debited … and credited to") the first speaks of the user's account.
    let sentence = tokens.sentence(verb.at);
    let first =
        verbs.iter().find(|other| other.is_certain && tokens.sentence(other.at) == sentence).filter(|_| verb.is_certain).unwrap_or(&verb);
    let undone = verbs.iter().find(|other| other.is_reversal && (other.is_certain || !verb.is_certain)).copied();
    let credited = verbs.iter().any(|other| other.is_certain && other.direction == Direction::Credit);
    let is_reversal = undone.is_some_and(|undone| undone.is_certain || credited || !verb.is_certain)
        || credited && first.direction == Direction::Credit && tokens.with(REVERSE).any(|at| at < end);
    let direction = if is_reversal { Direction::Credit } else { first.direction };
    Some(Movement { at: first.at, amount, direction, is_reversal, is_certain: verb.is_certain })
}

#[derive(Clone, Copy)]
struct Verb {
    at: usize,
    direction: Direction,
    is_reversal: bool,
    is_certain: bool,
}

fn verbs(tokens: &Tokens<'_>, amounts: &[Amount], end: usize) -> Vec<Verb> {
    let mut verbs = Vec::new();
    // "Total: INR 500 Dr. Min: INR 25": what is owed, not what moved.
    let names_bill = |at: usize| matches!(tokens.word(at), "bill" | "statement" | "e-statement" | "stmt");
    let is_bill = amounts.iter().any(|amount| amount.role == Role::Due) || tokens.any(DUE) && (0..tokens.len()).any(names_bill);
    for at in 0..end {
        let is_side = tokens.has(at, SIDE) && is_beside(amounts, at) && !is_sign(tokens, amounts, at, is_bill);
        let is_certain = if is_side || is_done_thing(tokens, at) {
            true
        } else if tokens.has(at, PAST) {
            if !has_happened(tokens, at) {
                continue;
            }
            true
        } else if is_rail_of(tokens, at) && has_happened(tokens, at) {
            false
        } else if tokens.has(at, NOUN) && !tokens.has(at + 1, CARD | LIMIT) && !is_scheme(tokens, at) && has_happened(tokens, at) {
            is_told(tokens, at)
        } else {
            continue;
        };
        verbs.push(Verb { at, direction: direction(tokens, at), is_reversal: tokens.has(at, REVERSE) || is_back(tokens, at), is_certain });
    }
    verbs
}

/// "RTGS of INR 500 … is successful"
fn is_rail_of(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, RAIL) && tokens.word(at + 1) == "of"
}

/// `Dr`/`Cr` are verbs beside what was moved, and a sign of a balance elsewhere.
fn is_beside(amounts: &[Amount], at: usize) -> bool {
    amounts.iter().any(|amount| {
        let gap = if amount.first > at { amount.first - at } else { at.saturating_sub(amount.last) };
        amount.role == Role::Moved && (1..=3).contains(&gap)
    })
}

/// The sign of the amount before it, on a bill or in "the amount is INR 500 Dr"; `Dr. from` is a verb.
fn is_sign(tokens: &Tokens<'_>, amounts: &[Amount], at: usize, is_bill: bool) -> bool {
    let next = at + 1 + usize::from(tokens.is_mark(at + 1, b'.'));
    let amount = amounts.iter().find(|amount| amount.last + 1 == at);
    let is_state = amount.is_some_and(|amount| amount.first > 0 && tokens.word(amount.first - 1) == "is");
    amount.is_some() && (is_bill || is_state) && (is_state || !tokens.has(next, PREPOSITION | ACCOUNT | YOUR))
}

/// "Thank you for using your card … for Rs 500", "your card has been used for", "settled to your bank A/c".
fn is_done_thing(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_near = |words: &[&str], from: usize, to: usize| (from..to).any(|at| words.contains(&tokens.word(at)));
    match tokens.word(at) {
        "settled" => tokens.word(at + 1) == "to" && tokens.has(at + 2, YOUR) && has_happened(tokens, at),
        "using" | "paying" => is_near(&["thank", "thanks"], at.saturating_sub(4), at),
        "used" => {
            (is_near(&["been", "was", "is"], at.saturating_sub(2), at) || (at.saturating_sub(3)..at).any(|back| tokens.has(back, CARD)))
                && is_near(&["for", "at", "on", "to"], at + 1, at + 3)
                && has_happened(tokens, at)
        }
        _ => false,
    }
}

/// `Debit INR 500`, `UPI DEBIT:Rs`, `CREDIT with amount`, `a DEBIT transaction of`: a headline tells as a verb does.
fn is_told(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = tokens.word(at);
    let next = at + 1 + usize::from(tokens.is_mark(at + 1, b':') || tokens.is_mark(at + 1, b'-'));
    matches!(word, "debit" | "credit")
        && (tokens.has(next, CURRENCY)
            || matches!(
                tokens.word(next),
                "with" | "for" | "by" | "transaction" | "alert" | "hue" | "hua" | "kiya" | "kiye" | "ho" | "hui"
            ))
}

/// An arrangement that has a movement's name.
fn is_scheme(tokens: &Tokens<'_>, at: usize) -> bool {
    let next_is_mask = tokens.joined(at + 2) && tokens.is_number(at + 2);
    tokens.word(at) == "deposit" && next_is_mask
        || tokens.word(at) == "deposit" && at > 0 && matches!(tokens.word(at - 1), "fixed" | "term" | "recurring" | "security" | "minimum")
        || tokens.word(at) == "credit"
            && matches!(tokens.word(at + 1), "score" | "line" | "period" | "bill" | "facility" | "points" | "report")
        || tokens.word(at) == "payment" && tokens.word(at + 1) == "link"
        || matches!(tokens.word(at + 1), "bank" | "request" | "alert" | "alerts") && tokens.word(at) == "payment"
        || matches!(tokens.word(at + 1), "limit" | "limits" | "pin")
}

/// `credited back`, `debit reversed`.
fn is_back(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, CREDIT) && tokens.has(at, PAST) && tokens.word(at + 1) == "back"
}

fn direction(tokens: &Tokens<'_>, at: usize) -> Direction {
    let sentence = tokens.sentence(at);
    let rest = at + 1..(at + 24).min(tokens.len());
    // The first place after the verb that says where from or where to, and whether it is the user's.
    let side = |words: &[&str]| {
        let place = rest.clone().take_while(|next| tokens.sentence(*next) == sentence).find(|next| words.contains(&tokens.word(*next)))?;
        let is_own = (place + 1..place + 3).any(|next| tokens.has(next, YOUR));
        Some((place, is_own))
    };
    let to = side(&["to", "in", "into"]);
    let from = side(&["from"]);
    let is_first = |one: Option<(usize, bool)>, other: Option<(usize, bool)>| match (one, other) {
        (Some((one, true)), Some((other, _))) => one < other,
        (Some((_, true)), None) => true,
        _ => false,
    };
    let word = tokens.word(at);
    let is_near = |place: usize, is: &dyn Fn(usize) -> bool| (place + 1..place + 8).any(is);
    // "loaded to UPI Lite from A/c XX1234", "added to your wallet from A/c": out of the account.
    let fills_own = to.is_some_and(|(to, _)| is_near(to, &|near| tokens.has(near, WALLET) || tokens.word(near) == "lite"))
        && from.is_some_and(|(from, _)| is_near(from, &|near| tokens.has(near, ACCOUNT)));
    // "added to your Broker account from A/c XX1234": the account with a number is the bank's.
    let fills_other = to.zip(from).is_some_and(|((to, _), (from, _))| {
        let is_banks = |at: usize| tokens.has(at, SIGNATURE) || tokens.is_number(at) || tokens.word(at) == "bank";
        to < from && !tokens.has(to + 2, ACCOUNT) && !(to..from).any(is_banks) && is_near(from, &|near| tokens.has(near, ACCOUNT))
    });
    let is_others = to.is_some_and(|(to, _)| (to + 1..to + 3).any(|near| matches!(tokens.word(near), "beneficiary" | "benef" | "payee")));
    match word {
        "loaded" | "added" | "transferred" | "credited" if fills_own => Direction::Debit,
        "loaded" | "added" if fills_other => Direction::Debit,
        // "withdrawn from your Porter earnings has been credited to your bank a/c"
        "withdrawn" if from.is_some_and(|(from, own)| own && is_near(from, &|near| tokens.word(near) == "earnings")) => Direction::Credit,
        "credited" | "deposited" if is_others => Direction::Debit,
        "paid" | "sent" | "transferred" | "transfered" if matches!(tokens.word(at + 1), "you" | "u") || is_first(to, from) => {
            Direction::Credit
        }
        "received" | "recieved" | "credited" | "deposited" | "added" if is_first(from, to) => Direction::Debit,
        "credited" | "deposited" if from.is_some_and(|(_, own)| own) && !to.is_some_and(|(_, own)| own) => Direction::Debit,
        "recharge" | "recharged" if !tokens.any(WALLET) => Direction::Debit,
        "payment" | "transfer" if is_first(to, from) => Direction::Credit,
        // "Thank you for your payment towards your card"
        "payment" if towards_debt(tokens, at) => Direction::Credit,
        _ if tokens.has(at, CREDIT) => Direction::Credit,
        _ => Direction::Debit,
    }
}

fn towards_debt(tokens: &Tokens<'_>, at: usize) -> bool {
    (at + 1..(at + 12).min(tokens.len()))
        .find(|next| matches!(tokens.word(*next), "towards" | "on" | "for" | "against"))
        .is_some_and(|place| (place + 1..place + 6).any(|next| tokens.has(next, CARD | ACCOUNT) || tokens.word(next) == "loan"))
        && (0..at).any(|back| matches!(tokens.word(back), "thank" | "thanks"))
}

fn nearest(tokens: &Tokens<'_>, amounts: &[Amount], verbs: &[Verb], role: Role) -> Option<(Verb, usize)> {
    let mut best: Option<(usize, Verb, usize)> = None;
    for verb in verbs {
        for (index, amount) in amounts.iter().enumerate().filter(|(_, amount)| amount.role == role) {
            let gap = if amount.first > verb.at { amount.first - verb.at } else { verb.at.saturating_sub(amount.last) };
            let sentences = tokens.sentence(amount.first).abs_diff(tokens.sentence(verb.at));
            let cost = gap + sentences * SENTENCE_COST + if verb.is_certain { 0 } else { NOUN_COST } + usize::from(amount.is_bare) * 8;
            if cost <= DISTANCE_MAX && best.is_none_or(|(least, _, _)| cost < least) {
                best = Some((cost, *verb, index));
            }
        }
    }
    best.map(|(_, verb, amount)| (verb, amount))
}

/// Whether a name such as "payment" is borne out: it was done, has a reference, or stands by its amount.
pub fn is_borne_out(tokens: &Tokens<'_>, found: &Movement, amounts: &[Amount], end: usize) -> bool {
    let sentence = tokens.sentence(found.at);
    let is_beside = amounts.get(found.amount).is_some_and(|amount| amount.first.abs_diff(found.at) <= 4);
    let is_limit = (0..found.at).any(|at| tokens.has(at, LIMIT) && tokens.sentence(at) == sentence);
    let is_arranged = tokens.with(ARRANGED).any(|at| tokens.sentence(at) == sentence);
    !is_limit && !is_arranged && (is_beside || is_done(tokens, found) || (0..end).any(|at| tokens.has(at, REFERENCE)))
}

/// Whether the movement's own sentence says that it was done.
pub fn is_done(tokens: &Tokens<'_>, found: &Movement) -> bool {
    tokens.with(DONE).any(|at| tokens.sentence(at) == tokens.sentence(found.at))
}

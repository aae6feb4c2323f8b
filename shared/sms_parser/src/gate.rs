//! Why a message is none about a movement: codes, refusals, requests, mandates, bills, offers.

use crate::lexicon::{
    ACCOUNT, BALANCE, CARD, CONDITION, CURRENCY, DECLINED, DONE, DUE, FEE, FUTURE, MANDATE, NEGATION, NOUN, OFFER, OTP, PAST, REQUEST,
};
use crate::money::{Amount, Role};
use crate::reading::Reason;
use crate::token::Tokens;

/// The reason, where no movement was found.
pub fn reason(tokens: &Tokens<'_>, amounts: &[Amount]) -> Reason {
    let text = tokens.lower();
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    let offers = offers(tokens);
    if has_code(tokens) {
        Reason::Otp
    } else if tokens.any(MANDATE) && says(&["cancelled", "deleted", "paused"]) && !has_promise(tokens) {
        Reason::Mandate
    } else if tokens.with(DECLINED).any(|at| is_refusal(tokens, at))
        || says(&[
            "could not be",
            "not been approved",
            "not approved",
            "not authorised",
            "not authorized",
            "cannot be",
            "not processed",
            "not go through",
            "not completed",
            "not successful",
            "not been successful",
            "not been processed",
        ])
    {
        Reason::Declined
    } else if is_request(tokens) {
        Reason::Request
    } else if tokens.with(MANDATE).any(|at| !is_means(tokens, at)) && !has_promise(tokens)
        || says(&["standing instruction of", "standing instruction has", "auto pay facility", "autopay facility"])
    {
        Reason::Mandate
    } else if offers >= 3
        || says(&["can be converted", "converted to emi", "converted into emi", "convert to emi"])
        || says(&["pre-approved", "preapproved", "use code", "t&c", "convert your", "into easy emi", "into smartemi"]) && offers >= 1
    {
        Reason::Offer
    } else if !amounts.is_empty()
        && (has_promise(tokens)
            || says(&[
                " to be debited",
                "is pending",
                "under process",
                "in progress",
                "awaiting your",
                "being processed",
                "keep balance",
                "keep funds",
                "maintain balance",
                "sufficient balance",
            ]))
    {
        Reason::FutureDebit
    } else if amounts.iter().any(|amount| amount.role == Role::Due)
        || tokens.with(DUE).next().is_some() && !amounts.is_empty()
        || says(&["statement is", "last date", "pay by"])
        || text.contains("bill is") && !text.contains("bill is success")
    {
        Reason::Due
    } else if offers >= 1 && !tokens.any(BALANCE) {
        Reason::Offer
    } else if amounts.iter().any(|amount| amount.role == Role::Balance) {
        Reason::BalanceOnly
    } else {
        Reason::Other
    }
}

/// Whether the text carries a one-time code, rather than a warning not to tell any.
pub fn has_code(tokens: &Tokens<'_>) -> bool {
    let Some(name) = (0..tokens.len()).find(|at| names_code(tokens, *at) && !is_warning(tokens, *at)) else { return false };
    let sentence = tokens.sentence(name);
    let near = name.saturating_sub(10)..(name + 6).min(tokens.len());
    let told = |at: usize| {
        at > 0 && matches!(tokens.word(at - 1), "is" | ":" | "use" | "enter" | "code" | "otp" | "hai")
            || matches!(tokens.word(at + 1), "is" | "hai")
    };
    near.clone().any(|at| is_code(tokens, at) && tokens.sentence(at) == sentence)
        || (0..tokens.len()).any(|at| is_code(tokens, at) && told(at))
}

fn names_code(tokens: &Tokens<'_>, at: usize) -> bool {
    let follows = |words: &[&str]| at > 0 && words.contains(&tokens.word(at - 1));
    match tokens.word(at) {
        "password" => (at.saturating_sub(4)..at).any(|back| matches!(tokens.word(back), "one" | "time")),
        "code" => follows(&["verification", "login", "security", "authorisation", "authorization", "auth", "access"]),
        _ => tokens.has(at, OTP),
    }
}

/// "Never share your OTP", "without OTP".
fn is_warning(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at)
        .filter(|back| tokens.sentence(*back) == tokens.sentence(at))
        .any(|back| matches!(tokens.word(back), "share" | "disclose" | "without" | "never" | "tell" | "ask" | "asks" | "reveal"))
}

/// Four to eight digits that are no amount, date, account or telephone number.
fn is_code(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_part = tokens.joined(at + 1) && (tokens.is_mark(at + 1, b'-') || tokens.is_mark(at + 1, b'/'));
    let Some(before) = at.checked_sub(1) else { return tokens.is_digits(at) && (4..=8).contains(&tokens.word(at).len()) && !is_part };
    let is_glued = tokens.joined(at) && !matches!(tokens.word(before), ":" | "-" | "." | "(" | "\"");
    let is_of_other =
        tokens.has(before, CURRENCY | CARD | ACCOUNT) || matches!(tokens.word(before), "call" | "ending" | "to" | "sms" | "dial" | "block");
    let is_amount = at > 1 && tokens.has(at - 2, CURRENCY);
    tokens.is_digits(at) && (4..=8).contains(&tokens.word(at).len()) && !is_part && !is_glued && !is_of_other && !is_amount
}

/// `declined`, but not the fee for it, nor what would be "if it failed".
pub fn is_refusal(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, DECLINED)
        && !(at + 1..at + 3).any(|next| tokens.has(next, FEE))
        && !(0..at).rev().take_while(|back| tokens.sentence(*back) == tokens.sentence(at)).take(8).any(|back| tokens.has(back, CONDITION))
}

fn is_request(tokens: &Tokens<'_>) -> bool {
    tokens.with(REQUEST).any(|at| match tokens.word(at) {
        "requested" | "requesting" | "asking" => !(at > 0 && matches!(tokens.word(at - 1), "as" | "not" | "if" | "you" | "been")),
        "wants" | "requests" if tokens.has(at + 1, CURRENCY) => true,
        "request" | "requests" | "collect" => (at.saturating_sub(2)..at)
            .chain(at + 1..at + 3)
            .any(|near| matches!(tokens.word(near), "payment" | "collect" | "money" | "upi" | "pay" | "of" | "from")),
        "अनुरोध" => true,
        _ => false,
    })
}

/// "payment … via e-mandate", "e-mandate transaction … processed": how it was paid.
fn is_means(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_done = tokens.with(DONE).any(|done| tokens.sentence(done) == tokens.sentence(at));
    tokens.has(at + 1, NOUN) && is_done || at > 0 && matches!(tokens.word(at - 1), "via" | "by" | "through" | "thru" | "under" | "using")
}

/// Something will be debited or credited, or is planned to be.
fn has_promise(tokens: &Tokens<'_>) -> bool {
    tokens.with(FUTURE).any(|at| {
        let sentence = tokens.sentence(at);
        let plans = matches!(tokens.word(at), "scheduled" | "upcoming" | "initiated");
        let verb = (at + 1..at + 7).take_while(|next| tokens.sentence(*next) == sentence).any(|next| {
            tokens.has(next, PAST)
                || matches!(tokens.word(next), "processed" | "presented" | "deducted" | "executed" | "debit" | "initiated" | "settled")
        });
        let after_verb = tokens.word(at).starts_with("ho") || tokens.word(at).starts_with("ja") || !tokens.word(at).is_ascii();
        (plans || verb || after_verb) && !tokens.has(at + 1, NEGATION)
    })
}

/// How many words of the text praise something.
pub fn offers(tokens: &Tokens<'_>) -> usize {
    tokens.with(OFFER).count() + usize::from(tokens.lower().contains("t&c")) + usize::from(tokens.lower().contains('%'))
}

//! Why a message is none about a movement: codes, refusals, requests, mandates, bills, offers.

use crate::lexicon::{BALANCE, CARD, CONDITION, CURRENCY, DECLINED, DUE, FEE, FUTURE, MANDATE, NEGATION, OFFER, OTP, PAST, REQUEST};
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
    } else if tokens.with(DECLINED).any(|at| is_refusal(tokens, at)) || says(&["could not be", "not been approved", "cannot be"]) {
        Reason::Declined
    } else if is_request(tokens) {
        Reason::Request
    } else if tokens.with(MANDATE).any(|at| !is_means(tokens, at)) && !has_promise(tokens) || says(&["standing instruction has", "auto pay facility", "autopay facility"]) {
        Reason::Mandate
    } else if offers >= 3 || says(&["pre-approved", "preapproved", "use code", "t&c", "convert your", "into easy emi", "into smartemi"]) && offers >= 1 {
        Reason::Offer
    } else if !amounts.is_empty() && has_promise(tokens) {
        Reason::FutureDebit
    } else if amounts.iter().any(|amount| amount.role == Role::Due)
        || tokens.with(DUE).next().is_some() && !amounts.is_empty()
        || says(&["statement is", "bill is", "last date", "pay by"])
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
    let is_code = |at: usize| {
        let length = tokens.word(at).len();
        tokens.is_digits(at)
            && (4..=8).contains(&length)
            && !tokens.joined(at + 1).then(|| tokens.is_mark(at + 1, b'-') || tokens.is_mark(at + 1, b'/')).unwrap_or(false)
            && !(at > 0 && (tokens.has(at - 1, CURRENCY) || tokens.has(at - 1, CARD) || tokens.joined(at) && !matches!(tokens.word(at - 1), ":" | "-" | "." | "(" | "\"")))
            && !(at > 1 && tokens.has(at - 2, CURRENCY))
    };
    let is_named = |at: usize| {
        tokens.has(at, OTP)
            || tokens.word(at) == "password" && (at.saturating_sub(4)..at).any(|back| matches!(tokens.word(back), "one" | "time"))
            || tokens.word(at) == "code" && at > 0 && matches!(tokens.word(at - 1), "verification" | "login" | "security" | "authorisation" | "authorization" | "auth" | "access")
    };
    let Some(name) = (0..tokens.len()).find(|at| is_named(*at)) else { return false };
    let near = name.saturating_sub(10)..(name + 6).min(tokens.len());
    let told = |at: usize| at > 0 && matches!(tokens.word(at - 1), "is" | ":" | "use" | "enter" | "code" | "otp" | "hai") || matches!(tokens.word(at + 1), "is" | "hai");
    near.clone().any(is_code) && !(name > 0 && tokens.word(name - 1) == "without") || (0..tokens.len()).any(|at| is_code(at) && told(at))
}

/// `declined`, but not the fee for it, nor what would be "if it failed".
pub fn is_refusal(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, DECLINED)
        && !(at + 1..at + 3).any(|next| tokens.has(next, FEE))
        && !(0..at).rev().take_while(|back| tokens.sentence(*back) == tokens.sentence(at)).take(8).any(|back| tokens.has(back, CONDITION))
}

fn is_request(tokens: &Tokens<'_>) -> bool {
    tokens.with(REQUEST).any(|at| match tokens.word(at) {
        "requested" | "requesting" | "asking" => {
            !(at > 0 && matches!(tokens.word(at - 1), "as" | "not" | "if" | "you" | "been"))
        }
        "request" | "requests" | "collect" => {
            (at.saturating_sub(2)..at).chain(at + 1..at + 3).any(|near| matches!(tokens.word(near), "payment" | "collect" | "money" | "upi" | "pay" | "of" | "from"))
        }
        "अनुरोध" => true,
        _ => false,
    })
}

/// "payment … via e-mandate": how it was paid.
fn is_means(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0 && matches!(tokens.word(at - 1), "via" | "by" | "through" | "thru" | "under" | "using")
}

/// Something will be debited or credited, or is planned to be.
fn has_promise(tokens: &Tokens<'_>) -> bool {
    tokens.with(FUTURE).any(|at| {
        let sentence = tokens.sentence(at);
        let plans = matches!(tokens.word(at), "scheduled" | "upcoming" | "initiated");
        let verb = (at + 1..at + 7).take_while(|next| tokens.sentence(*next) == sentence).any(|next| {
            tokens.has(next, PAST) || matches!(tokens.word(next), "processed" | "presented" | "deducted" | "executed" | "debit" | "initiated")
        });
        let after_verb = tokens.word(at).starts_with("ho") || tokens.word(at).starts_with("ja") || !tokens.word(at).is_ascii();
        (plans || verb || after_verb) && !tokens.has(at + 1, NEGATION)
    })
}

/// How many words of the text praise something.
pub fn offers(tokens: &Tokens<'_>) -> usize {
    tokens.with(OFFER).count() + usize::from(tokens.lower().contains("t&c")) + usize::from(tokens.lower().contains('%'))
}

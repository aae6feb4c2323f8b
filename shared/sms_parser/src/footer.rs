//! Where a message stops to tell what happened, and starts to say what to do about it.

use crate::lexicon::{FUTURE, NEGATION};
use crate::money::Amount;
use crate::token::Tokens;

/// The first token of the footer, after the first amount; the number of tokens where there is none.
pub fn footer(tokens: &Tokens<'_>, amounts: &[Amount]) -> usize {
    let Some(first) = amounts.first() else { return tokens.len() };
    (first.last + 1..tokens.len()).find(|at| is_footer(tokens, *at)).unwrap_or(tokens.len())
}

fn is_footer(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = tokens.word(at + 1);
    match tokens.word(at) {
        "not" => matches!(
            next,
            "you" | "u" | "done" | "by" | "ur" | "me" | "initiated" | "authorised" | "authorized" | "transacted" | "your" | "made"
        ),
        "if" | "incase" => true,
        "in" => next == "case",
        "call" | "dial" => tokens.is_number(at + 1) || tokens.is_any_mark(at + 1) || tokens.is_word(at + 1) && tokens.is_number(at + 2),
        "sms" => matches!(next, "block" | "blkcc" | "blockcard" | "blockupi" | "to" | "freeze" | "no" | "stop") || next.starts_with("bl"),
        "to" => matches!(next, "dispute" | "block" | "report" | "know" | "manage" | "cancel" | "stop"),
        "for" => matches!(next, "dispute" | "details" | "queries" | "assistance" | "help" | "updated"),
        "helpline" | "dispute" | "http" | "https" | "www" | "visit" | "download" | "click" | "manage" | "register" | "fwd" | "please"
        | "kindly" | "pls" | "install" => true,
        "never" | "don't" | "dont" => matches!(next, "share" | "disclose"),
        "do" => next == "not",
        "report" => matches!(next, "at" | "dispute" | "immediately" | "to"),
        "cheque" => matches!(next, "deposits"),
        "cheques" => true,
        "forward" => next == "this",
        "balance" => tokens.is_mark(at + 1, b':') && tokens.word(at + 2) == "https",
        "did" => tokens.has(at + 1, NEGATION) && !tokens.has(at + 1, FUTURE),
        _ => false,
    }
}

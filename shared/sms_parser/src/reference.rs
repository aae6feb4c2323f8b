//! A movement's reference: UTR, RRN, a UPI or transaction number, else a cheque's.

use crate::lexicon::{CHEQUE, FILLER, NOUN, REFERENCE, STOP};
use crate::token::Tokens;

/// A UPI, IMPS or card retrieval number.
const RRN_DIGITS: usize = 12;

pub fn reference(tokens: &Tokens<'_>, end: usize) -> Option<String> {
    let labelled = |is_label: &dyn Fn(usize) -> bool, digits: usize| {
        (0..end).filter(|at| is_label(*at)).find_map(|at| after_label(tokens, at, digits))
    };
    let is_mandate = |at: usize| (at.saturating_sub(2)..at).any(|back| tokens.word(back) == "mandate");
    labelled(&|at| tokens.has(at, REFERENCE) && !is_mandate(at), 4)
        .or_else(|| labelled(&|at| matches!(tokens.word(at), "upi" | "imps" | "neft" | "rtgs"), 9))
        .or_else(|| labelled(&|at| is_transaction_id(tokens, at), 3))
        .or_else(|| labelled(&|at| matches!(tokens.word(at), "txn" | "transaction"), 7))
        .or_else(|| bare(tokens, end))
        .or_else(|| labelled(&|at| matches!(tokens.word(at), "order" | "receipt") && names_number(tokens, at + 1), 4))
        .or_else(|| labelled(&|at| tokens.word(at) == "order", 6))
        .or_else(|| labelled(&|at| tokens.has(at, CHEQUE), 4))
}

fn is_transaction_id(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, NOUN) && names_number(tokens, at + 1)
        || matches!(tokens.word(at), "txn" | "transaction") && tokens.is_word(at + 1) && tokens.joined(at + 2) && tokens.is_digits(at + 2)
        || tokens.word(at) == "id" && at > 0 && (tokens.is_mark(at - 1, b'(') || tokens.has(at - 1, NOUN | REFERENCE))
        || matches!(tokens.word(at), "txnid" | "transactionid")
}

fn names_number(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), "id" | "no" | "number" | "num" | "#")
}

/// The number after a label, over the words that link them.
fn after_label(tokens: &Tokens<'_>, label: usize, digits: usize) -> Option<String> {
    for at in label + 1..label + 8 {
        if let Some(value) = code(tokens, at).filter(|value| value.len() > 3 && value.bytes().filter(u8::is_ascii_digit).count() >= digits)
        {
            return Some(value);
        }
        let is_link = tokens.has(at, FILLER | REFERENCE)
            || matches!(
                tokens.word(at),
                "/" | "(" | "*" | "p" | "m" | "a" | "dr" | "cr" | "txn" | "upi" | "transaction" | "p2m" | "credit" | "debit"
            )
            || tokens.is_number(at) && tokens.joined(at) && tokens.word(at) == "2";
        if !is_link {
            return None;
        }
    }
    None
}

/// Letters and digits without a gap, from `at` on: `HDFCN52025`, `403-1234567-1234567`.
fn code(tokens: &Tokens<'_>, at: usize) -> Option<String> {
    let is_part = |place: usize| tokens.is_digits(place) || tokens.is_word(place) && tokens.word(place).is_ascii();
    if !is_part(at) {
        return None;
    }
    let mut last = at;
    loop {
        let next = last + 1;
        if tokens.joined(next) && is_part(next) && (tokens.is_digits(next) || tokens.is_digits(last)) && !is_tail_word(tokens, next) {
            last = next;
        } else if tokens.joined(next)
            && matches!(tokens.word(next), "-" | "_")
            && tokens.joined(next + 1)
            && tokens.is_digits(last)
            && tokens.is_digits(next + 1)
            && tokens.word(next + 1).len() > 3
        {
            last = next + 1;
        } else {
            break;
        }
    }
    let value = tokens.written(at, last);
    let is_date = tokens.word(last).len() <= 2 && tokens.joined(last + 1) && matches!(tokens.word(last + 1), "-" | "/");
    (value.bytes().any(|byte| byte.is_ascii_digit()) && !is_date).then(|| value.to_owned())
}

/// `432112345678on 12-11`: a word of its own that lost its space.
fn is_tail_word(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_word(at) && !tokens.joined(at + 1) && tokens.has(at, STOP)
}

/// A number that can be nothing else: twelve digits, a UTR's form, or `[S1234567]` at the end.
fn bare(tokens: &Tokens<'_>, end: usize) -> Option<String> {
    (0..end).find_map(|at| {
        let before = at.checked_sub(1).map(|before| tokens.word(before)).unwrap_or_default();
        let is_rrn = tokens.is_digits(at)
            && tokens.word(at).len() == RRN_DIGITS
            && (!tokens.joined(at) || matches!(before, "/" | "-" | "(" | ":" | "*"));
        let is_utr = tokens.is_word(at)
            && (1..=6).contains(&tokens.word(at).len())
            && tokens.joined(at + 1)
            && tokens.is_digits(at + 1)
            && tokens.word(at + 1).len() >= 10
            && (!tokens.joined(at) || matches!(before, "/" | "-"));
        let is_bracketed = before == "[" && tokens.is_word(at) && tokens.is_digits(at + 1);
        let is_mandate = (at.saturating_sub(2)..=at).any(|back| {
            tokens.word(back).starts_with("umrn")
                || matches!(tokens.word(back), "umn" | "loan" | "call" | "no" | "whatsapp" | "pran" | "uan" | "folio" | "policy")
        });
        if (is_rrn || is_utr || is_bracketed) && !is_mandate { code(tokens, at) } else { None }
    })
}

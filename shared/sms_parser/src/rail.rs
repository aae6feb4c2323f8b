//! What rails write into a narration: `UPI/P2M/432112345678/SHOP`, `NEFT Cr-SBIN0001234-NAME-…`,
//! `BIL*INFT*0012*SHOP`; and UPI ids.

use crate::lexicon::{AVAILABLE, BALANCE, CURRENCY, EMPTY, MANDATE, MONTH, NOUN, PAST, PREPOSITION, RAIL, REFERENCE, SIDE, SIGNATURE};
use crate::token::Tokens;

/// How a bank's IFSC begins: in narrations, which bank it was.
const IFSC: &[&str] = &[
    "airp", "aubl", "barb", "bdbl", "bkid", "cbin", "citi", "ciub", "cnrb", "cosb", "csbk", "dbss", "dcbl", "dlxb", "esfb", "esmf", "fdrl",
    "fino", "hdfc", "hsbc", "ibkl", "icic", "idfb", "idib", "indb", "ioba", "ipos", "jaka", "jiop", "jsfb", "karb", "kkbk", "kvbl", "mahb",
    "nspb", "psib", "punb", "pytm", "ratn", "sbin", "scbl", "sibl", "srcb", "sury", "tmbl", "ubin", "ucba", "ujvn", "utib", "utks", "yesb",
];

/// What for: a part that a name may follow.
const PURPOSES: &[&str] = &["sal", "salary", "rent", "pension", "wages"];

/// The party's name in the first narration before `end`.
pub fn party(tokens: &Tokens<'_>, end: usize) -> Option<String> {
    (0..end).filter(|at| tokens.has(*at, RAIL) || matches!(tokens.word(*at), "trf" | "sal" | "salary")).find_map(|at| {
        let separator = (at + 1..at + 5).find(|place| {
            is_separator(tokens, *place)
                && (tokens.joined(place + 1) || matches!(tokens.word(place - 1), "d" | "c" | "cr" | "dr" | "inw" | "inward" | "outward"))
        })?;
        let is_code = |place: usize| {
            tokens.is_digits(place) && tokens.joined(place)
                || tokens.is_word(place) && tokens.joined(place + 1) && tokens.is_digits(place + 1)
        };
        let between = (at + 1..separator).all(|place| {
            is_code(place)
                || tokens.has(place, MONTH)
                || matches!(tokens.word(place), "cr" | "dr" | "credit" | "debit" | "txn" | "d" | "c" | ":" | "inw" | "inward" | "outward")
        });
        // `TPT-RENT-NAME`: what for, then who.
        if between { of_segments(tokens, separator, end, tokens.word(at) == "tpt") } else { None }
    })
}

fn is_separator(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), "/" | "-" | "*" | "_") || tokens.is_mark(at, b':') && tokens.joined(at)
}

/// The first part that reads as a name.
fn of_segments(tokens: &Tokens<'_>, from: usize, end: usize, is_last: bool) -> Option<String> {
    let line = tokens.line(from);
    let mut first = from + 1;
    let mut at = first;
    let mut best = None;
    let mut is_purpose = false;
    let is_slashed = (from..(from + 14).min(end)).any(|at| tokens.is_mark(at, b'/'));
    loop {
        let is_over = at >= end || tokens.line(at) != line || is_end(tokens, at, first);
        let is_hyphen = tokens.is_mark(at, b'-')
            && is_slashed
            && at > first
            && tokens.is_word(at - 1)
            && tokens.is_word(at + 1)
            && tokens.joined(at + 1)
            && !tokens.has(at + 1, SIGNATURE);
        if is_over || is_separator(tokens, at) && !is_hyphen {
            if let Some(last) = at.checked_sub(1).filter(|last| *last >= first)
                && let Some(name) = segment(tokens, first, last)
            {
                // "Salary/Payment from Employer" names the payer after the purpose.
                if is_payment(tokens, first) {
                    return Some(name);
                }
                if is_last || best.is_none() || is_purpose {
                    best = Some(name);
                    is_purpose = first + 1 == at && PURPOSES.contains(&tokens.word(first));
                }
            }
            if is_over {
                return best;
            }
            first = at + 1;
        }
        at += 1;
    }
}

fn is_end(tokens: &Tokens<'_>, at: usize, first: usize) -> bool {
    let is_word_end =
        matches!(tokens.word(at), "on" | "value" | "is" | "has" | "avl" | "ref" | "via" | "not" | "at" | "dated" | "by" | "from")
            || tokens.word(at) == "of" && !is_of_name(tokens, at + 1)
            || tokens.has(at, AVAILABLE | BALANCE);
    (is_word_end || tokens.has(at, PAST)) && at > first && !tokens.joined(at) && !is_payment(tokens, at - 1)
        || tokens.has(at, CURRENCY) && !tokens.joined(at) && (tokens.is_number(at + 1) || tokens.is_any_mark(at + 1))
        || at == first && is_amount(tokens, at)
        || matches!(tokens.word(at), "," | ";" | ")" | "(" | "\"" | "|" | "?" | "!" | "]")
        || tokens.is_mark(at, b'.')
            && (!tokens.joined(at + 1) && !tokens.is_initial(at - 1) || tokens.sentence(at + 1) != tokens.sentence(at))
        || tokens.is_number(at) && !tokens.joined(at) && (tokens.has(at + 1, MONTH) || tokens.joined(at + 1))
}

/// "UPI debit:Rs.70.00"
fn is_amount(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, CURRENCY) && tokens.is_number(at + 1 + usize::from(tokens.is_mark(at + 1, b'.')))
}

/// `LIC OF INDIA`
fn is_of_name(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), "india" | "baroda" | "maharashtra" | "commerce")
}

fn segment(tokens: &Tokens<'_>, first: usize, last: usize) -> Option<String> {
    let mut first = first;
    let mut last = last;
    if is_payment(tokens, first) {
        if first + 2 > last {
            return None;
        }
        first += 2;
        last = (first..last).find(|at| matches!(tokens.word(at + 1), "using" | "via")).unwrap_or(last);
    }
    if is_bank(tokens, first, last) || first == last && IFSC.contains(&tokens.word(first)) {
        return None;
    }
    while first < last && (tokens.has(first, SIDE) || tokens.word(first) == "vpa") {
        first += 1;
    }
    if let Some(handle) = handle_at(tokens, first) {
        return Some(handle);
    }
    let text = tokens.written(first, last);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
    let is_empty = (first..=last).all(|at| {
        !tokens.is_word(at)
            || tokens.has(at, EMPTY | NOUN | SIDE | RAIL | PREPOSITION | REFERENCE | MANDATE | MONTH)
            || matches!(tokens.word(at), "p" | "m" | "a" | "mr" | "ob" | "onl" | "x" | "dr" | "cr" | "d" | "c" | "id" | "no")
    });
    let is_mask = text.bytes().filter(|byte| matches!(byte, b'x' | b'X' | b'*')).count() > 3;
    (letters >= 2 && digits <= 4 && !is_empty && !is_mask)
        .then(|| text.trim_matches(|sign: char| matches!(sign, '.' | '_' | ' ' | '-' | '*')).to_owned())
}

/// "Payment from PhonePe", "payment on Myntra".
fn is_payment(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at) == "payment" && matches!(tokens.word(at + 1), "from" | "to" | "on" | "for")
}

/// `-SBI`, `- Union Bank of India`: the bank's own name after a dash.
pub fn is_signature(tokens: &Tokens<'_>, first: usize, last: usize) -> bool {
    let is_dashed = first > 0 && tokens.is_mark(first - 1, b'-');
    let speaks_of_bank = (first..=last).any(|at| matches!(tokens.word(at), "bank" | "bk") || tokens.has(at, SIGNATURE));
    is_dashed && speaks_of_bank && last - first < 5 || (first..=last).all(|at| tokens.has(at, SIGNATURE))
}

/// Nothing but a bank's name; `HDFC ERGO GEN INS` is a party's.
fn is_bank(tokens: &Tokens<'_>, first: usize, last: usize) -> bool {
    let is_banks = |at: usize| tokens.has(at, SIGNATURE) || matches!(tokens.word(at), "bank" | "bk" | "of" | "india" | "ltd" | ".");
    is_signature(tokens, first, last) && (!tokens.has(first, SIGNATURE) || (first..=last).all(is_banks))
}

/// A UPI id whose name starts at `at`.
pub fn handle_at(tokens: &Tokens<'_>, at: usize) -> Option<String> {
    let is_part = |place: usize| tokens.is_word(place) || tokens.is_number(place) || matches!(tokens.word(place), "." | "-" | "_");
    if tokens.joined(at) && at > 0 && is_part(at - 1) || !(tokens.is_word(at) || tokens.is_number(at)) {
        return None;
    }
    let mut place = at + 1;
    while tokens.joined(place) && is_part(place) && place < at + 24 {
        place += 1;
    }
    let is_handle = tokens.is_mark(place, b'@') && tokens.joined(place) && tokens.joined(place + 1) && tokens.is_word(place + 1);
    // `name@mail.com` is an address.
    let is_mail = tokens.is_mark(place + 2, b'.') && matches!(tokens.word(place + 3), "com" | "in" | "co" | "org" | "net");
    if !is_handle || is_mail {
        return None;
    }
    let last = if tokens.joined(place + 2) && tokens.is_digits(place + 2) { place + 2 } else { place + 1 };
    Some(tokens.written(at, last).to_owned())
}

//! What a word is to a name beside it: a part of it, or what stands before or ends it.

use crate::lexicon::{ACCOUNT, AVAILABLE, BALANCE, CARD, CURRENCY, FILLER, MONTH, NOUN, PAST, SHORT, STOP, WALLET, YOUR};
use crate::token::Tokens;

/// "retailer X", "POS terminal X": what sort of place it is.
pub fn is_kind(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at), "retailer" | "terminal" | "outlet" | "merchant")
        && tokens.is_word(at + 1)
        && !tokens.has(at + 1, STOP)
        && tokens.word(at + 1) != "point"
}

/// A part of `98XXXXXX12`, which may stand before a person's name.
pub fn is_of_telephone(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_mask = |at: usize| tokens.joined(at) && tokens.is_word(at) && tokens.word(at).bytes().all(|byte| byte == b'x');
    let starts = |at: usize| tokens.is_digits(at) && is_mask(at + 1) && tokens.joined(at + 2) && tokens.is_digits(at + 2);
    starts(at) || at > 0 && starts(at - 1) || at > 1 && starts(at - 2)
}

/// The small balance on the phone that UPI pays from without a PIN.
pub fn is_lite(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.word(at) == "upi" && tokens.word(at + 1) == "lite"
}

/// `M/s`: three tokens.
pub fn is_title(tokens: &Tokens<'_>, at: usize) -> bool {
    let starts = |at: usize| tokens.word(at) == "m" && tokens.is_mark(at + 1, b'/') && matches!(tokens.word(at + 2), "s" | "s.");
    starts(at) || at > 0 && starts(at - 1) || at > 1 && starts(at - 2)
}

/// `RAZ*`, `PYU*`, `PAYTM*`: a payment gateway before the shop's name.
pub fn is_gateway(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_short = tokens.word(at).len() <= 4 || matches!(tokens.word(at), "paytm" | "razorpay" | "cashfree" | "billdesk" | "phonepe");
    tokens.is_word(at) && is_short && tokens.is_mark(at + 1, b'*') && tokens.joined(at + 1)
}

/// What ends a name; "New Bal" does, "NEW BHARAT MEDICALS" is one.
pub fn is_stop(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_of_balance = !matches!(tokens.word(at), "new" | "net" | "total" | "clear" | "current" | "final")
        || tokens.has(at + 1, BALANCE | AVAILABLE)
        || !starts_large(tokens, at)
        || !starts_large(tokens, at + 1);
    tokens.has(at, STOP) && is_of_balance
}

pub fn starts_large(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_word(at) && tokens.written(at, at).starts_with(|sign: char| sign.is_ascii_uppercase())
}

/// `HOUSE OF SPICES`, `AMAZON PAY IN E`: a small word between words that are written as names are.
pub fn is_inside_name(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_small = tokens.word(at) == "of" || tokens.word(at) == "in" && starts_large(tokens, at);
    let is_of_names = |at: usize| {
        starts_large(tokens, at)
            && !tokens.has(at, ACCOUNT | CARD | WALLET | CURRENCY | MONTH | NOUN | PAST | YOUR)
            && tokens.word(at) != "case"
    };
    // "at MAKEMYTRIP IN on 17-11": the shop's own word, since the sentence goes on in small letters.
    let is_last = tokens.written(at, at) == "IN" && tokens.is_word(at + 1) && !starts_large(tokens, at + 1);
    at > 0 && is_small && !tokens.joined(at) && is_of_names(at - 1) && (is_of_names(at + 1) || is_last)
}

/// `HOUSING LOAN`, `MUTHOOT LOAN CENTRE`: written as the name before it, and no number follows.
pub fn is_of_loan(tokens: &Tokens<'_>, at: usize) -> bool {
    let next = at + 1;
    let is_numbered = tokens.is_number(next) || tokens.has(next, ACCOUNT | FILLER) && !tokens.is_mark(next, b'.');
    at > 0 && starts_large(tokens, at) && starts_large(tokens, at - 1) && !is_numbered
}

/// `PVT.`, `St.`, `R.`
pub fn is_abbreviation(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0 && (tokens.has(at - 1, SHORT) || tokens.word(at - 1).len() == 1) && tokens.is_word(at + 1) && !tokens.has(at + 1, STOP)
}

/// "your card", "a/c" and amounts are no names; "Card World" may be one.
pub fn is_name_with(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, CARD)
        && tokens.is_word(at + 1)
        && !tokens.has(at + 1, STOP | CARD)
        && !matches!(tokens.word(at + 1), "no" | "ending" | "x" | "xx" | "number")
}

pub fn is_capital(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_word(at) && tokens.written(at, at).bytes().all(|byte| byte.is_ascii_uppercase())
}

//! Amounts in a text, and what each is: moved, a balance, a limit, due, a fee.

use bank_feed::{Currency, Rounding, minor_units};

use crate::lexicon::{
    AVAILABLE, BALANCE, BOUND, CARD, CREDIT, CURRENCY, DEBIT, DUE, FEE, FILLER, LIMIT, MONTH, NEGATION, NOUN, OFFER, PAST, SHORT, THING,
    YOUR,
};
use crate::token::Tokens;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Moved,
    Balance,
    Limit,
    Due,
    Fee,
    /// An upper bound, a price, what can be won.
    Bound,
}

#[derive(Debug, Clone, Copy)]
pub struct Amount {
    pub first: usize,
    pub last: usize,
    pub minor: i64,
    pub currency: Currency,
    pub role: Role,
    /// Has no currency beside it.
    pub is_bare: bool,
}

/// No payment by message has more digits; longer ones are numbers of something else.
const DIGITS_MAX: usize = 12;
/// How many words before an amount may say what it is.
const REACH: usize = 14;

/// All amounts, in their order.
pub fn amounts(tokens: &Tokens<'_>) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(mut amount) = with_currency(tokens, at, found.last()).or_else(|| bare(tokens, at)) else {
            at += 1;
            continue;
        };
        amount.role = role(tokens, &amount, found.last());
        if amount.role == Role::Balance {
            amount.minor *= if overdrawn(tokens, amount.last) { -1 } else { 1 };
        }
        at = amount.last + 1;
        if amount.minor != 0 || amount.role == Role::Balance {
            found.push(amount);
        }
    }
    found
}

fn with_currency(tokens: &Tokens<'_>, at: usize, before: Option<&Amount>) -> Option<Amount> {
    if let Some((currency, number)) = currency_then_number(tokens, at) {
        return amount(tokens, at, number, number, currency, false);
    }
    // `500 INR`, `500/- Rs`
    if !tokens.is_number(at) || before.is_some_and(|before| before.last >= at) {
        return None;
    }
    let mut next = at + 1;
    while tokens.is_mark(next, b'/') || tokens.is_mark(next, b'-') {
        next += 1;
    }
    let is_free = currency_of(tokens, next).is_some() && currency_then_number(tokens, next).is_none() && !is_inside_code(tokens, at);
    let currency = currency_of(tokens, next).filter(|_| is_free && next <= at + 3)?;
    amount(tokens, at, next, at, currency, false)
}

/// `Rs. 500`, `INR.500`, `Rs INR 500`, `$5`: the currency and the number's place.
fn currency_then_number(tokens: &Tokens<'_>, at: usize) -> Option<(Currency, usize)> {
    let mut currency = currency_of(tokens, at)?;
    let mut next = at + 1;
    let last = at + 5;
    while next <= last {
        if tokens.is_number(next) {
            return Some((currency, next));
        }
        if let Some(other) = currency_of(tokens, next) {
            currency = other;
        } else if !matches!(tokens.word(next), "." | ":" | "-" | "=") {
            return None;
        }
        next += 1;
    }
    None
}

fn currency_of(tokens: &Tokens<'_>, at: usize) -> Option<Currency> {
    match tokens.word(at) {
        "$" => Currency::from_code("USD"),
        "€" => Currency::from_code("EUR"),
        "£" => Currency::from_code("GBP"),
        word if tokens.has(at, CURRENCY) => {
            Some(Currency::from_code(word).filter(|_| word.len() == 3 && word.is_ascii()).unwrap_or(Currency::INR))
        }
        _ => None,
    }
}

fn amount(tokens: &Tokens<'_>, first: usize, last: usize, number: usize, currency: Currency, is_bare: bool) -> Option<Amount> {
    let text = tokens.word(number);
    if text.bytes().filter(u8::is_ascii_digit).count() > DIGITS_MAX || text.matches('.').count() > 1 || is_masked(tokens, number) {
        return None;
    }
    // Whole paise: what is finer than that says nothing, whatever the currency.
    let minor = minor_units(text, Currency::INR, Rounding::HalfUp).ok()?;
    let (times, words) = multiple(tokens, number + 1);
    let (minor, last) = (minor.checked_mul(times)?, last.max(number + words));
    Some(Amount { first, last, minor, currency, role: Role::Moved, is_bare })
}

/// `Rs 1.5 lakh`, `Rs 5K`: how often, and over how many words.
fn multiple(tokens: &Tokens<'_>, at: usize) -> (i64, usize) {
    match tokens.word(at) {
        "lakh" | "lakhs" | "lac" | "lacs" => (100_000, 1),
        "crore" | "crores" => (10_000_000, 1),
        "k" if tokens.joined(at) => (1_000, 1),
        _ => (1, 0),
    }
}

/// `1xxx` hides its digits, and `15,OOO` is written by those who hide from filters.
fn is_masked(tokens: &Tokens<'_>, number: usize) -> bool {
    let next = number + 1 + usize::from(tokens.is_mark(number + 1, b','));
    let is_of = |sign: u8| !tokens.word(next).is_empty() && tokens.word(next).bytes().all(|byte| byte == sign);
    tokens.joined(next) && (is_of(b'o') || is_of(b'x')) || tokens.joined(number + 1) && tokens.is_mark(number + 1, b'*')
}

/// A number without a currency, where a word before it says what it is: `debited by 50.0`, `Bal 18679.91`.
fn bare(tokens: &Tokens<'_>, at: usize) -> Option<Amount> {
    if !tokens.is_number(at) || is_inside_code(tokens, at) {
        return None;
    }
    let text = tokens.word(at);
    let has_paise = text.split_once('.').is_some_and(|(_, paise)| paise.len() <= 2);
    let mut back = at.checked_sub(1)?;
    while back > 0
        && at - back <= 3
        && (tokens.is_any_mark(back) && !tokens.is_mark(back, b'/') || matches!(tokens.word(back), "is" | "of" | "cr"))
    {
        back -= 1;
    }
    let is_close = !tokens.joined(at) || !tokens.is_word(at - 1);
    let is_balance = tokens.has(back, BALANCE) && (has_paise || text.contains(',') || at - back <= 3);
    let link = |at: usize| matches!(tokens.word(at), "by" | "for" | "of" | "with");
    let verb = if link(at - 1) { at.checked_sub(2)? } else { at - 1 };
    let is_moved = tokens.has(verb, DEBIT | CREDIT)
        && (tokens.has(verb, PAST) && (has_paise || link(at - 1)) || tokens.has(verb, NOUN) && has_paise && link(at - 1))
        || link(at - 1) && has_paise && tokens.with(PAST).any(|verb| verb < at);
    // "debited with 5 shares"
    let is_count = tokens.has(at + 1, THING);
    if !(is_close && (is_balance || is_moved)) || is_count || tokens.has(at + 1, MONTH) && !has_paise {
        return None;
    }
    amount(tokens, at, at, at, Currency::INR, true)
}

/// A part of a date, a mask, a reference, a time or an address.
fn is_inside_code(tokens: &Tokens<'_>, at: usize) -> bool {
    let glued = |from: usize, to: usize, marks: &[u8]| {
        marks.iter().any(|mark| tokens.joined(from) && tokens.joined(to) && tokens.is_mark(from, *mark))
    };
    let after = at + 1;
    let next_is_code = glued(after, after + 1, b"-/:*@_") && (tokens.is_number(after + 1) || tokens.is_word(after + 1))
        || tokens.joined(after) && tokens.is_word(after) && !tokens.has(after, CURRENCY | PAST | SHORT) && tokens.word(after).len() <= 3;
    let Some(before) = at.checked_sub(1) else { return next_is_code };
    next_is_code
        || tokens.joined(at)
            && (tokens.is_mark(before, b'*')
                || tokens.is_mark(before, b'/')
                || tokens.is_mark(before, b'#')
                || tokens.is_mark(before, b'_'))
        || tokens.joined(at) && tokens.is_word(before) && !tokens.has(before, CURRENCY | BALANCE | DEBIT | CREDIT)
        || tokens.joined(at) && (tokens.is_mark(before, b'-') || tokens.is_mark(before, b':')) && before > 0 && tokens.is_number(before - 1)
}

fn overdrawn(tokens: &Tokens<'_>, last: usize) -> bool {
    tokens.word(last + 1) == "dr"
}

/// The nearest word before an amount that says what it is, else one right after it.
/// "shesh rashi Rs 500", "shesh Rs 500": what is left, and not somebody of that name.
fn is_rest(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_greeted = at > 0 && matches!(tokens.word(at - 1), "dear" | "hi" | "hello" | "to" | "from" | "shri" | "mr");
    tokens.word(at) == "shesh" && !is_greeted && (tokens.word(at + 1) == "rashi" || tokens.has(at + 1, CURRENCY))
}

fn role(tokens: &Tokens<'_>, amount: &Amount, before: Option<&Amount>) -> Role {
    let floor = before.map_or(0, |before| before.last + 1);
    let is_of_bound = before.is_some_and(|before| before.role == Role::Bound && before.last + 2 == amount.first);
    if is_of_bound && tokens.word(amount.first - 1) == "of" {
        return Role::Bound;
    }
    let sentence = tokens.sentence(amount.first);
    let mut words = 0;
    let mut at = amount.first;
    while at > floor && words < REACH {
        at -= 1;
        if tokens.sentence(at) != sentence {
            break;
        }
        if tokens.has(at, LIMIT) {
            return Role::Limit;
        }
        if tokens.has(at, BALANCE) || is_rest(tokens, at) {
            return Role::Balance;
        }
        if tokens.has(at, AVAILABLE) {
            return if (at.saturating_sub(2)..at).any(|at| tokens.has(at, LIMIT)) { Role::Limit } else { Role::Balance };
        }
        if tokens.word(at) == "credit" && at > 0 && tokens.has(at - 1, AVAILABLE) {
            return Role::Limit;
        }
        if tokens.has(at, PAST) || tokens.has(at, NOUN) && !tokens.has(at, OFFER) && !tokens.has(at + 1, CARD) {
            break;
        }
        if tokens.has(at, DUE) {
            return Role::Due;
        }
        // "a purchase worth Rs 500"
        let is_bound = tokens.has(at, BOUND) && !(tokens.word(at) == "worth" && at > 0 && tokens.has(at - 1, NOUN));
        if is_bound && !tokens.is_mark(at.wrapping_sub(1), b'-') && words < 4 {
            return Role::Bound;
        }
        if tokens.has(at, FEE) && words < 4 {
            return Role::Fee;
        }
        // `up to`
        if tokens.word(at) == "to" && at > 0 && tokens.word(at - 1) == "up" {
            return Role::Bound;
        }
        words += usize::from(tokens.is_word(at));
    }
    after(tokens, amount.last + 1)
}

fn after(tokens: &Tokens<'_>, from: usize) -> Role {
    let mut at = from;
    let mut has_copula = false;
    while tokens.is_mark(at, b'/') || tokens.is_mark(at, b'-') && tokens.joined(at) {
        at += 1;
    }
    // "Rs 436 p.a.", "Rs 20/- per year", "Rs 1,000 of Rs 5,000"
    let is_rate =
        tokens.word(at) == "per" || tokens.word(at) == "p" && tokens.is_mark(at + 1, b'.') && matches!(tokens.word(at + 2), "a" | "m");
    if is_rate || tokens.word(at) == "more" || tokens.word(at) == "of" && tokens.has(at + 1, CURRENCY) {
        return Role::Bound;
    }
    let from = at;
    while at < from + 4 && at < tokens.len() {
        if tokens.has(at, DUE) && !tokens.has(at, NEGATION) && (has_copula || at == from) {
            return Role::Due;
        }
        if has_copula && tokens.has(at, BALANCE) || tokens.word(at) == "left" {
            return Role::Balance;
        }
        if matches!(tokens.word(at), "worth" | "off" | "applicable") {
            return Role::Bound;
        }
        has_copula |= matches!(tokens.word(at), "is" | "are" | "was" | "falls");
        if !(has_copula
            || tokens.has(at, FILLER | YOUR | AVAILABLE) && at > from
            || matches!(tokens.word(at), "+" | "tax" | "gst" | "plus"))
        {
            break;
        }
        at += 1;
    }
    Role::Moved
}

//! Who was paid, or who paid: a shop, a person, a UPI id; else what for.

use bank_feed::Direction;

use crate::lexicon::{ACCOUNT, AVAILABLE, BALANCE, CARD, CURRENCY, DECLINED, EMPTY, MONTH, NOUN, PAST, RAIL, PREPOSITION, SIGNATURE, STOP, YOUR};
use crate::rail;
use crate::token::Tokens;

/// Longer names are sentences.
const WORDS_MAX: usize = 8;

struct Candidate {
    score: u8,
    name: String,
}

struct Best(Option<Candidate>);

impl Best {
    /// Of equals the first stays.
    fn offer(&mut self, score: u8, name: Option<String>) {
        if let Some(name) = name
            && self.0.as_ref().is_none_or(|best| score > best.score)
        {
            self.0 = Some(Candidate { score, name });
        }
    }
}

/// The party named before `end`; `verb` is the movement's place.
pub fn party(tokens: &Tokens<'_>, end: usize, verb: usize, direction: Direction, is_reversal: bool) -> Option<String> {
    let mut best = Best(None);
    for at in 0..end {
        if tokens.has(at, PREPOSITION) {
            let score = score(tokens, at, direction, is_reversal);
            if score > 0 {
                best.offer(score, phrase(tokens, at + 1, end));
            }
        }
        match tokens.word(at) {
            "merchant" | "payee" | "sender" | "remitter" | "beneficiary" if !tokens.has(at + 1, ACCOUNT) => best.offer(7, phrase(tokens, after_mark(tokens, at + 1), end)),
            "info" => best.offer(if direction == Direction::Debit { 6 } else { 4 }, phrase(tokens, after_mark(tokens, at + 1), end)),
            "credited" if direction == Direction::Debit && at != verb => best.offer(8, before(tokens, at)),
            "has" | "have" if direction == Direction::Debit && tokens.word(at + 1) == "received" => best.offer(8, before(tokens, at)),
            "sent" | "paid" if direction == Direction::Credit && matches!(tokens.word(at + 1), "you" | "rs" | "inr") => best.offer(4, before(tokens, at)),
            "order" if at > 1 && tokens.has(at - 2, YOUR) | tokens.has(at.saturating_sub(3), YOUR) => best.offer(6, before(tokens, at)),
            _ => {}
        }
    }
    best.offer(9, rail::party(tokens, end));
    best.offer(5, handle(tokens, end));
    best.0.map(|best| best.name).or_else(|| line_after_date(tokens, end)).or_else(|| dashed(tokens, end))
}

fn after_mark(tokens: &Tokens<'_>, mut at: usize) -> usize {
    while tokens.is_any_mark(at) {
        at += 1;
    }
    at
}

/// How likely the name after this preposition is the other party.
fn score(tokens: &Tokens<'_>, at: usize, direction: Direction, is_reversal: bool) -> u8 {
    let is_debit = direction == Direction::Debit;
    match tokens.word(at) {
        "at" => if is_debit || is_reversal { 7 } else { 3 },
        "@" if !crate::channel::is_handle(tokens, at) => 6,
        "to" => if is_debit { 7 } else if is_reversal { 2 } else { 0 },
        "from" => if is_debit { 0 } else { 7 },
        "by" if at > 0 && matches!(tokens.word(at - 1), "powered" | "done" | "made" | "initiated") => 0,
        "by" => if is_debit { 2 } else { 5 },
        "as" | "being" => 2,
        "towards" | "toward" => if is_debit { 6 } else { 4 },
        "for" => if is_debit { 5 } else { 3 },
        "on" => if is_debit { 4 } else { 1 },
        "द्वारा" => 1,
        _ => 0,
    }
}

/// A name from `at` on, up to where names end.
fn phrase(tokens: &Tokens<'_>, from: usize, end: usize) -> Option<String> {
    let mut at = from;
    while at < end && (matches!(tokens.word(at), ":" | "." | "+" | "\"" | "'" | "-" | "*" | "~" | "vpa" | "the" | "m" | "/") || is_gateway(tokens, at) || matches!(tokens.word(at), "s" | "ms") && tokens.is_mark(at.saturating_sub(1), b'/') || tokens.word(at) == "upi" && tokens.is_mark(at + 1, b'_') || tokens.is_mark(at, b'_')) {
        at += 1;
    }
    if let Some(handle) = rail::handle_at(tokens, at) {
        return Some(handle);
    }
    // "Auto Pay of X", "IMPS txn to X", "NACH X", "ATM X"
    let mut inner = at;
    while inner < at + 3 && (tokens.has(inner, EMPTY) || matches!(tokens.word(inner), "auto" | "pay" | "autopay" | "payment")) {
        inner += 1;
    }
    if inner > at && matches!(tokens.word(inner), "of" | "to" | "at") {
        return phrase(tokens, inner + 1, end);
    }
    while (tokens.has(at, RAIL) || tokens.word(at) == "atm") && !tokens.joined(at + 1) && tokens.is_word(at + 1) && !tokens.has(at + 1, STOP | NOUN) {
        at += 1;
    }
    if tokens.has(at, YOUR | ACCOUNT | CARD | MONTH | CURRENCY) && !is_name_with(tokens, at) || tokens.word(at).is_empty() {
        return None;
    }
    let first = at;
    let mut last = None;
    let mut words = 0;
    while at < end && words < WORDS_MAX && !ends(tokens, at, first) {
        if tokens.is_word(at) || tokens.is_number(at) {
            last = Some(at);
            words += usize::from(!tokens.joined(at));
        }
        at += 1;
    }
    name(tokens, first, last?)
}

/// "your card", "a/c" and amounts are no names; "Card World" may be one.
fn is_name_with(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.has(at, CARD) && tokens.is_word(at + 1) && !tokens.has(at + 1, STOP | CARD) && !matches!(tokens.word(at + 1), "no" | "ending" | "x" | "xx" | "number")
}

/// `RAZ*`, `PYU*`: a payment gateway before the shop's name.
fn is_gateway(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_word(at) && tokens.word(at).len() <= 4 && tokens.is_mark(at + 1, b'*') && tokens.joined(at + 1)
}

fn ends(tokens: &Tokens<'_>, at: usize, first: usize) -> bool {
    let is_new_line = at > first && tokens.line(at) != tokens.line(first);
    if is_new_line || tokens.has(at, CURRENCY) && tokens.is_number(at + 1 + usize::from(tokens.is_any_mark(at + 1))) {
        return true;
    }
    if tokens.is_any_mark(at) {
        return match tokens.word(at) {
            "." => tokens.is_mark(at + 1, b'.') || !tokens.joined(at + 1) && !is_abbreviation(tokens, at) || tokens.has(at + 1, STOP | BALANCE | AVAILABLE) || tokens.sentence(at + 1) != tokens.sentence(at),
            "-" => !tokens.joined(at) || !tokens.joined(at + 1) || tokens.has(at + 1, SIGNATURE) || !tokens.is_word(at + 1),
            "&" | "'" | "+" => false,
            "/" | "*" => tokens.is_word(at.saturating_sub(1)) && at > first,
            _ => true,
        };
    }
    if tokens.is_number(at) {
        let next = at + 1;
        let is_date = tokens.joined(next) && matches!(tokens.word(next), "-" | "/" | ":") || tokens.has(next, MONTH) || tokens.word(at).len() > 5 && !tokens.joined(at) || tokens.word(at).matches('.').count() == 2;
        return is_date || tokens.has(at.wrapping_sub(1), MONTH);
    }
    let is_joint = tokens.word(at) == "and" && !(tokens.has(at + 1, ACCOUNT | YOUR | PAST) || matches!(tokens.word(at + 1), "is" | "has"));
    if is_joint {
        return false;
    }
    tokens.word(at) == "and" || at > first && tokens.has(at, STOP) && !tokens.joined(at) || at == first && tokens.has(at, STOP) && !tokens.has(at, EMPTY) || at > first && tokens.has(at, PAST) || tokens.word(at) == "mandate" || matches!(tokens.word(at), "through" | "loan" | "earned" | "vehicle") && at > first
}

/// `PVT.`, `St.`, `R.`
fn is_abbreviation(tokens: &Tokens<'_>, at: usize) -> bool {
    at > 0 && (tokens.has(at - 1, crate::lexicon::SHORT) || tokens.word(at - 1).len() == 1) && tokens.is_word(at + 1) && !tokens.has(at + 1, STOP)
}

/// The words from `first` to `last` as a name, unless they name a rail, the user's own or nobody.
fn name(tokens: &Tokens<'_>, first: usize, last: usize) -> Option<String> {
    let says_something = (first..=last).any(|at| tokens.is_word(at) && !tokens.has(at, EMPTY | SIGNATURE | YOUR) && tokens.word(at).len() > 1);
    let has_mask = (first..=last).any(|at| tokens.is_word(at) && tokens.word(at).bytes().all(|byte| byte == b'x'));
    let has_own = (first..=last).any(|at| tokens.has(at, ACCOUNT | YOUR)) || (first..=last).filter(|at| tokens.has(*at, CARD)).any(|at| at == last || tokens.is_number(at + 1));
    let last = if last > first && tokens.word(last) == "atm" { last - 1 } else { last };
    let has_failed = (first..=last).any(|at| tokens.has(at, DECLINED));
    let is_rails = tokens.has(first, RAIL) && (first + 1..=last).all(|at| tokens.has(at, NOUN | EMPTY));
    let is_call = has_failed || is_rails || rail::is_signature(tokens, first, last) || matches!(tokens.word(first), "vehicle" | "order" | "loan" | "be" | "call" | "sms" | "block" | "avoid" | "report" | "know" | "dispute" | "ist");
    if !says_something || has_mask || has_own || is_call {
        return None;
    }
    let text = tokens.written(first, last).trim_matches(|sign: char| matches!(sign, '.' | '_' | ' ' | '-' | '*' | ',' | ':' | '\''));
    (!text.is_empty()).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The name right before a verb: `; REDBUS credited`, `Digital Gold has received`.
fn before(tokens: &Tokens<'_>, verb: usize) -> Option<String> {
    let last = verb.checked_sub(1)?;
    let mut first = verb;
    while first > 0 && verb - first < WORDS_MAX {
        let back = first - 1;
        let is_break = tokens.sentence(back) != tokens.sentence(verb)
            || tokens.is_any_mark(back) && !matches!(tokens.word(back), "&" | "'" | ".")
            || tokens.has(back, STOP | PAST | CURRENCY) && !matches!(tokens.word(back), "and")
            || matches!(tokens.word(back), "and" | "for") && first == verb
            || tokens.is_number(back);
        if is_break {
            break;
        }
        first = back;
    }
    if first > last { None } else { name(tokens, first, last) }
}

/// A UPI id anywhere before `end`.
fn handle(tokens: &Tokens<'_>, end: usize) -> Option<String> {
    (0..end).find_map(|at| rail::handle_at(tokens, at))
}

/// Messages of one fact a line give the shop's name after the date.
fn line_after_date(tokens: &Tokens<'_>, end: usize) -> Option<String> {
    let dated = (0..end).find(|at| tokens.is_digits(*at) && tokens.is_mark(at + 1, b':') && tokens.joined(at + 1))?;
    let line = tokens.line(dated);
    let first = (dated..end).find(|at| tokens.line(*at) == line + 1)?;
    let is_other = tokens.has(first, AVAILABLE | BALANCE | ACCOUNT | CARD | CURRENCY | YOUR);
    if is_other { None } else { phrase(tokens, first, end) }
}

/// `19/11/26 -Transferred to X`, `- X - Bank`: what follows a dash after the date.
fn dashed(tokens: &Tokens<'_>, end: usize) -> Option<String> {
    (1..end).find(|at| tokens.is_mark(*at, b'-') && !tokens.joined(*at) && tokens.is_number(at - 1) && tokens.joined(at - 1) && !tokens.has(at.saturating_sub(2), CURRENCY) && tokens.is_word(at + 1) && tokens.joined(at + 1)).and_then(|at| phrase(tokens, at + 1, end))
}

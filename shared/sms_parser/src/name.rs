//! Where a name begins and ends in a text, and what is no name.

use crate::channel::is_return_fee;
use crate::lexicon::{
    ACCOUNT, AVAILABLE, BALANCE, BOUND, CARD, CURRENCY, DECLINED, DONE, EMPTY, MONTH, NOUN, PAST, RAIL, SIDE, SIGNATURE, STOP, YOUR,
};
use crate::part::{
    is_abbreviation, is_gateway, is_inside_name, is_kind, is_lite, is_name_with, is_of_loan, is_of_telephone, is_stop, is_title,
    starts_large,
};
use crate::rail;
use crate::token::Tokens;

/// Longer names are sentences.
const WORDS_MAX: usize = 8;

/// A name from `at` on, up to where names end.
pub fn phrase(tokens: &Tokens<'_>, from: usize, end: usize) -> Option<String> {
    let mut at = from;
    while at < end
        && (matches!(tokens.word(at), ":" | "." | "+" | "\"" | "'" | "-" | "*" | "~" | "vpa" | "beneficiary" | "remitter")
            || tokens.word(at) == "the" && !(starts_large(tokens, at) && starts_large(tokens, at + 1))
            || is_gateway(tokens, at)
            || is_title(tokens, at)
            || is_kind(tokens, at)
            || is_of_telephone(tokens, at)
            || matches!(tokens.word(at), "mobile" | "mob") && is_of_telephone(tokens, at + 1)
            || tokens.has(at, YOUR) && is_lite(tokens, at + 1)
            || tokens.word(at) == "upi" && tokens.is_mark(at + 1, b'_')
            || tokens.is_mark(at, b'_'))
    {
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
    if inner > at
        && matches!(tokens.word(inner), "of" | "to" | "at" | "for")
        && tokens.word(inner - 1) != "bank"
        && !tokens.has(inner + 1, CURRENCY)
    {
        return phrase(tokens, inner + 1, end);
    }
    // "UPI AutoPay-Hotstar"
    if inner > at && tokens.word(inner - 1) == "autopay" && tokens.is_mark(inner, b'-') && tokens.joined(inner) && tokens.joined(inner + 1)
    {
        return phrase(tokens, inner + 1, end);
    }
    if is_lite(tokens, at) {
        return Some(tokens.written(at, at + 1).to_owned());
    }
    while (tokens.has(at, RAIL) || matches!(tokens.word(at), "atm" | "transfer" | "trf"))
        && !tokens.joined(at + 1)
        && tokens.is_word(at + 1)
        && !tokens.has(at + 1, STOP | NOUN)
        && !is_return_fee(tokens, at)
    {
        at += 1;
        // "to NEFT Dr SUNITA": the rail's sign, and no title.
        at += usize::from(tokens.has(at, SIDE) && tokens.is_word(at + 1));
    }
    at += usize::from(is_kind(tokens, at));
    // "to acct Gas Agency"
    if tokens.has(at, ACCOUNT)
        && tokens.is_word(at + 1)
        && !tokens.has(at + 1, EMPTY | STOP | ACCOUNT)
        && !(tokens.joined(at + 2) && tokens.is_number(at + 2))
    {
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
    // "ICICI Bank Personal Loan A/c": the user's own.
    if tokens.word(at) == "loan" && tokens.has(at + 1, ACCOUNT) {
        return None;
    }
    name(tokens, first, last?)
}

fn ends(tokens: &Tokens<'_>, at: usize, first: usize) -> bool {
    let is_new_line = at > first && tokens.line(at) != tokens.line(first);
    if is_new_line || tokens.has(at, CURRENCY) && tokens.is_number(at + 1 + usize::from(tokens.is_any_mark(at + 1))) {
        return true;
    }
    if tokens.is_any_mark(at) {
        return match tokens.word(at) {
            "." if tokens.is_in_site(at) => false,
            "." => {
                tokens.is_mark(at + 1, b'.')
                    || !tokens.joined(at + 1) && !is_abbreviation(tokens, at)
                    || tokens.has(at + 1, STOP | BALANCE | AVAILABLE)
                    || tokens.sentence(at + 1) != tokens.sentence(at)
            }
            "-" => !tokens.joined(at) || !tokens.joined(at + 1) || tokens.has(at + 1, SIGNATURE) || !tokens.is_word(at + 1),
            "&" | "'" | "+" => false,
            // `OPENAI *CHATGPT`
            "*" if !tokens.joined(at) && tokens.joined(at + 1) && tokens.is_word(at + 1) => false,
            // `APPLE.COM/BILL`
            "/" if at > 1 && tokens.is_in_site(at - 2) && tokens.joined(at + 1) => false,
            "/" | "*" => tokens.is_word(at.saturating_sub(1)) && at > first,
            _ => true,
        };
    }
    if tokens.is_number(at) {
        let next = at + 1;
        let is_date = tokens.joined(next)
            && matches!(tokens.word(next), "-" | "/" | ":")
            && (at > first || tokens.is_number(next + 1) || tokens.has(next + 1, MONTH) || !tokens.is_word(next + 1))
            || tokens.has(next, MONTH)
            || tokens.word(at).len() > 5 && !tokens.joined(at)
            || tokens.word(at).matches('.').count() == 2;
        return is_date || tokens.has(at.wrapping_sub(1), MONTH);
    }
    let is_joint = tokens.word(at) == "and" && !(tokens.has(at + 1, ACCOUNT | YOUR | PAST) || matches!(tokens.word(at + 1), "is" | "has"));
    if is_joint || at > first && is_inside_name(tokens, at) {
        return false;
    }
    tokens.word(at) == "and"
        || at > first && is_stop(tokens, at) && !tokens.joined(at)
        || at == first && is_stop(tokens, at) && !tokens.has(at, EMPTY)
        || at > first
            && tokens.has(at, PAST | DONE)
            && !tokens.is_mark(at + 1, b'.')
            && !(tokens.word(at - 1) == "interest" && starts_large(tokens, at))
        || tokens.word(at) == "mandate"
        || matches!(tokens.word(at), "through" | "earned" | "vehicle") && at > first
        || tokens.word(at) == "loan" && at > first && !is_of_loan(tokens, at)
}

/// The words from `first` to `last` as a name, unless they name a rail, the user's own or nobody.
fn name(tokens: &Tokens<'_>, first: usize, last: usize) -> Option<String> {
    let says_something =
        (first..=last).any(|at| tokens.is_word(at) && !tokens.has(at, EMPTY | SIGNATURE | YOUR) && tokens.word(at).len() > 1);
    let has_mask = (first..=last).any(|at| tokens.is_word(at) && tokens.word(at).bytes().all(|byte| byte == b'x'));
    let has_own = (first..=last).any(|at| tokens.has(at, ACCOUNT | YOUR))
        || (first..=last).filter(|at| tokens.has(*at, CARD)).any(|at| at == last || tokens.is_number(at + 1));
    // "SBI Kochi ATM", "Zomato order", "Salary Oct 26"
    let is_surplus =
        matches!(tokens.word(last), "atm" | "order" | "ride" | "trip" | "booking") || tokens.has(last, MONTH) && tokens.is_number(last + 1);
    let last = if last > first && is_surplus { last - 1 } else { last };
    let has_failed = (first..=last).any(|at| tokens.has(at, DECLINED | BOUND) || tokens.word(at) == "machine");
    let is_rails = tokens.has(first, RAIL) && (first + 1..=last).all(|at| tokens.has(at, NOUN | EMPTY | SIDE) || tokens.is_any_mark(at));
    let is_call = has_failed
        || tokens.word(last + 1) == "ending"
        || tokens.word(last) == "same"
        || is_rails
        || rail::is_signature(tokens, first, last)
        || matches!(
            tokens.word(first),
            "vehicle"
                | "order"
                | "loan"
                | "be"
                | "reversal"
                | "opening"
                | "call"
                | "block"
                | "applicable"
                | "any"
                | "avoid"
                | "report"
                | "know"
                | "dispute"
                | "ist"
        );
    let says_something = says_something && !(first == last && tokens.word(first) == "rev");
    // "ATM cash withdrawal", "Mob Bk": the channel tells it.
    let is_withdrawal =
        matches!(tokens.word(last), "withdrawal" | "wdl") && (first..last).all(|at| matches!(tokens.word(at), "atm" | "cash"));
    let is_channel = is_withdrawal || tokens.word(first) == "mob" && tokens.word(last) == "bk";
    if !says_something || is_channel || is_plate(tokens.written(first, last)) || has_mask || has_own || is_call {
        return None;
    }
    let text = tokens.written(first, last);
    // "RAVI's A/c"
    let text = if tokens.has(last + 1, ACCOUNT) { text.strip_suffix("'s").unwrap_or(text) } else { text };
    let text = text.trim_matches(|sign: char| matches!(sign, '.' | '_' | ' ' | '-' | '*' | ',' | ':' | '\''));
    (!text.is_empty()).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `MH12AB1234`: a vehicle, and nobody.
fn is_plate(text: &str) -> bool {
    let mut rest = text.as_bytes();
    let mut take = |is: fn(&u8) -> bool| {
        let count = rest.iter().take_while(|byte| is(byte)).count();
        rest = rest.get(count..).unwrap_or_default();
        count
    };
    take(u8::is_ascii_alphabetic) == 2
        && (1..=2).contains(&take(u8::is_ascii_digit))
        && (1..=3).contains(&take(u8::is_ascii_alphabetic))
        && take(u8::is_ascii_digit) == 4
        && rest.is_empty()
}

/// The name right before a verb: `; REDBUS credited`, `Digital Gold has received`.
pub fn before(tokens: &Tokens<'_>, verb: usize) -> Option<String> {
    let mut verb = verb;
    while verb > 0 && matches!(tokens.word(verb - 1), "has" | "have" | "is" | "was" | "been" | "just") {
        verb -= 1;
    }
    let last = verb.checked_sub(1)?;
    if last > 1 && tokens.is_mark(last - 1, b'@') && tokens.joined(last) {
        let is_start = |at: &usize| !tokens.joined(*at);
        return (last.saturating_sub(12)..last).rev().find(is_start).and_then(|at| rail::handle_at(tokens, at));
    }
    let mut first = verb;
    while first > 0 && verb - first < WORDS_MAX {
        let back = first - 1;
        let is_break = tokens.sentence(back) != tokens.sentence(verb)
            || tokens.is_any_mark(back) && !matches!(tokens.word(back), "&" | "'" | ".")
            || tokens.has(back, STOP | PAST | CURRENCY) && tokens.word(back) != "and" && !is_inside_name(tokens, back)
            || tokens.word(back) == "and" && (first == verb || !tokens.is_word(back.wrapping_sub(1)))
            || tokens.word(back) == "for" && first == verb
            || tokens.is_number(back);
        if is_break {
            break;
        }
        first = back;
    }
    if first > last { None } else { name(tokens, first, last) }
}

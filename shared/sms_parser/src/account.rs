//! The tails of accounts and cards that a text names, and which one is the user's.

use bank_feed::Direction;

use crate::lexicon::{ACCOUNT, CARD, FILLER, YOUR};
use crate::token::Tokens;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    From,
    To,
    Your,
    Other,
    /// A loan's number: the user's, but not where the money lies.
    Loan,
    Unknown,
}

#[derive(Debug, Clone)]
pub struct Mention {
    pub tail: String,
    pub is_card: bool,
    side: Side,
}

/// The user's account or card, and the other side's.
#[derive(Debug, Default)]
pub struct Accounts {
    pub own: Option<Mention>,
    pub counter: Option<Mention>,
}

pub fn accounts(tokens: &Tokens<'_>, end: usize, direction: Direction) -> Accounts {
    let mentions = mentions(tokens, end);
    let wanted = if direction == Direction::Debit { Side::From } else { Side::To };
    let unwanted = if direction == Direction::Debit { Side::To } else { Side::From };
    let own = mentions
        .iter()
        .position(|mention| mention.side == Side::Your)
        .or_else(|| mentions.iter().position(|mention| mention.side == wanted))
        .or_else(|| mentions.iter().position(|mention| mention.side == Side::Unknown))
        .or_else(|| mentions.iter().position(|mention| mention.side == unwanted && mention.is_card));
    let counter = mentions
        .iter()
        .enumerate()
        .find(|(place, mention)| {
            Some(*place) != own && !mention.is_card && own.is_none_or(|own| mentions.get(own).is_some_and(|own| own.tail != mention.tail))
        })
        .map(|(_, mention)| mention.clone());
    // With one account only, it is the user's, whatever stands before it.
    let lone = mentions.first().filter(|first| mentions.len() == 1 && first.side != Side::Other);
    match (own.and_then(|own| mentions.get(own)), lone) {
        (Some(own), _) => Accounts { own: Some(own.clone()), counter },
        (None, Some(lone)) => Accounts { own: Some(lone.clone()), counter: None },
        (None, None) => Accounts { own: None, counter },
    }
}

fn mentions(tokens: &Tokens<'_>, end: usize) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for at in 0..end {
        let Some(first) = masked(tokens, at).or_else(|| named(tokens, at)) else { continue };
        if is_of_something_else(tokens, first) || is_telephone(tokens, first, at) {
            continue;
        }
        let digits = tokens.word(at);
        let tail = digits.get(digits.len().saturating_sub(4)..).unwrap_or_default().to_owned();
        found.push(Mention { tail, is_card: is_card(tokens, first), side: side(tokens, first) });
    }
    found
}

/// The first token of the mask before the digits at `at`: `XX1234`, `**1234`, `..1234`, `XX**3456`, `1234****5678`.
fn masked(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let is_handle = tokens.is_mark(at + 1, b'@') && tokens.joined(at + 1);
    if !tokens.is_digits(at) || !(2..=12).contains(&tokens.word(at).len()) || !tokens.joined(at) || is_handle {
        return None;
    }
    let is_mask = |place: usize| match tokens.word(place) {
        "*" => true,
        "." => place > 0 && (tokens.is_mark(place - 1, b'.') || tokens.is_mark(place + 1, b'.')),
        "nn" => true,
        word => !word.is_empty() && word.bytes().all(|byte| byte == b'x'),
    };
    let mut first = at;
    while first > 0 && tokens.joined(first) && is_mask(first - 1) {
        first -= 1;
    }
    // `5XX1234`: the first digits are shown too.
    if first < at && first > 0 && tokens.joined(first) && tokens.is_digits(first - 1) {
        first -= 1;
    }
    // A lone `*` may be a sign of a rail (`BIL*001`), an `x` a factor.
    let is_long = tokens.word(at).len() >= 3 || at - first > 1;
    // `MRNOI****1061` is a number of something else.
    let is_glued = tokens.joined(first) && first > 0 && tokens.is_word(first - 1) && !tokens.has(first - 1, ACCOUNT | CARD);
    (first < at && is_long && !is_glued && !(tokens.is_mark(first, b'*') && tokens.joined(first) && tokens.is_word(first.wrapping_sub(1))))
        .then_some(first)
}

/// The account word before plain digits at `at`: `A/c 7990`, `card ending with 1234`, `a/c no. 0012345`.
fn named(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let length = tokens.word(at).len();
    let is_date = tokens.joined(at + 1)
        && (tokens.is_mark(at + 1, b'-') || tokens.is_mark(at + 1, b'/'))
        && tokens.joined(at + 2)
        && tokens.is_number(at + 2);
    let is_mask_next = tokens.joined(at + 1)
        && (tokens.is_mark(at + 1, b'*') || tokens.word(at + 1).bytes().all(|byte| byte == b'x') && tokens.is_word(at + 1));
    if !tokens.is_digits(at) || !(3..=18).contains(&length) || is_date || is_mask_next {
        return None;
    }
    let mut back = at.checked_sub(1)?;
    let mut has_ending = false;
    for _ in 0..7 {
        if tokens.sentence(back) != tokens.sentence(at) {
            break;
        }
        if tokens.has(back, ACCOUNT | CARD) {
            return Some(back);
        }
        has_ending |= tokens.word(back) == "ending";
        let is_link = tokens.has(back, FILLER) || matches!(tokens.word(back), "(" | "your" | "*" | "x" | "xx");
        if !is_link {
            break;
        }
        back = back.checked_sub(1)?;
    }
    has_ending.then_some(back + 1)
}

fn is_of_something_else(tokens: &Tokens<'_>, first: usize) -> bool {
    (first.saturating_sub(4)..first).any(|at| {
        matches!(
            tokens.word(at),
            "mobile"
                | "phone"
                | "mob"
                | "vehicle"
                | "folio"
                | "policy"
                | "block"
                | "recharge"
                | "pran"
                | "uan"
                | "aadhaar"
                | "aadhar"
                | "consumer"
                | "order"
        ) && !(at..first).any(|between| tokens.has(between, ACCOUNT | CARD))
    }) || (first.saturating_sub(2)..first).any(|at| matches!(tokens.word(at), "dear" | "hi" | "member"))
}

/// `98XXXXXX12`, `+91 98******12`: ten signs that begin as Indian mobile numbers do, and no word for an account before.
fn is_telephone(tokens: &Tokens<'_>, first: usize, last: usize) -> bool {
    let written = tokens.written(first, last);
    let number = if written.len() == 12 { written.strip_prefix("91").unwrap_or(written) } else { written };
    let has_prefix = number.len() < written.len();
    let is_mobile = number.len() == 10 && (number.starts_with(['6', '7', '8', '9']) || has_prefix);
    let is_named = (0..first).rev().take_while(|at| tokens.has(*at, ACCOUNT | CARD | FILLER)).any(|at| tokens.has(at, ACCOUNT | CARD));
    is_mobile && last > first && !is_named
}

fn is_card(tokens: &Tokens<'_>, first: usize) -> bool {
    for at in (first.saturating_sub(6)..=first).rev() {
        if tokens.has(at, CARD) {
            return true;
        }
        if tokens.has(at, ACCOUNT) || tokens.is_number(at) && at < first || tokens.word(at) == "account" {
            return false;
        }
    }
    false
}

/// What stands before a mention: whose it is, or which way the money goes.
fn side(tokens: &Tokens<'_>, first: usize) -> Side {
    let mut is_account = false;
    if (first.saturating_sub(2)..=first).any(|at| tokens.word(at) == "loan") {
        return Side::Loan;
    }
    for at in (first.saturating_sub(9)..first).rev() {
        let word = tokens.word(at);
        if tokens.has(at, YOUR) {
            return Side::Your;
        }
        match word {
            "from" => return Side::From,
            "to" | "in" | "into" => return Side::To,
            "beneficiary" | "sender" | "payee" | "linked" | "benef" => return Side::Other,
            "by" if at > 0 && tokens.word(at - 1) == "digibank" => {}
            "by" if !is_card(tokens, first) => return Side::Other,
            // The sign of `P&S Bank` joins no two accounts.
            "&" if tokens.joined(at) => {}
            "and" | "&" => return if is_account || tokens.has(at + 1, ACCOUNT) { Side::Other } else { Side::Unknown },
            "on" | "using" | "at" | "for" | "of" | "thru" | "through" | "via" | "by" => return Side::Unknown,
            _ if tokens.is_number(at) || tokens.is_mark(at, b';') || tokens.is_mark(at, b',') => return Side::Unknown,
            _ => is_account |= tokens.has(at, ACCOUNT),
        }
    }
    Side::Unknown
}

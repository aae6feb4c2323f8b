//! Who was paid, or who paid: a shop, a person, a UPI id; else what for.

use bank_feed::Direction;

use crate::channel::is_handle;
use crate::lexicon::{ACCOUNT, AVAILABLE, BALANCE, CARD, CHEQUE, CURRENCY, EMPTY, MANDATE, NOUN, PAST, PREPOSITION, RAIL, STOP, YOUR};
use crate::name::{before, phrase};
use crate::part::{is_capital, is_lite, starts_large};
use crate::rail;
use crate::token::Tokens;

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
                best.offer(score, phrase(tokens, at + 1, end).filter(|_| !is_own(tokens, at, direction)));
            }
        }
        match tokens.word(at) {
            "merchant" | "retailer" | "payee" | "sender" | "remitter" | "beneficiary" | "favouring" | "favoring"
                if !tokens.has(at + 1, ACCOUNT | NOUN) =>
            {
                best.offer(7, phrase(tokens, after_mark(tokens, at + 1), end))
            }
            "favour" | "favor" if tokens.word(at + 1) == "of" => best.offer(7, phrase(tokens, at + 2, end)),
            "of" if tokens.has(at + 1, CURRENCY) && at > 0 && !tokens.has(at - 1, NOUN | PAST | EMPTY) => best.offer(2, before(tokens, at)),
            // "UPI SHOP Ref 4321", "Rs 500 (PM-KISAN)"
            "upi" | "imps" | "neft" | "ecs" | "nach" | "ach"
                if !tokens.joined(at + 1) && !tokens.has(at + 1, NOUN | EMPTY | MANDATE) && !is_lite(tokens, at) =>
            {
                best.offer(1, phrase(tokens, at + 1, end))
            }
            "(" if at > 0 && tokens.is_number(at - 1) && tokens.is_word(at + 1) => best.offer(1, phrase(tokens, at + 1, end)),
            "of" if at > 0 && (tokens.has(at - 1, RAIL | MANDATE) || matches!(tokens.word(at - 1), "instruction" | "si")) => {
                best.offer(4, phrase(tokens, at + 1, end))
            }
            // "Chq No 778899 of X"
            "of" if direction == Direction::Credit
                && at > 0
                && tokens.is_digits(at - 1)
                && (at.saturating_sub(4)..at).any(|back| tokens.has(back, CHEQUE)) =>
            {
                best.offer(4, phrase(tokens, at + 1, end))
            }
            "info" => best.offer(if direction == Direction::Debit { 6 } else { 4 }, phrase(tokens, after_mark(tokens, at + 1), end)),
            "credited" if direction == Direction::Debit && at != verb => best.offer(8, before(tokens, at)),
            "has" | "have" if direction == Direction::Debit && tokens.word(at + 1) == "received" => best.offer(8, before(tokens, at)),
            "received" if direction == Direction::Debit && at == verb => best.offer(8, before(tokens, at)),
            "sent" | "paid" if direction == Direction::Credit && matches!(tokens.word(at + 1), "you" | "rs" | "inr") => {
                best.offer(4, before(tokens, at))
            }
            "debited" | "charged" | "deducted" | "collected" if direction == Direction::Debit && at == verb => {
                best.offer(3, before(tokens, at))
            }
            "order" | "ride" | "trip" | "booking" if is_yours(tokens, at) => best.offer(sure(tokens, at), whose(tokens, at)),
            "earnings" | "payout" if direction == Direction::Credit && is_yours(tokens, at) => {
                best.offer(sure(tokens, at), whose(tokens, at))
            }
            _ => {}
        }
    }
    best.offer(9, rail::party(tokens, end));
    best.offer(6, other_account(tokens, end, direction));
    best.offer(5, handle(tokens, end));
    best.offer(1, purpose(tokens, end).or_else(|| own_card(tokens, end, direction)));
    best.0
        .map(|best| best.name)
        .or_else(|| line_after_date(tokens, end))
        .or_else(|| dashed(tokens, end))
        .or_else(|| after_date(tokens, end))
}

/// "your Ola ride", "your Porter earnings"
fn is_yours(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at).any(|back| tokens.has(back, YOUR))
}

/// How, when or what for: in "your weekly payout" nobody is named.
const MANNERS: &str = "weekly daily monthly fortnightly instant total pending last latest previous current recent next new first final \
    partial full net gross scheduled early express food grocery online cab bike auto delivery trip ride order week today";

/// Of "your Ola ride" and "your weekly Porter earnings" whose they are.
fn whose(tokens: &Tokens<'_>, at: usize) -> Option<String> {
    let is_manner = |word: &str| MANNERS.split_whitespace().any(|manner| manner == word);
    let name = before(tokens, at).filter(|_| !is_manner(tokens.word(at - 1)))?;
    Some(name.split(' ').skip_while(|word| is_manner(word)).collect::<Vec<_>>().join(" "))
}

/// Written as a name, as good as one that stands behind "from" or "at"; otherwise that one is surer.
fn sure(tokens: &Tokens<'_>, at: usize) -> u8 {
    if at > 0 && starts_large(tokens, at - 1) { 7 } else { 5 }
}

/// "credited back to Equitas A/c XX1234": the name of the user's own bank.
fn is_own(tokens: &Tokens<'_>, preposition: usize, direction: Direction) -> bool {
    let next = (preposition + 1..preposition + 5).take_while(|at| tokens.is_word(*at)).find(|at| tokens.has(*at, ACCOUNT));
    tokens.word(preposition) == "to" && direction == Direction::Credit && next.is_some()
}

/// "by Transfer", "towards Payment": all that is said of a movement.
fn purpose(tokens: &Tokens<'_>, end: usize) -> Option<String> {
    let at = (1..end).find(|at| matches!(tokens.word(*at), "transfer" | "payment") && matches!(tokens.word(at - 1), "by" | "towards"))?;
    let is_whole = tokens.is_any_mark(at + 1) || tokens.has(at + 1, STOP) && !tokens.has(at + 1, PREPOSITION);
    is_whole.then(|| tokens.written(at, at).to_owned())
}

/// "credited towards your ICICI Bank Credit Card", where the card has no number: the card is the payee.
fn own_card(tokens: &Tokens<'_>, end: usize, direction: Direction) -> Option<String> {
    let at = (0..end).find(|at| direction == Direction::Credit && tokens.word(*at) == "towards" && tokens.has(at + 1, YOUR))?;
    let card = (at + 2..(at + 8).min(end)).take_while(|at| tokens.is_word(*at)).find(|at| tokens.has(*at, CARD))?;
    let has_number = (card + 1..card + 6).any(|at| tokens.is_number(at));
    (card > at + 3 && !has_number).then(|| tokens.written(at + 2, card).to_owned())
}

/// "to your Broker account … from A/c XX1234": who keeps the user's other account, which has no number here.
fn other_account(tokens: &Tokens<'_>, end: usize, direction: Direction) -> Option<String> {
    let side = if direction == Direction::Debit { "to" } else { "from" };
    let at = (0..end)
        .find(|at| tokens.word(*at) == side && tokens.has(at + 1, YOUR) && starts_large(tokens, at + 2) && tokens.has(at + 3, ACCOUNT))?;
    let has_number = tokens.is_mark(at + 4, b'*') || (at + 4..at + 7).any(|near| tokens.is_number(near));
    let is_plain = tokens.get(at + 2).is_some_and(|token| token.tags == 0) && !has_number;
    let has_banks = tokens.with(ACCOUNT | CARD).any(|other| other < end && other != at + 3);
    (is_plain && has_banks).then(|| tokens.written(at + 2, at + 2).to_owned())
}

fn after_mark(tokens: &Tokens<'_>, mut at: usize) -> usize {
    while tokens.is_any_mark(at) {
        at += 1;
    }
    at
}

/// How likely the name after this preposition is the other party; nothing where it is none's.
fn score(tokens: &Tokens<'_>, at: usize, direction: Direction, is_reversal: bool) -> u8 {
    let before = at.checked_sub(1).map(|before| tokens.word(before)).unwrap_or_default();
    let after = tokens.word(at + 1);
    let is_idiom = match tokens.word(at) {
        "to" => matches!(before, "prior" | "subject" | "due" | "up" | "access" | "according" | "linked" | "limited"),
        "by" => matches!(before, "powered" | "done" | "made" | "initiated"),
        "as" | "being" => matches!(after, "per" | "of" | "on" | "a" | "the"),
        "for" => matches!(before, "sorry" | "thanks" | "thank" | "apply" | "waiting"),
        "with" => at == 0 || !tokens.has(at - 1, NOUN),
        "@" => is_handle(tokens, at),
        "in" | "under" => !(0..tokens.len()).any(|at| matches!(tokens.word(at), "sip" | "folio")),
        _ => false,
    };
    let (debit, credit) = match tokens.word(at) {
        _ if is_idiom => (0, 0),
        "at" if is_reversal => (7, 7),
        "to" if is_reversal => (2, 2),
        "in" | "under" => (8, 0),
        "at" => (7, 3),
        "to" => (7, 0),
        "from" if after == "atm" => (7, 0),
        "from" => (0, 7),
        "@" => (6, 6),
        "towards" | "toward" => (6, 4),
        "for" => (5, 3),
        "with" => (5, 0),
        "on" => (4, 1),
        "by" if after == "cash" => (1, 1),
        "by" => (2, 5),
        "as" | "being" => (2, 2),
        "thru" | "thro" | "through" if is_capital(tokens, at + 1) && is_capital(tokens, at + 2) => (1, 1),
        "द्वारा" => (1, 1),
        _ => (0, 0),
    };
    if direction == Direction::Debit { debit } else { credit }
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
    (1..end)
        .find(|at| {
            tokens.is_mark(*at, b'-')
                && tokens.is_number(at - 1)
                && tokens.joined(at - 1)
                && !tokens.has(at.saturating_sub(2), CURRENCY)
                && !(tokens.is_mark(at.saturating_sub(2), b'.') && tokens.has(at.saturating_sub(3), CURRENCY))
                && tokens.is_word(at + 1)
                && tokens.joined(at + 1)
        })
        .and_then(|at| phrase(tokens, at + 1, end))
}

/// "credited on 10-11-26 MGNREGA WAGES": what a ledger writes, in capitals, right after the date.
fn after_date(tokens: &Tokens<'_>, end: usize) -> Option<String> {
    let first = (3..end).find(|at| {
        let is_dated = tokens.is_number(at - 1) && tokens.joined(at - 1) && matches!(tokens.word(at - 2), "-" | "/");
        is_dated
            && is_capital(tokens, *at)
            && is_capital(tokens, at + 1)
            && !tokens.joined(*at)
            && tokens.sentence(*at) == tokens.sentence(at - 1)
    })?;
    phrase(tokens, first, end).filter(|name| !name.contains("BANK"))
}

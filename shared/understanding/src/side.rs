//! Which account money comes from and which it goes to.

use crate::command::Command;
use crate::entity::Reading;
use crate::lexicon::Lexicon;
use crate::slots::Slots;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    From,
    To,
}

/// Endings by which a word says that something comes from it.
const FROM_ENDINGS: &[&str] = &[
    "ದಿಂದ",
    "ನಿಂದ",
    "ಯಿಂದ",
    "ಿಂದ",
    "dinda",
    "ninda",
    "yinda",
    "inda",
    "இலிருந்து",
    "ிலிருந்து",
    "லிருந்து",
    "லேர்ந்து",
    "లోనుండి",
    "నుండి",
    "నుంచి",
    "nundi",
    "nunchi",
    "থেকে",
    "मधून",
    "ातून",
    "तून",
    "वरून",
    "ून",
    "tun",
    "varun",
    "madhun",
];

/// Fills `account`, or `from_account` and `to_account` where money moves.
pub fn accounts(lexicon: &Lexicon, reading: &Reading<'_>, command: Option<Command>, slots: &mut Slots) {
    let named: Vec<(&'static str, Option<Side>)> = reading
        .entities
        .iter()
        .filter_map(|entity| Some((entity.known("account")?, side(lexicon, reading, entity.start, entity.end))))
        .filter(|(account, side)| *account != "bank" || side.is_some() && command != Some(Command::CheckBalance))
        .collect();
    let on = |wanted: Side| named.iter().find(|(_, side)| *side == Some(wanted)).map(|(account, _)| (*account).to_owned());
    match command {
        Some(Command::TransferMoney | Command::CashOut) => {
            slots.from_account = on(Side::From);
            slots.to_account =
                on(Side::To).filter(|account| account != "bank" || command == Some(Command::TransferMoney) && slots.phone.is_none());
            let open = named.iter().find(|(account, side)| side.is_none() && *account != "bank").map(|(account, _)| (*account).to_owned());
            if command == Some(Command::CashOut) && slots.from_account.is_none() {
                slots.from_account = named.iter().find(|(account, _)| *account == "wallet").map(|(account, _)| (*account).to_owned());
            } else if command == Some(Command::TransferMoney) && slots.to_account.is_none() {
                slots.to_account = open.filter(|account| slots.from_account.as_ref() != Some(account));
            }
            // To "his account" is to a person; to one's bank is the business of the bank's slot.
            if slots.to_account.as_deref() == Some("bank") {
                slots.to_account = None;
            }
        }
        Some(_) => slots.account = named.first().map(|(account, _)| (*account).to_owned()),
        None => {
            slots.from_account = on(Side::From);
            slots.to_account = on(Side::To);
            if slots.from_account.is_none() && slots.to_account.is_none() {
                slots.account = named.first().map(|(account, _)| (*account).to_owned());
            }
        }
    }
}

fn side(lexicon: &Lexicon, reading: &Reading<'_>, start: usize, end: usize) -> Option<Side> {
    let last = reading.words.get(end.checked_sub(1)?)?;
    if FROM_ENDINGS.iter().any(|ending| last.folded.ends_with(ending)) {
        return Some(Side::From);
    }
    // English says it before, the others after.
    let mut before = start;
    while let Some(word) = before.checked_sub(1).and_then(|at| reading.words.get(at)) {
        match word.folded.as_str() {
            "from" | "frm" => return Some(Side::From),
            "to" | "into" | "2" => return Some(Side::To),
            "my" | "the" | "own" | "our" => before -= 1,
            _ => break,
        }
    }
    let mut after = end;
    while reading
        .words
        .get(after)
        .is_some_and(|word| lexicon.word(&word.folded).is_some_and(|entries| entries.iter().any(|entry| entry.kind == "account")))
    {
        after += 1;
    }
    if let Some(found) = lexicon.at(&reading.words, after).and_then(|found| found.of("side")) {
        return Some(if found.value == "from" { Side::From } else { Side::To });
    }
    crate::ending::receiver(&last.folded).map(|_| Side::To)
}

//! The rail on which money moved.

use crate::lexicon::{CARD, CHEQUE, FEE};
use crate::reading::Channel;
use crate::token::Tokens;

/// `None` where the text up to `end` names no rail. The narrower word wins: a RuPay card that pays by
/// UPI is UPI, a card at an ATM is the ATM.
pub fn channel(tokens: &Tokens<'_>, end: usize, reference: Option<&str>) -> Option<Channel> {
    let mut best: Option<(u8, Channel)> = None;
    for at in 0..end {
        if let Some(found) = of_word(tokens, at)
            && best.is_none_or(|(rank, _)| found.0 < rank)
        {
            best = Some(found);
        }
    }
    best.map(|(_, channel)| channel).or_else(|| (is_rrn(reference) && !is_loan(tokens, end)).then_some(Channel::Upi))
}

fn is_loan(tokens: &Tokens<'_>, end: usize) -> bool {
    (0..end).any(|at| matches!(tokens.word(at), "loan" | "disbursed" | "withdrawn"))
}

/// Twelve digits are a retrieval number; where no rail is named it is nearly always UPI's.
fn is_rrn(reference: Option<&str>) -> bool {
    reference.is_some_and(|reference| reference.len() == 12 && reference.bytes().all(|byte| byte.is_ascii_digit()))
}

fn of_word(tokens: &Tokens<'_>, at: usize) -> Option<(u8, Channel)> {
    let before = |words: &[&str]| at > 0 && words.contains(&tokens.word(at - 1));
    Some(match tokens.word(at) {
        "fastag" => (0, Channel::Fastag),
        "toll" | "plaza" if tokens.lower().contains("tag") => (0, Channel::Fastag),
        "upi" | "vpa" | "bhim" | "infoupi" => (1, Channel::Upi),
        "imps" => (2, Channel::Imps),
        "neft" | "neftinward" | "neftoutward" => (2, Channel::Neft),
        "rtgs" => (2, Channel::Rtgs),
        "atm" | "cashwdl" => (3, Channel::Atm),
        "withdrawn" if tokens.is_mark(at + 1, b'@') => (3, Channel::Atm),
        "cdm" | "aeps" => (4, Channel::Cash),
        "cash" if !matches!(tokens.word(at + 1), "back" | "credit" | "limit") => match cash_by(tokens, at) {
            true => (3, Channel::Atm),
            false => (4, Channel::Cash),
        },
        "nach" | "ach" | "ecs" if is_return_fee(tokens, at) => return None,
        "nach" | "e-nach" | "enach" | "ach" | "achdr" | "achcr" | "infoach" | "infonach" | "ecs" | "umrn" => (5, Channel::Nach),
        "autopay" | "mandate" | "emandate" | "e-mandate" => (8, Channel::Nach),
        "clearing" | "clg" => (9, Channel::Cheque),
        _ if tokens.has(at, CHEQUE) && !is_note(tokens, at) => (6, Channel::Cheque),
        "wallet" | "amazonpay" | "apay" => (6, Channel::Wallet),
        "balance" if before(&["pay", "apay", "money"]) => (6, Channel::Wallet),
        "withdrawn" | "withdrawal" | "wdl" if near_card(tokens, at) => (6, Channel::Atm),
        "mob" if tokens.word(at + 1) == "bk" => (7, Channel::Netbanking),
        "netbanking" | "ibs" | "infobil" | "inft" => (7, Channel::Netbanking),
        "banking" if before(&["net", "internet", "online", "mobile"]) => (7, Channel::Netbanking),
        "pos" => (7, Channel::Card),
        "emi" => (10, Channel::Emi),
        _ if tokens.has(at, CARD) && !is_handle(tokens, at + 1) => (7, Channel::Card),
        "@" if is_handle(tokens, at) => (9, Channel::Upi),
        _ => return None,
    })
}

/// Cash that is drawn with a card comes out of a machine.
fn cash_by(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at + 1), "withdrawal" | "wdl" | "withdrawn") && near_card(tokens, at)
}

fn near_card(tokens: &Tokens<'_>, at: usize) -> bool {
    (at.saturating_sub(16)..at + 16).any(|near| tokens.has(near, CARD) && tokens.sentence(near) == tokens.sentence(at))
}

/// `Cheque deposits … are subject to clearing` is a bank's footnote.
fn is_note(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at + 1), "deposits" | "book" | "in")
        || is_return_fee(tokens, at)
        || tokens.word(at) == "check" && !tokens.is_number(at + 1) && !matches!(tokens.word(at + 1), "no" | "number" | "of" | "for")
}

/// "CHQ RETURN CHARGES", "NACH RETURN CHARGES": the bank's fee came on no rail.
pub fn is_return_fee(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.word(at + 1), "return" | "rtn" | "bounce") && tokens.has(at + 2, FEE)
}

pub fn is_handle(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.is_mark(at, b'@')
        && tokens.joined(at)
        && tokens.joined(at + 1)
        && tokens.is_word(at + 1)
        && !tokens.is_any_mark(at.saturating_sub(1))
}

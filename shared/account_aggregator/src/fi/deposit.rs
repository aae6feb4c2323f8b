//! An account and its transactions, of either version of the schema.

use std::collections::HashSet;

use bank_feed::{Account, AccountKind, Balance, Currency, Direction, Entry, Mode, Rounding, minor_units};
use jiff::civil::Date;
use jiff::tz::{self, TimeZone};
use jiff::{Span, Timestamp};

use super::element::Element;
use super::narration::{self, Read};
use super::{BadDocument, Source, Statement};
use crate::time;

/// Banks that write a time without an offset mean their own.
fn india() -> TimeZone {
    TimeZone::fixed(tz::offset(5).saturating_add(Span::new().minutes(30)))
}

/// More of a narration is not kept.
const NARRATION_CHARACTERS_MAX: usize = 512;
const ID_CHARACTERS_MAX: usize = 128;

/// A transaction that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnreadLine {
    /// Its place among the document's transactions, from 0.
    pub place: usize,
    pub why: BadLine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    #[error("it is neither a credit nor a debit")]
    Direction,
    #[error("its amount is none, or negative")]
    Amount,
    #[error("it has no time")]
    Time,
}

pub fn read(root: &Element, source: &Source<'_>) -> Result<Statement, BadDocument> {
    if !root.name.eq_ignore_ascii_case("Account") {
        return Err(BadDocument::NoAccount);
    }
    if root.attribute(&["type"]).is_some_and(|kind| !kind.eq_ignore_ascii_case("deposit")) {
        return Err(BadDocument::NotDeposit);
    }
    if root.attribute(&["linkedAccRef"]).is_some_and(|link_ref| link_ref != source.link_ref) {
        return Err(BadDocument::OtherAccount);
    }
    let summary = root.child("Summary");
    let lists = || root.children("Transactions");
    if summary.is_none() && lists().next().is_none() && root.child("Profile").is_none() {
        return Err(BadDocument::NoAccount);
    }
    let currency = match summary.and_then(|summary| summary.attribute(&["currency"])) {
        Some(code) => Currency::from_code(code).ok_or(BadDocument::Currency)?,
        None => Currency::INR,
    };
    let mut statement = Statement {
        account: account(root, summary, currency, source),
        entries: Vec::new(),
        unread: Vec::new(),
        covers: lists().find_map(covers),
        version: root.attribute(&["version"]).map(|version| shortened(version, 16)),
    };
    let mut seen = HashSet::new();
    for (place, line) in lists().flat_map(transactions).enumerate() {
        match entry(line, currency, source.link_ref) {
            Ok(entry) => {
                // `txnId` alone is not unique, and some lines come twice.
                let (id, at, balance) = (entry.id.clone(), entry.booked_at, entry.balance_after_minor);
                if seen.insert((id, at, entry.amount_minor, entry.direction, balance)) {
                    statement.entries.push(entry);
                }
            }
            Err(why) => statement.unread.push(UnreadLine { place, why }),
        }
    }
    Ok(statement)
}

/// The days that a list says it tells of; none where it ends before it begins.
fn covers(list: &Element) -> Option<(Date, Date)> {
    let of = |name| day(list.attribute(&[name])?);
    Some((of("startDate")?, of("endDate")?)).filter(|(from, to)| from <= to)
}

/// The list's lines; where a rendering leaves out the list around them, the line itself.
fn transactions(list: &Element) -> impl Iterator<Item = &Element> {
    let alone = list.attribute(&["amount"]).map(|_| list);
    list.children("Transaction").chain(alone)
}

fn account(root: &Element, summary: Option<&Element>, currency: Currency, source: &Source<'_>) -> Account {
    let of_summary = |names: &[&str]| summary.and_then(|summary| summary.attribute(names));
    let balance = of_summary(&["currentBalance"]).and_then(|text| minor_units(text, currency, Rounding::HalfUp).ok());
    let is = |word: &str| {
        [&["type"], &["accountSubType"], &["accountType"]]
            .iter()
            .any(|names| of_summary(*names).is_some_and(|kind| kind.eq_ignore_ascii_case(word)))
    };
    Account {
        id: source.link_ref.to_owned(),
        bank: source.bank.to_owned(),
        name: None,
        masked_number: root.attribute(&["maskedAccNumber"]).map(Account::mask),
        kind: if is("SAVINGS") {
            AccountKind::Savings
        } else if is("CURRENT") {
            AccountKind::Current
        } else {
            AccountKind::Other
        },
        balance: balance.map(|minor| Balance { minor, currency, at: of_summary(&["balanceDateTime"]).and_then(moment) }),
    }
}

fn entry(line: &Element, currency: Currency, link_ref: &str) -> Result<Entry, BadLine> {
    let direction = match line.attribute(&["type"]).unwrap_or_default() {
        kind if kind.eq_ignore_ascii_case("CREDIT") => Direction::Credit,
        kind if kind.eq_ignore_ascii_case("DEBIT") => Direction::Debit,
        _ => return Err(BadLine::Direction),
    };
    let money = |names: &[&str]| minor_units(line.attribute(names)?, currency, Rounding::HalfUp).ok();
    let amount_minor = money(&["amount"]).filter(|minor| *minor >= 0).ok_or(BadLine::Amount)?;
    let value_date = line.attribute(&["valueDate"]).and_then(day);
    let booked_at = line.attribute(&["transactionTimestamp"]).and_then(moment).or_else(|| midnight(value_date?)).ok_or(BadLine::Time)?;
    let narration = line.attribute(&["narration"]).unwrap_or_default();
    let Read { mode, counterparty, reference } = narration::read(narration);
    let told = line.attribute(&["reference"]).map(|reference| shortened(reference, ID_CHARACTERS_MAX));
    Ok(Entry {
        account_id: link_ref.to_owned(),
        id: line.attribute(&["txnId"]).map(|id| shortened(id, ID_CHARACTERS_MAX)),
        booked_at,
        value_date,
        amount_minor,
        currency,
        direction,
        balance_after_minor: money(&["transactionalBalance", "currentBalance"]),
        mode: mode_of(line.attribute(&["mode"]), mode),
        narration: shortened(narration, NARRATION_CHARACTERS_MAX),
        counterparty,
        // The rail's own number, by which others know the same payment, before what the bank calls it.
        reference: reference.or(told),
        is_pending: false,
    })
}

/// Banks say `OTHERS` of most UPI payments: a narration that says more is believed.
fn mode_of(told: Option<&str>, read: Option<Mode>) -> Option<Mode> {
    let told = told.map(|mode| match mode.to_ascii_uppercase().as_str() {
        "CASH" => Mode::Cash,
        "ATM" => Mode::Atm,
        "CARD" => Mode::Card,
        "UPI" => Mode::Upi,
        "FT" => Mode::Transfer,
        _ => Mode::Other,
    });
    match (told, read) {
        (_, Some(Mode::Upi)) => Some(Mode::Upi),
        (None | Some(Mode::Other), Some(read)) => Some(read),
        (told, _) => told,
    }
}

fn moment(text: &str) -> Option<Timestamp> {
    time::parse_in(text, &india())
}

/// A date, or the date of a time.
fn day(text: &str) -> Option<Date> {
    match text.parse::<Date>() {
        Ok(date) if text.len() == 10 => Some(date),
        _ => moment(text).map(|time| time.to_zoned(india()).date()),
    }
}

fn midnight(date: Date) -> Option<Timestamp> {
    date.to_zoned(india()).ok().map(|zoned| zoned.timestamp())
}

fn shortened(text: &str, characters_max: usize) -> String {
    text.chars().take(characters_max).collect()
}

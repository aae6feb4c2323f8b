//! A statement out of tags.

use bank_feed::{Account, AccountKind, Balance, Currency, Direction, Entry, Mode};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::tags::{Tag, Tags};
use crate::Upload;
use crate::amount::amount;
use crate::column::Column;
use crate::date::is_to_come;
use crate::error::{Order, Place, Refusal};
use crate::grid::ROWS_MAX;
use crate::narration::{cleaned, counterparty, mode, reference, reference_within};
use crate::statement::{Checks, Format, Period, Statement, number_alike};

/// A statement nests eight deep.
const DEPTH_MAX: usize = 32;
const INDIA_SECONDS: i32 = 19_800;

/// Elements that hold others, as far as they matter here. All others hold text, or are passed over.
const AGGREGATES: [&str; 25] = [
    "OFX",
    "SIGNONMSGSRSV1",
    "SONRS",
    "STATUS",
    "FI",
    "BANKMSGSRSV1",
    "CREDITCARDMSGSRSV1",
    "STMTTRNRS",
    "CCSTMTTRNRS",
    "STMTRS",
    "CCSTMTRS",
    "BANKACCTFROM",
    "CCACCTFROM",
    "BANKTRANLIST",
    "STMTTRN",
    "BANKACCTTO",
    "CCACCTTO",
    "PAYEE",
    "CURRENCY",
    "ORIGCURRENCY",
    "LEDGERBAL",
    "AVAILBAL",
    "BALLIST",
    "BAL",
    "INVSTMTMSGSRSV1",
];

#[derive(Default)]
struct Found {
    bank: Option<String>,
    masked_number: Option<String>,
    kind: Option<AccountKind>,
    from: Option<Stamp>,
    to: Option<Stamp>,
    ledger: Option<i64>,
    ledger_at: Option<Timestamp>,
    accounts: usize,
    is_whole: bool,
    lines: Vec<Line>,
}

#[derive(Default)]
struct Line {
    place: Option<Place>,
    kind: Option<String>,
    at: Option<Stamp>,
    value_date: Option<Date>,
    paise: Option<i64>,
    id: Option<String>,
    check: Option<String>,
    number: Option<String>,
    name: Option<String>,
    payee: Option<String>,
    memo: Option<String>,
}

#[derive(Clone, Copy)]
struct Stamp {
    at: Timestamp,
    date: Date,
}

pub fn statement(mut tags: Tags<'_>, upload: &Upload<'_>) -> Result<Statement, Refusal> {
    let mut found = Found::default();
    let mut open: Vec<String> = Vec::new();
    let mut leaf: Option<String> = None;
    let mut line: Option<Line> = None;
    loop {
        let tag = tags.next()?;
        let place = tags.place();
        match tag {
            None => break,
            Some(Tag::Open(name)) => {
                let name = name.to_ascii_uppercase();
                if !AGGREGATES.contains(&name.as_str()) {
                    leaf = Some(name);
                    continue;
                }
                leaf = None;
                match name.as_str() {
                    // SGML lets nothing be left out here, but who knows.
                    "STMTTRN" => {
                        found.put(line.replace(Line { place: Some(place), ..Line::default() }))?;
                        open.retain(|name| name != "STMTTRN");
                    }
                    "STMTRS" | "CCSTMTRS" => {
                        found.accounts += 1;
                        if found.accounts > 1 {
                            return Err(Refusal::SeveralAccounts);
                        }
                        if name == "CCSTMTRS" {
                            found.kind = Some(AccountKind::Credit);
                        }
                    }
                    _ => {}
                }
                if open.len() >= DEPTH_MAX {
                    return Err(Refusal::TooDeep { place });
                }
                open.push(name);
            }
            Some(Tag::Text(text)) => {
                if let Some(name) = leaf.take() {
                    let within = open.last().map(String::as_str).unwrap_or_default();
                    found.read(within, &name, &text, place, line.as_mut())?;
                }
            }
            Some(Tag::Close(name)) => {
                leaf = None;
                let name = name.to_ascii_uppercase();
                if let Some(at) = open.iter().rposition(|known| *known == name) {
                    open.truncate(at);
                }
                match name.as_str() {
                    "STMTTRN" => found.put(line.take())?,
                    "OFX" => found.is_whole = true,
                    _ => {}
                }
            }
        }
    }
    if !found.is_whole {
        return Err(Refusal::BreaksOff { place: tags.place() });
    }
    found.statement(upload)
}

fn set(field: &mut Option<String>, text: &str) {
    field.get_or_insert_with(|| cleaned(text));
}

impl Found {
    fn put(&mut self, line: Option<Line>) -> Result<(), Refusal> {
        if self.lines.len() >= ROWS_MAX {
            return Err(Refusal::TooManyRows { rows_max: ROWS_MAX });
        }
        self.lines.extend(line);
        Ok(())
    }

    fn read(&mut self, within: &str, name: &str, text: &str, place: Place, line: Option<&mut Line>) -> Result<(), Refusal> {
        let money = || amount(text).map(|amount| amount.as_balance(None)).ok_or(Refusal::BadAmount { place, column: Column::Amount });
        let day = |column| stamp(text).ok_or(Refusal::BadDate { place, column });
        match (within, name) {
            ("STMTRS" | "CCSTMTRS", "CURDEF") | ("CURRENCY", "CURSYM") if !text.eq_ignore_ascii_case("INR") => {
                return Err(Refusal::Currency { place });
            }
            ("FI", "ORG") => set(&mut self.bank, text),
            ("BANKACCTFROM" | "CCACCTFROM", "ACCTID") => self.masked_number = Some(Account::mask(text)),
            ("BANKACCTFROM", "ACCTTYPE") => {
                self.kind = Some(match text.to_ascii_uppercase().as_str() {
                    "SAVINGS" => AccountKind::Savings,
                    "CHECKING" | "CURRENT" => AccountKind::Current,
                    "CREDITLINE" => AccountKind::Credit,
                    _ => AccountKind::Other,
                });
            }
            ("BANKTRANLIST", "DTSTART") => self.from = stamp(text),
            ("BANKTRANLIST", "DTEND") => self.to = stamp(text),
            ("LEDGERBAL", "BALAMT") => self.ledger = Some(money()?),
            ("LEDGERBAL", "DTASOF") => self.ledger_at = stamp(text).map(|stamp| stamp.at),
            ("STMTTRN" | "PAYEE", _) => {
                let Some(line) = line else { return Ok(()) };
                match (within, name) {
                    ("PAYEE", "NAME") => set(&mut line.payee, text),
                    ("PAYEE", _) => {}
                    (_, "TRNTYPE") => set(&mut line.kind, text),
                    (_, "DTPOSTED") => line.at = Some(day(Column::Date)?),
                    (_, "DTAVAIL") => line.value_date = stamp(text).map(|stamp| stamp.date),
                    (_, "TRNAMT") => line.paise = Some(money()?),
                    (_, "FITID") => set(&mut line.id, text),
                    (_, "CHECKNUM") => set(&mut line.check, text),
                    (_, "REFNUM") => set(&mut line.number, text),
                    (_, "NAME") => set(&mut line.name, text),
                    (_, "MEMO") => set(&mut line.memo, text),
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn statement(self, upload: &Upload<'_>) -> Result<Statement, Refusal> {
        // The sign counts. Only where a file has no minus at all do its kinds of movements tell.
        let has_signs = self.lines.iter().any(|line| line.paise.is_some_and(|paise| paise < 0));
        let mut entries = Vec::with_capacity(self.lines.len());
        let mut days = Vec::with_capacity(self.lines.len());
        for line in self.lines {
            let (entry, date) = line.entry(upload, has_signs)?;
            entries.push(entry);
            days.push(date);
        }
        let rises = days.iter().zip(days.iter().skip(1)).all(|(one, next)| one <= next);
        let order = if rises { Order::OldestFirst } else { Order::NewestFirst };
        if order == Order::NewestFirst {
            entries.reverse();
        }
        entries.sort_by_key(|entry| entry.booked_at);
        number_alike(&mut entries);
        let (from, to) = days.iter().min().copied().zip(days.iter().max().copied()).ok_or(Refusal::NoRows)?;
        let stated = self.from.map(|from| from.date).zip(self.to.map(|to| to.date)).filter(|(from, to)| from <= to);
        let (from, to) = stated.unwrap_or((from, to));
        let balance = self.ledger.map(|minor| Balance { minor, currency: Currency::INR, at: self.ledger_at });
        Ok(Statement {
            format: Format::Ofx,
            account: Account {
                id: upload.account_id.to_owned(),
                bank: upload.bank.map(str::to_owned).or(self.bank).unwrap_or_else(|| "Bank".to_owned()),
                name: None,
                masked_number: self.masked_number,
                kind: self.kind.unwrap_or(AccountKind::Other),
                balance,
            },
            entries,
            period: Period { from, to, is_stated: stated.is_some() },
            checks: Checks { order, balances_compared: 0, opening_minor: None, closing_minor: self.ledger, rows_passed_over: 0 },
        })
    }
}

impl Line {
    fn entry(self, upload: &Upload<'_>, has_signs: bool) -> Result<(Entry, Date), Refusal> {
        let place = self.place.unwrap_or(Place::line(1));
        let stamp = self.at.ok_or(Refusal::BadDate { place, column: Column::Date })?;
        if is_to_come(stamp.date, upload.today) {
            return Err(Refusal::FutureDate { place, column: Column::Date });
        }
        let paise = self.paise.ok_or(Refusal::NoAmount { place })?;
        let kind = self.kind.unwrap_or_default().to_ascii_uppercase();
        let is_out = matches!(
            kind.as_str(),
            "DEBIT" | "ATM" | "POS" | "FEE" | "SRVCHG" | "CHECK" | "PAYMENT" | "CASH" | "DIRECTDEBIT" | "REPEATPMT"
        );
        let is_debit = paise < 0 || !has_signs && is_out;
        let narration = match (self.name, self.memo) {
            (Some(name), Some(memo)) if memo.contains(&name) => memo,
            (Some(name), Some(memo)) => cleaned(&format!("{name} {memo}")),
            (name, memo) => name.or(memo).unwrap_or_default(),
        };
        let of_kind = match kind.as_str() {
            "ATM" => Some(Mode::Atm),
            "POS" => Some(Mode::Card),
            "CASH" => Some(Mode::Cash),
            "XFER" | "DIRECTDEP" | "DIRECTDEBIT" | "CHECK" => Some(Mode::Transfer),
            _ => None,
        };
        let told = |text: Option<String>| text.as_deref().and_then(reference);
        let entry = Entry {
            account_id: upload.account_id.to_owned(),
            id: self.id.filter(|id| !id.is_empty()),
            booked_at: stamp.at,
            value_date: self.value_date,
            amount_minor: paise.abs(),
            currency: Currency::INR,
            direction: if is_debit || paise == 0 { Direction::Debit } else { Direction::Credit },
            balance_after_minor: None,
            mode: mode(&narration).or(of_kind),
            counterparty: self.payee.or_else(|| counterparty(&narration)),
            reference: told(self.check).or_else(|| told(self.number)).or_else(|| reference_within(&narration)),
            narration,
            is_pending: false,
        };
        Ok((entry, stamp.date))
    }
}

/// `20261101`, `20261101093000.000[+5.5:IST]`. A time without an offset is the bank's own, in India:
/// OFX would have it be Greenwich's, but no bank here was seen to mean that.
fn stamp(text: &str) -> Option<Stamp> {
    let (digits, zone) = match text.split_once('[') {
        Some((digits, zone)) => (digits, Some(zone.strip_suffix(']')?)),
        None => (text, None),
    };
    let digits = digits.trim().split('.').next()?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(digits.len(), 8 | 12 | 14) {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i8>().ok());
    let date = Date::new(digits.get(..4)?.parse().ok()?, part(4, 6)?, part(6, 8)?).ok()?;
    if !(2000..2100).contains(&date.year()) {
        return None;
    }
    let india = Offset::from_seconds(INDIA_SECONDS).ok()?;
    let time = match digits.len() {
        8 => Time::midnight(),
        // A leap second is the one before.
        _ => Time::new(part(8, 10)?, part(10, 12)?, part(12, 14).unwrap_or(0).min(59), 0).ok()?,
    };
    let offset = match zone {
        Some(zone) if digits.len() > 8 => Offset::from_seconds(i32::try_from(seconds(zone)?.as_secs()).ok()?).ok()?,
        _ => india,
    };
    let at = DateTime::from_parts(date, time).to_zoned(TimeZone::fixed(offset)).ok()?.timestamp();
    let date = at.to_zoned(TimeZone::fixed(india)).date();
    Some(Stamp { at, date })
}

/// `+5.5:IST`, `-5:EST`, `5.30`, `+5:30`: hours, then half and quarter hours as decimals or as minutes.
fn seconds(zone: &str) -> Option<SignedDuration> {
    let zone = zone.trim();
    let (sign, rest) = match zone.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, zone.strip_prefix('+').unwrap_or(zone)),
    };
    let end = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
    let (hours, rest) = rest.split_at_checked(end)?;
    let hours: i64 = hours.parse().ok().filter(|hours| *hours <= 14)?;
    let fraction: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    let minutes = match fraction.as_str() {
        "" | "0" | "00" => 0,
        "5" | "50" | "30" => 30,
        "75" | "45" => 45,
        "25" | "15" => 15,
        _ => return None,
    };
    Some(SignedDuration::from_mins(sign * (hours * 60 + minutes)))
}

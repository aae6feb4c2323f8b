//! What gig platforms paid, as comma-separated text that its worker filled in or downloaded.

use earnings::{BadRupees, EarningsDay, LineKind, is_too_old, rupees, sign_deductions};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use thiserror::Error;

use crate::date::{First, date_time, only_reading};
use crate::error::{Place, Refusal};
use crate::grid::Row;
use crate::narration::cleaned;
use crate::{separated, text};

const HEADER_ROWS_MAX: usize = 50;
const ID_CHARS_MAX: usize = 128;
/// No platform has as many trips, nor a day as many minutes; the second is a day's with an hour of grace.
const TRIPS_MAX: u32 = 500;
const MINUTES_MAX: u32 = 25 * 60;

/// The columns of the canonical form (`platforms.md`, section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Date,
    Total,
    Line(LineKind),
    Trips,
    OnlineMinutes,
    CashCollected,
    ExternalId,
    Platform,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Date => "date",
            Self::Total => "total_earnings",
            Self::Line(kind) => kind.name(),
            Self::Trips => "trips",
            Self::OnlineMinutes => "online_minutes",
            Self::CashCollected => "cash_collected",
            Self::ExternalId => "external_id",
            Self::Platform => "platform",
        })
    }
}

/// What a file of earnings holds. Nothing is taken yet: whoever asked decides whether the good rows of a
/// file with bad ones are, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earnings {
    /// Rows that can be taken, each whole.
    pub good: Vec<GoodRow>,
    /// In the order of the file.
    pub bad: Vec<BadRow>,
    /// Rows of days more than [`earnings::MONTHS_BACK_MAX`] ago.
    pub too_old: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoodRow {
    pub place: Place,
    pub day: EarningsDay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{place}, {field}: {why}")]
pub struct BadRow {
    pub place: Place,
    pub field: Field,
    pub why: WhyBad,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WhyBad {
    #[error("missing")]
    Missing,
    #[error("no date: write 2026-11-20 or 20/11/2026")]
    Date,
    #[error("the date is still to come")]
    Future,
    #[error(transparent)]
    Amount(BadRupees),
    #[error("no whole number, or one too large")]
    Count,
    #[error("too long")]
    TooLong,
    #[error("the same day, platform and id stand in line {first} with other amounts")]
    Conflict { first: u32 },
}

/// By which a day is known again: platform, date and external id.
type Key = (Option<String>, Date, Option<String>);

/// Reads a file of earnings. Amounts are decimal rupees with two decimals at most.
///
/// # Errors
///
/// [`Refusal`] where the file as a whole is not read. What is wrong with single rows is in the result.
pub fn read_earnings(bytes: &[u8], today: Date) -> Result<Earnings, Refusal> {
    let text = text::text(bytes)?;
    let names = |row: &Row| fields(row).map_or(0, |fields| fields.len());
    let rows = separated::rows(&text, HEADER_ROWS_MAX, names)?.ok_or(Refusal::NoHeader)?;
    let header = rows.iter().take(HEADER_ROWS_MAX).position(|row| names(row) > 0).ok_or(Refusal::NoHeader)?;
    let fields = rows.get(header).and_then(fields).ok_or(Refusal::NoHeader)?;
    let body = rows.get(header + 1..).unwrap_or_default();
    let first = first_of(&fields, body);
    let mut read = Earnings { good: Vec::new(), bad: Vec::new(), too_old: 0 };
    let mut days: BTreeMap<Key, (u32, EarningsDay)> = BTreeMap::new();
    for row in body {
        let place = row.place;
        let cells = Cells { row, fields: &fields, first };
        if cells.is_total() {
            continue;
        }
        match cells.day(today) {
            Ok(day) if is_too_old(day.date, today) => read.too_old += 1,
            Ok(day) => match days.entry((day.platform.clone(), day.date, day.external_id.clone())) {
                Entry::Vacant(vacant) => {
                    vacant.insert((place.line, day.clone()));
                    read.good.push(GoodRow { place, day });
                }
                // A row that was pasted twice is one.
                Entry::Occupied(before) if before.get().1 == day => {}
                Entry::Occupied(before) => {
                    read.bad.push(BadRow { place, field: Field::Date, why: WhyBad::Conflict { first: before.get().0 } });
                }
            },
            Err((field, why)) => read.bad.push(BadRow { place, field, why }),
        }
    }
    if read.good.is_empty() && read.bad.is_empty() && read.too_old == 0 { Err(Refusal::NoRows) } else { Ok(read) }
}

/// `None` unless the row names a date and a total. Of names that come twice the first counts.
fn fields(row: &Row) -> Option<BTreeMap<Field, usize>> {
    let mut fields = BTreeMap::new();
    for at in 0..row.cells.len() {
        if let Some(field) = field(row.cell(at)) {
            fields.entry(field).or_insert(at);
        }
    }
    (fields.contains_key(&Field::Date) && fields.contains_key(&Field::Total)).then_some(fields)
}

fn field(name: &str) -> Option<Field> {
    if name.len() > 60 {
        return None;
    }
    let words: Vec<String> =
        name.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !matches!(*word, "inr" | "rs" | "rupees")).collect();
    Some(match words.join(" ").as_str() {
        "date" | "day" | "service date" | "work date" | "earning date" | "earnings date" | "payout date" | "trip date" | "order date" => {
            Field::Date
        }
        "total earnings" | "total" | "earnings" | "net earnings" | "total earning" | "net earning" | "payout" | "net payout"
        | "total payout" | "total pay" | "net pay" | "earning" | "income" | "amount" | "total amount" => Field::Total,
        "base" | "base pay" | "fare" | "fares" | "base fare" | "order pay" | "trip earnings" | "delivery pay" | "order earnings"
        | "trip pay" => Field::Line(LineKind::Base),
        "incentive" | "incentives" | "bonus" | "bonuses" | "quest" | "promotion" | "promotions" | "target bonus" | "daily incentive" => {
            Field::Line(LineKind::Incentive)
        }
        "tips" | "tip" | "customer tips" | "customer tip" => Field::Line(LineKind::Tips),
        "surge" | "surge pay" | "peak pay" | "rush pay" | "rain bonus" | "peak hour pay" => Field::Line(LineKind::Surge),
        "deductions" | "deduction" | "fees" | "penalty" | "penalties" | "commission" | "platform fee" | "service fee" => {
            Field::Line(LineKind::Deductions)
        }
        "other" | "others" | "adjustment" | "adjustments" | "other pay" => Field::Line(LineKind::Other),
        "trips" | "trip count" | "orders" | "deliveries" | "rides" | "order count" | "completed trips" | "completed orders"
        | "no of trips" | "no of orders" | "jobs" | "number of trips" | "number of orders" => Field::Trips,
        "online minutes" | "minutes" | "login minutes" | "minutes online" | "active minutes" => Field::OnlineMinutes,
        "cash collected" | "cash" | "cash in hand" | "cod" | "cod collected" | "cash on delivery" => Field::CashCollected,
        "external id" | "id" | "payout id" | "reference" | "statement id" | "payment id" => Field::ExternalId,
        "platform" | "app" | "company" | "partner" => Field::Platform,
        _ => return None,
    })
}

fn first_of(fields: &BTreeMap<Field, usize>, body: &[Row]) -> First {
    let read = |first| body.iter().any(|row| fields.get(&Field::Date).is_some_and(|at| only_reading(row.cell(*at)) == Some(first)));
    // Months come first only where no date reads with the day first; otherwise those rows are bad.
    if read(First::Month) && !read(First::Day) { First::Month } else { First::Day }
}

struct Cells<'a> {
    row: &'a Row,
    fields: &'a BTreeMap<Field, usize>,
    first: First,
}

type Wrong = (Field, WhyBad);

impl Cells<'_> {
    fn cell(&self, field: Field) -> Option<&str> {
        self.fields.get(&field).map(|at| self.row.cell(*at)).filter(|cell| !cell.is_empty() && !matches!(*cell, "-" | "NA"))
    }

    fn is_total(&self) -> bool {
        let first = self.row.cells.iter().map(|cell| cell.trim()).find(|cell| !cell.is_empty()).unwrap_or_default();
        ["total", "grand total", "totals"].iter().any(|word| first.eq_ignore_ascii_case(word))
    }

    fn day(&self, today: Date) -> Result<EarningsDay, Wrong> {
        let date = self.cell(Field::Date).ok_or((Field::Date, WhyBad::Missing))?;
        let (date, _) = date_time(date, self.first).ok_or((Field::Date, WhyBad::Date))?;
        if date > today {
            return Err((Field::Date, WhyBad::Future));
        }
        let total = self.amount(Field::Total)?.ok_or((Field::Total, WhyBad::Missing))?;
        let mut lines = Vec::new();
        for kind in LineKind::ALL {
            if let Some(paise) = self.amount(Field::Line(kind))? {
                lines.push((kind, paise));
            }
        }
        sign_deductions(total, &mut lines);
        Ok(EarningsDay {
            platform: self.text(Field::Platform)?,
            date,
            external_id: self.text(Field::ExternalId)?,
            total,
            lines,
            cash_collected: self.amount(Field::CashCollected)?.unwrap_or(0),
            trips: self.count(Field::Trips, TRIPS_MAX)?,
            online_minutes: self.count(Field::OnlineMinutes, MINUTES_MAX)?,
        })
    }

    /// Rupees, with their sign and commas between thousands if they are written.
    fn amount(&self, field: Field) -> Result<Option<i64>, Wrong> {
        let Some(cell) = self.cell(field) else { return Ok(None) };
        let wrong = |why| (field, WhyBad::Amount(why));
        let bare = crate::amount::ungrouped(cell).ok_or(wrong(BadRupees::Form))?;
        rupees(&bare).map(Some).map_err(wrong)
    }

    fn count(&self, field: Field, max: u32) -> Result<Option<u32>, Wrong> {
        let Some(cell) = self.cell(field) else { return Ok(None) };
        let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
        let read = cell.parse().ok().filter(|count| is_number && *count <= max);
        read.map(Some).ok_or((field, WhyBad::Count))
    }

    fn text(&self, field: Field) -> Result<Option<String>, Wrong> {
        let Some(cell) = self.cell(field) else { return Ok(None) };
        if cell.chars().count() > ID_CHARS_MAX { Err((field, WhyBad::TooLong)) } else { Ok(Some(cleaned(cell))) }
    }
}

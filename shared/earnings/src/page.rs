//! The canonical response of a platform or aggregator, read whole or not at all.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use thiserror::Error;

use crate::amount::{BadRupees, paise, rupees};
use crate::day::{EarningsDay, LineKind, is_too_old, service_date, sign_deductions};
use crate::fields::{FieldMap, Object, object};

pub const RESPONSE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Two years of days, with several payments in each.
pub const RECORDS_MAX: usize = 5_000;
const ID_CHARS_MAX: usize = 128;
const CURSOR_CHARS_MAX: usize = 2_048;

/// What is known of a response before it is read.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    /// In India.
    pub today: Date,
    /// The hour at which the platform's day begins, for records that tell a time and not a day.
    pub day_rollover_hour: u8,
    pub fields: &'a FieldMap,
}

/// What one call gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub days: Vec<EarningsDay>,
    /// Opaque; what to ask with for the rest.
    pub next_cursor: Option<String>,
    /// Days that were left out because they are older than two years.
    pub too_old: usize,
}

/// The response is not what was agreed: it is kept for somebody to look at, and nothing of it is taken.
/// It says where, and holds nothing of what stood there.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{at}: {why}")]
pub struct Mismatch {
    /// `data[3].total_earnings`, in the canonical names.
    pub at: String,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Why {
    #[error("the response is too long")]
    TooLong,
    #[error("not JSON of that form")]
    Form,
    #[error("missing")]
    Missing,
    #[error("no date")]
    Date,
    #[error("a date that is still to come")]
    Future,
    #[error(transparent)]
    Amount(BadRupees),
    #[error("a whole number was expected")]
    Count,
    #[error("a short text was expected")]
    Text,
    #[error("another currency than rupees")]
    Currency,
    #[error("some records name their currency and some do not, so their units differ")]
    MixedUnits,
    #[error("the same day and id came before, with other amounts")]
    Conflict,
}

/// In which unit a record writes its amounts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// The record names its currency: amounts are JSON integers, in paise.
    Paise,
    /// It names none: amounts are decimal rupees, as numbers or strings.
    Rupees,
}

/// Reads a response of the form `{"data": […], "next_cursor": …}`.
///
/// A record with a `currency` (only `INR`) has integers, which are paise. A record without has
/// decimal rupees, numbers or strings, of two decimals at most: there `1245` is 1,245 rupees. A
/// response is of one kind; a mixture is refused, since one of the two would be wrong by a hundred.
/// Fields that are not known are passed over, but every part of a breakdown is an amount.
///
/// # Errors
///
/// [`Mismatch`] at the first thing that is not as agreed. Nothing of the response may be taken then.
pub fn parse_response(bytes: &[u8], terms: &Terms<'_>) -> Result<Page, Mismatch> {
    let whole = |why| Mismatch { at: "response".to_owned(), why };
    if bytes.len() > RESPONSE_BYTES_MAX {
        return Err(whole(Why::TooLong));
    }
    let response: Object<'_> = serde_json::from_slice(bytes).map_err(|_| whole(Why::Form))?;
    let at = |name: &str| response.at(terms.fields.get(name).unwrap_or(name)).map_err(|()| whole(Why::Form));
    let data = at("data")?.ok_or(Mismatch { at: "data".to_owned(), why: Why::Missing })?;
    let next_cursor = match at("next_cursor")? {
        Some(value) => Some(text(value, CURSOR_CHARS_MAX).map_err(|why| Mismatch { at: "next_cursor".to_owned(), why })?),
        None => None,
    };
    let records: Vec<&RawValue> = serde_json::from_str(data.get()).map_err(|_| Mismatch { at: "data".to_owned(), why: Why::Form })?;
    if records.len() > RECORDS_MAX {
        return Err(Mismatch { at: "data".to_owned(), why: Why::TooLong });
    }
    let mut unit_of_all = None;
    let mut days: BTreeMap<(Option<String>, Date, Option<String>), EarningsDay> = BTreeMap::new();
    let mut too_old = 0;
    for (index, record) in records.iter().enumerate() {
        let (unit, day) = Record::read(record, terms).map_err(|(field, why)| Mismatch { at: place(index, field), why })?;
        if *unit_of_all.get_or_insert(unit) != unit {
            return Err(Mismatch { at: place(index, "currency"), why: Why::MixedUnits });
        }
        if is_too_old(day.date, terms.today) {
            too_old += 1;
            continue;
        }
        match days.entry((day.platform.clone(), day.date, day.external_id.clone())) {
            Entry::Vacant(vacant) => drop(vacant.insert(day)),
            // A page that shifted while it was read gives a record twice.
            Entry::Occupied(before) if *before.get() == day => {}
            Entry::Occupied(_) => return Err(Mismatch { at: place(index, ""), why: Why::Conflict }),
        }
    }
    let next_cursor = next_cursor.filter(|cursor| !cursor.is_empty());
    Ok(Page { days: days.into_values().collect(), next_cursor, too_old })
}

fn place(index: usize, field: impl fmt::Display) -> String {
    format!("data[{index}].{field}").trim_end_matches('.').to_owned()
}

type Refused = (&'static str, Why);

struct Record<'a> {
    object: Object<'a>,
    fields: &'a FieldMap,
    unit: Unit,
}

impl<'a> Record<'a> {
    fn read(value: &'a RawValue, terms: &Terms<'a>) -> Result<(Unit, EarningsDay), Refused> {
        let mut record = Self { object: object(value).map_err(|()| ("", Why::Form))?, fields: terms.fields, unit: Unit::Rupees };
        if let Some(currency) = record.at("currency")? {
            if text(currency, 3).map_err(|why| ("currency", why))? != "INR" {
                return Err(("currency", Why::Currency));
            }
            record.unit = Unit::Paise;
        }
        let date = date(record.must("date")?, terms).map_err(|why| ("date", why))?;
        let total = record.amount("total_earnings", record.must("total_earnings")?)?;
        let mut lines = record.lines()?;
        sign_deductions(total, &mut lines);
        let cash_collected = match record.at("cash_collected")? {
            Some(value) => record.amount("cash_collected", value)?,
            None => 0,
        };
        let day = EarningsDay {
            platform: record.text("platform")?,
            date,
            external_id: record.text("external_id")?.filter(|id| !id.is_empty()),
            total,
            lines,
            cash_collected,
            trips: record.count("trips")?,
            online_minutes: record.count("online_minutes")?,
        };
        Ok((record.unit, day))
    }

    fn at(&self, name: &'static str) -> Result<Option<&'a RawValue>, Refused> {
        self.object.at(self.fields.get(name).unwrap_or(name)).map_err(|()| (name, Why::Form))
    }

    fn must(&self, name: &'static str) -> Result<&'a RawValue, Refused> {
        self.at(name)?.ok_or((name, Why::Missing))
    }

    fn amount(&self, name: &'static str, value: &RawValue) -> Result<i64, Refused> {
        let written = match self.unit {
            Unit::Paise => paise(value.get()),
            Unit::Rupees => match value.get().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                Some(quoted) => rupees(quoted),
                None => rupees(value.get()),
            },
        };
        written.map_err(|why| (name, Why::Amount(why)))
    }

    /// Kinds that the configuration names are where it says; the others, and what no kind is named
    /// after, are in the breakdown.
    fn lines(&self) -> Result<Vec<(LineKind, i64)>, Refused> {
        let mut lines: BTreeMap<LineKind, i64> = BTreeMap::new();
        for kind in LineKind::ALL {
            if let Some(path) = self.fields.get(kind.name())
                && let Some(value) = self.object.at(path).map_err(|()| (kind.name(), Why::Form))?
            {
                lines.insert(kind, self.amount(kind.name(), value)?);
            }
        }
        if let Some(breakdown) = self.at("breakdown")? {
            for (name, value) in object(breakdown).map_err(|()| ("breakdown", Why::Form))?.0 {
                let kind = LineKind::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(LineKind::Other);
                if self.fields.get(kind.name()).is_some() || value.get() == "null" {
                    continue;
                }
                let sum = lines.entry(kind).or_default();
                *sum = sum.saturating_add(self.amount("breakdown", value)?);
            }
        }
        Ok(lines.into_iter().collect())
    }

    fn count(&self, name: &'static str) -> Result<Option<u32>, Refused> {
        let Some(value) = self.at(name)? else { return Ok(None) };
        serde_json::from_str(value.get()).map(Some).map_err(|_| (name, Why::Count))
    }

    /// A text, or a whole number as its text: some name their payments by numbers.
    fn text(&self, name: &'static str) -> Result<Option<String>, Refused> {
        let Some(value) = self.at(name)? else { return Ok(None) };
        let is_number = value.get().len() <= ID_CHARS_MAX && value.get().bytes().all(|byte| byte.is_ascii_digit());
        let read = if is_number { Ok(value.get().to_owned()) } else { text(value, ID_CHARS_MAX) };
        read.map(Some).map_err(|why| (name, why))
    }
}

fn text(value: &RawValue, chars_max: usize) -> Result<String, Why> {
    let text: String = serde_json::from_str(value.get()).map_err(|_| Why::Text)?;
    let is_short = text.chars().count() <= chars_max && !text.chars().any(char::is_control);
    if is_short { Ok(text) } else { Err(Why::Text) }
}

/// A day, or a time that the platform's day is found for. A time without an offset is India's.
fn date(value: &RawValue, terms: &Terms<'_>) -> Result<Date, Why> {
    let text: String = text(value, 40).map_err(|_| Why::Date)?;
    let date = if text.len() == 10 {
        text.parse().map_err(|_| Why::Date)?
    } else {
        let at = text.parse::<Timestamp>().or_else(|_| {
            let india = TimeZone::fixed(Offset::from_seconds(19_800)?);
            text.parse::<DateTime>()?.to_zoned(india).map(|zoned| zoned.timestamp())
        });
        at.ok().and_then(|at| service_date(at, terms.day_rollover_hour)).ok_or(Why::Date)?
    };
    if date > terms.today { Err(Why::Future) } else { Ok(date) }
}

//! What a field map alone cannot say: rows that do not count, a currency beside decimal amounts, a time
//! in a zone of its own, seconds. Such rows are wrapped beside what is worked out of them, and are read
//! by the same rules as all others: their own text is not touched.

use std::collections::BTreeMap;

use earnings::{FieldMap, LineKind};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::value::RawValue;

use crate::call::read_json;
use crate::platforms::{PlatformError, wrong};

/// Where the row itself is in a wrapped one.
const ROW: &str = "theirs";

/// Names of the canonical response that are looked for in a row.
const OF_ROWS: [&str; 8] = ["date", "total_earnings", "currency", "breakdown", "trips", "online_minutes", "cash_collected", "external_id"];

#[derive(Debug, Default)]
pub(super) struct Shape {
    fields: FieldMap,
    data: String,
    next_cursor: String,
    date: String,
    rules: Option<Rules>,
}

/// What there is to do to rows, with places in the platform's own names.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Only rows that have one of these texts there.
    pub rows_where: BTreeMap<String, Vec<String>>,
    /// Where the currency of amounts is that are decimal all the same.
    pub decimal_currency: Option<String>,
    /// Where the name of the zone is in which the date is told as a time.
    pub zone: Option<String>,
    /// Where the seconds of a row's work are.
    pub seconds: Option<String>,
}

impl Rules {
    fn is_empty(&self) -> bool {
        self.rows_where.is_empty() && self.decimal_currency.is_none() && self.zone.is_none() && self.seconds.is_none()
    }
}

impl Shape {
    /// Whether the canonical response has such a name.
    pub(super) fn is_name(name: &str) -> bool {
        matches!(name, "data" | "next_cursor") || OF_ROWS.contains(&name) || LineKind::ALL.iter().any(|kind| kind.name() == name)
    }

    pub(super) fn new(names: &BTreeMap<String, String>, rules: Rules) -> Self {
        let theirs = |name: &str| names.get(name).map_or(name, String::as_str).to_owned();
        let (data, next_cursor, date) = (theirs("data"), theirs("next_cursor"), theirs("date"));
        if rules.is_empty() {
            return Self { fields: field_map(names.clone()), data, next_cursor, date, rules: None };
        }
        let mut wrapped = BTreeMap::new();
        for name in OF_ROWS {
            wrapped.insert(name.to_owned(), format!("{ROW}.{}", theirs(name)));
        }
        // A kind that is not named is in the breakdown.
        for (name, path) in names.iter().filter(|(name, _)| LineKind::ALL.iter().any(|kind| kind.name() == name.as_str())) {
            wrapped.insert(name.clone(), format!("{ROW}.{path}"));
        }
        for (name, is_ours) in
            [("date", rules.zone.is_some()), ("online_minutes", rules.seconds.is_some()), ("currency", rules.decimal_currency.is_some())]
        {
            if is_ours {
                wrapped.insert(name.to_owned(), name.to_owned());
            }
        }
        Self { fields: field_map(wrapped), data, next_cursor, date, rules: Some(rules) }
    }

    /// Where the parser finds what.
    pub(super) fn fields(&self) -> &FieldMap {
        &self.fields
    }

    /// The body with its rows wrapped; `None` where it can be read as it is.
    pub(super) fn reshape(&self, body: &[u8], day_rollover_hour: u8) -> Result<Option<Vec<u8>>, PlatformError> {
        let Some(rules) = &self.rules else { return Ok(None) };
        let whole: Box<RawValue> = read_json(body)?;
        let rows = at(&whole, &self.data).and_then(|rows| rows.ok_or(())).map_err(|()| wrong("data"))?;
        let rows: Vec<&RawValue> = serde_json::from_str(rows.get()).map_err(|_| wrong("data"))?;
        let next = at(&whole, &self.next_cursor).map_err(|()| wrong("next_cursor"))?;
        let mut wrapped = Vec::with_capacity(rows.len());
        for (index, row) in rows.into_iter().enumerate() {
            let row = self.wrap(rules, row, day_rollover_hour).map_err(|field| wrong(format!("data[{index}].{field}")))?;
            wrapped.extend(row);
        }
        let next = next.map_or("null", RawValue::get);
        Ok(Some(format!(r#"{{"data":[{}],"next_cursor":{next}}}"#, wrapped.join(",")).into_bytes()))
    }

    /// `None` for a row that does not count.
    fn wrap(&self, rules: &Rules, row: &RawValue, day_rollover_hour: u8) -> Result<Option<String>, &'static str> {
        for (path, allowed) in &rules.rows_where {
            let found = text(row, path).map_err(|()| "rows_where")?;
            if !found.is_some_and(|found| allowed.contains(&found)) {
                return Ok(None);
            }
        }
        if let Some(path) = &rules.decimal_currency {
            let currency = text(row, path).map_err(|()| "currency")?;
            if currency.as_deref() != Some("INR") {
                return Err("currency");
            }
        }
        let mut wrapped = format!(r#"{{"{ROW}":{}"#, row.get());
        if let Some(zone) = &rules.zone {
            let date = self.date_in(row, zone, day_rollover_hour).ok_or("date")?;
            wrapped.push_str(&format!(r#","date":"{date}""#));
        }
        if let Some(path) = &rules.seconds
            && let Some(seconds) = at(row, path).map_err(|()| "online_minutes")?
        {
            let seconds: u32 = serde_json::from_str(seconds.get()).map_err(|_| "online_minutes")?;
            wrapped.push_str(&format!(r#","online_minutes":{}"#, seconds / 60));
        }
        wrapped.push('}');
        Ok(Some(wrapped))
    }

    /// The day of work at that place, which began at the hour of the platform's day.
    fn date_in(&self, row: &RawValue, zone: &str, day_rollover_hour: u8) -> Option<Date> {
        let zone = TimeZone::get(&text(row, zone).ok()??).ok()?;
        let written = text(row, &self.date).ok()??;
        let at = written.parse::<Timestamp>().or_else(|_| written.parse::<DateTime>()?.to_zoned(zone.clone()).map(|at| at.timestamp()));
        let began = at.ok()?.checked_sub(SignedDuration::from_hours(i64::from(day_rollover_hour))).ok()?;
        Some(began.to_zoned(zone).date())
    }
}

fn field_map(names: BTreeMap<String, String>) -> FieldMap {
    // A map of texts is what it reads, so this cannot fail.
    serde_json::to_value(names).and_then(serde_json::from_value).unwrap_or_default()
}

/// A text at a path; `None` where there is nothing.
fn text(row: &RawValue, path: &str) -> Result<Option<String>, ()> {
    at(row, path)?.map(|value| serde_json::from_str(value.get()).map_err(drop)).transpose()
}

/// What is at a path of names with points between them.
fn at<'a>(value: &'a RawValue, path: &str) -> Result<Option<&'a RawValue>, ()> {
    let mut value = value;
    for name in path.split('.') {
        let fields: BTreeMap<String, &'a RawValue> = serde_json::from_str(value.get()).map_err(drop)?;
        match fields.get(name) {
            Some(found) if found.get() != "null" => value = found,
            _ => return Ok(None),
        }
    }
    Ok(Some(value))
}

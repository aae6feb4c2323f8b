//! Values of variables: what JSON gives, checked and cleaned.

use std::fmt;

use jiff::civil::Date;
use jiff::fmt::temporal::{Pieces, PiecesOffset};
use serde_json::{Map, Value as Json};

use crate::amount;
use crate::clean;
use crate::day;
use crate::template::{Kind, Template};

/// What a double counts without a gap.
const COUNT_MAX: u64 = (1 << 53) - 1;
const REFERENCE_CHARS_MAX: usize = 40;

/// A value that fits its variable. Says nothing of itself: it may be a name or a code.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Amount(i64),
    Count(u64),
    Day(Date),
    /// Somebody's text, clean, and yet to be escaped for its channel.
    Theirs(String),
    /// A time, a reference or a code: nothing in it can be taken for markup.
    Plain(String),
    Choice(&'static str),
}

/// Why there is no such notice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadNotice {
    #[error("there is no template {name}")]
    NoSuchTemplate { name: String },
    /// Every value that is wrong, in the order of their names.
    #[error("{template}: {}", list(.values))]
    BadValues { template: &'static str, values: Vec<BadValue> },
}

/// A variable whose value cannot be used. Names the variable, never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {bad}")]
pub struct BadValue {
    pub variable: String,
    pub bad: Bad,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    Missing,
    /// The template has no such variable.
    Unknown,
    /// It is not what its kind holds; a text of white space is none either.
    Not(Kind),
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::Unknown => f.write_str("is not a variable of the template"),
            Self::Not(kind) => write!(f, "is not {kind}"),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount => f.write_str("a whole number of paise"),
            Self::Count => f.write_str("a whole number from 0"),
            Self::Text { .. } | Self::Prose { .. } => f.write_str("a text"),
            Self::Time => f.write_str("an RFC 3339 time with the reader's offset"),
            Self::Day => f.write_str("a day such as 2026-11-24"),
            Self::Reference => f.write_str("a reference of letters and digits"),
            Self::Code => f.write_str("a code of 4 to 8 digits"),
            Self::OneOf(choices) => write!(f, "one of {}", choices.join(", ")),
        }
    }
}

fn list(values: &[BadValue]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The values of a template, by variable. `null` is as good as none.
pub(crate) fn parse(template: &Template, given: &Map<String, Json>) -> Result<Vec<(&'static str, Value)>, Vec<BadValue>> {
    let mut values = Vec::new();
    let mut wrong = Vec::new();
    let mut refuse = |variable: &str, bad| wrong.push(BadValue { variable: variable.to_owned(), bad });
    for name in given.keys().filter(|name| template.variable(name).is_none()) {
        refuse(name, Bad::Unknown);
    }
    for variable in template.variables {
        match given.get(variable.name) {
            None | Some(Json::Null) if variable.required => refuse(variable.name, Bad::Missing),
            None | Some(Json::Null) => {}
            Some(value) => match read(variable.kind, value) {
                Some(value) => values.push((variable.name, value)),
                None => refuse(variable.name, Bad::Not(variable.kind)),
            },
        }
    }
    wrong.sort_by(|one, other| one.variable.cmp(&other.variable));
    if wrong.is_empty() { Ok(values) } else { Err(wrong) }
}

fn read(kind: Kind, value: &Json) -> Option<Value> {
    let some_text = |text: String| (!text.is_empty()).then_some(Value::Theirs(text));
    match kind {
        Kind::Amount => value.as_i64().map(Value::Amount),
        Kind::Count => value.as_u64().filter(|count| *count <= COUNT_MAX).map(Value::Count),
        Kind::Text { chars_max } => some_text(clean::one_line(value.as_str()?, chars_max)),
        Kind::Prose { chars_max } => some_text(clean::lines(value.as_str()?, chars_max)),
        Kind::Time => clock(value.as_str()?).map(Value::Plain),
        Kind::Day => day::parse(value.as_str()?).map(Value::Day),
        Kind::Reference => value.as_str().filter(|text| is_reference(text)).map(|text| Value::Plain(text.to_owned())),
        Kind::Code => value.as_str().filter(|text| is_code(text)).map(|text| Value::Plain(text.to_owned())),
        Kind::OneOf(choices) => {
            let text = value.as_str()?;
            choices.iter().find(|choice| **choice == text).map(|choice| Value::Choice(choice))
        }
    }
}

/// What the clock of an RFC 3339 time reads: `21-11-2026, 6:05 PM`, in figures for all languages.
fn clock(text: &str) -> Option<String> {
    let pieces = Pieces::parse(text).ok()?;
    let (date, time) = (pieces.date(), pieces.time()?);
    let Some(PiecesOffset::Numeric(_)) = pieces.offset() else { return None };
    let half = if time.hour() < 12 { "AM" } else { "PM" };
    let hour = (time.hour() + 11) % 12 + 1;
    Some(format!("{}, {hour}:{:02} {half}", day::written_day(date), time.minute()))
}

fn is_reference(text: &str) -> bool {
    let edges = text.starts_with(|edge: char| edge.is_ascii_alphanumeric()) && text.ends_with(|edge: char| edge.is_ascii_alphanumeric());
    edges && text.len() <= REFERENCE_CHARS_MAX && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte))
}

fn is_code(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Something of each kind, for a preview. A text shows the name of its variable in its place.
pub(crate) fn sample(name: &str, kind: Kind) -> Json {
    match kind {
        Kind::Amount => 12_345_650.into(),
        Kind::Count => 5.into(),
        Kind::Text { .. } | Kind::Prose { .. } => format!("«{name}»").into(),
        Kind::Time => "2026-11-21T18:05:00+05:30".into(),
        Kind::Day => "2026-11-24".into(),
        Kind::Reference => "415012345678".into(),
        Kind::Code => "482913".into(),
        Kind::OneOf(choices) => choices.first().copied().into(),
    }
}

impl Value {
    /// As it is written where nothing can be styled.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Amount(paise) => amount::rupees(*paise),
            Self::Count(count) => amount::grouped(*count),
            Self::Day(date) => day::written_day(*date),
            Self::Theirs(text) => clean::isolated(text.clone()),
            Self::Plain(text) => text.clone(),
            Self::Choice(choice) => (*choice).to_owned(),
        }
    }

    /// As it is written where WhatsApp may style it.
    pub(crate) fn unstyled(&self) -> String {
        match self {
            Self::Theirs(text) => clean::isolated(clean::unstyled(text)),
            Self::Amount(_) | Self::Count(_) | Self::Day(_) | Self::Plain(_) | Self::Choice(_) => self.plain(),
        }
    }
}

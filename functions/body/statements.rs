//! Bodies of files that users upload, and of what platforms tell.

use crate::body::{
    cashbook::{DAY, WHAT},
    common::Currency,
};
use domain::book::Worked;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use statements::{BadRow, Earnings};

/// Whole groups, and the end as it is written in one way only.
const BASE64: &str = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

/// A bank's statement as CSV, OFX or PDF.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementUpload {
    /// The file, in base64: at most 3 MB of it.
    #[schemars(length(min = 1, max = 4_200_000), extend("pattern" = BASE64))]
    pub file: String,
    /// The bank, where the file does not say.
    #[schemars(length(min = 1, max = 60))]
    pub bank: Option<String>,
    /// Of a PDF that is locked. It is used once and kept nowhere.
    #[schemars(length(min = 1, max = 60))]
    pub password: Option<String>,
}

impl StatementUpload {
    pub const FILE_CHARS_MAX: usize = 4_200_000;
    pub const WORD_CHARS_MAX: usize = 60;
}

/// What platforms paid, as CSV.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarningsUpload {
    /// The file, in base64: at most 3 MB of it.
    #[schemars(length(min = 1, max = 4_200_000), extend("pattern" = BASE64))]
    pub file: String,
    /// Whose they are, where a row does not say.
    #[schemars(extend("pattern" = WHAT))]
    pub platform: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct StatementBody {
    /// `csv`, `ofx` or `pdf`.
    pub format: &'static str,
    pub bank: String,
    /// All but the last characters hidden.
    pub account: Option<String>,
    pub from: String,
    pub to: String,
    /// Lines of the file that are movements.
    pub lines: usize,
    /// Of these, what nobody had told of.
    pub noted: usize,
    /// What somebody else had told of.
    pub matched: usize,
    /// What this file, or one like it, had told before.
    pub known: usize,
    /// What a day had no room for.
    pub left_out: usize,
    /// How often a balance followed from the one before. Where the file tells no balances nothing shows that a line is missing.
    pub balances_compared: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct EarningsTaken {
    /// Rows that were new, or changed what was known.
    pub changed: usize,
    pub unchanged: usize,
    /// Rows of more than two years ago.
    pub too_old: usize,
    /// What was wrong with the others, by line. They are left out.
    pub errors: Vec<RowError>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RowError {
    pub line: u32,
    pub detail: String,
}

impl From<&BadRow> for RowError {
    fn from(bad: &BadRow) -> Self {
        Self { line: bad.place.line, detail: bad.to_string() }
    }
}

impl EarningsTaken {
    pub fn new(read: &Earnings, changed: usize) -> Self {
        let unchanged = read.good.len().saturating_sub(changed);
        Self { changed, unchanged, too_old: read.too_old, errors: read.bad.iter().map(RowError::from).collect() }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarningsQuery {
    #[schemars(extend("pattern" = DAY))]
    pub from: String,
    /// At most 31 days are told at once.
    #[schemars(extend("pattern" = DAY))]
    pub to: String,
}

/// What platforms tell of one day's work.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WorkedBody {
    pub day: String,
    pub currency: Currency,
    pub records: Vec<EarnedBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct EarnedBody {
    pub platform: String,
    /// `platform` or `file`.
    pub source: &'static str,
    /// Less than nothing where something was taken back.
    pub total_amount: i64,
    /// In hand already.
    pub cash_amount: i64,
    /// The part of the total that no line tells of.
    pub unexplained_amount: i64,
    pub lines: Vec<LineBody>,
    pub trips: Option<u32>,
    pub online_minutes: Option<u32>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct LineBody {
    /// `base`, `incentive`, `tips`, `surge`, `tolls`, `deductions`, `penalties` or `other`.
    pub kind: &'static str,
    pub amount: i64,
}

impl From<&Worked> for WorkedBody {
    fn from(worked: &Worked) -> Self {
        let record = |record: &domain::book::Earned| EarnedBody {
            platform: record.platform.clone(),
            source: record.source.code(),
            total_amount: record.total,
            cash_amount: record.cash,
            unexplained_amount: record.unexplained(),
            lines: record.lines.iter().map(|(kind, amount)| LineBody { kind: kind.code(), amount: *amount }).collect(),
            trips: record.trips,
            online_minutes: record.minutes,
        };
        Self { day: worked.day.to_string(), currency: Currency::Inr, records: worked.records.iter().map(record).collect() }
    }
}

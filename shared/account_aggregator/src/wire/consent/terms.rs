//! What may be fetched, how often, and how long it may be kept.

use jiff::{Span, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::time;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ConsentMode {
    View,
    Store,
    Query,
    Stream,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FetchType {
    OneTime,
    Periodic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ConsentType {
    Profile,
    Summary,
    Transactions,
}

/// Kinds of financial information. Only [`FiType::Deposit`] is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FiType {
    Deposit,
    #[serde(alias = "TERM-DEPOSIT")]
    TermDeposit,
    #[serde(alias = "RECURRING-DEPOSIT")]
    RecurringDeposit,
    Sip,
    Cp,
    GovtSecurities,
    Equities,
    Bonds,
    Debentures,
    MutualFunds,
    Etf,
    Idr,
    Cis,
    Aif,
    InsurancePolicies,
    Nps,
    Invit,
    Reit,
    #[serde(rename = "GSTR1_3B")]
    Gstr1And3b,
    LifeInsurance,
    GeneralInsurance,
    Other,
}

/// From when until when the data may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiDataRange {
    #[serde(with = "time::wire")]
    pub from: Timestamp,
    #[serde(with = "time::wire")]
    pub to: Timestamp,
}

impl FiDataRange {
    /// Whether the other one lies within.
    pub fn contains(&self, other: &Self) -> bool {
        self.from <= other.from && other.from <= other.to && other.to <= self.to
    }
}

/// How long raw data may be kept once they were fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataLife {
    pub unit: DataLifeUnit,
    pub value: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DataLifeUnit {
    Day,
    Month,
    Year,
    /// For ever; the value is 0.
    Inf,
}

impl DataLifeUnit {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "DAY",
            Self::Month => "MONTH",
            Self::Year => "YEAR",
            Self::Inf => "INF",
        }
    }
}

impl DataLife {
    /// When what was fetched then is to be deleted; `None` where it may stay.
    pub fn ends(&self, fetched_at: Timestamp) -> Option<Timestamp> {
        let value = i64::from(self.value);
        let span = match self.unit {
            DataLifeUnit::Day => Span::new().try_days(value),
            DataLifeUnit::Month => Span::new().try_months(value),
            DataLifeUnit::Year => Span::new().try_years(value),
            DataLifeUnit::Inf => return None,
        };
        // A life that is too long to be counted is no leave to keep anything.
        Some(span.ok().and_then(|span| after(fetched_at, span)).unwrap_or(fetched_at))
    }
}

/// In calendar days of UTC.
pub(crate) fn after(time: Timestamp, span: Span) -> Option<Timestamp> {
    time.to_zoned(TimeZone::UTC).checked_add(span).ok().map(|zoned| zoned.timestamp())
}

/// How often data may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    pub unit: FrequencyUnit,
    pub value: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FrequencyUnit {
    Hour,
    Day,
    Month,
    Year,
    Inf,
}

impl FrequencyUnit {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "HOUR",
            Self::Day => "DAY",
            Self::Month => "MONTH",
            Self::Year => "YEAR",
            Self::Inf => "INF",
        }
    }
}

/// Only transactions that this holds of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFilter {
    #[serde(rename = "type")]
    pub kind: FilterType,
    pub operator: Operator,
    pub value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilterType {
    #[serde(rename = "TRANSACTIONTYPE")]
    TransactionType,
    #[serde(rename = "TRANSACTIONAMOUNT")]
    TransactionAmount,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    #[serde(rename = "=")]
    Equal,
    #[serde(rename = "!=")]
    NotEqual,
    #[serde(rename = ">")]
    Above,
    #[serde(rename = "<")]
    Below,
    #[serde(rename = ">=")]
    AtLeast,
    #[serde(rename = "<=")]
    AtMost,
}

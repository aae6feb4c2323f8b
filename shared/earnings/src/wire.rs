//! A day as a record of the canonical response.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::day::{EarningsDay, LineKind};

#[derive(Serialize, Deserialize)]
pub struct Record {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    platform: Option<String>,
    date: Date,
    total_earnings: i64,
    currency: Rupees,
    #[serde(default)]
    breakdown: BTreeMap<LineKind, i64>,
    trips: Option<u32>,
    online_minutes: Option<u32>,
    #[serde(default)]
    cash_collected: i64,
    external_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
enum Rupees {
    #[serde(rename = "INR")]
    Inr,
}

impl From<EarningsDay> for Record {
    fn from(day: EarningsDay) -> Self {
        Self {
            platform: day.platform,
            date: day.date,
            total_earnings: day.total,
            currency: Rupees::Inr,
            breakdown: day.lines.into_iter().collect(),
            trips: day.trips,
            online_minutes: day.online_minutes,
            cash_collected: day.cash_collected,
            external_id: day.external_id,
        }
    }
}

impl From<Record> for EarningsDay {
    fn from(record: Record) -> Self {
        Self {
            platform: record.platform,
            date: record.date,
            external_id: record.external_id,
            total: record.total_earnings,
            lines: record.breakdown.into_iter().collect(),
            cash_collected: record.cash_collected,
            trips: record.trips,
            online_minutes: record.online_minutes,
        }
    }
}

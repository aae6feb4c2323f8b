//! Uber's JSON.

use std::collections::BTreeMap;

use bank_feed::Currency;
use earnings::rupees;
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::pages::Page;
use crate::call::read_json_object;
use crate::exact::Decimal;
use crate::personal::Personal;
use crate::platforms::{PlatformError, wrong};
use crate::wire::{absent, null_as_default, wire_enum};

/// The most that a page may hold.
pub(super) const PAGE_ROWS: u32 = 50;

/// Uber's ids are long.
const ID_CHARS_MAX: usize = 256;

/// Longer than any trip.
const TRIP_SECONDS_MAX: u64 = 7 * 24 * 60 * 60;

#[derive(Deserialize)]
pub(super) struct Me {
    pub driver_id: String,
    #[serde(default, deserialize_with = "absent")]
    pub first_name: Option<Personal>,
    #[serde(default, deserialize_with = "absent")]
    pub activation_status: Option<String>,
}

impl Me {
    pub(super) fn read(body: &[u8]) -> Result<Self, PlatformError> {
        let me: Self = read_json_object(body)?;
        if me.driver_id.is_empty() || me.driver_id.len() > ID_CHARS_MAX { Err(wrong("driver_id")) } else { Ok(me) }
    }
}

/// A payment, in paise.
#[derive(Clone)]
pub(super) struct Payment {
    pub driver_id: Option<String>,
    pub category: String,
    pub at: Timestamp,
    pub amount: i64,
    pub cash_collected: i64,
    pub breakdown: BTreeMap<String, i64>,
}

/// A trip that was driven to its end.
#[derive(Clone)]
pub(super) struct Trip {
    pub driver_id: Option<String>,
    /// `None` for one that was not completed.
    pub completed_at: Option<Timestamp>,
    pub seconds: u64,
}

#[derive(Deserialize)]
struct Payments {
    count: u32,
    payments: Vec<WirePayment>,
}

#[derive(Deserialize)]
struct WirePayment {
    #[serde(default, deserialize_with = "absent")]
    payment_id: Option<String>,
    category: String,
    event_time: i64,
    #[serde(default, deserialize_with = "absent")]
    trip_id: Option<String>,
    #[serde(default)]
    cash_collected: Option<Decimal>,
    amount: Decimal,
    #[serde(default, deserialize_with = "absent")]
    driver_id: Option<String>,
    currency_code: Currency,
    #[serde(default, deserialize_with = "null_as_default")]
    breakdown: BTreeMap<String, Option<Decimal>>,
}

#[derive(Deserialize)]
struct Trips {
    count: u32,
    trips: Vec<WireTrip>,
}

wire_enum! {
    /// \[U\] The list; only one of it counts.
    Status { Completed = "completed", }
}

#[derive(Deserialize)]
struct WireTrip {
    trip_id: String,
    #[serde(default, deserialize_with = "absent")]
    driver_id: Option<String>,
    status: Status,
    #[serde(default)]
    duration: Option<Decimal>,
    #[serde(default)]
    pickup: Option<Stop>,
    #[serde(default)]
    dropoff: Option<Stop>,
    #[serde(default, deserialize_with = "null_as_default")]
    status_changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Stop {
    #[serde(default)]
    timestamp: Option<i64>,
}

#[derive(Deserialize)]
struct Change {
    status: Status,
    timestamp: i64,
}

/// A page of payments, by their ids.
pub(super) fn payments(body: &[u8]) -> Result<Page<Payment>, PlatformError> {
    let page: Payments = read_json_object(body)?;
    let rows = page.payments.into_iter().enumerate().map(|(index, payment)| payment.read(index));
    Ok(Page { count: page.count, rows: rows.collect::<Result<_, _>>()? })
}

/// A page of trips, by theirs.
pub(super) fn trips(body: &[u8]) -> Result<Page<Trip>, PlatformError> {
    let page: Trips = read_json_object(body)?;
    let rows = page.trips.into_iter().enumerate().map(|(index, trip)| trip.read(index));
    Ok(Page { count: page.count, rows: rows.collect::<Result<_, _>>()? })
}

impl WirePayment {
    fn read(self, index: usize) -> Result<(String, Payment), PlatformError> {
        let at = |field: &str| wrong(format!("payments[{index}].{field}"));
        let paise = |number: &Decimal, field: &str| rupees(number.as_str()).map_err(|_| at(field));
        // Other money is not added to rupees.
        if self.currency_code != Currency::INR {
            return Err(at("currency_code"));
        }
        let amount = paise(&self.amount, "amount")?;
        let mut breakdown = BTreeMap::new();
        for (name, part) in self.breakdown {
            if let Some(part) = part {
                breakdown.insert(name, paise(&part, "breakdown")?);
            }
        }
        let id = match self.payment_id {
            Some(id) => id,
            None => derived_id(self.trip_id.as_deref(), &self.category, self.event_time, amount),
        };
        let payment = Payment {
            driver_id: self.driver_id,
            at: Timestamp::from_second(self.event_time).map_err(|_| at("event_time"))?,
            amount,
            cash_collected: self.cash_collected.as_ref().map_or(Ok(0), |number| paise(number, "cash_collected"))?,
            category: self.category,
            breakdown,
        };
        Ok((id, payment))
    }
}

/// What a payment is known by that Uber gives no id: the same each time that it is read.
pub(super) fn derived_id(trip_id: Option<&str>, category: &str, event_time: i64, amount_paise: i64) -> String {
    hex::encode(Sha256::digest(format!("{}|{category}|{event_time}|{amount_paise}", trip_id.unwrap_or_default())))
}

impl WireTrip {
    fn read(self, index: usize) -> Result<(String, Trip), PlatformError> {
        let at = |field: &str| wrong(format!("trips[{index}].{field}"));
        if self.trip_id.is_empty() {
            return Err(at("trip_id"));
        }
        let is_completed = self.status == Status::Completed;
        let ended = self.status_changes.iter().filter(|change| change.status == Status::Completed).map(|change| change.timestamp).max();
        let stop = |stop: Option<Stop>| stop.and_then(|stop| stop.timestamp);
        let completed_at = stop(self.dropoff).or(ended).or_else(|| stop(self.pickup)).filter(|_| is_completed);
        let seconds = match &self.duration {
            Some(number) => whole(number).filter(|seconds| *seconds <= TRIP_SECONDS_MAX).ok_or_else(|| at("duration"))?,
            None => 0,
        };
        let trip = Trip {
            driver_id: self.driver_id,
            completed_at: completed_at.map(Timestamp::from_second).transpose().map_err(|_| at("dropoff.timestamp"))?,
            seconds,
        };
        Ok((self.trip_id, trip))
    }
}

/// The number without its fraction.
fn whole(number: &Decimal) -> Option<u64> {
    let (whole, fraction) = number.as_str().split_once('.').unwrap_or((number.as_str(), ""));
    let whole = fraction.bytes().all(|byte| byte.is_ascii_digit()).then_some(whole);
    whole?.parse().ok()
}

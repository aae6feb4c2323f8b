//! `/v1/partners`: who a driver is, what they were paid, and their trips. Newest first, pages by offset; what is
//! asked for may reach over ten days at most.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::work::{self, Day, Payment, Trip};
use super::{App, Refused};
use crate::banks::history::name_of;
use crate::clock;
use crate::world::World;

const WINDOW_SECONDS_MAX: i64 = 10 * 86_400;
const LIMIT_DEFAULT: usize = 5;
const LIMIT_MAX: usize = 50;
const METRES_OF_A_MILE: i64 = 1_609;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    offset: usize,
    limit: Option<usize>,
    from_time: Option<i64>,
    to_time: Option<i64>,
}

#[derive(Serialize)]
pub struct Page<T> {
    count: usize,
    limit: usize,
    offset: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    payments: Option<Vec<T>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trips: Option<Vec<T>>,
}

#[derive(Serialize)]
pub struct PaymentView {
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_id: Option<String>,
    category: String,
    event_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    trip_id: Option<String>,
    cash_collected: Box<RawValue>,
    amount: Box<RawValue>,
    driver_id: String,
    partner_id: String,
    currency_code: &'static str,
    breakdown: BTreeMap<&'static str, Box<RawValue>>,
    rider_fees: BTreeMap<&'static str, Box<RawValue>>,
}

pub async fn me(Extension(world): Extension<Arc<World>>, headers: HeaderMap) -> Result<Json<Value>, Refused> {
    let (worker, _) = driver(&world, &headers)?;
    let (first, last) = name_of(&worker).split_once(' ').unwrap_or((name_of(&worker), ""));
    Ok(Json(json!({
        "driver_id": driver_id(&worker),
        "first_name": first,
        "last_name": last,
        "phone_number": format!("+91{worker}"),
        "email": format!("{worker}@mail.example"),
        "picture": null,
        "rating": 4.9,
        "promo_code": "sandbox",
        "activation_status": "active",
    })))
}

pub async fn payments(
    Extension(world): Extension<Arc<World>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<PaymentView>>, Refused> {
    let (worker, told) = driver(&world, &headers)?;
    let (from, to, limit) = asked.check()?;
    let payments = if told.fleet { Vec::new() } else { paid(&world, &worker, from, to).payments };
    let mut offset = asked.offset;
    if told.repeat_page && offset > 0 {
        offset = offset.saturating_sub(limit);
        world.book().platforms.drivers.entry(worker.clone()).or_default().told.repeat_page = false;
    }
    let rows = payments.iter().skip(offset).take(limit).map(|payment| view(&worker, payment, told.without_ids)).collect();
    Ok(Json(Page { count: payments.len(), limit, offset: asked.offset, payments: Some(rows), trips: None }))
}

pub async fn trips(
    Extension(world): Extension<Arc<World>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<Value>>, Refused> {
    let (worker, _) = driver(&world, &headers)?;
    let (from, to, limit) = asked.check()?;
    let trips = paid(&world, &worker, from, to).trips;
    let rows = trips.iter().skip(asked.offset).take(limit).map(|trip| trip_view(&worker, trip)).collect();
    Ok(Json(Page { count: trips.len(), limit, offset: asked.offset, payments: None, trips: Some(rows) }))
}

/// Everything of a stretch of time, with what was added to it.
pub fn paid(world: &World, worker: &str, from: i64, to: i64) -> Day {
    let now = clock::unix_seconds();
    let mut day = work::between("uber", worker, from, to, now);
    let book = world.book();
    let added = book.platforms.drivers.get(worker).map(|driver| driver.payments.as_slice()).unwrap_or_default();
    day.payments.extend(added.iter().filter(|payment| (from..to).contains(&payment.at)).cloned());
    day.payments.sort_by_key(|payment| std::cmp::Reverse(payment.at));
    day
}

/// Whose token it is, and how their answers are.
fn driver(world: &World, headers: &HeaderMap) -> Result<(String, super::books::DriverBehaviour), Refused> {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let now = clock::unix_seconds();
    let mut book = world.book();
    let platforms = &mut book.platforms;
    let worker = platforms.worker_of(&App::Uber, token.unwrap_or_default(), now)?;
    let driver = platforms.drivers.entry(worker.clone()).or_default();
    match driver.told.expire_after {
        Some(0) => {
            driver.told.expire_after = None;
            platforms.expire(|grant| grant.app == App::Uber && grant.worker == worker);
            return Err(Refused::unauthorized());
        }
        Some(left) => driver.told.expire_after = Some(left - 1),
        None => {}
    }
    let told = driver.told;
    Ok((worker, told))
}

pub fn driver_id(worker: &str) -> String {
    work::id("driver", &[worker])
}

impl Asked {
    fn check(&self) -> Result<(i64, i64, usize), Refused> {
        let limit = self.limit.unwrap_or(LIMIT_DEFAULT);
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(Refused::bad_request("limit is 1 to 50."));
        }
        let (Some(from), Some(to)) = (self.from_time, self.to_time) else {
            return Err(Refused::bad_request("from_time and to_time are missing."));
        };
        if to < from {
            return Err(Refused::bad_request("to_time is before from_time."));
        }
        if to - from > WINDOW_SECONDS_MAX {
            return Err(Refused::window());
        }
        Ok((from, to, limit))
    }
}

fn view(worker: &str, payment: &Payment, is_nameless: bool) -> PaymentView {
    PaymentView {
        payment_id: payment.id.clone().filter(|_| !is_nameless),
        category: payment.category.clone(),
        event_time: payment.at,
        trip_id: payment.trip_id.clone(),
        cash_collected: number(payment.cash_collected),
        amount: number(payment.amount),
        driver_id: driver_id(worker),
        partner_id: driver_id(worker),
        currency_code: "INR",
        breakdown: payment.breakdown.iter().map(|(name, paise)| (*name, number(*paise))).collect(),
        rider_fees: BTreeMap::from([("split_fare", number(0))]),
    }
}

fn trip_view(worker: &str, trip: &Trip) -> Value {
    let (miles, hundredths) = (trip.metres / METRES_OF_A_MILE, trip.metres % METRES_OF_A_MILE * 100 / METRES_OF_A_MILE);
    let ended = if trip.status == "completed" { "completed" } else { "rider_canceled" };
    json!({
        "trip_id": trip.id,
        "driver_id": driver_id(worker),
        "vehicle_id": work::id("vehicle", &[worker]),
        "status": trip.status,
        "distance": format!("{miles}.{hundredths:02}").parse::<f64>().unwrap_or_default(),
        "duration": trip.dropped_off_at - trip.picked_up_at,
        "pickup": { "timestamp": trip.picked_up_at },
        "dropoff": { "timestamp": trip.dropped_off_at },
        "start_city": { "display_name": "Pune", "latitude": 18.52, "longitude": 73.86 },
        "status_changes": [
            { "status": "accepted", "timestamp": trip.accepted_at },
            { "status": "trip_began", "timestamp": trip.picked_up_at },
            { "status": ended, "timestamp": trip.dropped_off_at },
        ],
    })
}

/// Rupees as a JSON number with two digits after the point, and never by way of a float.
pub fn number(paise: i64) -> Box<RawValue> {
    let sign = if paise < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:02}", paise.unsigned_abs() / 100, paise.unsigned_abs() % 100);
    RawValue::from_string(text).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

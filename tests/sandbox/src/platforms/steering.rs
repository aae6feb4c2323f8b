//! What a test wants of the platforms: the routes are in [`super`].

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use jiff::civil::Date;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};

use super::books::{App, Behaviour, DriverBehaviour, FeedBehaviour};
use super::consent::{Unwanted, Wanted, require_number};
use super::uber;
use super::work::Payment;
use crate::banks::history::{midnight, name_of};
use crate::clock;
use crate::ids;
use crate::reply::{self, Refused};
use crate::world::World;

const ROLLOVER_SECONDS: i64 = 4 * 3600;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/platforms/approve", post(approve))
        .route("/platforms/behaviour", put(behave))
        .route("/platforms/grants", get(grants))
        .route("/platforms/grants/{id}", put(end))
        .route("/platforms/uber/drivers/{number}", get(driver).put(tell_driver))
        .route("/platforms/uber/drivers/{number}/payments", post(pay))
        .route("/platforms/feed/{name}/behaviour", put(tell_feed))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approve {
    url: String,
    worker: String,
    #[serde(default)]
    deny: bool,
}

async fn approve(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let approve: Approve = reply::parse(&body)?;
    let url = Url::parse(&approve.url).map_err(|_| Refused::bad_request("`url` is the address of the page of consent"))?;
    let segments: Vec<&str> = url.path_segments().into_iter().flatten().collect();
    let app = match segments.as_slice() {
        [.., "uber", "oauth", "v2", "authorize"] => App::Uber,
        [.., "feed", name, "authorize"] => App::feed(name).map_err(|_| Refused::bad_request("no platform is called so"))?,
        _ => return Err(Refused::bad_request("`url` is of no page of consent here")),
    };
    let wanted = match Wanted::read(&world, app, url.query().unwrap_or_default()) {
        Ok(wanted) => wanted,
        Err(Unwanted::There(url)) => return Ok(Json(json!({ "redirect_to": url }))),
        Err(Unwanted::Here(why)) => return Err(Refused::bad_request(why)),
    };
    let worker = (!approve.deny).then_some(approve.worker.as_str());
    let url = wanted.decide(&world, worker).map_err(Refused::bad_request)?;
    Ok(Json(json!({ "redirect_to": url })))
}

async fn behave(State(world): State<Arc<World>>, body: Bytes) -> Result<StatusCode, Refused> {
    let behaviour: Behaviour = reply::parse(&body)?;
    world.book().platforms.behaviour = behaviour.check().map_err(Refused::bad_request)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn grants(State(world): State<Arc<World>>) -> Json<Value> {
    let book = world.book();
    let views = book.platforms.grants.values().map(|grant| {
        let state = if grant.is_over { "withdrawn" } else { "active" };
        json!({ "id": grant.id, "platform": grant.app.name(), "worker": grant.worker, "state": state })
    });
    reply::items(views.collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    state: EndedBy,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum EndedBy {
    Withdrawn,
    AccessExpired,
}

async fn end(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    let end: End = reply::parse(&body)?;
    let mut book = world.book();
    let found = match end.state {
        EndedBy::Withdrawn => book.platforms.withdraw(&id),
        EndedBy::AccessExpired => book.platforms.expire(|grant| grant.id == id),
    };
    if found { Ok(StatusCode::NO_CONTENT) } else { Err(Refused::not_found(format!("no grant {id}"))) }
}

#[derive(Deserialize)]
struct Stretch {
    from: Date,
    to: Date,
}

async fn driver(
    State(world): State<Arc<World>>,
    Path(number): Path<String>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<Value>, Refused> {
    require_number(&number).map_err(Refused::bad_request)?;
    let days = stretch.from.series(jiff::Span::new().days(1)).take_while(|date| *date <= stretch.to).take(366);
    let days = days.filter_map(|date| {
        let start = midnight(date) + ROLLOVER_SECONDS;
        let day = uber::paid(&world, &number, start, start + 86_400);
        let completed = || day.trips.iter().filter(|trip| trip.status == "completed");
        (!day.payments.is_empty()).then(|| {
            json!({
                "date": date,
                "total": day.payments.iter().map(|payment| payment.amount).sum::<i64>(),
                "cash_collected": day.payments.iter().map(|payment| payment.cash_collected).sum::<i64>(),
                "trips": completed().count(),
                "seconds": completed().map(|trip| trip.dropped_off_at - trip.picked_up_at).sum::<i64>(),
            })
        })
    });
    Ok(Json(json!({ "id": uber::driver_id(&number), "name": name_of(&number), "days": days.collect::<Vec<_>>() })))
}

async fn tell_driver(State(world): State<Arc<World>>, Path(number): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    require_number(&number).map_err(Refused::bad_request)?;
    let told: DriverBehaviour = reply::parse(&body)?;
    world.book().platforms.drivers.entry(number).or_default().told = told;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPayment {
    category: String,
    amount: i64,
    event_time: Option<i64>,
    #[serde(default)]
    cash_collected: i64,
    /// One of ours, unless told.
    payment_id: Option<String>,
}

async fn pay(State(world): State<Arc<World>>, Path(number): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    require_number(&number).map_err(Refused::bad_request)?;
    let new: NewPayment = reply::parse(&body)?;
    let payment = Payment {
        id: Some(new.payment_id.unwrap_or_else(ids::uuid)),
        category: new.category,
        at: new.event_time.unwrap_or_else(|| clock::unix_seconds() - 1),
        trip_id: None,
        amount: new.amount,
        cash_collected: new.cash_collected,
        breakdown: BTreeMap::new(),
    };
    world.book().platforms.drivers.entry(number).or_default().payments.push(payment);
    Ok(StatusCode::NO_CONTENT)
}

async fn tell_feed(State(world): State<Arc<World>>, Path(name): Path<String>, body: Bytes) -> Result<StatusCode, Refused> {
    App::feed(&name).map_err(|_| Refused::bad_request("no platform is called so"))?;
    let told: FeedBehaviour = reply::parse(&body)?;
    world.book().platforms.feeds.insert(name, told);
    Ok(StatusCode::NO_CONTENT)
}

//! Twilio's account: what it has left, and what it says of a number.
//!
//! - `GET /2010-04-01/Accounts/{sid}/Balance.json`
//! - `GET /v2/PhoneNumbers/{+E164}?Fields=line_type_intelligence`
//! - `PUT /dashboard/twilio/balance` `{"balance"}`: 204. Not Twilio's, but a person's at its till.
//!
//! Source: the WhatsApp sheet, B6.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::put;
use axum::{Extension, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::inbox::Number;
use super::twilio::{self, Refused};
use crate::reply;
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/dashboard/twilio/balance", put(set_balance))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    balance: String,
}

async fn set_balance(State(world): State<Arc<World>>, body: Bytes) -> Result<StatusCode, reply::Refused> {
    let change: Change = reply::parse(&body)?;
    world.book().twilio_balance = change.balance;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn balance(Extension(world): Extension<Arc<World>>, Path(sid): Path<String>, headers: HeaderMap) -> Result<Json<Value>, Refused> {
    twilio::sign_in(&world, Some(&sid), &headers)?;
    let balance = world.book().twilio_balance.clone();
    Ok(Json(json!({ "account_sid": sid, "balance": balance, "currency": "USD" })))
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(rename = "Fields")]
    fields: Option<String>,
}

pub async fn lookup(
    Extension(world): Extension<Arc<World>>,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refused> {
    twilio::sign_in(&world, None, &headers)?;
    let known = Number::parse(&number).filter(|_| number.starts_with('+'));
    let valid = known.as_ref().is_some_and(|number| !number.is_indian() || number.digits().len() == 12);
    let errors: Vec<&str> = match (valid, number.len()) {
        (true, _) => Vec::new(),
        (false, ..13) => vec!["TOO_SHORT"],
        (false, _) => vec!["TOO_LONG"],
    };
    let is_indian = known.as_ref().is_some_and(Number::is_indian);
    let line_type = known.filter(|_| valid && asked.fields.as_deref().is_some_and(|fields| fields.contains("line_type_intelligence")));
    let line_type = line_type.map(|number| {
        let kind = if number.is_indian() && !number.is_indian_mobile() { "landline" } else { "mobile" };
        json!({ "type": kind, "carrier_name": "Sandbox", "mobile_country_code": null, "mobile_network_code": null, "error_code": null })
    });
    Ok(Json(json!({
        "phone_number": number, "valid": valid, "validation_errors": errors, "national_format": null,
        "calling_country_code": is_indian.then_some("91"), "country_code": is_indian.then_some("IN"),
        "line_type_intelligence": line_type,
    })))
}

//! Setu's gateway to the same aggregator: it opens what the banks seal, and passes on no signed artefact.
//!
//! | path | |
//! |---|---|
//! | `POST /setu/v2/consents` | asks for consent; `url` is the page where a person decides |
//! | `GET /setu/v2/consents/{id}` | its status and, once it is given, its accounts |
//! | `POST /setu/v2/sessions` | asks for data, in `xml` |
//! | `GET /setu/v2/sessions/{id}` | how far it is, and what came |
//!
//! Its consents and sessions are steered like the aggregator's, at `/aa/…`. What becomes of them is posted to `webhook_url`, once and
//! unsigned: what is known there of who speaks stands in that address. Refused without the configured `x-client-id`,
//! `x-client-secret` and `x-product-instance-id`. Faults: the provider is `setu`. Source: the sheet on Account Aggregators, section 8.

use std::sync::Arc;

use account_aggregator::fair_use::{self, MayNot};
use account_aggregator::state::ConsentState;
use account_aggregator::time;
use account_aggregator::wire::{
    Account, ConsentArtefact, ConsentDetail, ConsentMode, ConsentStatus, ConsentType, Customer, DataConsumer, DataLife, FetchType,
    FiDataRange, FiStatus, FiType, Frequency, FrequencyUnit, Party, Purpose, SessionStatus,
};
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use form_urlencoded::byte_serialize;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::banks::{self, Form};
use super::consents::Consent;
use super::data::{self, Session, SessionAccount};
use super::{Aggregator, document};
use crate::faults;
use crate::ids;
use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::world::World;

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    Router::new()
        .route("/setu/v2/consents", post(ask))
        .route("/setu/v2/consents/{id}", get(consent))
        .route("/setu/v2/sessions", post(open))
        .route("/setu/v2/sessions/{id}", get(session))
        .route_layer(from_fn_with_state((Arc::clone(world), Provider::Setu), faults::http::apply))
}

/// Why a request is refused, in Setu's words.
pub struct Refused(StatusCode, &'static str, &'static str);

impl Refused {
    pub fn server(status: StatusCode) -> Self {
        Self(status, "UpstreamServerDown", "not now")
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, code, message) = self;
        (status, Json(json!({ "error": { "code": code, "message": message } }))).into_response()
    }
}

fn bad(message: &'static str) -> Refused {
    Refused(StatusCode::BAD_REQUEST, "InvalidRequest", message)
}

fn admit(world: &World, headers: &HeaderMap) -> Result<(), Refused> {
    let config = &world.config().setu;
    let is = |name: &str, wanted: &str| headers.get(name).is_some_and(|value| value.as_bytes() == wanted.as_bytes());
    let is_known = is("x-client-id", &config.client_id)
        && is("x-client-secret", &config.client_secret)
        && is("x-product-instance-id", &config.product_instance_id);
    if is_known { Ok(()) } else { Err(Refused(StatusCode::UNAUTHORIZED, "Unauthorized", "the client is not known")) }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewConsent {
    consent_date_range: DateRange,
    vua: String,
    data_range: FiDataRange,
    consent_mode: ConsentMode,
    fetch_type: FetchType,
    consent_types: Vec<ConsentType>,
    fi_types: Vec<FiType>,
    purpose: Purpose,
    data_life: DataLife,
    frequency: Often,
    redirect_url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DateRange {
    start_date: String,
    end_date: String,
}

#[derive(Deserialize)]
struct Often {
    unit: String,
    value: u32,
}

impl NewConsent {
    /// As the aggregator has it. A customer who names none is one of this one's.
    fn into_detail(self, world: &World) -> Option<ConsentDetail> {
        let config = &world.config().account_aggregator;
        let unit = match self.frequency.unit.as_str() {
            "HOURLY" => FrequencyUnit::Hour,
            "DAILY" => FrequencyUnit::Day,
            "MONTHLY" => FrequencyUnit::Month,
            "YEARLY" => FrequencyUnit::Year,
            _ => return None,
        };
        let id = if self.vua.contains('@') { self.vua } else { format!("{}@{}", self.vua, config.handle) };
        Some(ConsentDetail {
            starts_at: time::parse(&self.consent_date_range.start_date)?,
            expires_at: time::parse(&self.consent_date_range.end_date)?,
            mode: self.consent_mode,
            fetch_type: self.fetch_type,
            types: self.consent_types,
            fi_types: self.fi_types,
            data_consumer: DataConsumer { id: config.fiu_id.clone(), kind: Party::Fiu },
            customer: Customer { id, identifiers: Vec::new() },
            purpose: self.purpose,
            data_range: self.data_range,
            data_life: self.data_life,
            frequency: Frequency { unit, value: self.frequency.value },
            data_filter: Vec::new(),
        })
    }
}

async fn ask(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    admit(&world, &headers)?;
    let asked: NewConsent = serde_json::from_slice(&body).map_err(|_| bad("a field is missing or of another kind"))?;
    let back: String = byte_serialize(asked.redirect_url.as_bytes()).collect();
    let detail = asked.into_detail(&world).ok_or_else(|| bad("a date or the frequency's unit"))?;
    if detail.expires_at <= Timestamp::now() || fair_use::check(&detail).is_err() {
        return Err(bad("a term is above the fair use of its purpose, or over"));
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).ok_or_else(|| bad("no host"))?;
    let id = ids::uuid();
    let url = format!("http://{host}/aa/consent/{id}?return={back}");
    world.book().aggregator.consents.put(Consent {
        handle: id.clone(),
        id: None,
        txnid: ids::uuid(),
        status: ConsentStatus::Pending,
        created_at: Timestamp::now(),
        artefact: ConsentArtefact { detail, data_provider: None, accounts: Vec::new() },
        signed: String::new(),
        fetched: Vec::new(),
        is_setus: true,
    });
    Ok(Json(json!({ "id": id, "url": url, "status": ConsentStatus::Pending })))
}

fn of_setu<'a>(aggregator: &'a Aggregator, id: &str) -> Result<&'a Consent, Refused> {
    let consent = aggregator.consents.get(id).filter(|consent| consent.is_setus);
    consent.ok_or(Refused(StatusCode::NOT_FOUND, "NotFound", "no such consent"))
}

/// What is posted of a consent.
pub fn tells_of_consent(name: &'static str, consent: &Consent) -> Event {
    let accounts = json!(consent.artefact.accounts.iter().map(linked).collect::<Vec<_>>());
    let told = json!({ "status": consent.status, "detail": { "accounts": accounts } });
    posted(name, told, json!({ "type": "CONSENT_STATUS_UPDATE", "consentId": consent.handle }))
}

/// What is posted of a session.
pub fn tells_of_session(name: &'static str, session: &Session) -> Event {
    let of_account = |account: &SessionAccount| {
        let told = json!({ "linkRefNumber": account.of.link_ref, "FIStatus": account.status, "description": "" });
        json!({ "fipID": account.of.fip_id, "accounts": [told] })
    };
    let fips: Vec<Value> = session.accounts.iter().map(of_account).collect();
    let told = json!({ "status": status_of(session), "format": "xml", "fips": fips });
    posted(name, told, json!({ "type": "SESSION_STATUS_UPDATE", "consentId": session.consent_handle, "dataSessionId": session.id }))
}

/// `body` says of what.
fn posted(name: &'static str, told: Value, mut body: Value) -> Event {
    body["notificationId"] = json!(ids::uuid());
    body["timestamp"] = json!(Timestamp::now());
    body["success"] = json!(true);
    body["data"] = told;
    body["error"] = Value::Null;
    Event { provider: Provider::Setu, name, body: body.to_string(), url: None }
}

fn linked(account: &Account) -> Value {
    json!({
        "fipId": account.fip_id, "linkRefNumber": account.link_ref, "maskedAccNumber": account.masked_number, "fiType": account.fi_type,
    })
}

async fn consent(Extension(world): Extension<Arc<World>>, Path(id): Path<String>, headers: HeaderMap) -> Result<Json<Value>, Refused> {
    admit(&world, &headers)?;
    let book = world.book();
    let consent = of_setu(&book.aggregator, &id)?;
    let accounts: Vec<Value> = consent.artefact.accounts.iter().map(linked).collect();
    Ok(Json(json!({ "id": consent.handle, "status": consent.status_now(), "accountsLinked": accounts })))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewSession {
    consent_id: String,
    data_range: FiDataRange,
    format: String,
}

async fn open(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    admit(&world, &headers)?;
    let asked: NewSession = serde_json::from_slice(&body).map_err(|_| bad("a field is missing or of another kind"))?;
    if asked.format != "xml" {
        return Err(bad("format is xml here"));
    }
    let mut book = world.book();
    of_setu(&book.aggregator, &asked.consent_id)?;
    let Aggregator { consents, sessions, .. } = &mut book.aggregator;
    let Some(consent) = consents.get_mut(&asked.consent_id) else { return Err(bad("no such consent")) };
    let (now, state) = (Timestamp::now(), ConsentState::from(consent.status_now()));
    fair_use::may_fetch(&consent.artefact, state, asked.data_range, &consent.fetched, now).map_err(|why| match why {
        MayNot::NotActive { .. } | MayNot::NotBegun { .. } | MayNot::Over { .. } if consent.status == ConsentStatus::Revoked => {
            Refused(StatusCode::BAD_REQUEST, "ConsentRevoked", "the consent was revoked")
        }
        MayNot::NotActive { .. } | MayNot::NotBegun { .. } | MayNot::Over { .. } => {
            Refused(StatusCode::BAD_REQUEST, "InvalidConsentStatus", "the consent is not active")
        }
        MayNot::OutsideRange => bad("the range is not within the consent's"),
        MayNot::Spent | MayNot::TooOften { .. } => Refused(StatusCode::BAD_REQUEST, "InvalidConsentUse", "its fetches are used up"),
    })?;
    consent.fetched.push(now);
    let session = Session::of(consent, asked.data_range, ids::uuid(), None);
    let id = session.id.clone();
    sessions.put(session);
    drop(book);
    data::ask_banks(&world, &id);
    Ok(Json(json!({ "id": id, "consentId": asked.consent_id, "status": "PENDING", "format": "xml", "dataRange": asked.data_range })))
}

fn has_come(status: FiStatus) -> bool {
    matches!(status, FiStatus::Ready | FiStatus::Delivered)
}

/// In Setu's words.
fn status_of(session: &Session) -> &'static str {
    match session.status {
        SessionStatus::Active if session.accounts.iter().any(|account| has_come(account.status)) => "PARTIAL",
        SessionStatus::Active => "PENDING",
        SessionStatus::Completed => "COMPLETED",
        SessionStatus::Expired => "EXPIRED",
        SessionStatus::Failed => "FAILED",
    }
}

async fn session(Extension(world): Extension<Arc<World>>, Path(id): Path<String>, headers: HeaderMap) -> Result<Json<Value>, Refused> {
    admit(&world, &headers)?;
    let mut book = world.book();
    let Aggregator { consents, sessions, .. } = &mut book.aggregator;
    let gone = || Refused(StatusCode::NOT_FOUND, "NotFound", "no such session");
    let session = sessions.get_mut(&id).ok_or_else(gone)?;
    let consent = consents.get(&session.consent_handle).filter(|consent| consent.is_setus).ok_or_else(gone)?;
    if consent.status_now() == ConsentStatus::Revoked {
        return Err(Refused(StatusCode::BAD_REQUEST, "ConsentRevoked", "the consent was revoked"));
    }
    let is_open = matches!(session.status, SessionStatus::Active | SessionStatus::Completed);
    let status = status_of(session);
    let range = session.range;
    let fips = session.accounts.iter_mut().filter_map(|account| {
        let bank = banks::bank(&account.of.fip_id)?;
        let mut told = json!({ "linkRefNumber": account.of.link_ref, "maskedAccNumber": account.of.masked_number });
        if is_open && has_come(account.status) {
            account.status = FiStatus::Delivered;
            let text = document::write(bank, &consent.artefact.detail, &account.of, range, Timestamp::now());
            told["data"] = if bank.form == Form::JsonV2 { serde_json::from_str(&text).ok()? } else { Value::String(text) };
        }
        told["FIStatus"] = json!(account.status);
        Some(json!({ "fipID": account.of.fip_id, "accounts": [told] }))
    });
    let fips: Vec<Value> = fips.collect();
    Ok(Json(json!({ "id": id, "status": status, "format": "xml", "fips": fips })))
}

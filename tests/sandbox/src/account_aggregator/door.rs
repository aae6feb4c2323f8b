//! Who may ask, and how the aggregator answers.

use std::sync::Arc;

use account_aggregator::jws::{self, KeySet, SIGNATURE_HEADER};
use account_aggregator::notification::AGE_MAX;
use account_aggregator::time;
use account_aggregator::wire::{ErrorBody, ErrorCode, Version};
use axum::Extension;
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::world::World;

pub const VERSION: Version = Version::V2_0_0;

/// What a request of any kind begins with.
#[derive(Deserialize)]
struct Envelope {
    ver: Option<String>,
    timestamp: Option<String>,
    txnid: Option<String>,
}

/// Why a request is refused.
#[derive(Debug)]
pub struct Refused {
    code: ErrorCode,
    message: &'static str,
    txnid: String,
}

impl Refused {
    pub fn new(txnid: &str, code: ErrorCode, message: &'static str) -> Self {
        Self { code, message, txnid: txnid.to_owned() }
    }

    fn into_signed(self, world: &World) -> Response {
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::BAD_REQUEST);
        let body = ErrorBody::new(VERSION.as_str(), Timestamp::now(), &self.txnid, self.code, self.message);
        signed(world, status, &body)
    }
}

/// Checks who asks, reads what is asked, and signs what is answered.
pub fn answer<T: DeserializeOwned, R: Serialize>(
    world: &Arc<World>,
    headers: &HeaderMap,
    body: &[u8],
    act: impl FnOnce(T) -> Result<R, Refused>,
) -> Response {
    match admit(world, headers, body).and_then(act) {
        Ok(reply) => signed(world, StatusCode::OK, &reply),
        Err(refused) => refused.into_signed(world),
    }
}

fn admit<T: DeserializeOwned>(world: &World, headers: &HeaderMap, body: &[u8]) -> Result<T, Refused> {
    let config = &world.config().account_aggregator;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let invalid = |txnid: &str, message| Refused::new(txnid, ErrorCode::InvalidRequest, message);
    if header("client_api_key") != config.client_api_key {
        return Err(Refused::new("", ErrorCode::Unauthorized, "client_api_key is not known"));
    }
    let envelope: Envelope = serde_json::from_slice(body).map_err(|_| invalid("", "the body is no JSON object"))?;
    let txnid = envelope.txnid.unwrap_or_default();
    if envelope.ver.as_deref().is_some_and(|ver| ver != VERSION.as_str()) {
        return Err(Refused::new(&txnid, ErrorCode::NoSuchVersion, "ver is 2.0.0 here"));
    }
    let at = envelope.timestamp.as_deref().and_then(time::parse).ok_or_else(|| invalid(&txnid, "timestamp is no time"))?;
    if at.duration_since(Timestamp::now()).abs() > AGE_MAX {
        return Err(invalid(&txnid, "timestamp is more than 15 minutes off"));
    }
    let is_uuid = txnid.len() == 36 && txnid.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    if !is_uuid {
        return Err(invalid(&txnid, "txnid is no UUID"));
    }
    let keys = world.book().aggregator.registry.get(&config.fiu_id).cloned().unwrap_or_default();
    let keys = KeySet::new(&keys).unwrap_or_default();
    if jws::verify_detached(header(SIGNATURE_HEADER), body, &keys).is_err() {
        return Err(Refused::new(&txnid, ErrorCode::SignatureDoesNotMatch, "x-jws-signature does not match"));
    }
    let request = serde_json::from_slice(body).map_err(|_| invalid(&txnid, "a field is missing or of another kind"))?;
    if !world.book().aggregator.txnids.insert(txnid.clone()) {
        return Err(Refused::new(&txnid, ErrorCode::IdempotencyError, "txnid was used before"));
    }
    Ok(request)
}

fn signed(world: &World, status: StatusCode, body: &impl Serialize) -> Response {
    let body = serde_json::to_string(body).unwrap_or_default();
    let signature = world.shared.signer.detached(body.as_bytes());
    (status, [(header::CONTENT_TYPE.as_str(), "application/json"), (SIGNATURE_HEADER, signature.as_str())], body).into_response()
}

pub async fn heartbeat(Extension(_): Extension<Arc<World>>) -> Json<serde_json::Value> {
    Json(json!({ "ver": VERSION.as_str(), "timestamp": time::to_text(Timestamp::now()), "Status": "UP", "Error": null }))
}

/// What is said when the aggregator is not well: in the common shape, and signed by nobody.
pub fn unwell(status: StatusCode) -> Response {
    let code = if status == StatusCode::INTERNAL_SERVER_ERROR { ErrorCode::InternalError } else { ErrorCode::ServiceUnavailable };
    (status, Json(ErrorBody::new(VERSION.as_str(), Timestamp::now(), "", code, "not now"))).into_response()
}

//! `POST /webhooks/phonepe`: that something happened to an order or a refund at PhonePe.
//!
//! The header of one of its two kinds is a constant, so nothing here is believed but that it is worth
//! asking: `queues::inbox` does.

use crate::{
    deps::Deps,
    webhooks::{BODY_BYTES_MAX, Believed, Source, keep, not_signed, taken, told::Told, within},
};
use lambda::{Problem, Reply, Request};
use providers::phonepe::{Headers, KEY_ID_HEADER, LOGIN_HEADER, SIGNATURE_HEADER};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    within(&request, BODY_BYTES_MAX)?;
    let door = deps.phonepe_door().await.map_err(Problem::unavailable)?;
    let header = |name: &str| request.header(name).unwrap_or_default();
    let headers = Headers { login: header(LOGIN_HEADER), key_id: header(KEY_ID_HEADER), signature: header(SIGNATURE_HEADER) };
    let body = door.admit(&request.body, headers).map_err(not_signed)?;
    let event = Told::read(Source::Phonepe, body).ok().and_then(|told| told.event());
    keep(deps, &request.trace(), Believed { source: Source::Phonepe, event, query: "", body }).await?;
    Ok(taken())
}

//! `POST /webhooks/setu`: what Setu tells of consents and deliveries.
//!
//! Setu signs nothing: who may speak is known by a secret in the address that was registered there.

use super::{BODY_BYTES_MAX, Believed, Source, keep, not_signed, taken, within};
use crate::deps::Deps;
use lambda::{Problem, Reply, Request};
use providers::account_aggregator::setu;
use serde::Deserialize;

#[derive(Deserialize)]
struct Address {
    #[serde(default)]
    token: String,
}

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    within(&request, BODY_BYTES_MAX)?;
    let secrets = deps.setu_door().await.map_err(Problem::unavailable)?.ok_or_else(Problem::not_found)?;
    let Address { token } = request.query()?;
    let body = setu::verify(&request.body, &token, &secrets).map_err(not_signed)?;
    keep(deps, &request.trace(), Believed { source: Source::Setu, event: None, query: "", body }).await?;
    Ok(taken())
}

//! `POST /webhooks/bills`: what becomes of bills that were paid.

use crate::{
    deps::Deps,
    webhooks::{BODY_BYTES_MAX, Believed, Source, keep, not_signed, taken, told::Told, within},
};
use lambda::{Problem, Reply, Request};
use providers::signature;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    within(&request, BODY_BYTES_MAX)?;
    let door = deps.bills_door().await.map_err(Problem::unavailable)?;
    let header = request.header(&door.header).unwrap_or_default();
    let body = signature::verify(&request.body, header, &door.secrets).map_err(not_signed)?;
    let event = Told::read(Source::Bills, body).ok().and_then(|told| told.event());
    keep(deps, &request.trace(), Believed { source: Source::Bills, event, query: "", body }).await?;
    Ok(taken())
}

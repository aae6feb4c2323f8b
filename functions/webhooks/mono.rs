//! `POST /webhooks/mono`: what Mono tells of banks that it reads.

use super::{BODY_BYTES_MAX, Believed, Source, keep, not_signed, taken, within};
use crate::deps::Deps;
use lambda::{Problem, Reply, Request};
use providers::banks::mono;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    within(&request, BODY_BYTES_MAX)?;
    let door = deps.mono_door().await.map_err(Problem::unavailable)?.ok_or_else(Problem::not_found)?;
    let header = request.header(mono::SIGNATURE_HEADER).unwrap_or_default();
    let body = mono::verify(&request.body, header, door.mode, &door.secrets).map_err(not_signed)?;
    keep(deps, &request.trace(), Believed { source: Source::Mono, event: None, query: "", body }).await?;
    Ok(taken())
}

//! `POST /webhooks/plaid`: what Plaid tells of banks that it reads.
//!
//! A body that was signed for another environment of Plaid's names a key that ours does not know.

use super::{BODY_BYTES_MAX, Believed, Source, keep, not_signed, taken, within};
use crate::deps::Deps;
use lambda::{Problem, Reply, Request};
use providers::banks::plaid::{Refused, SIGNATURE_HEADER};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    within(&request, BODY_BYTES_MAX)?;
    let verifier = deps.plaid_verifier().await.map_err(Problem::unavailable)?.ok_or_else(Problem::not_found)?;
    let header = request.header(SIGNATURE_HEADER).unwrap_or_default();
    let body = verifier.verify(&request.body, header, deps.clock.now().as_second()).await.map_err(refused)?;
    keep(deps, &request.trace(), Believed { source: Source::Plaid, event: None, query: "", body }).await?;
    Ok(taken())
}

fn refused(why: Refused) -> Problem {
    if why.retryable() { Problem::unavailable(why) } else { not_signed(why) }
}

//! `POST /webhooks/setu`: what Setu tells of consents and deliveries.
//!
//! Setu signs nothing: who may speak is known by a secret in the address that was registered there. What it tells of accounts and
//! their data is not kept, only that something changed.

use super::{BODY_BYTES_MAX, Believed, Source, keep, not_signed, taken, within};
use crate::{api::sha256_hex, deps::Deps};
use lambda::{Problem, Reply, Request, http::code::INVALID_REQUEST};
use providers::{account_aggregator::setu, call::Illegible, signature::Verified};
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
    let notice = setu::parse_notice(body).map_err(not_a_notice)?;
    if notice.holds_data() {
        return Ok(taken());
    }
    // Its name is of the whole: the same change may come about more than once.
    let (event, brief) = (Some(sha256_hex(&request.body)), notice.in_brief());
    keep(deps, &request.trace(), Believed { source: Source::Setu, event, query: "", body: Verified::stored(&brief) }).await?;
    Ok(taken())
}

fn not_a_notice(why: Illegible) -> Problem {
    Problem::new(INVALID_REQUEST, "The body is not a notification of Setu's: it has at least a type and a consentId.").with_cause(why)
}

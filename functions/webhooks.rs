//! Functions behind providers' webhooks: verified raw, stored raw, acknowledged; worked on by a
//! queue.

pub mod razorpay;
pub mod razorpayx;

use crate::{
    api::sha256_hex,
    deps::{Deps, GatewaySecret},
    refusals::store_problem,
    work::WorkMessage,
};
use domain::defect::{Defect, planted};
use lambda::{
    Problem, Reply, Request,
    http::code::{BODY_TOO_LARGE, SIGNATURE_INVALID},
};
use providers::{
    razorpay::{EVENT_ID_HEADER, SIGNATURE_HEADER},
    signature,
};
use serde_json::json;

const BODY_BYTES_MAX: usize = 256 * 1024;

/// Takes one delivery of Razorpay's, which signs payments and payouts alike.
pub(crate) async fn receive(deps: &Deps, provider: &str, request: Request) -> Result<Reply, Problem> {
    if request.body.len() > BODY_BYTES_MAX {
        return Err(Problem::new(BODY_TOO_LARGE, "A webhook has at most 256 KiB."));
    }
    let secret: GatewaySecret = deps.secret(provider).await.map_err(Problem::unavailable)?;
    let secrets = secret.webhook_secrets().map_err(Problem::internal)?;
    let header = request.header(SIGNATURE_HEADER).unwrap_or_default();
    let verified = signature::verify(&request.body, header, &secrets)
        .map_err(|why| Problem::new(SIGNATURE_INVALID, "The signature is not that of this body.").with_cause(why))?;
    let id = format!("{provider}#{}", event_id(&request));
    if !planted(Defect::AcknowledgeUnstored) {
        deps.store.keep_webhook(&id, verified.bytes(), deps.clock.now()).await.map_err(store_problem)?;
    }
    // Also for one that is known: it may have been stored by a delivery that then stopped.
    deps.send_all(&[WorkMessage::Webhook { id: id.clone() }], &request.trace().about(id)).await;
    Ok(Reply::ok(&json!({ "status": "ok" })))
}

/// The provider's id of the event, the same on every delivery; the body's own hash without one.
fn event_id(request: &Request) -> String {
    let given = request
        .header(EVENT_ID_HEADER)
        .filter(|id| (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-'));
    given.map_or_else(|| format!("sha256_{}", sha256_hex(&request.body)), str::to_owned)
}

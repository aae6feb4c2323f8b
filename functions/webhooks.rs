//! Functions behind providers' webhooks: verified raw, stored raw, acknowledged; worked on by a
//! queue.

pub mod aa;
pub mod bills;
pub mod hear;
pub mod mono;
pub mod phonepe;
pub mod plaid;
pub mod razorpay;
pub mod razorpayx;
pub mod ses;
pub mod setu;
mod source;
pub mod told;
pub mod twilio;
pub mod whatsapp;

pub use source::Source;

use crate::{
    deps::{Deps, GatewaySecret},
    refusals::store_problem,
    work::WorkMessage,
};
use domain::defect::{Defect, planted};
use lambda::{
    BoxError, Problem, Reply, Request, Trace,
    http::code::{BODY_TOO_LARGE, SIGNATURE_INVALID},
};
use providers::{
    razorpay::{EVENT_ID_HEADER, SIGNATURE_HEADER},
    signature::{self, Verified},
};
use serde_json::json;
use store::Kept;
use told::Told;

const BODY_BYTES_MAX: usize = 256 * 1024;

/// A webhook whose sender is known.
struct Believed<'a> {
    source: Source,
    /// The provider's name of the event.
    event: Option<String>,
    /// What is signed of its address's query.
    query: &'a str,
    body: Verified<'a>,
}

/// Takes one delivery of Razorpay's, which signs payments and payouts alike.
pub(crate) async fn receive(deps: &Deps, source: Source, request: Request) -> Result<Reply, Problem> {
    within(&request, BODY_BYTES_MAX)?;
    let secret: GatewaySecret = deps.secret(source.name()).await.map_err(Problem::unavailable)?;
    let secrets = secret.webhook_secrets().map_err(Problem::internal)?;
    let header = request.header(SIGNATURE_HEADER).unwrap_or_default();
    let body = signature::verify(&request.body, header, &secrets).map_err(not_signed)?;
    let event = request.header(EVENT_ID_HEADER).map(str::to_owned);
    keep(deps, &request.trace(), Believed { source, event, query: "", body }).await?;
    Ok(taken())
}

fn within(request: &Request, bytes_max: usize) -> Result<(), Problem> {
    if request.body.len() > bytes_max { Err(too_large(bytes_max)) } else { Ok(()) }
}

fn too_large(bytes_max: usize) -> Problem {
    Problem::new(BODY_TOO_LARGE, format!("A webhook has at most {} KiB.", bytes_max / 1024))
}

fn not_signed(why: impl Into<BoxError>) -> Problem {
    Problem::new(SIGNATURE_INVALID, "The signature is not that of this body.").with_cause(why)
}

fn taken() -> Reply {
    Reply::ok(&json!({ "status": "ok" }))
}

/// Stores a webhook and has it worked on. Then, and not before, it may be acknowledged.
async fn keep(deps: &Deps, trace: &Trace, believed: Believed<'_>) -> Result<(), Problem> {
    let Believed { source, event, query, body } = believed;
    let id = source.inbox_id(event.as_deref(), body.bytes());
    if !planted(Defect::AcknowledgeUnstored) {
        match deps.store.keep_webhook(&id, query, body.bytes(), deps.clock.now()).await.map_err(store_problem)? {
            Kept::New | Kept::Known => {}
            Kept::TooLarge => return Err(too_large(store::WEBHOOK_BYTES_MAX)),
        }
    }
    // Also for one that is known: it may have been stored by a delivery that then stopped. What people
    // write is handed to its chat at once, in the order in which it comes.
    let trace = trace.clone().about(id.clone());
    let written = match Told::read(source, body) {
        Ok(told) => hear::messages(deps, &id, &told).await.map_err(Problem::unavailable)?,
        Err(_) => Vec::new(),
    };
    deps.send_all(&written, &trace).await;
    deps.send_all(&[WorkMessage::Webhook { id }], &trace).await;
    Ok(())
}

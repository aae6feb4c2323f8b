//! `/webhooks/whatsapp`: what Meta tells of messages, and its question beforehand whether we want it.

use super::{Believed, Source, keep, not_signed, taken, told::Told, within};
use crate::deps::{Deps, rotating};
use lambda::{Problem, Reply, Request};
use providers::{messaging::whatsapp::webhook, secret::Secret};
use serde::Deserialize;
use store::WEBHOOK_BYTES_MAX;

/// Of the secret `messaging`, what is of Meta's webhooks.
#[derive(Deserialize)]
struct MetaSecret {
    whatsapp_app_secret: String,
    #[serde(default)]
    whatsapp_app_secret_previous: Option<String>,
    /// Made up by us, and told to Meta where the webhook is set up.
    whatsapp_verify_token: String,
}

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let secret: MetaSecret = deps.secret("messaging").await.map_err(Problem::unavailable)?;
    if request.method == "GET" { subscribe(&secret, &request) } else { receive(deps, &secret, &request).await }
}

fn subscribe(secret: &MetaSecret, request: &Request) -> Result<Reply, Problem> {
    let token = Secret::new(&secret.whatsapp_verify_token).map_err(Problem::internal)?;
    let challenge = webhook::challenge(&request.raw_query, &token);
    let challenge = challenge.map_err(|why| Problem::forbidden("This is not a subscription with our token.").with_cause(why))?;
    Ok(Reply::text(200, "text/plain; charset=utf-8", challenge))
}

/// Whatever a signed body says, it is taken: what of it cannot be read is found by whoever works on it,
/// and sending it again would not mend it.
async fn receive(deps: &Deps, secret: &MetaSecret, request: &Request) -> Result<Reply, Problem> {
    // One POST may tell of a thousand things (`whatsapp.md`, A2: up to 3 MB, unverified).
    within(request, WEBHOOK_BYTES_MAX)?;
    let secrets = rotating(&secret.whatsapp_app_secret, secret.whatsapp_app_secret_previous.as_deref()).map_err(Problem::internal)?;
    let header = request.header(webhook::SIGNATURE_HEADER).unwrap_or_default();
    let body = webhook::verify(&request.body, header, &secrets).map_err(not_signed)?;
    let event = Told::read(Source::Whatsapp, body).ok().and_then(|told| told.event());
    keep(deps, &request.trace(), Believed { source: Source::Whatsapp, event, query: "", body }).await?;
    Ok(taken())
}

//! `/webhooks/twilio`: messages to us; `/webhooks/twilio/status`: what becomes of ours.

use super::{BODY_BYTES_MAX, Believed, Source, keep, not_signed, told::Told, within};
use crate::deps::{Deps, rotating};
use domain::notice::CallbackTag;
use lambda::{BoxError, Problem, Reply, Request};
use providers::messaging::twilio::signature::{Posted, SIGNATURE_HEADER, verify};
use serde::Deserialize;

const STATUS_PATH: &str = "/webhooks/twilio/status";

/// An answer without a message: a conversation is not held within this call.
const NO_ANSWER: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response/>"#;

/// Of the secret `twilio`, what it signs with.
#[derive(Deserialize)]
struct AuthTokens {
    auth_token: String,
    #[serde(default)]
    auth_token_previous: Option<String>,
}

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    within(&request, BODY_BYTES_MAX)?;
    let secret: AuthTokens = deps.secret("twilio").await.map_err(Problem::unavailable)?;
    let tokens = rotating(&secret.auth_token, secret.auth_token_previous.as_deref()).map_err(Problem::internal)?;
    let url = address(deps, &request).map_err(Problem::internal)?;
    let header = request.header(SIGNATURE_HEADER).unwrap_or_default();
    let body = verify(&url, Posted::Form(&request.body), header, &tokens).map_err(not_signed)?;
    let source = if request.path == STATUS_PATH { Source::TwilioStatus } else { Source::Twilio };
    let event = Told::read(source, body).ok().and_then(|told| told.event());
    keep(deps, &request.trace(), Believed { source, event, query: &request.raw_query, body }).await?;
    Ok(Reply::text(200, "text/xml; charset=utf-8", NO_ANSWER))
}

/// Where a request was sent to, as its sender wrote it: by our configuration, and not by `Host`, which
/// anybody may set.
fn address(deps: &Deps, request: &Request) -> Result<String, BoxError> {
    let mark = if request.raw_query.is_empty() { "" } else { "?" };
    Ok(format!("{}{}{mark}{}", deps.public_url()?, request.path, request.raw_query))
}

/// The tag of a notice's message, in the query of the address that its status is told to.
pub(crate) fn tag_in(query: &str) -> Option<CallbackTag> {
    query.strip_prefix("tag=")?.parse().ok()
}

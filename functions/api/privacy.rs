//! `/v1/privacy`: what the caller's data is used for, what they have agreed to, what they can take with them, and the end of it.

mod consents;
mod erasure;
mod exports;
mod notices;

use crate::{deps::Deps, router::admit};
use lambda::{Failed, Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/privacy/notices") => return notices::list(&request),
        ("GET", "/v1/privacy/contact") => return notices::contact(deps),
        _ => {}
    }
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/privacy/consents") => consents::list(deps, &caller).await,
        ("POST", "/v1/privacy/consents") => consents::say(deps, &caller, &request).await,
        ("POST", "/v1/privacy/exports") => exports::ask(deps, &caller, &request).await,
        ("GET", "/v1/privacy/exports") => exports::show(deps, &caller).await,
        ("POST", "/v1/privacy/erasure") => erasure::ask(deps, &caller, &request).await,
        ("GET", "/v1/privacy/exports/{id}/{part}") => exports::fetch(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

fn failed(why: Failed) -> Problem {
    Problem::unavailable(why)
}

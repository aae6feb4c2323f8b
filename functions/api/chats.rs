//! Chats with the assistant, seen from elsewhere: the page for a PIN, and what operators do.

mod hand_offs;
mod pin;

use crate::{deps::Deps, router::admit};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/chat/pin/{token}") => return pin::show(deps, &request).await,
        ("POST", "/v1/chat/pin/{token}") => return pin::submit(deps, &request).await,
        _ => {}
    }
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/ops/chats") => hand_offs::list(deps).await,
        ("GET", "/v1/ops/chats/{user}/{door}") => hand_offs::show(deps, &request).await,
        ("GET", "/v1/ops/chats/{user}/{door}/turns") => hand_offs::turns(deps, &request).await,
        ("POST", "/v1/ops/chats/{user}/{door}/reply") => hand_offs::reply(deps, &caller, &request).await,
        ("POST", "/v1/ops/chats/{user}/{door}/close") => hand_offs::close(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

//! Who comes in, and whether anybody is at home.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Refused;
use super::behaviour::Mode;
use crate::signing;
use crate::world::World;

/// A small organisation's: requests of a day, tokens of a minute.
const REQUESTS_MAX: u64 = 14_400;
const TOKENS_MAX: u64 = 18_000;

/// How somebody at home answers.
pub enum Manner {
    Scripted,
    Adversary,
    Garbage,
}

pub fn authenticate(world: &World, headers: &HeaderMap) -> Result<(), Refused> {
    let key = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer ")).unwrap_or_default();
    if signing::same(key, &world.config().llm.key) { Ok(()) } else { Err(Refused::unauthenticated()) }
}

/// Lets a request in, after the time that an answer takes.
pub async fn enter(world: &World, headers: &HeaderMap) -> Result<Manner, Refused> {
    let behaviour = world.book().llm.behaviour;
    tokio::time::sleep(behaviour.delay()).await;
    let at_home = match behaviour.mode {
        // What stands in front of them knows nobody's key.
        Mode::Off => return Err(Refused::server(StatusCode::SERVICE_UNAVAILABLE)),
        Mode::Down => return Err(Refused::server(StatusCode::BAD_GATEWAY)),
        Mode::Busy => Err(Refused::throttled()),
        Mode::Scripted | Mode::Slow => Ok(Manner::Scripted),
        Mode::Adversary => Ok(Manner::Adversary),
        Mode::Garbage => Ok(Manner::Garbage),
    };
    authenticate(world, headers)?;
    at_home
}

/// Every answer says what is left.
pub async fn tell_limits(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let requests = {
        let mut book = world.book();
        book.llm.requests += 1;
        book.llm.requests
    };
    let mut response = next.run(request).await;
    let number = |number: u64| HeaderValue::from(number);
    let headers = [
        ("x-ratelimit-limit-requests", number(REQUESTS_MAX)),
        ("x-ratelimit-limit-tokens", number(TOKENS_MAX)),
        ("x-ratelimit-remaining-requests", number(REQUESTS_MAX.saturating_sub(requests))),
        ("x-ratelimit-remaining-tokens", number(TOKENS_MAX - 500)),
        ("x-ratelimit-reset-requests", HeaderValue::from_static("6s")),
        ("x-ratelimit-reset-tokens", HeaderValue::from_static("1.67s")),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, value);
    }
    response
}

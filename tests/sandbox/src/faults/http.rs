//! Faults of requests: what stands between a provider's door and its handlers.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::replies;
use super::spec::{Kind, Spec};
use crate::provider::Provider;
use crate::world::World;

/// More than any provider takes.
const BODY_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Puts the world to work on into the request, and lets a fault have its way first.
pub async fn apply(State((world, provider)): State<(Arc<World>, Provider)>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_BYTES_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let struck = world.shared.faults.strike_request(provider, parts.method.as_str(), parts.uri.path(), &body);
    let request = Request::from_parts(parts, Body::from(body));
    let Some(fault) = struck else {
        return carry_out(world, request, next).await;
    };
    tracing::info!(provider = provider.name(), fault = ?fault.kind, path = request.uri().path(), "a fault strikes");
    match fault.kind {
        Kind::Timeout => time_out(provider, &fault).await,
        Kind::TimeoutAfterSuccess => {
            carry_out(world, request, next).await;
            time_out(provider, &fault).await
        }
        Kind::Error5xx => replies::server_error(provider, StatusCode::INTERNAL_SERVER_ERROR),
        Kind::Error5xxAfterSuccess => {
            carry_out(world, request, next).await;
            replies::server_error(provider, StatusCode::INTERNAL_SERVER_ERROR)
        }
        Kind::SuccessWithoutEffect => {
            let rehearsal = world.rehearsal();
            carry_out(rehearsal, request, next).await
        }
        Kind::Throttle => replies::throttled(provider),
        Kind::Downtime => replies::down(),
        // These are of webhooks and strike when one is sent.
        Kind::DuplicateWebhooks
        | Kind::ReorderWebhooks
        | Kind::LateWebhooks
        | Kind::DropWebhooks
        | Kind::TamperedWebhooks
        | Kind::RotatedSecret => carry_out(world, request, next).await,
    }
}

async fn carry_out(world: Arc<World>, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(world);
    next.run(request).await
}

async fn time_out(provider: Provider, fault: &Spec) -> Response {
    tokio::time::sleep(Duration::from_millis(fault.delay_ms())).await;
    replies::server_error(provider, StatusCode::GATEWAY_TIMEOUT)
}

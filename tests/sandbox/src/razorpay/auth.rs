//! HTTP Basic with a key id and its secret.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::error::ApiError;
use crate::provider::Provider;
use crate::signing;
use crate::world::World;

pub async fn require(State((world, provider)): State<(Arc<World>, Provider)>, request: Request, next: Next) -> Response {
    let config = world.config();
    let (key_id, key_secret) = match provider {
        Provider::Razorpayx => (&config.razorpayx.key_id, &config.razorpayx.key_secret),
        _ => (&config.razorpay.key_id, &config.razorpay.key_secret),
    };
    let given = basic(request.headers());
    if given.is_some_and(|given| signing::same(&given, &format!("{key_id}:{key_secret}"))) {
        next.run(request).await
    } else {
        ApiError::unauthenticated().into_response()
    }
}

/// `user:password`. The scheme is spelled exactly `Basic`: Razorpay takes no other spelling.
pub fn basic(headers: &HeaderMap) -> Option<String> {
    let encoded = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(value: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        basic(&headers)
    }

    #[test]
    fn only_the_exact_scheme_is_taken() {
        assert_eq!(read("Basic a2V5OnNlY3JldA==").as_deref(), Some("key:secret"));
        assert_eq!(read("basic a2V5OnNlY3JldA=="), None);
        assert_eq!(read("BASIC a2V5OnNlY3JldA=="), None);
        assert_eq!(read("Bearer a2V5OnNlY3JldA=="), None);
        assert_eq!(read("Basic not base64"), None);
    }
}

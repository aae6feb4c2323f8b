//! `/webhooks`: the part of the dashboard where webhooks are set up and looked at.
//!
//! | request | answer |
//! |---|---|
//! | `GET /webhooks/sent?provider=&event=` | `{"items":[{event_id, provider, event, state, attempts, status_codes, deliveries, signature, body, created_at}]}`, oldest first |
//! | `POST /webhooks/resend/{event_id}` | 202 |
//! | `GET /webhooks/endpoints` | `{"items":[{provider, url, enabled}]}` |
//! | `PUT /webhooks/endpoints/{provider}` `{url?, secret?, enabled?}` | the endpoint; a new secret signs new events only; an empty `url` takes it away |

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Endpoint, lock};
use crate::provider::Provider;
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/webhooks/sent", get(sent))
        .route("/webhooks/resend/{event_id}", post(resend))
        .route("/webhooks/endpoints", get(endpoints))
        .route("/webhooks/endpoints/{provider}", put(set_endpoint))
}

#[derive(Deserialize)]
struct Filter {
    provider: Option<String>,
    event: Option<String>,
}

async fn sent(State(world): State<Arc<World>>, Query(filter): Query<Filter>) -> Json<Value> {
    let log = lock(&world.shared.webhooks.log);
    let wanted = log.oldest_first().filter(|sent| {
        filter.provider.as_deref().is_none_or(|name| sent.provider.name() == name)
            && filter.event.as_deref().is_none_or(|name| sent.event == name)
    });
    reply::items(wanted.map(super::log::Sent::view).collect())
}

async fn resend(State(world): State<Arc<World>>, Path(event_id): Path<String>) -> Result<(StatusCode, Json<Value>), Refused> {
    if world.shared.webhooks.resend(&event_id) {
        Ok((StatusCode::ACCEPTED, Json(json!({ "event_id": event_id }))))
    } else {
        Err(Refused::not_found(format!("no event {event_id} was sent")))
    }
}

async fn endpoints(State(world): State<Arc<World>>) -> Json<Value> {
    let endpoints = lock(&world.shared.webhooks.endpoints);
    reply::items(endpoints.iter().map(|(provider, endpoint)| endpoint.view(*provider)).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    url: Option<String>,
    secret: Option<String>,
    enabled: Option<bool>,
}

async fn set_endpoint(State(world): State<Arc<World>>, Path(provider): Path<String>, body: Bytes) -> Result<Json<Value>, Refused> {
    let change: Change = reply::parse(&body)?;
    let mut endpoints = lock(&world.shared.webhooks.endpoints);
    let Some((provider, endpoint)) = endpoints.iter_mut().find(|(known, _)| known.name() == provider) else {
        return Err(Refused::not_found(
            "webhooks come from: razorpay, razorpayx, phonepe, whatsapp, twilio, ses, bills, aa, setu, plaid, mono",
        ));
    };
    if change.secret.is_some() && matches!(provider, Provider::Ses | Provider::Aa | Provider::Setu) {
        return Err(Refused::bad_request(format!("{} does not sign with a secret", provider.name())));
    }
    if *provider == Provider::Plaid && (change.secret.is_some() || change.url.is_some()) {
        return Err(Refused::bad_request("plaid signs with a key, and sends to where each link says"));
    }
    if change.secret.as_deref() == Some("") {
        return Err(Refused::bad_request("`secret` is not empty"));
    }
    if let Some(url) = change.url {
        endpoint.url = Some(url).filter(|url| !url.is_empty());
    }
    if let Some(secret) = change.secret {
        endpoint.secret = secret;
    }
    if let Some(enabled) = change.enabled {
        endpoint.enabled = enabled;
    }
    Ok(Json(endpoint.view(*provider)))
}

impl Endpoint {
    fn view(&self, provider: Provider) -> Value {
        json!({ "provider": provider, "url": self.url, "enabled": self.enabled })
    }
}

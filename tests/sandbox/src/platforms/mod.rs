//! Gig platforms: Uber's driver API, and any other platform that answers with days.
//!
//! A worker is a mobile number of ten digits, and is whoever says so: nothing in here is secret. Each works most
//! days, on every platform that is asked, and earns the same on the same day on every machine ([`work`]); what is
//! to come is not told yet.
//!
//! | request | |
//! |---|---|
//! | `GET /platforms/uber/oauth/v2/authorize?client_id&response_type=code&redirect_uri&scope&state` | the page on which a driver allows it: [`consent`] |
//! | `POST /platforms/uber/oauth/v2/token`, `…/revoke` | forms: a code or a refresh token for tokens, and the end of them: [`oauth`] |
//! | `GET /platforms/uber/v1/partners/me`, `…/payments`, `…/trips` | [`uber`] |
//! | `GET /platforms/feed/{name}/authorize`, `POST …/token`, `…/revoke` | the same for the platform of that name; a `code_challenge` is minded |
//! | `GET /platforms/feed/{name}?from&to&cursor` | days, to the bearer of a worker's token, or of our key with `worker`: [`feed`] |
//!
//! What a test wants ([`steering`]):
//!
//! | request | what it does |
//! |---|---|
//! | `POST /platforms/approve` `{"url", "worker", "deny"?: true}` | does on the page of this address what a person does; `{"redirect_to"}` |
//! | `GET /platforms/grants` | `{"items": [{"id", "platform", "worker", "state"}]}` |
//! | `PUT /platforms/grants/{id}` `{"state": "withdrawn" \| "access_expired"}` | ends it, or its access tokens only; 204 |
//! | `GET /platforms/uber/drivers/{number}?from&to` | `{"id", "name", "days": [{"date", "total", "cash_collected", "trips", "seconds"}]}` of those dates, in paise |
//! | `PUT /platforms/uber/drivers/{number}` `{"fleet"?, "without_ids"?, "repeat_page"?, "expire_after"?}` | drives for a fleet; payments have no ids; the next page that is no first one is the page before it; after so many answers the access token ends; 204 |
//! | `POST /platforms/uber/drivers/{number}/payments` `{"category", "amount", "event_time"?, "cash_collected"?, "payment_id"?}` | one more, in paise, such as an adjustment of −5000; 204 |
//! | `PUT /platforms/feed/{name}/behaviour` `{"shape"?: "canonical" \| "seed" \| "foreign", "hostile"?, "changed"?, "page_days"?}` | how its answers look; texts in them that attack; a field that is called otherwise from the second page on; 204 |
//! | `PUT /platforms/behaviour` `{"delay_ms"?, "down"?}` | each answer of every platform waits so long; 503 to all; 204 |
//!
//! Faults: the providers are `uber` and `feed`. Neither sends webhooks.

mod books;
pub mod consent;
mod error;
pub mod feed;
pub mod oauth;
pub mod steering;
pub mod uber;
pub mod work;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};

pub use books::{App, Platforms};
pub use error::Refused;

use crate::faults;
use crate::provider::Provider;
use crate::world::World;

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let uber = Router::new()
        .route("/platforms/uber/oauth/v2/authorize", get(consent::ask_uber).post(consent::decide_uber))
        .route("/platforms/uber/oauth/v2/token", post(oauth::token_uber))
        .route("/platforms/uber/oauth/v2/revoke", post(oauth::revoke_uber))
        .route("/platforms/uber/v1/partners/me", get(uber::me))
        .route("/platforms/uber/v1/partners/payments", get(uber::payments))
        .route("/platforms/uber/v1/partners/trips", get(uber::trips))
        .route_layer(from_fn_with_state(Arc::clone(world), behave))
        .route_layer(from_fn_with_state((Arc::clone(world), Provider::Uber), faults::http::apply));
    let feeds = Router::new()
        .route("/platforms/feed/{name}", get(feed::days))
        .route("/platforms/feed/{name}/authorize", get(consent::ask_feed).post(consent::decide_feed))
        .route("/platforms/feed/{name}/token", post(oauth::token_feed))
        .route("/platforms/feed/{name}/revoke", post(oauth::revoke_feed))
        .route_layer(from_fn_with_state(Arc::clone(world), behave))
        .route_layer(from_fn_with_state((Arc::clone(world), Provider::Feed), faults::http::apply));
    Router::new().merge(uber).merge(feeds).merge(steering::router())
}

/// How all platforms behave.
async fn behave(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let behaviour = world.book().platforms.behaviour;
    tokio::time::sleep(Duration::from_millis(behaviour.delay_ms)).await;
    if behaviour.down { faults::down() } else { next.run(request).await }
}

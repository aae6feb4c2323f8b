//! The page that a customer pays on, for a person with a browser.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;

use super::customer::{Outcome, VPA_DEFAULT, tries};
use super::orders;
use crate::reply::Refused;
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/phonepe/page/{order}", get(show).post(press))
}

async fn show(State(world): State<Arc<World>>, Path(id): Path<String>) -> Result<Html<String>, Refused> {
    let mut book = world.book();
    let order = book.phonepe.order_mut(&id).ok_or_else(|| Refused::not_found("no such order"))?;
    let rupees = format!("{}.{:02}", order.amount / 100, order.amount % 100);
    let form = match order.state {
        orders::State::Pending => {
            "<form method=\"post\"><button name=\"outcome\" value=\"completed\">Pay</button> \
             <button name=\"outcome\" value=\"attempt_failed\">Fail</button></form>"
        }
        orders::State::Completed => "<p>Paid.</p>",
        orders::State::Failed => "<p>This order cannot be paid any more.</p>",
    };
    Ok(Html(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>PhonePe (sandbox)</title><body><h1>PhonePe (sandbox)</h1><p>₹{rupees}</p>{form}</body></html>"
    )))
}

/// Plays what was pressed, and sends the browser back where the merchant said.
async fn press(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Result<Response, Refused> {
    let back = {
        let mut book = world.book();
        let order = book.phonepe.order_mut(&id).ok_or_else(|| Refused::not_found("no such order"))?;
        order.redirect_url.clone()
    };
    let pays = form_urlencoded::parse(&body).any(|(name, value)| name == "outcome" && value == "completed");
    tries(&world, &id, VPA_DEFAULT, if pays { Outcome::Completed } else { Outcome::AttemptFailed });
    Ok(if back.is_empty() { Redirect::to(&format!("/phonepe/page/{id}")) } else { Redirect::to(&back) }.into_response())
}

//! The page on which a person consents, or does not.
//!
//! - `GET /aa/consent/{handle}?return=`: what is asked, and the accounts to choose from.
//! - `POST /aa/consent/{handle}`: a form of `decision` (`approve` or `reject`), `account` for each that was
//!   chosen, and `return`. It goes there, with `handle` and `status` added, or says what was decided.
//!
//! There is no script in it. All that comes from outside is escaped.

use std::sync::Arc;

use account_aggregator::wire::{ConsentDetail, ConsentStatus};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use form_urlencoded::{byte_serialize, parse};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::document::escape;
use super::{banks, consents};
use crate::reply::Refused;
use crate::world::World;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#123}\
dt{color:#567;font-size:.85rem}dd{margin:0 0 .6rem}label{display:block;padding:.6rem;border:1px solid #ccd;border-radius:.5rem;margin:.4rem 0}\
button{font:inherit;padding:.7rem 1.4rem;border-radius:.5rem;border:1px solid #145;margin:1rem .6rem 0 0;background:#fff}\
button[value=approve]{background:#145;color:#fff}";

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/aa/consent/{handle}", get(show).post(decide))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "return", default)]
    back: String,
}

async fn show(State(world): State<Arc<World>>, Path(handle): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Refused> {
    let book = world.book();
    let consent = book.aggregator.consents.get(&handle).ok_or_else(|| Refused::not_found("no such handle"))?;
    if consent.status_now() != ConsentStatus::Pending {
        return Ok(page(StatusCode::OK, "<p>This request has been answered, or is over.</p>"));
    }
    let detail = &consent.artefact.detail;
    let accounts = banks::accounts_of(&detail.customer.id).into_iter().map(|account| {
        let bank = banks::bank(&account.fip_id).map_or("", |bank| bank.name);
        format!(
            "<label><input type=\"checkbox\" name=\"account\" value=\"{}\" checked> {} {}</label>",
            escape(&account.link_ref),
            escape(bank),
            escape(&account.masked_number)
        )
    });
    let form = format!(
        "<form method=\"post\" action=\"/aa/consent/{}\"><input type=\"hidden\" name=\"return\" value=\"{}\">{}\
         <button name=\"decision\" value=\"approve\">Approve</button><button name=\"decision\" value=\"reject\">Reject</button></form>",
        escape(&handle),
        escape(&asked.back),
        accounts.collect::<String>(),
    );
    Ok(page(StatusCode::OK, &format!("{}{form}", terms(detail))))
}

fn terms(detail: &ConsentDetail) -> String {
    let day = |time: jiff::Timestamp| escape(&time.strftime("%d %b %Y").to_string());
    let rows = [
        ("Who asks", escape(&detail.data_consumer.id)),
        ("What for", escape(&detail.purpose.text)),
        ("What", words(&detail.types)),
        ("Data from", format!("{} to {}", day(detail.data_range.from), day(detail.data_range.to))),
        ("How often", format!("{} a {}", detail.frequency.value, words(&detail.frequency.unit))),
        ("Kept for", format!("{} {}", detail.data_life.value, words(&detail.data_life.unit))),
        ("Until", day(detail.expires_at)),
        ("Whose data", escape(&detail.customer.id)),
    ];
    let rows: String = rows.into_iter().map(|(name, value)| format!("<dt>{name}</dt><dd>{value}</dd>")).collect();
    format!("<p>Do you want to share data of your accounts?</p><dl>{rows}</dl>")
}

/// Words as they stand in the request.
fn words(value: &impl Serialize) -> String {
    let list = match serde_json::to_value(value) {
        Ok(Value::Array(list)) => list,
        Ok(one) => vec![one],
        Err(_) => Vec::new(),
    };
    let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
    escape(&words.join(", "))
}

async fn decide(State(world): State<Arc<World>>, Path(handle): Path<String>, body: Bytes) -> Result<Response, Refused> {
    let fields: Vec<(String, String)> = parse(&body).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let accounts: Vec<String> = fields.iter().filter(|(name, _)| name == "account").map(|(_, value)| value.clone()).collect();
    let pending = world.book().aggregator.consents.get(&handle).map(|consent| consent.status_now() == ConsentStatus::Pending);
    let (to, word) = match field("decision") {
        Some("approve") => (ConsentStatus::Active, "APPROVED"),
        Some("reject") => (ConsentStatus::Rejected, "REJECTED"),
        _ => return Err(Refused::bad_request("`decision` is approve or reject")),
    };
    let decided = match pending {
        Some(true) => consents::decide(&world, &handle, to, Some(&accounts)),
        Some(false) => Some(false),
        None => None,
    };
    match decided {
        None => Err(Refused::not_found("no such handle")),
        Some(false) => Ok(page(StatusCode::CONFLICT, "<p>Choose an account; or this request has been answered, or is over.</p>")),
        Some(true) => Ok(match field("return").filter(|back| back.starts_with("https://") || back.starts_with("http://")) {
            Some(back) => {
                let joint = if back.contains('?') { '&' } else { '?' };
                let encoded: String = byte_serialize(handle.as_bytes()).collect();
                Redirect::to(&format!("{back}{joint}handle={encoded}&status={word}")).into_response()
            }
            None => page(StatusCode::OK, "<p>Your answer was taken. You can close this page.</p>"),
        }),
    }
}

fn page(status: StatusCode, content: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Consent</title><style>{STYLE}</style></head><body><h1>Sandbox Account Aggregator</h1>{content}</body></html>"
    );
    let headers = [
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, Html(html)).into_response()
}

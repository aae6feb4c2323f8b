//! What may be read with an access token.

use std::sync::Arc;

use axum::extract::Query;
use axum::http::{HeaderMap, header};
use axum::{Extension, Json};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refused;
use super::books::Consent;
use crate::banks::ledger::{Account, Change};
use crate::clock;
use crate::world::World;

const LIMIT_DEFAULT: usize = 100;
const LIMIT_MAX: usize = 500;

pub async fn accounts(Extension(world): Extension<Arc<World>>, headers: HeaderMap) -> Result<Json<Value>, Refused> {
    let now = clock::unix_seconds();
    let mut book = world.book();
    let consent = consent(&mut book.banks.demo, &headers, now)?;
    let customer = book.banks.demo.customer(&consent.customer, now);
    let name = customer.name;
    let shown = customer.accounts.iter().filter(|account| consent.accounts.contains(&account.id));
    Ok(Json(json!({ "accounts": shown.map(|account| view(account, name, now)).collect::<Vec<_>>() })))
}

/// An account as it is shown to a reader, and on the page of consent.
pub fn view(account: &Account, name: &str, now: i64) -> Value {
    let tail = account.number.get(account.number.len().saturating_sub(4)..).unwrap_or_default();
    json!({
        "id": account.id,
        "bank": if account.is_main { "Demo Bank" } else { "Demo Gramin Bank" },
        "name": name,
        "masked_number": format!("XXXXXXX{tail}"),
        "type": "savings",
        "balance": { "amount_minor": account.balance_minor, "currency": "INR", "at": now },
    })
}

#[derive(Deserialize)]
pub struct Asked {
    cursor: Option<String>,
    limit: Option<usize>,
}

pub async fn transactions(
    Extension(world): Extension<Arc<World>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Refused> {
    let now = clock::unix_seconds();
    let mut book = world.book();
    let consent = consent(&mut book.banks.demo, &headers, now)?;
    let limit = asked.limit.unwrap_or(LIMIT_DEFAULT);
    if !(1..=LIMIT_MAX).contains(&limit) {
        return Err(Refused::invalid_request("limit is 1 to 500."));
    }
    let unknown = || Refused::invalid_request("The cursor is not one of this customer's.");
    let position = match asked.cursor.as_deref() {
        None => 0,
        Some(cursor) => position_of(cursor, &consent.customer).ok_or_else(unknown)?,
    };
    if clock::unix_ms() < consent.ready_at_ms {
        return Ok(Json(json!({
            "added": [], "modified": [], "removed": [], "next_cursor": asked.cursor, "has_more": false, "state": "preparing",
        })));
    }
    let changes = book.banks.demo.customer(&consent.customer, now).changes_after(position).ok_or_else(unknown)?;
    let (mut added, mut modified, mut removed) = (Vec::new(), Vec::new(), Vec::new());
    let page = changes.get(..limit.min(changes.len())).unwrap_or_default();
    for change in page.iter().filter(|change| consent.accounts.iter().any(|id| id == change.account_id())) {
        match change {
            Change::Added(entry) => added.push(json!(entry)),
            Change::Modified(entry) => modified.push(json!(entry)),
            Change::Removed { account_id, id } => removed.push(json!({ "account_id": account_id, "id": id })),
        }
    }
    Ok(Json(json!({
        "added": added,
        "modified": modified,
        "removed": removed,
        "next_cursor": cursor_of(&consent.customer, position + page.len()),
        "has_more": page.len() < changes.len(),
        "state": "ready",
    })))
}

fn consent(bank: &mut super::DemoBank, headers: &HeaderMap, now: i64) -> Result<Consent, Refused> {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    bank.consent_of(token.unwrap_or_default(), now)
}

fn cursor_of(customer: &str, position: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("{customer}:{position}"))
}

fn position_of(cursor: &str, customer: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    text.strip_prefix(customer)?.strip_prefix(':')?.parse().ok()
}

//! An account, its balance and its entries.

use std::sync::Arc;

use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::{Extension, Json};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Linked, Mono, Refused, authenticate, wrapped};
use crate::banks::history::Side;
use crate::banks::ledger::{Account, Entry, today};
use crate::clock;
use crate::world::World;

const PAGE_ENTRIES: usize = 50;

pub async fn account(Extension(world): Extension<Arc<World>>, headers: HeaderMap, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    authenticate(&world, &headers)?;
    let mut book = world.book();
    let (linked, account) = linked(&mut book.banks.mono, &id)?;
    let data = json!({
        "account": {
            "id": linked.id,
            "name": linked.customer.name,
            "currency": linked.customer.country.currency(),
            "type": "SAVINGS_ACCOUNT",
            "account_number": account.number,
            "balance": account.balance_minor,
            "bvn": null,
            "institution": { "name": "Sandbox Bank of Lagos", "bank_code": "999", "type": "PERSONAL_BANKING" },
        },
        "meta": { "data_status": linked.data_status, "auth_method": "internet_banking" },
    });
    Ok(Json(wrapped("Request was successfully completed", &data)))
}

pub async fn balance(Extension(world): Extension<Arc<World>>, headers: HeaderMap, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    authenticate(&world, &headers)?;
    let mut book = world.book();
    let (linked, account) = linked(&mut book.banks.mono, &id)?;
    let data = json!({
        "id": linked.id, "name": linked.customer.name, "account_number": account.number, "balance": account.balance_minor,
        "currency": linked.customer.country.currency(),
    });
    Ok(Json(wrapped("Request was successfully completed", &data)))
}

#[derive(Deserialize)]
pub struct Asked {
    start: Option<String>,
    end: Option<String>,
    #[serde(rename = "type")]
    side: Option<Side>,
    narration: Option<String>,
    paginate: Option<bool>,
    page: Option<usize>,
}

pub async fn transactions(
    Extension(world): Extension<Arc<World>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Refused> {
    authenticate(&world, &headers)?;
    let day = |text: &Option<String>| text.as_deref().map(|text| Date::strptime("%d-%m-%Y", text)).transpose();
    let days = day(&asked.start).and_then(|start| Ok((start, day(&asked.end)?)));
    let (start, end) = days.map_err(|_| Refused::bad_request("start and end must be DD-MM-YYYY"))?;
    let page = asked.page.unwrap_or(1);
    if page == 0 {
        return Err(Refused::bad_request("page must be at least 1"));
    }
    let mut book = world.book();
    let (linked, account) = linked(&mut book.banks.mono, &id)?;
    let wanted = |entry: &&&Entry| {
        let booked = today(entry.booked_at);
        entry.account_id == account.id
            && start.is_none_or(|start| start <= booked)
            && end.is_none_or(|end| booked <= end)
            && asked.side.is_none_or(|side| side == entry.direction)
            && asked.narration.as_deref().is_none_or(|text| entry.narration.contains(text))
    };
    let entries = linked.customer.entries();
    let found: Vec<_> = entries.iter().rev().filter(wanted).collect();
    let (skipped, shown) =
        if asked.paginate == Some(false) { (0, usize::MAX) } else { ((page - 1).saturating_mul(PAGE_ENTRIES), PAGE_ENTRIES) };
    let data: Vec<_> = found.iter().skip(skipped).take(shown).map(|entry| view(entry)).collect();
    let mut answer = wrapped("Data retrieved successfully", &json!(data));
    answer["meta"] = json!({ "total": found.len(), "page": page });
    Ok(Json(answer))
}

fn view(entry: &Entry) -> Value {
    let date = Timestamp::from_second(entry.booked_at).unwrap_or_default().to_string();
    json!({
        "id": entry.id, "narration": entry.narration, "amount": entry.amount_minor, "type": entry.direction,
        "balance": entry.balance_after_minor, "date": date, "category": null,
    })
}

/// An account up to date, unless its bank wants its customer.
fn linked<'a>(mono: &'a mut Mono, id: &str) -> Result<(&'a Linked, &'a Account), Refused> {
    let linked = mono.accounts.get_mut(id).ok_or(Refused::no_account())?;
    if linked.wants_sign_in {
        return Err(Refused::wants_sign_in());
    }
    linked.customer.catch_up(clock::unix_seconds());
    let linked: &Linked = linked;
    let account = linked.customer.accounts.first().ok_or(Refused::no_account())?;
    Ok((linked, account))
}

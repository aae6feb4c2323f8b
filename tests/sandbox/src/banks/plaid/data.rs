//! Accounts, entries since a cursor, and the key of webhooks.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::link::{authenticated, text};
use super::{Item, ItemState, Plaid, Refused};
use crate::banks::history::Side;
use crate::banks::ledger::{Change, Entry};
use crate::world::World;
use crate::{clock, ids};

const COUNT_DEFAULT: usize = 100;
const COUNT_MAX: usize = 500;

/// How often a reading is told that what it reads has changed, and after how many pages.
#[derive(Clone, Copy, Default)]
pub struct Mutations {
    pub times: u32,
    pub after_pages: u32,
    /// Of the reading that goes on.
    pub pages: u32,
}

#[derive(Serialize)]
struct WireEntry {
    transaction_id: String,
    account_id: String,
    amount: Box<RawValue>,
    iso_currency_code: &'static str,
    unofficial_currency_code: Option<&'static str>,
    date: String,
    datetime: Option<String>,
    name: String,
    merchant_name: Option<String>,
    payment_channel: &'static str,
    pending: bool,
    pending_transaction_id: Option<&'static str>,
}

#[derive(Serialize)]
pub struct Accounts {
    accounts: Vec<WireAccount>,
    item: Value,
    request_id: String,
}

#[derive(Serialize)]
struct WireAccount {
    account_id: String,
    name: &'static str,
    official_name: Option<&'static str>,
    mask: String,
    #[serde(rename = "type")]
    kind: &'static str,
    subtype: &'static str,
    balances: Balances,
}

#[derive(Serialize)]
struct Balances {
    available: Box<RawValue>,
    current: Box<RawValue>,
    limit: Option<Box<RawValue>>,
    iso_currency_code: &'static str,
    unofficial_currency_code: Option<&'static str>,
}

pub async fn accounts(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Accounts>, Refused> {
    let body = authenticated(&world, &headers, &body)?;
    let mut book = world.book();
    let item = readable(&mut book.banks.plaid, &body)?;
    Ok(Json(Accounts {
        accounts: account_views(item),
        item: json!({ "item_id": item.id, "institution_id": "ins_109508", "institution_name": "First Platypus Bank" }),
        request_id: ids::alphanumeric(15),
    }))
}

fn account_views(item: &Item) -> Vec<WireAccount> {
    let views = item.customer.accounts.iter().map(|account| {
        let (name, subtype) = if account.is_main { ("Plaid Checking", "checking") } else { ("Plaid Saving", "savings") };
        WireAccount {
            account_id: account.id.clone(),
            name,
            official_name: None,
            mask: account.number.get(account.number.len().saturating_sub(4)..).unwrap_or_default().to_owned(),
            kind: "depository",
            subtype,
            balances: Balances {
                available: number(account.balance_minor),
                current: number(account.balance_minor),
                limit: None,
                iso_currency_code: item.customer.country.currency(),
                unofficial_currency_code: None,
            },
        }
    });
    views.collect()
}

#[derive(Serialize)]
pub struct Page {
    added: Vec<WireEntry>,
    modified: Vec<WireEntry>,
    removed: Vec<Value>,
    next_cursor: String,
    has_more: bool,
    accounts: Vec<WireAccount>,
    transactions_update_status: &'static str,
    request_id: String,
}

pub async fn sync(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Page>, Refused> {
    let body = authenticated(&world, &headers, &body)?;
    let count = match body["count"].as_u64().map(usize::try_from) {
        None if body["count"].is_null() => COUNT_DEFAULT,
        Some(Ok(count @ 1..=COUNT_MAX)) => count,
        _ => return Err(Refused::invalid("count", "must be 1 to 500")),
    };
    let count = count.min(world.config().banks.plaid.page_entries_max);
    let mut book = world.book();
    let plaid = &mut book.banks.plaid;
    let mutations = plaid.mutations;
    let item = readable(plaid, &body)?;
    item.was_synced = true;
    let position = match body["cursor"].as_str() {
        None | Some("") => 0,
        Some(cursor) => position_of(cursor, &item.id).ok_or_else(|| Refused::invalid("cursor", "is not one of this item's"))?,
    };
    let mut page = Page {
        added: Vec::new(),
        modified: Vec::new(),
        removed: Vec::new(),
        next_cursor: String::new(),
        has_more: false,
        accounts: account_views(item),
        transactions_update_status: "NOT_READY",
        request_id: ids::alphanumeric(15),
    };
    if clock::unix_ms() < item.ready_at_ms {
        return Ok(Json(page));
    }
    let changes = item.customer.changes_after(position).ok_or_else(|| Refused::invalid("cursor", "is not one of this item's"))?;
    let slice = changes.get(..count.min(changes.len())).unwrap_or_default();
    for change in slice {
        match change {
            Change::Added(entry) => page.added.push(wire(entry)),
            Change::Modified(entry) => page.modified.push(wire(entry)),
            Change::Removed { account_id, id } => page.removed.push(json!({ "transaction_id": id, "account_id": account_id })),
        }
    }
    page.has_more = slice.len() < changes.len();
    page.next_cursor = STANDARD.encode(format!("{}:{}", item.id, position + slice.len()));
    page.transactions_update_status = "HISTORICAL_UPDATE_COMPLETE";
    if mutations.times > 0 && mutations.pages >= mutations.after_pages {
        plaid.mutations = Mutations { times: mutations.times - 1, pages: 0, ..mutations };
        return Err(Refused::mutated());
    }
    plaid.mutations.pages = if page.has_more { mutations.pages + 1 } else { 0 };
    Ok(Json(page))
}

pub async fn key(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    let body = authenticated(&world, &headers, &body)?;
    let key = world.shared.plaid.view(text(&body, "key_id")?).ok_or_else(Refused::key_id)?;
    Ok(Json(json!({ "key": key, "request_id": ids::alphanumeric(15) })))
}

/// The item of an access token, up to date, unless its bank says no.
fn readable<'a>(plaid: &'a mut Plaid, body: &Value) -> Result<&'a mut Item, Refused> {
    let access = text(body, "access_token")?;
    let item = plaid.items.values_mut().find(|item| item.access_token == access).ok_or_else(Refused::access_token)?;
    match item.state {
        ItemState::Good => {}
        ItemState::LoginRequired => return Err(Refused::login_required()),
        ItemState::Revoked => return Err(Refused::permission_revoked()),
    }
    item.customer.catch_up(clock::unix_seconds());
    Ok(item)
}

/// Money out is positive there.
fn wire(entry: &Entry) -> WireEntry {
    let signed = if entry.direction == Side::Debit { entry.amount_minor } else { -entry.amount_minor };
    WireEntry {
        transaction_id: entry.id.clone(),
        account_id: entry.account_id.clone(),
        amount: number(signed),
        iso_currency_code: entry.currency,
        unofficial_currency_code: None,
        date: entry.value_date.clone(),
        datetime: Timestamp::from_second(entry.booked_at).ok().map(|at| at.to_string()),
        name: entry.narration.clone(),
        merchant_name: entry.counterparty.clone(),
        payment_channel: "other",
        pending: entry.pending,
        pending_transaction_id: None,
    }
}

/// A JSON number that was never a float.
fn number(minor: i64) -> Box<RawValue> {
    // Digits with a point in them are JSON; should they ever not be, it is nothing.
    RawValue::from_string(decimal(minor)).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

/// Major units, such as `-12.05`; without a point where there is nothing behind it.
fn decimal(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let (whole, rest) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:02}") }
}

fn position_of(cursor: &str, item_id: &str) -> Option<usize> {
    let text = String::from_utf8(STANDARD.decode(cursor).ok()?).ok()?;
    text.strip_prefix(item_id)?.strip_prefix(':')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_written_as_a_number() {
        let written: Vec<_> = [1_234, -50_000, 7, -5, 0, 120].map(decimal).to_vec();
        assert_eq!(written, ["12.34", "-500", "0.07", "-0.05", "0", "1.20"]);
    }
}

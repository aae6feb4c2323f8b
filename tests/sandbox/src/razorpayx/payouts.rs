//! `/v1/payouts`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::account::Stuck;
use super::fund_accounts::Destination;
use super::machine::PayoutStatus;
use super::payout::{Mode, Payout, StatusDetails};
use super::payout_request::{self, Ask, Payee};
use super::steering::{self, Fate};
use super::{Account, driver};
use crate::config;
use crate::razorpay::error::ApiError;
use crate::razorpay::idempotency::Seen;
use crate::razorpay::input;
use crate::razorpay::paging::{self, Paging};
use crate::world::World;
use crate::{clock, ids};

pub async fn create(Extension(world): Extension<Arc<World>>, headers: HeaderMap, bytes: Bytes) -> Result<Json<Value>, ApiError> {
    let key = payout_request::key_of(&headers)?;
    let body = input::body(&bytes)?;
    let mut book = world.book();
    let account = &mut book.account;
    match account.payout_keys.look_up(&key, "/v1/payouts", &body) {
        Seen::Never => {}
        // The payout as it is now, not as it was answered first.
        Seen::Same(id) => return Ok(Json(json!(account.view_payout(&id)))),
        Seen::Different => {
            return Err(ApiError::invalid("Different request body sent for the same Idempotency Header"));
        }
    }

    let config = world.config();
    let ask = Ask::read(&body, &config.razorpayx)?;
    let fate = steering::fate(account.payee_of(&ask)?);
    let short = account.ledger.balance() < ask.amount + ask.mode.fee(&config.fees);
    let (begins, reason) = match fate {
        Fate::Rejected => (PayoutStatus::Pending, "pending_approval"),
        Fate::Queued => (PayoutStatus::Queued, "beneficiary_bank_down"),
        _ if short && ask.queue_if_low_balance => (PayoutStatus::Queued, "low_balance"),
        _ if short => return Err(ApiError::insufficient_balance()),
        _ => (PayoutStatus::Processing, "payout_bank_processing"),
    };
    let id = account.put_payout(ask, fate, &key, &config.razorpayx);
    account.payout_keys.remember(&key, "/v1/payouts", &body, &id);
    let event = account.move_payout(&id, begins, reason, &config.fees).map_err(stuck)?;
    let answer = json!(account.view_payout(&id));
    drop(book);

    world.announce(event);
    driver::carry_on(&world, id);
    Ok(Json(answer))
}

pub async fn show(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    world.book().account.view_payout(&id).map(Json).ok_or_else(ApiError::unknown_id)
}

/// `account_number` is mandatory; `reference_id`, `fund_account_id`, `mode` and `status` narrow.
pub async fn list(Extension(world): Extension<Arc<World>>, Query(query): Query<paging::Query>) -> Result<Json<Value>, ApiError> {
    super::transactions::of_our_account(&query, &world)?;
    let page = Paging::read(&query)?;
    let book = world.book();
    let account = &book.account;
    let wanted = account.payouts.newest_first().filter_map(|payout| {
        let view = account.view_payout(&payout.id)?;
        let fits = ["reference_id", "fund_account_id", "mode", "status"]
            .into_iter()
            .all(|name| query.get(name).is_none_or(|asked| view[name] == asked.as_str()));
        fits.then_some((payout.created_at, view))
    });
    Ok(Json(page.collection(wanted)))
}

pub async fn cancel(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let mut book = world.book();
    book.account.move_payout(&id, PayoutStatus::Cancelled, "cancelled", &world.config().fees).map_err(stuck)?;
    let mut answer = book.account.view_payout(&id).ok_or_else(ApiError::unknown_id)?;
    // The real answer says "null" in letters here.
    answer["utr"] = json!("null");
    Ok(Json(answer))
}

impl Account {
    fn payee_of<'a>(&'a self, ask: &'a Ask) -> Result<&'a Destination, ApiError> {
        let destination = match &ask.payee {
            Payee::Composite(composite) => &composite.destination,
            Payee::Known { fund_account_id } => {
                let known = self.fund_accounts.get(fund_account_id).ok_or_else(ApiError::unknown_id)?;
                let contact = self.contacts.get(&known.contact_id);
                if !known.active || !contact.is_some_and(|contact| contact.active) {
                    return Err(ApiError::invalid_field("fund_account_id", "Payouts cannot be created on an inactive fund account"));
                }
                &known.destination
            }
        };
        let fits = match destination {
            Destination::Vpa { .. } => ask.mode == Mode::Upi,
            Destination::BankAccount { .. } => ask.mode != Mode::Upi,
        };
        if fits { Ok(destination) } else { Err(ApiError::invalid_field("mode", "Payout mode is not supported for this fund account")) }
    }

    fn put_payout(&mut self, ask: Ask, fate: Fate, key: &str, config: &config::RazorpayX) -> String {
        let (fund_account_id, composite) = match ask.payee {
            Payee::Known { fund_account_id } => (fund_account_id, false),
            Payee::Composite(composite) => (self.put_composite(*composite), true),
        };
        let id = ids::razorpay("pout");
        self.payouts.put(Payout {
            id: id.clone(),
            fund_account_id,
            composite,
            amount: ask.amount,
            notes: ask.notes,
            fees: 0,
            tax: 0,
            status: PayoutStatus::Created,
            purpose: ask.purpose,
            utr: None,
            mode: ask.mode,
            reference_id: ask.reference_id,
            narration: ask.narration,
            status_details: StatusDetails::of("created"),
            created_at: clock::unix_seconds(),
            debit_account_number: config.account_number.clone(),
            idempotency_key: key.to_owned(),
            charged: false,
            fate,
            history: Vec::new(),
        });
        id
    }

    pub fn view_payout(&self, id: &str) -> Option<Value> {
        let payout = self.payouts.get(id)?;
        let fund_account = payout.composite.then(|| self.view_composite(&payout.fund_account_id));
        Some(payout.view(fund_account.flatten()))
    }
}

fn stuck(stuck: Stuck) -> ApiError {
    match stuck {
        Stuck::Unknown => ApiError::unknown_id(),
        Stuck::LowBalance => ApiError::insufficient_balance(),
        Stuck::NotAMove { .. } => ApiError::invalid("Only payouts in queued state can be cancelled."),
    }
}

//! `POST /bbps/bills/payment/request` and `…/response`.
//!
//! The agent's own reference is the idempotency key for 24 hours: under one that was used a request is
//! answered 409 with the first payment's reference, and pays nothing; of another amount it is refused. A
//! payment that failed may be tried once more under its reference, with a new fetch. After those hours the
//! reference is as good as new, as it is there.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::error::data;
use super::fetch::ByReference;
use super::payment::{Payment, Status};
use super::payment_request::{Ask, Target};
use super::steering::{self, Fate};
use super::{Bills, Refused, driver};
use crate::clock;
use crate::world::World;

const REMEMBERED_SECONDS: i64 = 24 * 3600;

pub async fn request(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Response, Refused> {
    let ask = Ask::read(&bytes)?;
    let (ref_id, fate) = match take(&world, ask)? {
        Taken::Again { first } => return Ok(duplicate(&first)),
        Taken::Now { ref_id, fate } => (ref_id, fate),
    };
    driver::carry_on(&world, &ref_id, fate);
    if fate == Fate::PaidUntold {
        tokio::time::sleep(Duration::from_millis(world.config().timing.bill_timeout_ms)).await;
        return Err(Refused::server(StatusCode::GATEWAY_TIMEOUT));
    }
    Ok(data(json!({ "refId": ref_id })).into_response())
}

pub async fn response(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let ask: ByReference = serde_json::from_slice(&bytes).map_err(|error| Refused::invalid(error.to_string()))?;
    let book = world.book();
    let payment = book.bills.payments.get(&ask.ref_id).ok_or_else(|| Refused::bad("invalid-ref-id", "Invalid reference ID."))?;
    Ok(data(payment.view()))
}

enum Taken {
    Now {
        ref_id: String,
        fate: Fate,
    },
    /// The reference was used before.
    Again {
        first: String,
    },
}

fn take(world: &World, ask: Ask) -> Result<Taken, Refused> {
    let mut book = world.book();
    let bills = &mut book.bills;
    let now = clock::unix_seconds();
    if let Some(first) = bills.first_under(&ask, now)? {
        return Ok(Taken::Again { first });
    }
    let target = ask.target(bills, &world.config().bills.agent_id)?;
    if bills.wallet.balance() < ask.payment_details.amount.saturating_add(ask.payment_details.cust_conv_fee) {
        return Err(Refused::bad("insufficient-funds", "Insufficient Funds."));
    }
    let (ref_id, fate) = bills.make(ask, target, now);
    Ok(Taken::Now { ref_id, fate })
}

fn duplicate(first: &str) -> Response {
    let duplicate = json!({ "code": "duplicate-ref-id", "message": "Payment reference ID was used already.", "refId": first });
    (StatusCode::CONFLICT, data(json!({ "refId": first, "duplicate": duplicate }))).into_response()
}

impl Bills {
    /// The payment that this request would be a second one of.
    fn first_under(&self, ask: &Ask, now: i64) -> Result<Option<String>, Refused> {
        let latest = self.latest.get(&ask.payment_details.payment_ref_id).and_then(|ref_id| self.payments.get(ref_id));
        let Some(first) = latest.filter(|first| now < first.asked_at + REMEMBERED_SECONDS) else { return Ok(None) };
        if first.amount != ask.payment_details.amount {
            return Err(Refused::bad("duplicate-payment-ref-id", "Payment reference ID was used for another amount."));
        }
        let is_another_try = first.status == Status::Failure && ask.ref_id.is_some() && ask.ref_id != first.fetch;
        Ok((!is_another_try).then(|| first.ref_id.clone()))
    }

    fn make(&mut self, ask: Ask, target: Target, now: i64) -> (String, Fate) {
        let mobile = ask.mobile();
        let day = ask.timestamp().map_or_else(|| clock::in_india().date(), |at| clock::of_india(at).date());
        let fate = steering::fate(&target.number);
        let mut payment = Payment {
            ref_id: super::reference(),
            reference: ask.payment_details.payment_ref_id,
            fetch: ask.ref_id,
            biller: target.biller.id,
            number: target.number,
            bill_number: target.bill_number,
            mobile,
            amount: ask.payment_details.amount,
            fee: ask.payment_details.cust_conv_fee,
            mode: ask.payment_details.mode,
            account_info: ask.payment_details.account_info,
            timestamp: ask.payment_details.timestamp,
            day,
            status: Status::Processing,
            failure: None,
            transaction_id: None,
            refund: None,
            fate,
            asked_at: now,
            history: Vec::new(),
        };
        payment.become_status(Status::Processing);
        let ref_id = payment.ref_id.clone();
        self.wallet.book(&ref_id, -payment.charged());
        self.latest.insert(payment.reference.clone(), ref_id.clone());
        self.payments.put(payment);
        (ref_id, fate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bills::catalogue;

    fn ask(amount: i64) -> Ask {
        let details = json!({ "mode": "Wallet", "amount": amount, "paymentRefId": "bill_1", "timestamp": "2026-10-20T01:30:00+05:30",
            "accountInfo": "Kamai|9876543210" });
        Ask::read(json!({ "paymentDetails": details, "remitter": { "name": "Ravi" } }).to_string().as_bytes()).unwrap()
    }

    #[test]
    fn a_reference_is_remembered_for_a_day_and_no_longer() {
        let mut bills = Bills::open(1_000_000);
        let biller = catalogue::find("JIOPRE000NAT01").unwrap();
        let (ref_id, _) = bills.make(ask(19_900), Target { biller, number: "9876543210".into(), bill_number: None }, 1_000);
        let last = 1_000 + REMEMBERED_SECONDS - 1;
        assert_eq!(bills.first_under(&ask(19_900), last).unwrap(), Some(ref_id));
        assert_eq!(bills.first_under(&ask(20_000), last).unwrap_err().code(), "duplicate-payment-ref-id");
        assert_eq!(bills.first_under(&ask(20_000), last + 1).unwrap(), None);
    }

    #[test]
    fn a_payment_without_what_the_network_wants_is_refused() {
        for (name, value) in [
            ("mode", json!("Cash")),
            ("amount", json!(0)),
            ("amount", json!("199")),
            ("paymentRefId", json!("short")),
            ("timestamp", json!("yesterday")),
            ("accountInfo", json!("Kamai")),
        ] {
            let mut details = json!({ "mode": "Wallet", "amount": 100, "paymentRefId": "bill_1", "timestamp": "2026-10-20T01:30:00+05:30",
                "accountInfo": "Kamai|9876543210" });
            details[name] = value;
            let body = json!({ "paymentDetails": details, "remitter": { "name": "Ravi" } }).to_string();
            assert!(Ask::read(body.as_bytes()).is_err(), "{name}");
        }
    }
}

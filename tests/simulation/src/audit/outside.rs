//! I3: our books against the providers' own.

use super::{Books, records::payout};
use crate::world::World;
use domain::{
    engine::Record,
    payment::{Gateway, PaymentStatus},
    payout::{PayoutStatus, Rail},
    posting::{Reason, SystemAccount},
    suspense::SuspenseKind,
};
use functions::webhooks::{Source, told::Told};
use providers::signature::Verified;
use sandbox::{
    email::topic::CONFIRMATION,
    gateway::{payments::PaymentStatus as Theirs, refunds::RefundStatus},
    phonepe::orders::State as AtPhonepe,
    provider::Provider,
    razorpayx::machine::PayoutStatus as TheirPayout,
    webhooks::Taken,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// What the bank partner charges, and gives back of it.
const FEES: &[Reason] = &[Reason::PayoutProviderFee, Reason::PayoutProviderFeeReturned];

pub fn check(books: &Books, world: &World) -> Vec<String> {
    let mut findings = payments(books, world);
    findings.extend(phonepe(books, world));
    findings.extend(webhooks(books, world));
    findings.extend(payouts(books, world));
    findings.extend(super::bills::check(books, world));
    findings
}

/// What was credited of a gateway's payments, to users or in suspense: how often, and in all.
fn credited(books: &Books, gateway: Gateway) -> BTreeMap<String, (u32, i64)> {
    let mut credited: BTreeMap<String, (u32, i64)> = BTreeMap::new();
    for record in &books.records {
        let (id, amount) = match record {
            Record::Payment(payment) if payment.status == PaymentStatus::Captured && payment.gateway == gateway => {
                (payment.provider_payment_id.clone(), payment.amount)
            }
            Record::Suspense(suspense) if suspense.kind == SuspenseKind::Payment && suspense.gateway == gateway => {
                (Some(suspense.provider_id.clone()), suspense.amount)
            }
            _ => continue,
        };
        let entry = credited.entry(id.unwrap_or_default()).or_default();
        entry.0 += 1;
        entry.1 += amount;
    }
    credited
}

/// The same of PhonePe's orders, whose webhooks may be anybody's: what it says when it is asked is booked,
/// and nothing else is. What nobody of ours opened is only known if its webhook came.
fn phonepe(books: &Books, world: &World) -> Vec<String> {
    let mut credited = credited(books, Gateway::Phonepe);
    let mut findings = Vec::new();
    let book = world.outside.book();
    let (mut paid, mut refunded) = (0, 0);
    for order in book.phonepe.orders.oldest_first().filter(|order| order.state == AtPhonepe::Completed) {
        let is_ours = order.merchant_order_id.starts_with("pay_");
        match credited.remove(&order.order_id) {
            Some((1, amount)) if amount == order.amount => paid += amount,
            Some((times, amount)) => {
                findings.push(format!("I3: {} of {} was credited {times} times, in all {amount}", order.order_id, order.amount));
            }
            None if is_ours => findings.push(format!("I3: {} of {} was paid and not credited", order.order_id, order.amount)),
            None => {}
        }
    }
    findings.extend(credited.keys().map(|id| format!("I3: {id} was credited and never paid")));
    for refund in book.phonepe.refunds.oldest_first().filter(|refund| refund.state == AtPhonepe::Completed) {
        refunded += refund.amount;
    }
    let settlement = books.accounts.posted_but_for(SystemAccount::PhonepeSettlement, &[]);
    if -settlement != paid - refunded {
        findings.push(format!("I3: PhonePe owes us {paid} less {refunded}; the ledger says {}", -settlement));
    }
    findings
}

/// Every payment that was captured is credited once, to a user or in suspense.
fn payments(books: &Books, world: &World) -> Vec<String> {
    let mut credited = credited(books, Gateway::Razorpay);
    let mut findings = Vec::new();
    let book = world.outside.book();
    let (mut captured, mut refunded) = (0, 0);
    for payment in book.gateway.payments.oldest_first().filter(|payment| payment.captured) {
        captured += payment.amount;
        match credited.remove(&payment.id) {
            Some((1, amount)) if amount == payment.amount => {}
            Some((times, amount)) => {
                findings.push(format!("I3: {} of {} was credited {times} times, in all {amount}", payment.id, payment.amount));
            }
            None => findings.push(format!("I3: {} of {} was captured and not credited", payment.id, payment.amount)),
        }
    }
    findings.extend(credited.keys().map(|id| format!("I3: {id} was credited and never captured")));
    refunded += book
        .gateway
        .refunds
        .oldest_first()
        .filter(|refund| refund.status == RefundStatus::Processed)
        .map(|refund| refund.amount)
        .sum::<i64>();
    let settlement = books.accounts.posted_but_for(SystemAccount::RazorpaySettlement, &[Reason::PaymentFee]);
    if -settlement != captured - refunded {
        findings.push(format!("I3: the gateway owes us {captured} less {refunded}; the ledger says {}", -settlement));
    }
    if let Some(stuck) = book.gateway.payments.oldest_first().find(|payment| payment.status == Theirs::Refunded && !payment.captured) {
        findings.push(format!("the sandbox refunded {}, which it had not captured", stuck.id));
    }
    findings
}

/// Every payout that left is in the ledger once, and nothing else is.
fn payouts(books: &Books, world: &World) -> Vec<String> {
    let mut findings = Vec::new();
    let book = world.outside.book();
    let mut by_reference: BTreeMap<&str, Vec<&sandbox::razorpayx::payout::Payout>> = BTreeMap::new();
    for theirs in book.account.payouts.oldest_first() {
        by_reference.entry(theirs.reference_id.as_deref().unwrap_or_default()).or_default().push(theirs);
    }
    let mut out = 0;
    for ours in books.find(payout).filter(|ours| ours.rail == Rail::Razorpayx) {
        let id = ours.id.to_string();
        let theirs = by_reference.remove(id.as_str()).unwrap_or_default();
        if theirs.len() > 1 {
            findings.push(format!("I3: {id} was made {} times", theirs.len()));
        }
        let left = theirs.iter().any(|theirs| theirs.status == TheirPayout::Processed);
        if left {
            out += ours.amount;
        }
        let says = theirs.first().map(|theirs| theirs.status);
        let fits = match ours.status {
            PayoutStatus::Processed => left,
            PayoutStatus::Reversed => says == Some(TheirPayout::Reversed),
            PayoutStatus::Failed | PayoutStatus::Cancelled => left == ours.disputed,
            PayoutStatus::Processing => says.is_some_and(|says| {
                matches!(says, TheirPayout::Created | TheirPayout::Pending | TheirPayout::Queued | TheirPayout::Processing)
            }),
            PayoutStatus::Validating | PayoutStatus::Cooling | PayoutStatus::Queued | PayoutStatus::Sending => !left,
        };
        if !fits {
            findings.push(format!("I3: {id} is {}; the provider says {says:?}", ours.status.code()));
        }
    }
    findings.extend(by_reference.keys().map(|reference| format!("I3: the provider made a payout `{reference}` that is none of ours")));
    let float = books.accounts.posted_but_for(SystemAccount::RazorpayxFloat, FEES);
    if float != out {
        findings.push(format!("I3: {out} has left by payouts; the ledger says {float}"));
    }
    findings
}

/// What we have acknowledged, we have: each webhook that the provider took as delivered is stored.
fn webhooks(books: &Books, world: &World) -> Vec<String> {
    let missing = |taken: Taken| {
        let id = inbox_id(&taken)?;
        let stored = books.stored.contains(&format!("W#{id}"));
        (!stored).then(|| format!("I9: {id} was acknowledged and is not stored"))
    };
    world.outside.shared.webhooks.taken().into_iter().filter_map(missing).collect()
}

/// The id that an event is stored under; `None` for what is not stored, but done at once.
fn inbox_id(taken: &Taken) -> Option<String> {
    let source = match taken.provider {
        Provider::Razorpay => Source::Razorpay,
        Provider::Razorpayx => Source::Razorpayx,
        Provider::Phonepe => Source::Phonepe,
        Provider::Whatsapp => Source::Whatsapp,
        Provider::Twilio if taken.url.is_some() => Source::TwilioStatus,
        Provider::Twilio => Source::Twilio,
        Provider::Ses => Source::Ses,
        Provider::Bills => Source::Bills,
        Provider::Aa => Source::Aggregator,
        Provider::Setu => Source::Setu,
        Provider::Plaid => Source::Plaid,
        Provider::Mono => Source::Mono,
        Provider::Sms | Provider::Fcm | Provider::Webpush | Provider::Groq | Provider::Demobank | Provider::Uber | Provider::Feed => {
            return None;
        }
    };
    let event = match source {
        Source::Razorpay | Source::Razorpayx => Some(taken.event_id.clone()),
        Source::Ses if taken.event == CONFIRMATION => return None,
        Source::Ses => {
            serde_json::from_str::<Value>(&taken.body).ok().and_then(|envelope| Some(envelope["MessageId"].as_str()?.to_owned()))
        }
        Source::Phonepe
        | Source::Whatsapp
        | Source::Twilio
        | Source::TwilioStatus
        | Source::Bills
        | Source::Aggregator
        | Source::Setu
        | Source::Plaid
        | Source::Mono => Told::read(source, Verified::stored(taken.body.as_bytes())).ok().and_then(|told| told.event()),
    };
    Some(source.inbox_id(event.as_deref(), taken.body.as_bytes()))
}

//! PhonePe's payments, handler by handler: what it says when it is asked, against what its webhooks say.

use crate::world::*;
use domain::{
    engine::{Key, Record},
    id::OperationId,
    payment::{AttachOrder, Gateway, OpenOrder, Payment, PaymentStatus},
    posting::SystemAccount,
    reconciliation::{Kind, Reason},
    refund::{Refund, RefundSpeed, RefundStatus, RequestRefund},
    suspense::{Suspense, SuspenseKind},
    work::Work,
};
use functions::{
    queues, schedules,
    webhooks::{self, Source, told::Told},
    work::WorkMessage,
};
use lambda::{Deadline, Message, Request};
use providers::{phonepe::NewOrder, signature::Verified};
use sandbox::config::PhonepeWebhooks;
use serde_json::{Value, json};

const AMOUNT: i64 = 64_000;

/// An order of Asha's at PhonePe, which has answered or not.
async fn order(world: &World, key: &str, is_answered: bool) -> Payment {
    let open = OpenOrder {
        asked: asked("asha", key),
        gateway: Gateway::Phonepe,
        amount: domain::money::Amount::new(AMOUNT).unwrap(),
        note: None,
        rules: world.deps.rules.clone(),
    };
    let payment = world.run(&open).await.value;
    let id = payment.id.to_string();
    let new = NewOrder { merchant_order_id: &id, amount_paise: AMOUNT, expire_after_s: 1_200, redirect_url: ORIGIN };
    let client = world.deps.phonepe().await.unwrap().unwrap();
    let opened = client.pay(&new, world.now().as_second()).await.unwrap();
    if !is_answered {
        return payment;
    }
    world.run(&AttachOrder { payment: payment.id, order_id: opened.order_id, page: None }).await
}

async fn pays(world: &World, id: &str, more: Value) -> Value {
    let mut ask = json!({ "order_id": id });
    ask.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.control("/customer/phonepe/pay", ask).await
}

fn told(payment: &Payment, state: &str, amount: i64) -> String {
    let name = if state == "FAILED" { "checkout.order.failed" } else { "checkout.order.completed" };
    let payload = json!({ "merchantOrderId": payment.id.to_string(), "orderId": payment.order_id, "state": state, "amount": amount });
    json!({ "event": name, "type": "X", "payload": payload }).to_string()
}

fn signed(world: &World, body: &str) -> Vec<(&'static str, String)> {
    let config = &world.config.phonepe;
    let signature = sandbox::signing::hmac_sha256_hex(&config.webhook_key, body.as_bytes());
    vec![("x-phonepe-checksum-key-id", config.webhook_key_id.clone()), ("x-phonepe-checksum-signature", signature)]
}

/// The header that anybody may have seen.
fn shown(world: &World) -> Vec<(&'static str, String)> {
    let config = &world.config.phonepe;
    vec![("authorization", sandbox::signing::sha256_hex(&format!("{}:{}", config.webhook_username, config.webhook_password)))]
}

/// Delivers a webhook; and where it is taken, works on it.
async fn deliver(world: &World, body: &str, headers: &[(&str, String)]) -> u16 {
    let request = headers.iter().fold(Request::post("/webhooks/phonepe"), |request, (name, value)| request.header(name, value));
    let reply = match webhooks::phonepe::handle(&world.deps, request.body(body).build()).await {
        Ok(reply) => reply,
        Err(problem) => return problem.code().status,
    };
    let event = Told::read(Source::Phonepe, Verified::stored(body.as_bytes())).ok().and_then(|told| told.event());
    let id = Source::Phonepe.inbox_id(event.as_deref(), body.as_bytes());
    work(world, &WorkMessage::Webhook { id }).await;
    reply.status
}

async fn work(world: &World, work: &WorkMessage) {
    let message = Message::new("m", work.to_body());
    match work {
        WorkMessage::Webhook { .. } => queues::inbox::handle(&world.deps, message).await.unwrap(),
        _ => queues::payments::handle(&world.deps, message).await.unwrap(),
    }
}

async fn ask(world: &World, payment: &Payment) {
    work(world, &WorkMessage::from(&Work::FetchPayment { payment: payment.id })).await;
}

async fn status(world: &World, payment: &Payment) -> PaymentStatus {
    match world.deps.store.record(&Key::operation(OperationId::Payment(payment.id))).await.unwrap() {
        Some(Record::Payment(payment)) => payment.status,
        other => panic!("{other:?}"),
    }
}

async fn suspense(world: &World, order_id: &str) -> Option<Suspense> {
    let key = Key::Operation(Suspense::fingerprint(Gateway::Phonepe, SuspenseKind::Payment, order_id));
    match world.deps.store.record(&key).await.unwrap() {
        Some(Record::Suspense(suspense)) => Some(suspense),
        _ => None,
    }
}

/// S2: whoever has seen the header writes what they like.
#[tokio::test]
async fn s2_what_is_forged_under_the_constant_header_does_nothing() {
    let world = World::new(|config| config.phonepe.webhook_mode = PhonepeWebhooks::Sha).await;
    let payment = order(&world, "o1", true).await;
    assert_eq!(deliver(&world, &told(&payment, "COMPLETED", AMOUNT), &shown(&world)).await, 200);
    assert_eq!(deliver(&world, &told(&payment, "FAILED", AMOUNT), &shown(&world)).await, 200);
    assert_eq!((world.balance().await, status(&world, &payment).await), (0, PaymentStatus::Created));
    pays(&world, &payment.id.to_string(), json!({})).await;
    // What is told after a forgery of the same name is still asked about; its amount is PhonePe's.
    assert_eq!(deliver(&world, &told(&payment, "COMPLETED", 100 * AMOUNT), &shown(&world)).await, 200);
    assert_eq!((world.balance().await, status(&world, &payment).await), (AMOUNT, PaymentStatus::Captured));
    assert_eq!(deliver(&world, &told(&payment, "FAILED", AMOUNT), &shown(&world)).await, 200);
    assert_eq!((world.balance().await, status(&world, &payment).await), (AMOUNT, PaymentStatus::Captured));
}

/// S1.
#[tokio::test]
async fn s1_a_webhook_without_its_signature_is_refused() {
    let world = World::new(|_| {}).await;
    let payment = order(&world, "o1", true).await;
    pays(&world, &payment.id.to_string(), json!({})).await;
    let body = told(&payment, "COMPLETED", AMOUNT);
    let of_another = signed(&world, &body.replace("COMPLETED", "completed"));
    let mut other_key = signed(&world, &body);
    other_key[0].1 = "wh_other".to_owned();
    let zeros = vec![("authorization", "0".repeat(64))];
    for headers in [Vec::new(), of_another, other_key, zeros] {
        assert_eq!(deliver(&world, &body, &headers).await, 401);
    }
    assert_eq!(world.balance().await, 0);
    assert_eq!(deliver(&world, &body, &signed(&world, &body)).await, 200);
    assert_eq!(world.balance().await, AMOUNT);
}

/// F1, F2, F3: webhooks of both kinds, in any order and often, and the reconciler's question.
#[tokio::test]
async fn f1_f2_a_payment_heard_of_in_every_way_is_one_credit() {
    let world = World::new(|_| {}).await;
    let payment = order(&world, "o1", true).await;
    let (paid, failed) = (told(&payment, "COMPLETED", AMOUNT), told(&payment, "FAILED", AMOUNT));
    ask(&world, &payment).await;
    pays(&world, &payment.id.to_string(), json!({ "outcome": "attempt_failed" })).await;
    ask(&world, &payment).await;
    assert_eq!(status(&world, &payment).await, PaymentStatus::Created);
    pays(&world, &payment.id.to_string(), json!({})).await;
    for body in [&failed, &paid, &paid, &failed, &paid] {
        deliver(&world, body, &signed(&world, body)).await;
        deliver(&world, body, &shown(&world)).await;
        ask(&world, &payment).await;
        assert_eq!((world.balance().await, status(&world, &payment).await), (AMOUNT, PaymentStatus::Captured));
    }
}

/// F4, F17: PhonePe has made the order, and its answer is lost.
#[tokio::test]
async fn f4_a_payment_for_an_order_that_we_have_no_answer_about_is_credited() {
    let world = World::new(|_| {}).await;
    let payment = order(&world, "o1", false).await;
    assert_eq!(status(&world, &payment).await, PaymentStatus::Requested);
    let opened = pays(&world, &payment.id.to_string(), json!({})).await;
    let known = Payment { order_id: opened["orderId"].as_str().map(str::to_owned), ..payment.clone() };
    let body = told(&known, "COMPLETED", AMOUNT);
    assert_eq!(deliver(&world, &body, &signed(&world, &body)).await, 200);
    assert_eq!((world.balance().await, status(&world, &payment).await), (AMOUNT, PaymentStatus::Captured));
}

/// An amount that is not the order's, and an order of nobody's: for somebody to look at, once.
#[tokio::test]
async fn what_cannot_be_credited_is_kept_once() {
    let world = World::new(|_| {}).await;
    let payment = order(&world, "o1", true).await;
    let order_id = payment.order_id.clone().unwrap();
    pays(&world, &order_id, json!({ "amount": AMOUNT - 1 })).await;
    for _ in 0..3 {
        ask(&world, &payment).await;
    }
    let kept = suspense(&world, &order_id).await.unwrap();
    assert_eq!((kept.amount, kept.why.as_str(), world.balance().await), (AMOUNT - 1, "its amount is not the order's", 0));

    let nobodys = world.control("/customer/phonepe/pay-without-order", json!({ "amount": 4_200 })).await;
    let (ours, theirs) = (nobodys["merchant_order_id"].as_str().unwrap(), nobodys["order_id"].as_str().unwrap());
    let body = json!({ "event": "checkout.order.completed", "payload": { "merchantOrderId": ours, "state": "COMPLETED" } }).to_string();
    deliver(&world, &body, &signed(&world, &body)).await;
    assert_eq!(suspense(&world, theirs).await.unwrap().amount, 4_200);
    // Of what PhonePe has never heard, nothing is made.
    let body = body.replace(ours, "LINK-0");
    assert_eq!(deliver(&world, &body, &signed(&world, &body)).await, 200);
}

/// F18: the webhook never comes. A minute's run asks about every open order that is old enough.
#[tokio::test]
async fn f18_the_reconciler_asks_about_orders_that_nobody_tells_of() {
    let world = World::new(|_| {}).await;
    let payment = order(&world, "o1", false).await;
    pays(&world, &payment.id.to_string(), json!({})).await;
    let fetch = WorkMessage::from(&Work::FetchPayment { payment: payment.id }).to_body();
    schedules::reconcile_payments::handle(&world.deps, Deadline::never()).await.unwrap();
    assert!(world.outbox.sent.lock().unwrap().iter().all(|(_, body)| *body != fetch), "its webhook is still under way");
    ask(&world, &payment).await;
    assert_eq!(world.balance().await, AMOUNT);
}

async fn refund(world: &World, payment: &Payment, key: &str) -> Refund {
    let request = RequestRefund {
        asked: asked("asha", key),
        payment: payment.id,
        amount: None,
        speed: RefundSpeed::Normal,
        note: None,
        rules: world.deps.rules.clone(),
    };
    world.run(&request).await.value
}

async fn refund_is(world: &World, refund: &Refund) -> RefundStatus {
    let advance = Work::AdvanceRefund { refund: refund.id, payment: refund.payment, account: refund.account };
    for _ in 0..50 {
        work(world, &WorkMessage::from(&advance)).await;
        match world.deps.store.record(&Key::operation(OperationId::Refund(refund.id))).await.unwrap() {
            Some(Record::Refund(refund)) if refund.status != RefundStatus::Pending => return refund.status,
            _ => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
    }
    RefundStatus::Pending
}

#[tokio::test]
async fn a_refund_is_made_once_though_its_answer_is_lost_and_given_up_if_it_fails() {
    let world = World::new(|_| {}).await;
    for (key, vpa, status, balance) in
        [("o1", "ravi@okaxis", RefundStatus::Processed, 0), ("o2", "refundfail@ybl", RefundStatus::Failed, AMOUNT)]
    {
        let payment = order(&world, key, true).await;
        pays(&world, &payment.id.to_string(), json!({ "vpa": vpa })).await;
        ask(&world, &payment).await;
        let lost = json!({ "provider": "phonepe", "fault": "error_5xx_after_success", "path": "/phonepe/payments/v2/refund", "method": "POST", "times": 1 });
        world.control("/faults", lost).await;
        let refund = refund(&world, &payment, &format!("refund-{key}")).await;
        let advance = WorkMessage::from(&Work::AdvanceRefund { refund: refund.id, payment: refund.payment, account: refund.account });
        queues::payments::handle(&world.deps, Message::new("m", advance.to_body())).await.unwrap_err();
        assert_eq!((refund_is(&world, &refund).await, world.balance().await), (status, balance), "{key}");
    }
    let made = world.look("/state/phonepe").await;
    assert_eq!(made["refunds"].as_array().map(Vec::len), Some(2), "one each");
    // What is left at PhonePe is what is left in the books.
    world.fold().await;
    let sums = world.deps.store.system_balances().await.unwrap();
    let sum = |account: SystemAccount| sums.get(account.name()).copied().unwrap_or_default();
    assert_eq!((sum(SystemAccount::PhonepeSettlement), sum(SystemAccount::RazorpaySettlement)), (-AMOUNT, 0));
}

/// Razorpay's day is held to Razorpay's lists: what PhonePe took is neither missing there nor too much here.
#[tokio::test]
async fn what_phonepe_took_is_no_difference_to_razorpays_records() {
    away_from_midnight().await;
    let world = World::new(|_| {}).await;
    world.earned("o1", 150_000).await;
    for (key, vpa) in [("o2", "ravi@okaxis"), ("o3", "refundfail@ybl")] {
        let payment = order(&world, key, true).await;
        pays(&world, &payment.id.to_string(), json!({ "vpa": vpa })).await;
        ask(&world, &payment).await;
        refund(&world, &payment, &format!("refund-{key}")).await;
    }
    let report = world.report().await;
    assert_eq!(reasons(&report), [(Kind::Transfer, Reason::NotOurs)], "the account's opening balance, and nothing else");
    assert_eq!(report.sums[&Kind::Payment].ledger.amount, 150_000);
}

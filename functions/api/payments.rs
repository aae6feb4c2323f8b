//! `/v1/payments`: money in by UPI, and giving it back.

mod attach;

use crate::{
    api::{answered, execution, keyed},
    body::{
        common::{amount, note},
        money_in::{OpenOrder as OpenOrderBody, OpenRefund, PaymentBody, RefundBody, VerifyRequest},
    },
    deps::{Deps, GatewaySecret},
    refusals::{SIGNATURE, problem, store_problem},
    router::{Signed, admit},
    upi,
};
use domain::{
    engine::{Key, Record},
    id::{OperationId, PaymentId, RefundId},
    payment::{Gateway, OpenOrder, Payment, ReportCheckout},
    refund::RequestRefund,
};
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};
use store::Execution;

/// Longer than any id of Razorpay's; what is longer would not fit into a key.
const ORDER_ID_BYTES_MAX: usize = 100;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/payments/orders") => open(deps, &caller, &request).await,
        ("POST", "/v1/payments/verify") => verify(deps, &caller, &request).await,
        ("GET", "/v1/payments") => list(deps, &caller, &request).await,
        ("GET", "/v1/payments/{id}") => {
            let payment = find(deps, &caller, request.param("id")?).await?;
            Ok(Reply::ok(&PaymentBody::new(&payment, &key_id(deps).await?)))
        }
        ("GET", "/v1/payments/{id}/upi") => {
            let payment = find(deps, &caller, request.param("id")?).await?;
            Ok(Reply::ok(&upi::ways_to_pay(&payment, &deps.settings.upi)?))
        }
        ("POST", "/v1/payments/{id}/refunds") => refund(deps, &caller, &request).await,
        ("GET", "/v1/refunds/{id}") => show_refund(deps, &caller, request.param("id")?).await,
        _ => Err(Problem::not_found()),
    }
}

async fn key_id(deps: &Deps) -> Result<String, Problem> {
    Ok(deps.secret::<GatewaySecret>("razorpay").await.map_err(Problem::unavailable)?.key_id)
}

async fn open(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body: OpenOrderBody = request.json()?;
    let amount = amount(body.amount, "/amount")?;
    let note = note(body.note, "/note")?;
    let gateway = Gateway::from(body.provider);
    attach::require(deps, gateway).await?;
    // Without the usual provider's name, as it was asked before there was another.
    let named = if gateway == Gateway::default() { String::new() } else { format!(" {}", gateway.code()) };
    let asked = keyed(caller, request, &format!("{} {note:?}{named}", amount.minor()))?;
    let command = OpenOrder { asked, gateway, amount, note, rules: deps.rules.clone() };
    let opened = deps.attempt(&command, execution, &request.trace()).await.map_err(problem)?;
    let mut payment = opened.value;
    if attach::is_wanted(&payment) && execution == Execution::Commit {
        payment = attach::order(deps, &payment, &request.trace()).await?.as_opened();
    }
    let reply = Reply::created(&PaymentBody::new(&payment, &key_id(deps).await?));
    Ok(answered(reply, opened.replayed, execution))
}

async fn verify(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: VerifyRequest = request.json()?;
    if body.razorpay_order_id.len() > ORDER_ID_BYTES_MAX {
        return Err(Problem::invalid_field("/razorpay_order_id", "must be an id of an order"));
    }
    let found = deps.store.record(&Key::Order(body.razorpay_order_id.clone())).await.map_err(store_problem)?;
    let Some(Record::Order(_, id)) = found else { return Err(Problem::not_found()) };
    let payment = find(deps, caller, id).await?;
    if payment.gateway != Gateway::Razorpay {
        return Err(Problem::not_found());
    }
    // Signed over the order that we stored, so that one small payment cannot be shown for another order.
    let order_id = payment.order_id.as_deref().ok_or_else(Problem::not_found)?;
    let (razorpay, secret) = deps.razorpay().await.map_err(Problem::unavailable)?;
    razorpay
        .verify_checkout(order_id, &body.razorpay_payment_id, &body.razorpay_signature)
        .map_err(|why| Problem::new(SIGNATURE, "Send exactly what the checkout returned.").with_cause(why))?;
    let report = ReportCheckout { caller: caller.user, payment: id, provider_payment_id: body.razorpay_payment_id };
    let payment = deps.execute(&report, &request.trace()).await.map_err(problem)?;
    Ok(Reply::accepted(&PaymentBody::new(&payment, &secret.key_id)))
}

async fn find(deps: &Deps, caller: &Signed, id: PaymentId) -> Result<Payment, Problem> {
    match deps.store.record(&Key::operation(OperationId::Payment(id))).await.map_err(store_problem)? {
        Some(Record::Payment(payment)) if payment.account == caller.account() && payment.id == id => Ok(payment),
        _ => Err(Problem::not_found()),
    }
}

async fn list(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("payments:{}", caller.user));
    let after = query.cursor.map(|cursor| cursors.open(&scope, &cursor)).transpose()?;
    let limit = i32::try_from(query.limit.get()).unwrap_or(20);
    let (records, next) = deps.store.payments(caller.account(), after.as_deref(), limit).await.map_err(store_problem)?;
    let key_id = key_id(deps).await?;
    let items = records.iter().filter_map(|record| match record {
        Record::Payment(payment) => Some(PaymentBody::new(payment, &key_id)),
        _ => None,
    });
    Ok(Reply::ok(&Page { items: items.collect(), next_cursor: next.map(|next| cursors.seal(&scope, &next)) }))
}

async fn refund(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body: OpenRefund = request.json()?;
    let amount = body.amount.map(|value| amount(value, "/amount")).transpose()?;
    let (note, speed) = (note(body.note, "/note")?, body.speed.into());
    let payment: PaymentId = request.param("id")?;
    let asked = keyed(caller, request, &format!("{payment} {:?} {speed:?} {note:?}", amount.map(|amount| amount.minor())))?;
    let command = RequestRefund { asked, payment, amount, speed, note, rules: deps.rules.clone() };
    let refund = deps.attempt(&command, execution, &request.trace()).await.map_err(problem)?;
    Ok(answered(Reply::accepted(&RefundBody::from(&refund.value)), refund.replayed, execution))
}

async fn show_refund(deps: &Deps, caller: &Signed, id: RefundId) -> Result<Reply, Problem> {
    match deps.store.record(&Key::operation(OperationId::Refund(id))).await.map_err(store_problem)? {
        Some(Record::Refund(refund)) if refund.account == caller.account() && refund.id == id => Ok(Reply::ok(&RefundBody::from(&refund))),
        _ => Err(Problem::not_found()),
    }
}

//! Finds payments and refunds that webhooks did not bring.

use crate::{
    apply::{self, call_failed, failed, setup_failed, store_failed},
    deps::Deps,
    schedules::{age_s, is_due, noted, open},
    work::WorkMessage,
};
use domain::{
    Timestamp,
    engine::Record,
    fact::Cause,
    payment::{AttachOrder, Gateway, Payment, PaymentStatus},
    refund::RefundStatus,
    work::Work,
};
use jiff::SignedDuration;
use lambda::{
    Deadline, Failed, Trace,
    metrics::{Metric, emit},
};
use providers::razorpay::{Client, PaymentsBetween};
use store::OpenClass;

/// Each window begins so long before the last one ended: a payment is captured after it is made.
const OVERLAP_S: i64 = 20 * 60;
/// The first window ever, and the longest.
const WINDOW_S_MAX: i64 = 24 * 3600;
/// What is younger has its webhook still under way.
const SETTLING_S: i64 = 30;
const PAGE: u32 = 100;
const LOST_S: i64 = 60;
/// A payment may be authorised days late. Source: `razorpay.md` section 2.
const LATE_DAYS: i64 = 5;

pub async fn handle(deps: &Deps, deadline: Deadline) -> Result<(), Failed> {
    let trace = Trace::default();
    let (razorpay, _) = deps.razorpay().await.map_err(setup_failed)?;
    // Whether Razorpay answers is nothing to what PhonePe has.
    let windowed = window(deps, &razorpay, deadline, &trace).await;
    let since = deps.clock.now().saturating_sub(SignedDuration::from_hours(24 * LATE_DAYS)).unwrap_or(Timestamp::UNIX_EPOCH);
    for item in deps.store.open(OpenClass::Payment, since, deps.clock.now(), 250).await.map_err(store_failed)? {
        let Record::Payment(payment) = item.record else { continue };
        match payment.gateway {
            Gateway::Phonepe => fetch_if_due(deps, &payment, &trace).await,
            Gateway::Razorpay if windowed.is_ok() => noted(&payment.id, look_at(deps, &razorpay, &payment, &trace).await),
            Gateway::Razorpay => {}
        }
    }
    for item in open(deps, OpenClass::Refund).await? {
        let Record::Refund(refund) = item.record else { continue };
        if refund.gateway == Gateway::Razorpay && windowed.is_err() {
            continue;
        }
        let age = age_s(deps, refund.updated_at);
        if (refund.status == RefundStatus::Requested && age > LOST_S) || (refund.status == RefundStatus::Pending && is_due(age)) {
            let work = Work::AdvanceRefund { refund: refund.id, payment: refund.payment, account: refund.account };
            deps.send_all(&[WorkMessage::from(&work)], &trace).await;
        }
    }
    windowed?;
    emit(Metric::SuspenseItems, open(deps, OpenClass::Suspense).await?.len() as f64, &[]);
    Ok(())
}

/// Goes through everything that the provider has from where the last run ended. Where it stopped
/// in between, the next run begins there again.
async fn window(deps: &Deps, razorpay: &Client, deadline: Deadline, trace: &Trace) -> Result<(), Failed> {
    let now_s = deps.clock.now().as_second();
    let last = deps.store.reconciled_until().await.map_err(store_failed)?.map_or(0, |until| until.as_second());
    let from = (last - OVERLAP_S).max(now_s - WINDOW_S_MAX);
    let to = now_s - SETTLING_S;
    let mut skip = 0;
    while deadline.leaves(std::time::Duration::from_secs(10)) {
        let page = razorpay.payments(PaymentsBetween { from, to, count: PAGE, skip }).await.map_err(call_failed)?;
        for told in &page {
            Box::pin(apply::payment::apply(deps, told, Cause::Reconciler, trace)).await?;
        }
        if page.len() < PAGE as usize {
            let until = Timestamp::from_second(to).map_err(Failed::bug)?;
            return deps.store.set_reconciled_until(until).await.map_err(store_failed);
        }
        skip += PAGE;
    }
    Err(Failed::later("the window is not finished; the next run goes on"))
}

async fn look_at(deps: &Deps, razorpay: &Client, payment: &Payment, trace: &Trace) -> Result<(), Failed> {
    let age = age_s(deps, payment.created_at);
    if payment.status == PaymentStatus::Requested && is_due(age) {
        let found = razorpay.orders_by_receipt(&payment.id.to_string()).await.map_err(call_failed)?;
        if let Some(order) = found.into_iter().next() {
            deps.execute(&AttachOrder { payment: payment.id, order_id: order.id, page: None }, trace).await.map_err(failed)?;
        }
    } else {
        fetch_if_due(deps, payment, trace).await;
    }
    Ok(())
}

/// Has the provider asked. PhonePe knows an order by our id of it, also one whose answer was lost.
async fn fetch_if_due(deps: &Deps, payment: &Payment, trace: &Trace) {
    let age = age_s(deps, payment.created_at);
    if is_due(age) || (payment.status == PaymentStatus::Reported && age > LOST_S) {
        deps.send_all(&[WorkMessage::from(&Work::FetchPayment { payment: payment.id })], trace).await;
    }
}

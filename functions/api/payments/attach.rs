//! Having the provider make its order for ours, which is written down already.

use crate::{
    deps::Deps,
    refusals::{PROVIDER_NOT_HERE, problem},
};
use domain::{
    Timestamp,
    payment::{AttachOrder, Gateway, Page, Payment, PaymentStatus},
};
use lambda::{BoxError, Problem, Trace};
use providers::{
    call::CallError,
    phonepe,
    razorpay::{NewOrder, Notes},
};

/// How long an order can be paid at PhonePe. Source: `upi.md`, section 3.3, the sample.
const EXPIRE_AFTER_S: u32 = 1_200;

/// Refuses an order at a gateway that this deployment has no account with.
pub async fn require(deps: &Deps, gateway: Gateway) -> Result<(), Problem> {
    if gateway == Gateway::Phonepe {
        phonepe(deps).await?;
    }
    Ok(())
}

async fn phonepe(deps: &Deps) -> Result<phonepe::Client, Problem> {
    let client = deps.phonepe().await.map_err(Problem::unavailable)?;
    client.ok_or_else(|| Problem::new(PROVIDER_NOT_HERE, "This deployment takes no payments by PhonePe. Use `razorpay`."))
}

/// Whether the provider is to be asked. A webhook of PhonePe's may have named the order before we heard
/// where it is paid.
pub fn is_wanted(payment: &Payment) -> bool {
    match payment.gateway {
        Gateway::Razorpay => payment.order_id.is_none(),
        Gateway::Phonepe => payment.page.is_none() && payment.status < PaymentStatus::Captured,
    }
}

pub async fn order(deps: &Deps, payment: &Payment, trace: &Trace) -> Result<Payment, Problem> {
    let attach = match payment.gateway {
        Gateway::Razorpay => at_razorpay(deps, payment).await?,
        Gateway::Phonepe => at_phonepe(deps, payment).await?,
    };
    deps.execute(&attach, trace).await.map_err(problem)
}

/// Whether an earlier try may have made it.
fn is_tried(deps: &Deps, payment: &Payment) -> bool {
    payment.created_at < deps.clock.now()
}

/// Our id is its receipt: after an answer that got lost, the order that was made is found by it instead
/// of making another.
async fn at_razorpay(deps: &Deps, payment: &Payment) -> Result<AttachOrder, Problem> {
    let (razorpay, _) = deps.razorpay().await.map_err(Problem::unavailable)?;
    let receipt = payment.id.to_string();
    let made_before = if is_tried(deps, payment) {
        razorpay.orders_by_receipt(&receipt).await.map_err(Problem::unavailable)?.into_iter().next()
    } else {
        None
    };
    let order = match made_before {
        Some(order) => order,
        None => {
            let order = NewOrder { amount_paise: payment.amount, receipt: &receipt, notes: Notes::new() };
            razorpay.create_order(&order).await.map_err(Problem::unavailable)?
        }
    };
    Ok(AttachOrder { payment: payment.id, order_id: order.id, page: None })
}

/// Our id is the order's: asking again asks for the same one.
async fn at_phonepe(deps: &Deps, payment: &Payment) -> Result<AttachOrder, Problem> {
    let client = phonepe(deps).await?;
    let (id, now) = (payment.id.to_string(), deps.clock.now().as_second());
    let settings = &deps.settings.phonepe;
    let redirect_url = match settings.return_url.as_deref() {
        Some(url) => url,
        None => deps.public_url().map_err(Problem::unavailable)?,
    };
    let order = phonepe::NewOrder {
        merchant_order_id: &id,
        amount_paise: payment.amount,
        expire_after_s: settings.expire_after_s.unwrap_or(EXPIRE_AFTER_S),
        redirect_url,
    };
    let (order_id, page) = match client.pay(&order, now).await {
        Ok(opened) => {
            let page = page(&opened, now + i64::from(order.expire_after_s)).map_err(Problem::internal)?;
            (opened.order_id, page)
        }
        // A refusal of what was asked for before says nothing of the order: it may be paid already.
        Err(error @ CallError::Refused { .. }) if is_tried(deps, payment) => {
            let known = client.order(&id, now).await.map_err(Problem::unavailable)?;
            (known.ok_or_else(|| Problem::unavailable(error))?.order_id, None)
        }
        Err(error) => return Err(Problem::unavailable(error)),
    };
    Ok(AttachOrder { payment: payment.id, order_id, page })
}

fn page(opened: &phonepe::OpenedOrder, otherwise_s: i64) -> Result<Option<Page>, BoxError> {
    let Some(url) = opened.redirect_url.clone() else { return Ok(None) };
    let expires_at = match opened.expire_at_ms {
        Some(ms) => Timestamp::from_millisecond(ms)?,
        None => Timestamp::from_second(otherwise_s)?,
    };
    Ok(Some(Page { url, expires_at }))
}

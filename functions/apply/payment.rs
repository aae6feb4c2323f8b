//! A payment that the provider told of.

use crate::{
    apply::{call_failed, failed, setup_failed, store_failed},
    deps::Deps,
};
use domain::{
    engine::{Key, Record},
    fact::Cause,
    id::{AccountId, OperationId, PaymentId},
    payment::{Applied, ApplyPayment, AttachOrder, Gateway, Payment, ProviderPayment, ProviderPaymentState},
};
use lambda::{Failed, Trace};
use providers::razorpay::{PaymentEntity, PaymentStatus};

pub async fn apply(deps: &Deps, told: &PaymentEntity, cause: Cause, trace: &Trace) -> Result<Applied, Failed> {
    let Some(state) = state(&told.status) else { return Ok(Applied::AlreadyKnown) };
    let ours = match &told.order_id {
        Some(order) => ours(deps, order, trace).await?,
        None => None,
    };
    let told = ProviderPayment {
        gateway: Gateway::Razorpay,
        id: told.id.clone(),
        order_id: told.order_id.clone(),
        amount: told.amount_paise,
        currency: told.currency.clone(),
        state,
        fee: told.fee_paise.unwrap_or(0),
        failure: told.error_description.clone().or_else(|| told.error_reason.clone()),
    };
    deps.execute(&ApplyPayment { told, ours, cause }, trace).await.map(noted).map_err(failed)
}

/// What somebody has to look at is told.
pub(super) fn noted(applied: Applied) -> Applied {
    if let Applied::Parked(suspense) = &applied {
        tracing::warn!(suspense = %suspense.id, why = suspense.why, "a payment was kept in suspense");
    }
    applied
}

/// `None`: a state that this version does not know.
fn state(status: &PaymentStatus) -> Option<ProviderPaymentState> {
    Some(match status {
        PaymentStatus::Created => ProviderPaymentState::Created,
        PaymentStatus::Authorized => ProviderPaymentState::Authorized,
        PaymentStatus::Captured | PaymentStatus::Refunded => ProviderPaymentState::Captured,
        PaymentStatus::Failed => ProviderPaymentState::Failed,
        PaymentStatus::Other(_) => return None,
    })
}

/// Our payment behind a provider's order. A webhook can overtake the commit that writes the order
/// down; the order's receipt is our id, so the provider is asked before it is anybody's.
async fn ours(deps: &Deps, order: &str, trace: &Trace) -> Result<Option<(PaymentId, AccountId)>, Failed> {
    if let Some(Record::Order(_, payment)) = deps.store.record(&Key::Order(order.to_owned())).await.map_err(store_failed)? {
        return Ok(of_ours(deps, payment).await?.map(of_account));
    }
    let (razorpay, _) = deps.razorpay().await.map_err(setup_failed)?;
    let receipt = match razorpay.order(order).await {
        Ok(order) => order.receipt,
        Err(error) if error.means_absent() => None,
        Err(error) => return Err(call_failed(error)),
    };
    let Some(payment) = receipt.and_then(|receipt| receipt.parse::<PaymentId>().ok()) else { return Ok(None) };
    let found = of_ours(deps, payment).await?.map(of_account);
    if found.is_some() {
        deps.execute(&AttachOrder { payment, order_id: order.to_owned(), page: None }, trace).await.map_err(failed)?;
    }
    Ok(found)
}

fn of_account(payment: Payment) -> (PaymentId, AccountId) {
    (payment.id, payment.account)
}

/// Our payment of this id.
pub(super) async fn of_ours(deps: &Deps, id: PaymentId) -> Result<Option<Payment>, Failed> {
    Ok(match deps.store.record(&Key::operation(OperationId::Payment(id))).await.map_err(store_failed)? {
        Some(Record::Payment(payment)) => Some(payment),
        _ => None,
    })
}

//! A refund that the provider told of.

use crate::{
    apply::{failed, store_failed},
    deps::Deps,
};
use domain::{
    engine::{Key, Record},
    fact::Cause,
    id::{OperationId, RefundId},
    payment::{Gateway, ProviderPayment, ProviderPaymentState},
    refund::{RecordRefund, Refund, RefundState},
    suspense::ParkRefund,
};
use lambda::{Failed, Trace};
use providers::razorpay::{RefundEntity, RefundStatus};

/// Answers what came of it, in a few words.
pub async fn apply(deps: &Deps, told: &RefundEntity, cause: Cause, trace: &Trace) -> Result<String, Failed> {
    let state = match told.status {
        RefundStatus::Pending => RefundState::Pending,
        RefundStatus::Processed => RefundState::Processed,
        RefundStatus::Failed => RefundState::Failed,
        RefundStatus::Other(_) => return Ok("a state that we do not know".to_owned()),
    };
    let Some(refund) = ours(deps, told).await? else { return park(deps, told, state, cause, trace).await };
    let bank = &told.acquirer_data;
    let command = RecordRefund {
        refund: refund.id,
        payment: refund.payment,
        account: refund.account,
        state,
        provider_id: Some(told.id.clone()),
        reference: [&bank.arn, &bank.rrn, &bank.utr].into_iter().flatten().next().cloned(),
        failure: (state == RefundState::Failed).then(|| "the bank could not give the payment back".to_owned()),
        cause,
    };
    let refund = deps.execute(&command, trace).await.map_err(failed)?;
    Ok(format!("{} is {}", refund.id, refund.status.code()))
}

async fn ours(deps: &Deps, told: &RefundEntity) -> Result<Option<Refund>, Failed> {
    let Some(id) = told.receipt.as_deref().and_then(|receipt| receipt.parse::<RefundId>().ok()) else { return Ok(None) };
    Ok(match deps.store.record(&Key::operation(OperationId::Refund(id))).await.map_err(store_failed)? {
        Some(Record::Refund(refund)) => Some(refund),
        _ => None,
    })
}

/// Made at the provider's dashboard: money left that no wallet was asked for.
async fn park(deps: &Deps, told: &RefundEntity, state: RefundState, cause: Cause, trace: &Trace) -> Result<String, Failed> {
    if state == RefundState::Failed {
        return Ok("a failed refund of nobody's".to_owned());
    }
    let told = ProviderPayment {
        gateway: Gateway::Razorpay,
        id: told.id.clone(),
        order_id: None,
        amount: told.amount_paise,
        currency: told.currency.clone(),
        state: ProviderPaymentState::Captured,
        fee: 0,
        failure: None,
    };
    let parked = deps.execute(&ParkRefund { told, cause }, trace).await.map_err(failed)?;
    Ok(parked.map_or_else(|| "known".to_owned(), |suspense| format!("kept in suspense as {}", suspense.id)))
}

//! What PhonePe says of an order or a refund when it is asked, which is all that is believed of it.

use crate::{
    apply::{
        call_failed, failed,
        payment::{noted, of_ours},
        setup_failed,
    },
    deps::Deps,
};
use domain::{
    fact::Cause,
    id::PaymentId,
    payment::{Applied, ApplyPayment, AttachOrder, Gateway, Payment, ProviderPayment, ProviderPaymentState},
    refund::{RecordRefund, Refund, RefundState},
    suspense::ParkRefund,
};
use lambda::{Failed, Trace};
use providers::phonepe::{Client, Order, Refund as Told, RefundState as TheirRefund, State};

/// Every order is in it: PhonePe knows no other currency and tells none.
const CURRENCY: &str = "INR";

pub async fn client(deps: &Deps) -> Result<Client, Failed> {
    deps.phonepe().await.map_err(setup_failed)?.ok_or_else(|| Failed::later("PhonePe is not set up here"))
}

/// Asks how an order stands and records it; `None` where PhonePe has no such order.
pub async fn order(deps: &Deps, merchant_order_id: &str, cause: Cause, trace: &Trace) -> Result<Option<Applied>, Failed> {
    let now = deps.clock.now().as_second();
    let told = client(deps).await?.order(merchant_order_id, now).await.map_err(call_failed)?;
    match told {
        Some(told) => record(deps, merchant_order_id, &told, cause, trace).await.map(Some),
        None => Ok(None),
    }
}

async fn record(deps: &Deps, merchant_order_id: &str, told: &Order, cause: Cause, trace: &Trace) -> Result<Applied, Failed> {
    let state = match told.state {
        State::Pending => ProviderPaymentState::Created,
        State::Completed => ProviderPaymentState::Captured,
        State::Failed => ProviderPaymentState::Failed,
        // A word that this version does not know decides nothing.
        State::Other(_) => return Ok(Applied::AlreadyKnown),
    };
    // Our id is the order's from the beginning, and was written down before PhonePe was asked for it.
    let ours = match merchant_order_id.parse::<PaymentId>() {
        Ok(id) => of_ours(deps, id).await?.filter(|payment| payment.gateway == Gateway::Phonepe),
        Err(_) => None,
    };
    if let Some(Payment { id, order_id: None, .. }) = &ours {
        let attach = AttachOrder { payment: *id, order_id: told.order_id.clone(), page: None };
        deps.execute(&attach, trace).await.map_err(failed)?;
    }
    let paid = told.attempts.iter().filter(|attempt| attempt.state == Some(State::Completed)).count();
    if paid > 1 {
        tracing::warn!(order = told.order_id, paid, "PhonePe tells of several payments for one order; it counts as paid once");
    }
    let told = ProviderPayment {
        gateway: Gateway::Phonepe,
        // An order is paid once or not. The id of the attempt that did it may be missing from an answer, and
        // the same payment must not look like another because of that.
        id: told.order_id.clone(),
        order_id: Some(told.order_id.clone()),
        amount: told.amount_paise,
        currency: CURRENCY.to_owned(),
        state,
        // PhonePe tells its fee with its settlements, and not with an order.
        fee: 0,
        failure: (state == ProviderPaymentState::Failed)
            .then(|| told.error_code.clone().unwrap_or_else(|| "the order was not paid in time".to_owned())),
    };
    let ours = ours.map(|payment| (payment.id, payment.account));
    deps.execute(&ApplyPayment { told, ours, cause }, trace).await.map(noted).map_err(failed)
}

/// Records how a refund of ours stands.
pub async fn refund(deps: &Deps, refund: &Refund, told: &Told, cause: Cause, trace: &Trace) -> Result<Refund, Failed> {
    let state = match told.state {
        TheirRefund::Pending | TheirRefund::Confirmed | TheirRefund::Other(_) => RefundState::Pending,
        TheirRefund::Completed => RefundState::Processed,
        TheirRefund::Failed => RefundState::Failed,
    };
    let command = RecordRefund {
        refund: refund.id,
        payment: refund.payment,
        account: refund.account,
        state,
        provider_id: told.refund_id.clone(),
        reference: told.utr().map(str::to_owned),
        failure: (state == RefundState::Failed).then(|| "the bank could not give the payment back".to_owned()),
        cause,
    };
    deps.execute(&command, trace).await.map_err(failed)
}

/// Keeps a refund that was made at PhonePe's dashboard: money left that no wallet was asked for.
pub async fn park(deps: &Deps, merchant_refund_id: &str, told: &Told, cause: Cause, trace: &Trace) -> Result<String, Failed> {
    if told.state == TheirRefund::Failed {
        return Ok("a failed refund of nobody's".to_owned());
    }
    let told = ProviderPayment {
        gateway: Gateway::Phonepe,
        id: merchant_refund_id.to_owned(),
        order_id: told.original_merchant_order_id.clone(),
        amount: told.amount_paise,
        currency: CURRENCY.to_owned(),
        state: ProviderPaymentState::Captured,
        fee: 0,
        failure: None,
    };
    let parked = deps.execute(&ParkRefund { told, cause }, trace).await.map_err(failed)?;
    Ok(parked.map_or_else(|| "known".to_owned(), |suspense| format!("kept in suspense as {}", suspense.id)))
}

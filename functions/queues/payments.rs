//! Brings payments and refunds up to date with the provider.

mod phonepe;

use crate::{
    apply::{self, call_failed, failed, setup_failed, store_failed},
    deps::Deps,
    queues::work_in,
};
use domain::{
    engine::{Key, Record},
    fact::Cause,
    id::{OperationId, PaymentId, RefundId},
    payment::Gateway,
    refund::{RecordRefund, Refund, RefundSpeed, RefundState, RefundStatus},
    work::Work,
};
use lambda::{Failed, Message, Trace};
use providers::{
    call::CallError,
    razorpay::{Client, NewRefund, Notes, PaymentEntity, PaymentStatus},
};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let trace = message.trace();
    match work_in(&message)? {
        Work::FetchPayment { payment } => fetch(deps, payment, &trace).await,
        Work::AdvanceRefund { refund, .. } => advance(deps, refund, &trace).await,
        _ => Err(Failed::bug("neither a payment nor a refund")),
    }
}

async fn fetch(deps: &Deps, id: PaymentId, trace: &Trace) -> Result<(), Failed> {
    let record = deps.store.record(&Key::operation(OperationId::Payment(id))).await.map_err(store_failed)?;
    let Some(Record::Payment(payment)) = record else { return Err(Failed::bug("no such payment")) };
    if payment.gateway == Gateway::Phonepe {
        return phonepe::fetch(deps, &payment, trace).await;
    }
    let (razorpay, _) = deps.razorpay().await.map_err(setup_failed)?;
    let found = match (&payment.provider_payment_id, &payment.order_id) {
        (Some(provider_id), _) => razorpay.payment(provider_id).await.map(|told| vec![told]),
        (None, Some(order)) => razorpay.payments_of_order(order).await,
        (None, None) => Ok(Vec::new()),
    };
    let found = match found {
        // A provider that said yes and made no order: nobody can pay it, and asking again and again
        // tells nothing more. The reconciler asks once more later.
        Err(error) if error.means_absent() => {
            tracing::warn!(payment = %payment.id, "the payment gateway has no record of it");
            return Ok(());
        }
        other => other.map_err(call_failed)?,
    };
    for told in found {
        let told = captured(&razorpay, told).await?;
        apply::payment::apply(deps, &told, Cause::ProviderAnswer, trace).await?;
    }
    Ok(())
}

/// A payment that is authorised and not captured is given back by itself after three days.
///
/// What counts is how it stands afterwards and not what the capture answered: an answer without an
/// effect would be money that nobody has.
async fn captured(razorpay: &Client, told: PaymentEntity) -> Result<PaymentEntity, Failed> {
    if told.status != PaymentStatus::Authorized {
        return Ok(told);
    }
    razorpay.capture_payment(&told.id, told.amount_paise).await.map_err(call_failed)?;
    razorpay.payment(&told.id).await.map_err(call_failed)
}

async fn advance(deps: &Deps, id: RefundId, trace: &Trace) -> Result<(), Failed> {
    let record = deps.store.record(&Key::operation(OperationId::Refund(id))).await.map_err(store_failed)?;
    let Some(Record::Refund(refund)) = record else { return Err(Failed::bug("no such refund")) };
    if matches!(refund.status, RefundStatus::Processed | RefundStatus::Failed) {
        return Ok(());
    }
    if refund.gateway == Gateway::Phonepe {
        return phonepe::advance(deps, &refund, trace).await;
    }
    let (razorpay, _) = deps.razorpay().await.map_err(setup_failed)?;
    let answer = match &refund.provider_id {
        Some(provider_id) => razorpay.refund(provider_id).await,
        None => create(&razorpay, &refund).await,
    };
    match answer {
        Ok(told) => apply::refund::apply(deps, &told, Cause::ProviderAnswer, trace).await.map(|_| ()),
        Err(CallError::Refused { description, .. }) if refund.status == RefundStatus::Requested => {
            let failure = description.unwrap_or_else(|| "the payment gateway refused the refund".to_owned());
            refused(deps, &refund, failure, trace).await
        }
        // The gateway said yes and has none: after an hour it is taken as never made, as a payout is.
        // Until then the reconciler asks again.
        Err(error) if error.means_absent() => {
            let age_s = deps.clock.now().as_second() - refund.updated_at.as_second();
            if age_s > deps.rules.absent_payout_s {
                return refused(deps, &refund, "the payment gateway has no record of it".to_owned(), trace).await;
            }
            tracing::warn!(refund = %refund.id, "the payment gateway has no record of it");
            Ok(())
        }
        Err(error) => Err(call_failed(error)),
    }
}

async fn create(razorpay: &Client, refund: &Refund) -> Result<providers::razorpay::RefundEntity, CallError> {
    let id = refund.id.to_string();
    let speed = match refund.speed {
        RefundSpeed::Normal => providers::razorpay::RefundSpeed::Normal,
        RefundSpeed::Optimum => providers::razorpay::RefundSpeed::Optimum,
    };
    let new = NewRefund { amount_paise: Some(refund.amount), speed, receipt: Some(&id), notes: Notes::new() };
    razorpay.create_refund(&refund.provider_payment_id, &id, &new).await
}

async fn refused(deps: &Deps, refund: &Refund, failure: String, trace: &Trace) -> Result<(), Failed> {
    let command = RecordRefund {
        refund: refund.id,
        payment: refund.payment,
        account: refund.account,
        state: RefundState::Failed,
        provider_id: None,
        reference: None,
        failure: Some(failure),
        cause: Cause::ProviderAnswer,
    };
    deps.execute(&command, trace).await.map(|_| ()).map_err(failed)
}

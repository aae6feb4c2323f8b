//! PhonePe's payments and refunds: always under our own ids, which it takes as its idempotency keys.

use super::refused;
use crate::{
    apply::{self, call_failed},
    deps::Deps,
};
use domain::{fact::Cause, payment::Payment, refund::Refund};
use lambda::{Failed, Trace};
use providers::{call::CallError, phonepe::NewRefund};

pub async fn fetch(deps: &Deps, payment: &Payment, trace: &Trace) -> Result<(), Failed> {
    let applied = apply::phonepe::order(deps, &payment.id.to_string(), Cause::ProviderAnswer, trace).await?;
    if applied.is_none() {
        // An order that PhonePe was never asked for, or has not kept: nobody can pay it.
        tracing::warn!(payment = %payment.id, "PhonePe has no record of it");
    }
    Ok(())
}

pub async fn advance(deps: &Deps, refund: &Refund, trace: &Trace) -> Result<(), Failed> {
    let (client, now) = (apply::phonepe::client(deps).await?, deps.clock.now().as_second());
    let id = refund.id.to_string();
    let told = if refund.provider_id.is_some() {
        client.refund(&id, now).await.map_err(call_failed)?
    } else {
        let order = refund.payment.to_string();
        let new = NewRefund { merchant_refund_id: &id, original_merchant_order_id: &order, amount_paise: refund.amount };
        match client.create_refund(&new, now).await {
            Ok(told) => Some(told),
            // An earlier try may have gone through; only a look-up tells.
            Err(error @ CallError::Refused { .. }) => match client.refund(&id, now).await.map_err(call_failed)? {
                Some(told) => Some(told),
                None => return refused(deps, refund, reason(error), trace).await,
            },
            Err(error) => return Err(call_failed(error)),
        }
    };
    match told {
        Some(told) => apply::phonepe::refund(deps, refund, &told, Cause::ProviderAnswer, trace).await.map(|_| ()),
        // PhonePe said yes and has none: after an hour it is taken as never made.
        None if now - refund.updated_at.as_second() > deps.rules.absent_payout_s => {
            refused(deps, refund, "PhonePe has no record of it".to_owned(), trace).await
        }
        None => {
            tracing::warn!(refund = %refund.id, "PhonePe has no record of it");
            Ok(())
        }
    }
}

fn reason(error: CallError) -> String {
    match error {
        CallError::Refused { description: Some(description), .. } => description,
        _ => "PhonePe refused the refund".to_owned(),
    }
}

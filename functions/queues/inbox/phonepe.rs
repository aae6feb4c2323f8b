//! PhonePe's events: reasons to ask it, and nothing more.

use super::gateway;
use crate::{
    apply::{self, call_failed, store_failed},
    deps::Deps,
};
use domain::{
    engine::{Key, Record},
    fact::Cause,
    id::{OperationId, RefundId},
    payment::Gateway,
};
use lambda::{Failed, Trace};
use providers::phonepe::{Event, EventKind};
use store::InboundStatus;

pub async fn work(deps: &Deps, event: &Event, cause: Cause, trace: &Trace) -> Result<(InboundStatus, String), Failed> {
    let outcome = match &event.kind {
        EventKind::Order { merchant_order_id, .. } => {
            apply::phonepe::order(deps, merchant_order_id, cause, trace).await?.map(|applied| gateway::told(&applied))
        }
        EventKind::Refund { merchant_refund_id, .. } => refund(deps, merchant_refund_id, cause, trace).await?,
        EventKind::Unknown => return Ok((InboundStatus::Ignored, format!("we do not act on {}", event.event_name))),
    };
    Ok(match outcome {
        Some(outcome) => (InboundStatus::Processed, outcome),
        None => (InboundStatus::Ignored, "PhonePe knows nothing of it".to_owned()),
    })
}

async fn refund(deps: &Deps, merchant_refund_id: &str, cause: Cause, trace: &Trace) -> Result<Option<String>, Failed> {
    let client = apply::phonepe::client(deps).await?;
    let told = client.refund(merchant_refund_id, deps.clock.now().as_second()).await.map_err(call_failed)?;
    let Some(told) = told else { return Ok(None) };
    let ours = match merchant_refund_id.parse::<RefundId>() {
        Ok(id) => deps.store.record(&Key::operation(OperationId::Refund(id))).await.map_err(store_failed)?,
        Err(_) => None,
    };
    Ok(Some(match ours {
        Some(Record::Refund(refund)) if refund.gateway == Gateway::Phonepe => {
            let refund = apply::phonepe::refund(deps, &refund, &told, cause, trace).await?;
            format!("{} is {}", refund.id, refund.status.code())
        }
        _ => apply::phonepe::park(deps, merchant_refund_id, &told, cause, trace).await?,
    }))
}

//! What is told of bills that were paid.

use crate::{
    apply::{call_failed, setup_failed, store_failed},
    bills::pay,
    deps::Deps,
};
use domain::{
    engine::{Key, Record},
    fact::Cause,
    id::{OperationId, PayoutId},
    payout::Rail,
};
use lambda::{Failed, Trace};
use providers::bills::{Event, EventKind};
use store::InboundStatus;

/// Of a payment, the payer is asked once more before it counts: how its events are signed is not documented.
pub async fn work(deps: &Deps, event: &Event, cause: Cause, trace: &Trace) -> Result<(InboundStatus, String), Failed> {
    let ignored = |why: &str| Ok((InboundStatus::Ignored, why.to_owned()));
    let EventKind::Payment(told) = &event.kind else { return ignored("we do not act on it") };
    let Some(id) = told.reference.as_deref().and_then(|reference| reference.parse::<PayoutId>().ok()) else {
        return ignored("no payment of ours");
    };
    let record = deps.store.record(&Key::operation(OperationId::Payout(id))).await.map_err(store_failed)?;
    let Some(Record::Payout(payout)) = record.filter(|record| matches!(record, Record::Payout(payout) if payout.rail == Rail::Bills))
    else {
        return ignored("no payment of ours");
    };
    let client = deps.bills().await.map_err(setup_failed)?.ok_or_else(|| Failed::later("no payer of bills is set up"))?;
    let payment = client.payment(&told.ref_id, deps.clock.now().as_second()).await.map_err(call_failed)?;
    if payment.reference.as_deref().is_some_and(|reference| reference != payout.id.to_string()) {
        return ignored("its payer knows it as another payment");
    }
    pay::told(deps, &payout, &payment, cause, trace).await?;
    Ok((InboundStatus::Processed, "a bill's payment recorded".to_owned()))
}

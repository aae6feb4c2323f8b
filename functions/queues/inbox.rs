//! Works on stored webhooks.

use crate::{
    apply::{self, store_failed},
    deps::Deps,
    queues::misplaced,
    work::WorkMessage,
};
use domain::{fact::Cause, payment::Applied};
use lambda::{
    Failed, Message, Trace,
    metrics::{Metric, emit},
};
use providers::{
    razorpay::{Event, EventKind, parse_event},
    signature::Verified,
};
use store::{Inbound, InboundStatus, KNOWN_ALREADY};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    let WorkMessage::Webhook { id } = &asked else { return Err(misplaced(&asked)) };
    let trace = message.trace().about(id.clone());
    let kept = deps.store.webhook(id).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such stored webhook"))?;
    let event = parse_event(Verified::stored(&kept.body)).map_err(Failed::bug)?;
    let (status, outcome) = work(deps, &event, Cause::Webhook { inbox_id: id.clone() }, &trace).await?;
    if kept.status == InboundStatus::Received {
        deps.store.mark_webhook(id, status, &outcome).await.map_err(store_failed)?;
        emit(Metric::WebhookLagSeconds, lag_s(deps, &kept, &event), &[]);
    }
    Ok(())
}

/// From the provider's own time of the event, where it tells one.
fn lag_s(deps: &Deps, kept: &Inbound, event: &Event) -> f64 {
    let from = event.created_at.unwrap_or_else(|| kept.received_at.as_second());
    (deps.clock.now().as_second() - from).max(0) as f64
}

async fn work(deps: &Deps, event: &Event, cause: Cause, trace: &Trace) -> Result<(InboundStatus, String), Failed> {
    let outcome = match &event.kind {
        EventKind::Payment(payment) | EventKind::OrderPaid { payment, .. } => {
            told(&apply::payment::apply(deps, payment, cause, trace).await?)
        }
        EventKind::Refund { refund, .. } => apply::refund::apply(deps, refund, cause, trace).await?,
        EventKind::Payout(payout) => match apply::payout::apply(deps, payout, cause, trace).await? {
            Some(_) => format!("{} recorded", event.event_name),
            None => return Ok((InboundStatus::Ignored, "no payout of ours".to_owned())),
        },
        EventKind::Validation(validation) => apply::payee::apply(deps, validation, trace).await?,
        EventKind::Unknown(name) => {
            let name: String = name.chars().take(60).collect();
            return Ok((InboundStatus::Ignored, format!("we do not act on {name}")));
        }
    };
    Ok((InboundStatus::Processed, outcome))
}

fn told(applied: &Applied) -> String {
    match applied {
        Applied::Credited(payment) => format!("{} credited", payment.id),
        Applied::Moved(payment) => format!("{} is {}", payment.id, payment.status.code()),
        Applied::Parked(suspense) => format!("kept in suspense as {}: {}", suspense.id, suspense.why),
        Applied::AlreadyKnown => KNOWN_ALREADY.to_owned(),
    }
}

//! Works on stored webhooks.

mod email;
mod gateway;
pub(super) mod twilio;
mod whatsapp;

use crate::{
    apply::{setup_failed, store_failed},
    deps::Deps,
    queues::misplaced,
    webhooks::{hear, told::Told},
    work::WorkMessage,
};
use domain::{Timestamp, fact::Cause};
use lambda::{
    Failed, Message, Trace,
    metrics::{Metric, emit},
};
use providers::messaging::whatsapp::webhook::{Change, What};
use store::{Inbound, InboundStatus};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    let WorkMessage::Webhook { id } = &asked else { return Err(misplaced(&asked)) };
    let trace = message.trace().about(id.clone());
    let kept = deps.store.webhook(id).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such stored webhook"))?;
    let told = Told::by(&kept).map_err(Failed::bug)?;
    for written in hear::messages(deps, id, &told).await.map_err(setup_failed)? {
        deps.outlets.send(written.queue(), written.to_body(), &trace).await.map_err(Failed::later)?;
    }
    let Some((status, outcome)) = work(deps, &kept, &told, &trace).await? else { return Ok(()) };
    if kept.status == InboundStatus::Received {
        deps.store.mark_webhook(id, status, &outcome).await.map_err(store_failed)?;
        emit(Metric::WebhookLagSeconds, lag_s(deps, &kept, &told), &[]);
    }
    Ok(())
}

/// What came of it; `None` where that is for the chat to say that it was handed to.
async fn work(deps: &Deps, kept: &Inbound, told: &Told, trace: &Trace) -> Result<Option<(InboundStatus, String)>, Failed> {
    let outcome = match told {
        Told::Gateway(event) => gateway::work(deps, event, Cause::Webhook { inbox_id: kept.id.clone() }, trace).await,
        Told::Whatsapp(changes) if !changes.is_empty() && changes.iter().all(is_written) => return Ok(None),
        Told::Whatsapp(changes) => whatsapp::work(deps, kept, changes, trace).await,
        Told::TwilioMessage(_) => return Ok(None),
        Told::TwilioStatus(update) => Ok(twilio::status(deps, kept, update, trace).await?.written_down()),
        Told::Ses(feedback) => email::work(deps, kept, feedback.as_deref(), trace).await,
    };
    outcome.map(Some)
}

/// Whether it is what somebody wrote, and so their chat's.
fn is_written(change: &Change) -> bool {
    matches!(change.what, What::Message(_))
}

/// From the provider's own time of the event, where it tells one.
pub(super) fn lag_s(deps: &Deps, kept: &Inbound, told: &Told) -> f64 {
    let from = told.at().unwrap_or_else(|| kept.received_at.as_second());
    (deps.clock.now().as_second() - from).max(0) as f64
}

/// A provider's time in Unix seconds. Without a usable one: when we heard of it.
pub(super) fn at(kept: &Inbound, told: Option<i64>) -> Timestamp {
    told.and_then(|second| Timestamp::from_second(second).ok()).unwrap_or(kept.received_at)
}

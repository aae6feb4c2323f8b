//! Works on stored webhooks.

mod banks;
mod bills;
mod email;
mod gateway;
mod phonepe;
pub(super) mod twilio;
mod whatsapp;

use crate::{
    apply::{Heard, setup_failed, store_failed},
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
    if told.is_only_written() {
        return Ok(());
    }
    let (status, outcome) = work(deps, &kept, &told, &trace).await?;
    if kept.status == InboundStatus::Received {
        deps.store.mark_webhook(id, status, &outcome).await.map_err(store_failed)?;
        emit(Metric::WebhookLagSeconds, lag_s(deps, &kept, &told), &[]);
    }
    Ok(())
}

async fn work(deps: &Deps, kept: &Inbound, told: &Told, trace: &Trace) -> Result<(InboundStatus, String), Failed> {
    match told {
        Told::Gateway(event) => gateway::work(deps, event, Cause::Webhook { inbox_id: kept.id.clone() }, trace).await,
        Told::Phonepe(event) => phonepe::work(deps, event, Cause::Webhook { inbox_id: kept.id.clone() }, trace).await,
        Told::Whatsapp(changes) => whatsapp::work(deps, kept, changes, trace).await,
        Told::TwilioMessage(_) => Ok(Heard::done("handed to its chat").written_down()),
        Told::TwilioStatus(update) => Ok(twilio::status(deps, kept, update, trace).await?.written_down()),
        Told::Bill(event) => bills::work(deps, event, Cause::Webhook { inbox_id: kept.id.clone() }, trace).await,
        Told::Bank(word) => banks::work(deps, word, trace).await,
        Told::Ses(feedback) => email::work(deps, kept, feedback.as_deref(), trace).await,
    }
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

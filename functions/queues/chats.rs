//! What people write to us, one message after the other for each of them.
//!
//! A webhook was stored before it was acknowledged; here everything in it that one person wrote is worked
//! on, in its order, and no two workers have messages of the same person: the queue gives out one of a group
//! at a time. That is at least once, as everywhere: who writes STOP twice has stopped.

mod person;

use crate::{
    apply::{setup_failed, store_failed, together},
    deps::Deps,
    queues::{inbox, misplaced},
    webhooks::told::Told,
    work::WorkMessage,
};
use lambda::{
    Failed, Message,
    metrics::{Metric, emit},
};
use person::Written;
use store::InboundStatus;

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    let WorkMessage::Hear { webhook, sender } = &asked else { return Err(misplaced(&asked)) };
    let trace = message.trace().about(webhook.clone());
    let kept = deps.store.webhook(webhook).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such stored webhook"))?;
    let told = Told::by(&kept).map_err(Failed::bug)?;
    let pepper = deps.pepper().await.map_err(setup_failed)?;
    let mut heard = Vec::new();
    for written in Written::by(&pepper, &told, sender) {
        heard.push(person::wrote(deps, &kept, &written, &trace).await?);
    }
    if heard.is_empty() {
        // Whoever it stands for was hashed with another pepper. Nobody has read it, so it is not marked as
        // done; a replay of the webhook hands it on under today's.
        return Err(Failed::bug("the webhook has no message of this sender"));
    }
    let (status, outcome) = together(heard);
    if kept.status == InboundStatus::Received && told.is_only_written() {
        deps.store.mark_webhook(webhook, status, &outcome).await.map_err(store_failed)?;
        emit(Metric::WebhookLagSeconds, inbox::lag_s(deps, &kept, &told), &[]);
    }
    Ok(())
}

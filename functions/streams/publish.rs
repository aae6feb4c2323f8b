//! Publishes once more, for certain, what the committing function has published at once.

use crate::{deps::Deps, streams::told, work::WorkMessage};
use domain::work::work_of;
use lambda::{Failed, FailedAt, Record, Trace, start::stream::Change as Kind};
use store::Change;

pub async fn handle(deps: &Deps, records: &[Record]) -> Result<(), FailedAt> {
    for record in records {
        let failed = |failed: Failed| FailedAt::new(record, failed);
        let messages = match told(record).map_err(|error| failed(Failed::bug(error)))? {
            Change::Fact(fact) if record.change == Kind::Insert => [WorkMessage::push(fact.account, fact.seq)]
                .into_iter()
                .chain(WorkMessage::notify(&fact))
                .chain(WorkMessage::note(&fact))
                .collect(),
            Change::Record(row) => work_of(&row).iter().map(WorkMessage::from).collect(),
            Change::Webhook(id) if record.change == Kind::Insert => vec![WorkMessage::Webhook { id }],
            Change::Bulletin(bulletin) if record.change == Kind::Insert => WorkMessage::show(&bulletin).into_iter().collect(),
            Change::Fact(_) | Change::Bulletin(_) | Change::Webhook(_) | Change::Journal { .. } | Change::Other => continue,
        };
        let trace = Trace::default().about(record.event_id.clone());
        for message in messages {
            let sent = deps.outlets.publish(message.queue(), message.to_body(), &trace).await;
            sent.map_err(|error| failed(Failed::later(error)))?;
        }
    }
    Ok(())
}

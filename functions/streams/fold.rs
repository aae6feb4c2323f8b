//! Folds postings into the balances of the platform's own accounts.

use crate::{deps::Deps, streams::told};
use lambda::{Failed, FailedAt, Record, start::stream::Change as Kind};
use store::Change;

pub async fn handle(deps: &Deps, records: &[Record]) -> Result<(), FailedAt> {
    for record in records.iter().filter(|record| record.change == Kind::Insert) {
        let failed = |failed: Failed| FailedAt::new(record, failed);
        let (source, postings) = match told(record).map_err(|error| failed(Failed::bug(error)))? {
            Change::Fact(fact) => (format!("{}/{}", fact.account, fact.seq), fact.postings),
            Change::Journal { source, postings } => (source, postings),
            Change::Record(_) | Change::Bulletin(_) | Change::Webhook(_) | Change::Other => continue,
        };
        deps.store.fold(&source, &postings, deps.clock.now()).await.map_err(|error| failed(Failed::later(error)))?;
    }
    Ok(())
}

//! Who is connected, and what is being told.

use crate::{body::operations::LiveBody, deps::Deps, refusals::store_problem};
use domain::{Timestamp, presence::SILENT_S};
use lambda::{Problem, Reply};
use store::OpenClass;

pub async fn show(deps: &Deps) -> Result<Reply, Problem> {
    let now = deps.clock.now();
    let census = deps.store.census(SILENT_S, now).await.map_err(store_problem)?;
    let publications = deps.store.open(OpenClass::Publication, Timestamp::UNIX_EPOCH, now, 100).await.map_err(store_problem)?;
    let shown = deps.store.shown_lately(now).await.map_err(store_problem)?;
    Ok(Reply::ok(&LiveBody::new(&census, publications.len(), &shown, now)))
}

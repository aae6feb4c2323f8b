//! Takes up notices that are due: those that were held until now, those whose message was lost, and
//! those that wait for a digest, each user's together.

use crate::{
    apply::{failed, store_failed},
    deps::Deps,
    schedules::{OPEN_MAX, noted},
    work::WorkMessage,
};
use domain::notice::take_apart;
use lambda::{Deadline, Failed, Trace};

pub async fn handle(deps: &Deps, _deadline: Deadline) -> Result<(), Failed> {
    let (now, trace) = (deps.clock.now(), Trace::default());
    let due = deps.store.due_notices(now, OPEN_MAX).await.map_err(store_failed)?;
    let (climbs, digests) = take_apart(&due, &deps.notice_rules);
    let messages: Vec<WorkMessage> = climbs.iter().map(WorkMessage::from).collect();
    deps.send_all(&messages, &trace).await;
    for digest in digests {
        let user = digest.user;
        noted(&user, deps.execute(&digest, &trace).await.map(|_| ()).map_err(failed));
    }
    Ok(())
}

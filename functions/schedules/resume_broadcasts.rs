//! Has what many are told taken up: campaigns whose time has come, or whose walker has died; and the
//! legs of a publication that nobody walks: whoever did has died, and clocks
//! that differ may have made the next one believe otherwise.

use crate::{
    apply::store_failed,
    deps::Deps,
    schedules::{age_s, open},
    work::WorkMessage,
};
use domain::{
    bulletin::{LEGS, LegStatus},
    engine::Record,
    work::Work,
};
use lambda::{Deadline, Failed, Trace};
use store::OpenClass;

/// Telling it is left alone for so long.
const UNDER_WAY_S: i64 = 60;

pub async fn handle(deps: &Deps, _deadline: Deadline) -> Result<(), Failed> {
    for item in open(deps, OpenClass::Publication).await? {
        let Record::Publication(publication) = item.record else { continue };
        if age_s(deps, publication.created_at) < UNDER_WAY_S {
            continue;
        }
        let legs = deps.store.legs(publication.id).await.map_err(store_failed)?;
        let is_done = |number: &u8| legs.iter().any(|leg| leg.number == *number && leg.status == LegStatus::Done);
        let left = (0..LEGS).filter(|number| !is_done(number)).map(|number| Work::WalkLeg { publication: publication.id, number });
        let messages: Vec<WorkMessage> = left.map(|work| WorkMessage::from(&work)).collect();
        deps.send_all(&messages, &Trace::default()).await;
    }
    let due = open(deps, OpenClass::Campaign).await?;
    let walks = due.iter().filter_map(|item| match &item.record {
        Record::Campaign(campaign) => Some(WorkMessage::from(&Work::WalkCampaign { campaign: campaign.id })),
        _ => None,
    });
    deps.send_all(&walks.collect::<Vec<_>>(), &Trace::default()).await;
    Ok(())
}

//! Walking a campaign: a slice of its recipients at a time, each told once, however often it is walked.

use crate::{
    apply::{failed, store_failed},
    deps::Deps,
    queues::lease_s,
    work::WorkMessage,
};
use domain::{
    Timestamp,
    campaign::{Campaign, Recipient, RecordSlice, SliceTaken, TakeSlice, Walked},
    id::{CampaignId, UserId},
    notice::{CancelNotice, NoSuchNotice, Notice},
    work::Work,
};
use futures::stream::{self, StreamExt, TryStreamExt};
use lambda::{Deadline, Failed, Trace};
use std::{ops::Range, time::Duration};
use store::ExecuteError;

/// Recipients that are told side by side.
const AT_ONCE: usize = 8;
/// What a slice takes, with much to spare.
const SLICE: Duration = Duration::from_secs(10);
/// A slice that is due so soon is waited for.
const SOON: Duration = Duration::from_secs(2);
/// A message that comes this much too early is sent again: clocks differ.
const EARLY_S: i64 = 5;

pub async fn walk(deps: &Deps, id: CampaignId, deadline: Deadline, trace: &Trace) -> Result<(), Failed> {
    let mut walked = false;
    loop {
        let take = TakeSlice { campaign: id, for_s: lease_s(deadline) };
        let record = match deps.execute(&take, trace).await.map_err(failed)? {
            SliceTaken::Nothing => return Ok(()),
            SliceTaken::Later { at } => {
                let left = at.duration_since(deps.clock.now());
                if walked && left.unsigned_abs() <= SOON && deadline.leaves(SLICE) {
                    tokio::time::sleep(left.unsigned_abs()).await;
                    continue;
                }
                // Whoever wrote that there is something to wait for has sent a message.
                return if walked || left.as_secs() < EARLY_S { walk_again(deps, id, at, trace).await } else { Ok(()) };
            }
            SliceTaken::Tell { campaign, from, until } => {
                let opened = tell(deps, &campaign, from..until, trace).await?;
                RecordSlice { campaign: id, from, until, walked: Walked::Told { opened } }
            }
            SliceTaken::TakeBack { campaign, from, until } => {
                take_back(deps, &campaign, from..until, trace).await?;
                RecordSlice { campaign: id, from, until, walked: Walked::TakenBack }
            }
        };
        let campaign = deps.execute(&record, trace).await.map_err(failed)?;
        if campaign.is_due_as_written() {
            // With the row went a message: whoever gets that goes on.
            return Ok(());
        }
        walked = true;
        if !deadline.leaves(SLICE) {
            return walk_again(deps, id, campaign.due_at, trace).await;
        }
    }
}

/// Opens everybody's notice, and says how many there were to open.
async fn tell(deps: &Deps, campaign: &Campaign, numbers: Range<u32>, trace: &Trace) -> Result<u32, Failed> {
    let recipients = deps.store.recipients(campaign.sheet, numbers).await.map_err(store_failed)?;
    let told = recipients.into_iter().map(|recipient| tell_one(deps, campaign, recipient, trace));
    stream::iter(told).buffer_unordered(AT_ONCE).try_fold(0, async |sum, told| Ok(sum + u32::from(told))).await
}

async fn tell_one(deps: &Deps, campaign: &Campaign, recipient: Recipient, trace: &Trace) -> Result<bool, Failed> {
    if !may_be_told(deps, campaign, recipient.user).await? {
        // Before they left, a worker that died may have told them.
        let asked = [(recipient.user, Notice::fingerprint(recipient.user, &campaign.event()))];
        return Ok(!deps.store.notices(&asked).await.map_err(store_failed)?.is_empty());
    }
    let open = campaign.notice_for(recipient.user, recipient.values, deps.notice_rules.clone());
    match deps.execute(&open, trace).await {
        Ok(_) => Ok(true),
        // It is no news any more.
        Err(ExecuteError::Refused(_)) => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

/// Whoever has left the organisation since is not told.
async fn may_be_told(deps: &Deps, campaign: &Campaign, user: UserId) -> Result<bool, Failed> {
    if campaign.to_members {
        let place = deps.store.membership(campaign.by, user).await.map_err(store_failed)?;
        return Ok(place.is_some_and(|place| place.is_member()));
    }
    Ok(deps.store.user(user).await.map_err(store_failed)?.is_some())
}

/// What has gone out has gone out; the rest is not sent any more.
async fn take_back(deps: &Deps, campaign: &Campaign, numbers: Range<u32>, trace: &Trace) -> Result<(), Failed> {
    let recipients = deps.store.recipients(campaign.sheet, numbers).await.map_err(store_failed)?;
    let event = campaign.event();
    let asked: Vec<_> = recipients.iter().map(|of| (of.user, Notice::fingerprint(of.user, &event))).collect();
    let open = deps.store.notices(&asked).await.map_err(store_failed)?.into_iter().filter(|notice| !notice.is_done());
    let cancel = |notice: Notice| async move {
        match deps.execute(&CancelNotice { user: notice.user, notice: notice.id }, trace).await {
            Ok(_) | Err(ExecuteError::Refused(NoSuchNotice)) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    };
    stream::iter(open.map(cancel)).buffer_unordered(AT_ONCE).try_collect().await
}

/// What waits long is found by `schedules-resume-broadcasts`.
async fn walk_again(deps: &Deps, campaign: CampaignId, at: Timestamp, trace: &Trace) -> Result<(), Failed> {
    deps.send_at(&WorkMessage::from(&Work::WalkCampaign { campaign }), at, trace).await
}

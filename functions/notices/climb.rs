//! Taking a notice up its ladder, as far as it goes now.

use super::{
    call::{After, Called, Telling},
    count,
};
use crate::{
    apply::{failed, setup_failed, store_failed},
    deps::Deps,
    work::WorkMessage,
};
use domain::{
    Timestamp,
    id::{NoticeId, UserId},
    identity::Phone,
    notice::{
        CannotClimb, Climb, Climbed, HeldFor, Notice, RecordOutcome, Stage, Target,
        devices::RemoveDevice,
        preferences::StopChannel,
        suppression::{AddressHash, AddressWord, RecordAddress},
    },
    work::Work,
};
use lambda::{
    Deadline, Failed, Trace,
    metrics::{Metric, emit},
};
use std::time::Duration;
use store::{Committed, ExecuteError};

/// Rungs that one worker takes in a row: each channel, and each once more.
const RUNGS_MAX: u32 = 8;
/// The longest that a call and writing down its outcome take.
const CALL: Duration = Duration::from_secs(10);
/// A message that comes this much too early is sent again: clocks differ.
const EARLY_S: i64 = 5;

/// Of what a worker knows who takes a notice up.
pub struct Climbing<'a> {
    /// When what it is about happened, where the worker has just heard of it.
    pub since: Option<Timestamp>,
    pub deadline: Deadline,
    pub trace: &'a Trace,
}

/// Takes a notice up its ladder until there is something to wait for, and has it looked at again then.
///
/// The commands are carried out by the store itself: the worker who has written that there is more to do
/// does it, and needs no message for that. Should it die, its own message comes again, and
/// `schedules-notices` finds what is due in any case.
pub async fn climb(deps: &Deps, user: UserId, notice: NoticeId, climbing: &Climbing<'_>) -> Result<(), Failed> {
    for rung in 0..RUNGS_MAX {
        let Some((committed, phone)) = look(deps, user, notice).await? else { continue };
        let (written, now) = (committed.write_units > 0, deps.clock.now());
        let due = match committed.done {
            Climbed::Ended(_) => return Ok(()),
            Climbed::BeingSent { until } | Climbed::Wait { until } => {
                // Whoever wrote that there is something to wait for has sent a message.
                let is_early = until.duration_since(now).as_secs() < EARLY_S;
                if written || is_early {
                    look_again(deps, user, notice, until, climbing.trace).await?;
                }
                return Ok(());
            }
            Climbed::Try { notice, channel, target, attempt } => {
                if rung == 0 && attempt == 1 {
                    measure(&notice, climbing.since, now);
                }
                let notice = try_channel(Telling { deps, notice: &notice, channel, phone }, target, attempt).await?;
                notice.due_at().filter(|_| !waits_for_a_digest(&notice))
            }
        };
        match due {
            None => return Ok(()),
            Some(due) if due <= deps.clock.now() && climbing.deadline.leaves(CALL) => {}
            Some(due) => return look_again(deps, user, notice, due, climbing.trace).await,
        }
    }
    look_again(deps, user, notice, deps.clock.now(), climbing.trace).await
}

fn waits_for_a_digest(notice: &Notice) -> bool {
    matches!(notice.stage, Stage::Held { why: HeldFor::Digest, .. })
}

/// A phone, and what stands for it.
type Reached = (Phone, AddressHash);

/// Looks at a notice once; `None` where it is to be looked at anew.
async fn look(deps: &Deps, user: UserId, notice: NoticeId) -> Result<Option<(Committed<Climbed>, Option<Reached>)>, Failed> {
    let (now, phone) = (deps.clock.now(), phone_of(deps, user).await?);
    let preferences = deps.store.preferences(user).await.map_err(store_failed)?;
    let command = Climb {
        user,
        notice,
        phone: phone.as_ref().map(|(_, hash)| hash.clone()),
        email: preferences.email.map(|email| email.hash),
        told: deps.store.told(user, now).await.map_err(store_failed)?,
        closed: deps.closed_channels().await,
        rules: deps.notice_rules.clone(),
    };
    match deps.store.execute(&command, now).await {
        Ok(committed) => Ok(Some((committed, phone))),
        Err(ExecuteError::Refused(CannotClimb::AddressChanged)) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

async fn phone_of(deps: &Deps, user: UserId) -> Result<Option<Reached>, Failed> {
    let Some(user) = deps.store.user(user).await.map_err(store_failed)? else { return Ok(None) };
    let hash = deps.pepper().await.map_err(setup_failed)?.phone_hash(&user.phone);
    Ok(Some((user.phone, AddressHash::new(hash))))
}

/// Calls a channel's provider, and writes down what came of it. The attempt is written down already.
async fn try_channel(telling: Telling<'_>, target: Target, attempt: u32) -> Result<Notice, Failed> {
    let (deps, channel, user, notice) = (telling.deps, telling.channel, telling.notice.user, telling.notice.id);
    deps.store.count_told(user, channel, deps.clock.now()).await.map_err(store_failed)?;
    let Called { outcome, then } = telling.call(target).await;
    let command = RecordOutcome { user, notice, channel, attempt, outcome, rules: deps.notice_rules.clone() };
    let recorded = deps.store.execute(&command, deps.clock.now()).await.map_err(failed)?.done;
    count(deps, &recorded).await;
    for then in then {
        after(deps, user, then).await?;
    }
    Ok(recorded.notice)
}

/// What a provider's answer says about an address, beyond this notice.
async fn after(deps: &Deps, user: UserId, after: After) -> Result<(), Failed> {
    let now = deps.clock.now();
    match after {
        After::RemoveDevice(device) => deps.store.execute(&RemoveDevice { user, device }, now).await.map(|_| ()).map_err(failed),
        After::Stop(channel) => {
            let command = StopChannel { user, channel, stopped: true, at: now };
            deps.store.execute(&command, now).await.map(|_| ()).map_err(failed)
        }
        After::Bounced(channel, address) => {
            let command = RecordAddress { channel, address, word: AddressWord::Bounced, at: now, rules: deps.notice_rules.clone() };
            deps.store.execute(&command, now).await.map(|_| ()).map_err(failed)
        }
    }
}

/// What waits long is found by `schedules-notices`.
async fn look_again(deps: &Deps, user: UserId, notice: NoticeId, at: Timestamp, trace: &Trace) -> Result<(), Failed> {
    deps.send_at(&WorkMessage::from(&Work::ClimbNotice { notice, user }), at, trace).await
}

fn measure(notice: &Notice, since: Option<Timestamp>, now: Timestamp) {
    if let Some(since) = since {
        let ms = (now.as_millisecond() - since.as_millisecond()).max(0) as f64;
        emit(Metric::NoticeLatencyMs, ms, &[("priority", notice.priority.code())]);
    }
}

//! What became of a call, and what a provider told later.

use super::{
    Channel, Ended, Notice, Stage, after,
    delivery::{Reason, Status, Word},
    ladder,
    tally::Transition,
};
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{NoticeId, UserId},
    rules::NoticeRules,
};
use jiff::Timestamp;

/// There is no such notice, or it was never on this channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such notice")]
pub struct NoSuchNotice;

/// A notice as it is now, and whether this changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub notice: Notice,
    pub changed: bool,
    /// What is to be counted of it.
    pub moved: Option<Transition>,
}

/// A provider's message that leads to our notice. Written once, for providers that send none of our
/// words back ([`CallbackTag`](super::CallbackTag)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderMessage {
    pub provider: String,
    pub id: String,
    pub user: UserId,
    pub notice: NoticeId,
    pub channel: Channel,
}

/// The longest id of a provider that is kept; theirs have up to 200 bytes.
const PROVIDER_ID_BYTES_MAX: usize = 512;

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The provider took it, on whichever device.
    Sent { provider: String, provider_id: Option<String> },
    /// It did not; `retryable` where it may later, not before `after_s` if it said so.
    NotSent { provider: String, reason: Reason, retryable: bool, after_s: Option<i64> },
    /// Nobody knows, for no answer came: it may have gone out.
    Unknown { provider: String },
    /// No provider was called, for there is nothing that one could be given, and never will be.
    NotCalled { reason: Reason },
}

impl Outcome {
    fn provider(&self) -> Option<&str> {
        match self {
            Self::Sent { provider, .. } | Self::NotSent { provider, .. } | Self::Unknown { provider } => Some(provider),
            Self::NotCalled { .. } => None,
        }
    }

    /// Why the call came to nothing, as far as is known yet.
    fn in_vain(&self) -> Option<Reason> {
        match self {
            Self::NotSent { reason, .. } => Some(reason.clone()),
            Self::Unknown { .. } => Some(Reason::new("no_answer")),
            Self::Sent { .. } | Self::NotCalled { .. } => None,
        }
    }
}

/// Records what became of a call.
#[derive(Debug, Clone)]
pub struct RecordOutcome {
    pub user: UserId,
    pub notice: NoticeId,
    pub channel: Channel,
    /// As the climb numbered it: what is told of an earlier attempt counts only where it went out.
    pub attempt: u32,
    pub outcome: Outcome,
    pub rules: NoticeRules,
}

impl RecordOutcome {
    /// The provider's message, where it has a name that can be kept.
    fn message(&self) -> Option<(&str, &str)> {
        match &self.outcome {
            Outcome::Sent { provider, provider_id: Some(id) } if (1..=PROVIDER_ID_BYTES_MAX).contains(&id.len()) => Some((provider, id)),
            _ => None,
        }
    }
}

impl Command for RecordOutcome {
    type Done = Recorded;
    type Refusal = NoSuchNotice;

    fn reads(&self) -> Vec<Key> {
        let mut keys = vec![Key::notice(self.user, self.notice)];
        keys.extend(self.message().map(|(provider, id)| Key::ProviderMessage(provider.to_owned(), id.to_owned())));
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Recorded), NoSuchNotice> {
        step(state, self.user, self.notice, self.channel, now, |plan, notice| {
            let is_current = notice.current().is_some_and(|current| current.channel == self.channel);
            let (priority, category, rules) = (notice.priority, notice.category, &self.rules);
            let delivery = notice.delivery_mut(self.channel)?;
            let is_open = delivery.is_unknown() && delivery.attempts == self.attempt;
            if let Some(provider) = self.outcome.provider()
                && (is_open || delivery.provider.is_none() || matches!(self.outcome, Outcome::Sent { .. }))
            {
                delivery.provider = Some(provider.to_owned());
            }
            let next_at = match &self.outcome {
                Outcome::Sent { provider, .. } => {
                    if let Some((_, id)) = self.message()
                        && delivery.provider_id.is_none()
                    {
                        delivery.provider_id = Some(id.to_owned());
                        put_lead(plan, state, self, provider, id);
                    }
                    let moved = delivery.status == Status::Queued;
                    delivery.told(Word::Sent, now);
                    moved.then(|| ladder::wait_s(category, priority, rules).map(|wait_s| after(now, wait_s)))
                }
                _ if !is_open => None,
                Outcome::Unknown { .. } => Some(Some(after(now, rules.unknown_s))),
                Outcome::NotCalled { reason } => {
                    delivery.told(Word::Failed(reason.clone()), now);
                    Some(Some(now))
                }
                Outcome::NotSent { reason, retryable, after_s, .. } => {
                    let patience = after(now, rules.patience_s);
                    let again_at = ladder::again_at(delivery.attempts, *after_s, now, rules);
                    if *retryable && delivery.attempts < rules.tries_max {
                        delivery.again_at = Some(again_at);
                    } else {
                        delivery.told(Word::Failed(reason.clone()), now);
                    }
                    let soon = delivery.attempts < ladder::quick_tries(priority, rules) && again_at <= patience;
                    Some(Some(if delivery.again_at.is_some() && soon { again_at } else { now }))
                }
            };
            match next_at {
                Some(next_at) if is_current => notice.go_on(next_at),
                _ => {}
            }
            self.outcome.in_vain().filter(|_| is_open)
        })
    }
}

fn put_lead(plan: &mut Plan, state: &Snapshot, told: &RecordOutcome, provider: &str, id: &str) {
    if state.provider_message(provider, id).is_none() {
        plan.put(Record::ProviderMessage(ProviderMessage {
            provider: provider.to_owned(),
            id: id.to_owned(),
            user: told.user,
            notice: told.notice,
            channel: told.channel,
        }));
    }
}

impl Notice {
    /// Looks at the ladder again at this time; without one there is nothing left to wait for. What is
    /// held stays held, what is done stays done.
    fn go_on(&mut self, next_at: Option<Timestamp>) {
        match (self.stage, next_at) {
            (Stage::Climbing { .. }, Some(next_at)) => self.stage = Stage::Climbing { next_at },
            (Stage::Climbing { .. }, None) => self.end(Ended::Unconfirmed),
            (Stage::Held { .. } | Stage::Done { .. }, _) => {}
        }
    }
}

/// Records what a provider, or the app, tells of a message. It may come in any order, more than
/// once, before the outcome of the call is recorded, and after the notice is done.
#[derive(Debug, Clone)]
pub struct RecordWord {
    pub user: UserId,
    pub notice: NoticeId,
    pub channel: Channel,
    pub word: Word,
    /// When it was true, as they say; what lies ahead of us counts as now.
    pub at: Timestamp,
    pub rules: NoticeRules,
}

impl Command for RecordWord {
    type Done = Recorded;
    type Refusal = NoSuchNotice;

    fn reads(&self) -> Vec<Key> {
        vec![Key::notice(self.user, self.notice)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Recorded), NoSuchNotice> {
        step(state, self.user, self.notice, self.channel, now, |_, notice| {
            let is_current = notice.current().is_some_and(|current| current.channel == self.channel);
            let (priority, category) = (notice.priority, notice.category);
            let delivery = notice.delivery_mut(self.channel)?;
            let before = delivery.status.clone();
            delivery.told(self.word.clone(), self.at.min(now));
            if delivery.status == before {
                return None;
            }
            match delivery.status {
                Status::Read => notice.end(Ended::Seen),
                Status::Delivered => notice.end(Ended::Delivered),
                // Nothing is waited for here any more: the next channel's turn has come.
                Status::Failed(_) if is_current => notice.go_on(Some(now)),
                Status::Sent if is_current => {
                    notice.go_on(ladder::wait_s(category, priority, &self.rules).map(|wait_s| after(now, wait_s)));
                }
                _ => {}
            }
            None
        })
    }
}

/// Changes a notice that was tried on this channel, and writes it where that changed it. The change says
/// why a call was in vain, if one was.
fn step(
    state: &Snapshot,
    user: UserId,
    notice: NoticeId,
    channel: Channel,
    now: Timestamp,
    change: impl FnOnce(&mut Plan, &mut Notice) -> Option<Reason>,
) -> Result<(Plan, Recorded), NoSuchNotice> {
    let before = state.notice(user, notice).ok_or(NoSuchNotice)?;
    let tried = before.delivery(channel).filter(|delivery| delivery.attempts > 0).ok_or(NoSuchNotice)?;
    let (mut plan, mut after) = (Plan::default(), before.clone());
    let in_vain = change(&mut plan, &mut after);
    let changed = after != *before;
    if changed {
        after = after.write(&mut plan, now);
    }
    let moved = after.delivery(channel).and_then(|delivery| Transition::between(tried, delivery, in_vain));
    Ok((plan, Recorded { notice: after, changed, moved }))
}

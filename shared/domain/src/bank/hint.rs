//! What is told of a connection unasked: never more than that it is worth a look.

use super::{Bank, BankStatus, BankTrouble, LEASE};
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{BankId, UserId},
};
use jiff::{SignedDuration, Timestamp};

/// Why a connection is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Its user has decided on what they were asked to agree to.
    Decided,
    /// There is something to be read.
    News,
    /// What lets it be read has changed, or is about to: whatever is under way waits for a look.
    Access,
    /// Its user has done what it was interrupted for.
    Mended,
    /// Consent has ended, in the signed word of whoever keeps it.
    Ended(BankTrouble),
}

/// A connection that somebody who knows has spoken of is looked at before it is due. Nothing that was said
/// of it is believed but that it has ended, which counts at once: what is being read is dropped.
#[derive(Debug, Clone)]
pub struct HearOfBank {
    pub user: UserId,
    pub bank: BankId,
    pub hint: Hint,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It is due, or soon will be.
    Due,
    /// It ends with this.
    Ended,
    /// It was already.
    AlreadyDue,
    /// It has ended, or nothing can be done about it.
    Nothing,
}

/// News makes a connection due as often as this, however often they are told.
const NEWS_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// The least by which times differ, as they are kept.
const TICK: SignedDuration = SignedDuration::from_millis(1);

impl Command for HearOfBank {
    type Done = Heard;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Bank(self.user, self.bank), Key::Consents(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Heard), Self::Refusal> {
        let mut plan = Plan::default();
        let Some(mut bank) = state.bank(self.user, self.bank).cloned() else { return Ok((plan, Heard::Nothing)) };
        match (bank.status, self.hint) {
            // They may never come back. If they do, their link is known still.
            (BankStatus::Linking, Hint::Decided) if bank.grant.is_some() && bank.due_at.is_some_and(|until| now < until) => {
                (bank.status, bank.due_at) = (BankStatus::Granted, Some(now));
            }
            // Decided after their link's time.
            (BankStatus::Failed, Hint::Decided) if bank.grant.is_some() && bank.trouble == Some(BankTrouble::LinkExpired) => {
                (bank.status, bank.trouble, bank.due_at) = (BankStatus::Granted, None, Some(now));
            }
            (BankStatus::Interrupted, Hint::Mended) if bank.tokens.is_some() => {
                (bank.status, bank.due_at, bank.failures) = (BankStatus::Active, Some(now), 0);
            }
            (BankStatus::Active | BankStatus::Granted | BankStatus::Interrupted, Hint::Ended(trouble)) => {
                bank.ends_agreement(trouble.into(), (state, &mut plan), now);
                bank.wiped(BankStatus::Revoked, Some(trouble), now);
                (bank.due_at, bank.updated_at) = (Some(now), now);
                plan.put(Record::Bank(Box::new(bank)));
                return Ok((plan, Heard::Ended));
            }
            (BankStatus::Active | BankStatus::Granted, hint) => {
                let due = bank.due_for(hint, now);
                if bank.waits_at(now).is_some_and(|at| at <= due) {
                    return Ok((plan, Heard::AlreadyDue));
                }
                bank.due_at = Some(due);
            }
            _ => return Ok((plan, Heard::Nothing)),
        }
        bank.updated_at = now;
        plan.put(Record::Bank(Box::new(bank)));
        Ok((plan, Heard::Due))
    }
}

impl Bank {
    /// Of clocks that differ, a worker's may be ahead: what it is to notice comes after its beginning.
    fn due_for(&self, hint: Hint, now: Timestamp) -> Timestamp {
        let taken = self.taken_until.filter(|until| now < *until).map(|until| taken_at(until).saturating_add(TICK).unwrap_or(until));
        let is_pressing = match hint {
            Hint::Access | Hint::Mended | Hint::Ended(_) => true,
            Hint::Decided => self.status == BankStatus::Granted || self.is_paused(),
            Hint::News => false,
        };
        let after_last = self.read_at.filter(|_| !is_pressing).and_then(|read| read.checked_add(NEWS_EVERY).ok());
        now.max(taken.unwrap_or(now)).max(after_last.unwrap_or(now))
    }

    /// The time at which it waits for a worker: of one that is at it, what was heard since it began.
    pub(super) fn waits_at(&self, now: Timestamp) -> Option<Timestamp> {
        match self.taken_until.filter(|until| now < *until) {
            Some(until) => self.heard_since(until),
            None => self.due_at,
        }
    }

    /// When it is to be looked at again for what was heard while a worker was at it.
    pub(super) fn heard_since(&self, taken_until: Timestamp) -> Option<Timestamp> {
        self.due_at.filter(|due| *due > taken_at(taken_until))
    }
}

fn taken_at(taken_until: Timestamp) -> Timestamp {
    taken_until.checked_sub(LEASE).unwrap_or(Timestamp::MIN)
}

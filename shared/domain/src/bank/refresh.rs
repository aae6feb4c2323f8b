//! Reading a connected bank, again and again, until its user ends it.

use super::{Bank, BankStatus, BankTrouble, LEASE, Loans, PAUSE, PAUSE_MAX, READ_EVERY, REMIND_EVERY, REMINDERS_MAX, SOON};
use crate::{
    consent::{AgreementEvent, Terms},
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{BankId, Fingerprint, UserId},
    vault::Sealed,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Takes a connection for one step: what is to be done with it now.
#[derive(Debug, Clone)]
pub struct TakeBank {
    pub user: UserId,
    pub bank: BankId,
    /// Whether its user asks, so that it is read before it is due.
    pub is_asked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// Exchange what the user came back with.
    Exchange(Box<Bank>),
    /// Nobody came back in time: ask whether they decided all the same.
    Ask(Box<Bank>),
    /// Read accounts and entries.
    Read(Box<Bank>),
    /// Tell the bank that it is over.
    Revoke(Box<Bank>),
    /// Delete what may be kept no longer.
    Lapse(Box<Bank>),
    /// Tell the chat how it went.
    Tell(Box<Bank>),
    /// Somebody is at it.
    Busy,
    /// Nothing is to be done.
    Nothing,
}

impl Command for TakeBank {
    type Done = Taken;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Bank(self.user, self.bank)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Taken), Self::Refusal> {
        let mut plan = Plan::default();
        let Some(mut bank) = state.bank(self.user, self.bank).cloned() else { return Ok((plan, Taken::Nothing)) };
        if bank.is_taken(now) {
            return Ok((plan, Taken::Busy));
        }
        let is_due = bank.due_at.is_some_and(|due| due <= now);
        bank.taken_until = Some(now.saturating_add(LEASE).unwrap_or(Timestamp::MAX));
        let is_lapsed = !bank.lapsed(now).is_empty();
        let taken = match bank.status {
            _ if is_lapsed => Taken::Lapse(Box::new(bank.clone())),
            BankStatus::Granted if is_due => Taken::Exchange(Box::new(bank.clone())),
            BankStatus::Active if is_due && bank.tell.is_some() && bank.read_at.is_some() => Taken::Tell(Box::new(bank.clone())),
            BankStatus::Active if is_due || self.is_asked => Taken::Read(Box::new(bank.clone())),
            BankStatus::Revoking if is_due => Taken::Revoke(Box::new(bank.clone())),
            BankStatus::Linking if is_due => Taken::Ask(Box::new(bank.clone())),
            _ if is_due => Taken::Tell(Box::new(bank.clone())),
            _ => return Ok((plan, Taken::Nothing)),
        };
        plan.put(Record::Bank(Box::new(bank)));
        Ok((plan, taken))
    }
}

/// Why a step failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// For now: it is tried again.
    ForNow,
    /// The same, and not before so long: the bank says so.
    NotBefore(SignedDuration),
    /// For as long as its user has paused it.
    Paused,
    /// Until its user does something about it.
    Until(BankTrouble),
    /// For good.
    ForGood(BankTrouble),
}

/// What came of a step.
#[derive(Debug, Clone)]
pub enum Told {
    /// Tokens for the code; accounts are read next.
    Exchanged {
        tokens: Sealed,
        /// The artefact that came with them, by its id.
        agreement: Option<(String, Box<Terms>)>,
    },
    /// New tokens came, and the old ones are over. What they are for goes on.
    Renewed {
        tokens: Sealed,
    },
    /// What was read is to be written into the book, and these lines may be kept for a time only.
    Lent {
        loans: Loans,
    },
    /// What these told is deleted; the view is without their accounts.
    Lapsed {
        tellers: BTreeSet<Fingerprint>,
        view: Option<Sealed>,
    },
    /// Accounts and entries were read.
    Read {
        tokens: Sealed,
        view: Sealed,
        has_accounts: bool,
        more_in: Option<SignedDuration>,
    },
    Revoked,
    Lost(Lost),
    /// Nobody has decided on a link whose time is over; whether that may still be heard of.
    Undecided {
        may_be_heard: bool,
    },
    /// The chat was told.
    Said,
}

/// Records what came of the step that was taken last.
#[derive(Debug, Clone)]
pub struct RecordBank {
    pub user: UserId,
    pub bank: BankId,
    pub told: Told,
}

impl Command for RecordBank {
    /// The connection, or `None` where it has ended meanwhile, so that what was read is nobody's.
    type Done = Option<Bank>;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Bank(self.user, self.bank), Key::Consents(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Option<Bank>), Self::Refusal> {
        let Some(mut bank) = state.bank(self.user, self.bank).cloned() else { return Ok((Plan::default(), None)) };
        let mut plan = Plan::default();
        let in_time = |pause: SignedDuration| Some(now.saturating_add(pause).unwrap_or(Timestamp::MAX));
        let heard = bank.taken_until.and_then(|until| bank.heard_since(until));
        if !matches!(self.told, Told::Renewed { .. } | Told::Lent { .. }) {
            bank.taken_until = None;
        }
        match (bank.status, &self.told) {
            (BankStatus::Active, Told::Renewed { tokens }) => bank.tokens = Some(tokens.clone()),
            (BankStatus::Active, Told::Lent { loans }) => {
                bank.borrow(loans);
                plan.put(Record::Bank(Box::new(bank.clone())));
                return Ok((plan, Some(bank)));
            }
            (_, Told::Lapsed { tellers, view }) => {
                bank.lent.retain(|teller, loan| loan.until > now || !tellers.contains(teller));
                bank.view = view.clone().filter(|_| bank.view.is_some());
            }
            (BankStatus::Granted | BankStatus::Linking, Told::Exchanged { tokens, agreement }) => {
                if let Some((id, terms)) = agreement {
                    bank.agreed_to((id, terms), (state, &mut plan), now);
                }
                (bank.status, bank.grant, bank.tokens) = (BankStatus::Active, None, Some(tokens.clone()));
                (bank.due_at, bank.failures, bank.trouble) = (Some(now), 0, None);
            }
            (BankStatus::Linking, Told::Undecided { may_be_heard }) => {
                let (link, grant) = (bank.link, bank.grant.clone());
                bank.wiped(BankStatus::Failed, Some(BankTrouble::LinkExpired), now);
                (bank.tell, bank.link, bank.grant) = if *may_be_heard { (bank.tell, link, grant) } else { (None, None, None) };
            }
            // Ended while the bank gave them: only with them can it be told.
            (BankStatus::Revoked, Told::Exchanged { tokens, agreement }) => {
                if let Some((id, terms)) = agreement {
                    bank.agreed_to((id, terms), (state, &mut plan), now);
                    bank.ends_agreement(AgreementEvent::Stopped, (state, &mut plan), now);
                }
                (bank.status, bank.tokens, bank.due_at) = (BankStatus::Revoking, Some(tokens.clone()), Some(now));
            }
            (BankStatus::Revoking, Told::Renewed { tokens }) => {
                bank.tokens = Some(tokens.clone());
                plan.put(Record::Bank(Box::new(bank)));
                return Ok((plan, None));
            }
            (BankStatus::Active, Told::Read { tokens, view, has_accounts, more_in }) => {
                bank.pauses(false, (state, &mut plan), now);
                (bank.tokens, bank.view) = (Some(tokens.clone()), Some(view.clone()));
                bank.read_at = if *has_accounts { Some(now) } else { bank.read_at };
                (bank.failures, bank.trouble) = (0, None);
                // Their chat first, where it waits for it.
                bank.due_at = if bank.tell.is_some() && *has_accounts { Some(now) } else { in_time(more_in.unwrap_or(READ_EVERY)) };
            }
            (BankStatus::Revoking, Told::Revoked | Told::Lost(Lost::Until(_) | Lost::ForGood(_) | Lost::Paused)) => {
                bank.wiped(BankStatus::Revoked, None, now);
                bank.tell = None;
            }
            (
                BankStatus::Linking | BankStatus::Granted | BankStatus::Active | BankStatus::Revoking,
                Told::Lost(Lost::ForNow | Lost::NotBefore(_)),
            ) => {
                bank.failures = bank.failures.saturating_add(1);
                bank.trouble = Some(BankTrouble::BankDown);
                let pause = pause_after(bank.failures);
                bank.due_at =
                    in_time(if let Told::Lost(Lost::NotBefore(asked)) = self.told { pause.max(asked.min(PAUSE_MAX)) } else { pause });
            }
            (BankStatus::Active, Told::Lost(Lost::Paused)) => {
                bank.pauses(true, (state, &mut plan), now);
                (bank.failures, bank.trouble, bank.due_at) = (0, Some(BankTrouble::Paused), in_time(READ_EVERY));
            }
            (BankStatus::Granted, Told::Lost(Lost::Until(trouble) | Lost::ForGood(trouble))) => {
                // Whoever declined may come back yet, where we were told of it first.
                let link = bank.link.filter(|_| *trouble == BankTrouble::Declined);
                bank.wiped(BankStatus::Failed, Some(*trouble), now);
                (bank.link, bank.due_at) = (link, bank.tell.map(|_| now));
            }
            (BankStatus::Active, Told::Lost(Lost::Until(trouble))) => {
                (bank.status, bank.trouble, bank.due_at) = (BankStatus::Interrupted, Some(*trouble), Some(now));
                bank.failures = 0;
            }
            (BankStatus::Active, Told::Lost(Lost::ForGood(trouble))) => {
                bank.ends_agreement((*trouble).into(), (state, &mut plan), now);
                bank.wiped(BankStatus::Revoked, Some(*trouble), now);
                bank.due_at = Some(now);
            }
            (_, Told::Said) => {
                bank.tell = None;
                bank.due_at = match bank.status {
                    BankStatus::Active => in_time(SOON),
                    BankStatus::Interrupted if bank.failures < REMINDERS_MAX => {
                        bank.failures = bank.failures.saturating_add(1);
                        in_time(REMIND_EVERY)
                    }
                    _ => None,
                };
            }
            // It moved on meanwhile: what was read under what it was before is dropped.
            _ => return Ok((Plan::default(), None)),
        }
        // What was told of it meanwhile may be of after it was read.
        if bank.status == BankStatus::Active
            && let Some(heard) = heard
        {
            bank.due_at = bank.due_at.map(|due| due.min(heard));
        }
        bank.updated_at = now;
        plan.put(Record::Bank(Box::new(bank.clone())));
        Ok((plan, Some(bank)))
    }
}

fn pause_after(failures: u32) -> SignedDuration {
    let doubled = 1_i32.checked_shl(failures.saturating_sub(1)).filter(|_| failures < 16).unwrap_or(i32::MAX);
    PAUSE.checked_mul(doubled).unwrap_or(PAUSE_MAX).min(PAUSE_MAX)
}

/// Ends a connection, at once: from now on nothing of it is shown or read.
#[derive(Debug, Clone)]
pub struct RevokeBank {
    pub user: UserId,
    pub bank: BankId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such connection")]
pub struct NoSuchBank;

impl Command for RevokeBank {
    type Done = Bank;
    type Refusal = NoSuchBank;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Bank(self.user, self.bank), Key::Consents(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Bank), NoSuchBank> {
        let mut bank = state.bank(self.user, self.bank).cloned().ok_or(NoSuchBank)?;
        let mut plan = Plan::default();
        bank.ends_agreement(AgreementEvent::Stopped, (state, &mut plan), now);
        match bank.status {
            BankStatus::Revoked | BankStatus::Revoking => return Ok((plan, bank)),
            // Only with its tokens can the bank be told.
            _ if bank.tokens.is_some() => {
                bank.call_in(now);
                (bank.status, bank.trouble, bank.view, bank.grant) = (BankStatus::Revoking, None, None, None);
                (bank.due_at, bank.taken_until, bank.failures, bank.tell) = (Some(now), None, 0, None);
            }
            _ => {
                // Whoever is at it may yet bring its tokens.
                let taken_until = bank.taken_until;
                bank.wiped(BankStatus::Revoked, None, now);
                (bank.tell, bank.taken_until) = (None, taken_until);
            }
        }
        bank.updated_at = now;
        plan.put(Record::Bank(Box::new(bank.clone())));
        Ok((plan, bank))
    }
}

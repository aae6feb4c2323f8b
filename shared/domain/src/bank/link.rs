//! Connecting: the user is sent to their bank, and comes back.

use super::{Bank, BankStatus, BankTrouble, LINK_LASTS};
use crate::{
    chat::Door,
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{BankId, UserId},
    request::Digest,
    vault::Sealed,
};
use jiff::Timestamp;

/// Sends a user to their bank. Doing it again makes another link; the one before is void.
#[derive(Debug, Clone)]
pub struct BeginLink {
    pub user: UserId,
    pub bank: String,
    pub name: String,
    /// Hash of what comes back with them.
    pub link: Digest,
    /// What the exchange will need.
    pub grant: Sealed,
    /// Whom to tell how it went.
    pub tell: Option<Door>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotLink {
    #[error("this bank is connected already")]
    Connected,
    #[error("the connection is being ended; try again in a minute")]
    Ending,
}

impl Command for BeginLink {
    type Done = Bank;
    type Refusal = CannotLink;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Bank(self.user, Bank::id_of(self.user, &self.bank))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Bank), CannotLink> {
        let id = Bank::id_of(self.user, &self.bank);
        let known = state.bank(self.user, id);
        match known.map(|bank| bank.status) {
            Some(BankStatus::Active | BankStatus::Granted) => return Err(CannotLink::Connected),
            Some(BankStatus::Revoking) => return Err(CannotLink::Ending),
            Some(BankStatus::Revoked) if known.is_some_and(|bank| bank.is_taken(now)) => return Err(CannotLink::Ending),
            // What it told is deleted first.
            Some(BankStatus::Revoked | BankStatus::Failed) if known.is_some_and(|bank| !bank.lent.is_empty()) => {
                return Err(CannotLink::Ending);
            }
            _ => {}
        }
        let bank = Bank {
            id,
            user: self.user,
            bank: self.bank.clone(),
            name: self.name.clone(),
            status: BankStatus::Linking,
            trouble: None,
            link: Some(self.link),
            grant: Some(self.grant.clone()),
            tokens: None,
            view: None,
            read_at: None,
            // A link that nobody came back from is cleared away.
            due_at: Some(now.saturating_add(LINK_LASTS).unwrap_or(Timestamp::MAX)),
            taken_until: None,
            failures: 0,
            agreement: None,
            lent: known.map(|bank| bank.lent.clone()).unwrap_or_default(),
            tell: self.tell,
            created_at: known.map_or(now, |bank| bank.created_at),
            updated_at: now,
        };
        let mut plan = Plan::default();
        plan.put(Record::Bank(Box::new(bank.clone())));
        Ok((plan, bank))
    }
}

/// What a user came back with.
#[derive(Debug, Clone)]
pub enum Grant {
    /// The bank's word, sealed with what the exchange needs beside it.
    Given(Sealed),
    /// They said no there.
    Declined,
}

/// A user has come back from their bank.
#[derive(Debug, Clone)]
pub struct RecordReturn {
    pub user: UserId,
    pub bank: BankId,
    /// Hash of what came back with them.
    pub link: Digest,
    pub grant: Grant,
}

/// How the return was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returned {
    /// The bank's word is to be exchanged.
    Granted(Bank),
    Declined(Bank),
    /// The link was used before, is void or too old: nothing changes.
    Void,
}

impl Command for RecordReturn {
    type Done = Returned;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Bank(self.user, self.bank)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Returned), Self::Refusal> {
        let waits = |bank: &&Bank| {
            let is_late = bank.status == BankStatus::Failed && bank.trouble == Some(BankTrouble::LinkExpired) && bank.grant.is_some();
            let is_in_time = bank.status == BankStatus::Linking && bank.due_at.is_some_and(|until| now < until);
            bank.link == Some(self.link) && (is_in_time || is_late)
        };
        let Some(mut bank) = state.bank(self.user, self.bank).filter(waits).cloned() else {
            let known = state.bank(self.user, self.bank).and_then(|bank| bank.back_after_word(self.link));
            return Ok((Plan::default(), known.unwrap_or(Returned::Void)));
        };
        bank.updated_at = now;
        let mut plan = Plan::default();
        let returned = match &self.grant {
            Grant::Given(grant) => {
                (bank.status, bank.link, bank.grant, bank.due_at) = (BankStatus::Granted, None, Some(grant.clone()), Some(now));
                bank.trouble = None;
                Returned::Granted(bank.clone())
            }
            Grant::Declined => {
                bank.wiped(BankStatus::Failed, Some(BankTrouble::Declined), now);
                // Somebody is still to be told.
                bank.due_at = bank.tell.map(|_| now);
                Returned::Declined(bank.clone())
            }
        };
        plan.put(Record::Bank(Box::new(bank)));
        Ok((plan, returned))
    }
}

impl Bank {
    /// Somebody comes back of whose decision we were told before they did.
    #[must_use]
    pub fn back_after_word(&self, link: Digest) -> Option<Returned> {
        if self.link != Some(link) {
            return None;
        }
        match self.status {
            BankStatus::Granted | BankStatus::Active => Some(Returned::Granted(self.clone())),
            BankStatus::Failed if self.trouble == Some(BankTrouble::Declined) => Some(Returned::Declined(self.clone())),
            _ => None,
        }
    }
}

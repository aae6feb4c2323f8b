//! The second phase of a held transfer: post, void or expire. One of them happens, once.

use super::{Transfer, TransferStatus, open::send};
use crate::{
    account::{Account, AccountStatus, CannotSpend, Happening},
    defect::{Defect, planted},
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    fact::{Cause, FactKind},
    id::{AccountId, OperationId, TransferId, UserId},
    limits::Channel,
    money::{Amount, Rupees},
    request::{KeyReused, Keyed},
};
use jiff::Timestamp;

/// Why a held transfer cannot be finished this way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotFinish {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("no such transfer")]
    NoSuchTransfer,
    #[error("the transfer is {status} already")]
    NotHeld { status: &'static str },
    #[error("at most the held {} can be posted", Rupees(*held))]
    MoreThanHeld { held: i64 },
    /// It goes back when its time is over, or when the sender takes it back.
    #[error("the account that it is for is closed")]
    Gone,
    #[error(transparent)]
    Cannot(#[from] CannotSpend),
}

type Found = (Transfer, Account, Account);

fn find(state: &Snapshot, id: TransferId, from: AccountId, to: AccountId) -> Result<Found, CannotFinish> {
    let transfer = state.transfer(id).filter(|transfer| transfer.id == id && transfer.from == from && transfer.to == to).cloned();
    let accounts = state.account(from).cloned().zip(state.account(to).cloned());
    transfer.zip(accounts).map(|(transfer, (from, to))| (transfer, from, to)).ok_or(CannotFinish::NoSuchTransfer)
}

fn keys(id: TransferId, from: AccountId, to: AccountId) -> Vec<Key> {
    vec![Key::operation(OperationId::Transfer(id)), Key::Account(from), Key::Account(to)]
}

/// Sends what was set aside, or part of it; the rest is the sender's again.
#[derive(Debug, Clone)]
pub struct PostTransfer {
    /// The sender's request.
    pub asked: Keyed,
    pub transfer: TransferId,
    pub to: AccountId,
    /// All of it where not given.
    pub amount: Option<Amount>,
}

impl Command for PostTransfer {
    type Done = Answer<Transfer>;
    type Refusal = CannotFinish;

    fn reads(&self) -> Vec<Key> {
        let mut keys = keys(self.transfer, self.asked.account(), self.to);
        keys.push(Key::Operation(self.asked.fingerprint));
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotFinish> {
        let (mut transfer, mut from, mut to) = find(state, self.transfer, self.asked.account(), self.to)?;
        if let Some((_, digest)) = transfer.posted_by.filter(|(fingerprint, _)| *fingerprint == self.asked.fingerprint) {
            self.asked.check(&digest)?;
            return Ok((Plan::default(), Answer::again(transfer)));
        }
        if state.operation_exists(self.asked.fingerprint) {
            return Err(KeyReused.into());
        }
        let TransferStatus::Held { expires_at } = transfer.status else {
            return Err(CannotFinish::NotHeld { status: transfer.status.code() });
        };
        // The schedule may be late in giving it back; the deadline is not.
        if now >= expires_at {
            return Err(CannotFinish::NotHeld { status: "expired" });
        }
        let posted = self.amount.map_or(transfer.amount, Amount::minor);
        if posted > transfer.amount {
            return Err(CannotFinish::MoreThanHeld { held: transfer.amount });
        }
        from.may_spend()?;
        if to.status == AccountStatus::Closed {
            return Err(CannotFinish::Gone);
        }
        let rest = transfer.amount - posted;
        from.spending.uncount(Channel::Transfer, to.id.owner().fingerprint(), rest, transfer.created_at);
        transfer.status = TransferStatus::Posted { posted };
        transfer.posted_by = Some((self.asked.fingerprint, self.asked.digest));
        transfer.updated_at = now;
        let mut plan = Plan::default();
        let held_before = from.held;
        send(&mut plan, &mut transfer, &mut from, &mut to, held_before, now, &self.asked.cause());
        plan.put(Record::Transfer(transfer.clone()));
        Ok((plan, Answer::first(transfer)))
    }
}

/// Gives what was set aside back, on the word of either side.
#[derive(Debug, Clone)]
pub struct VoidTransfer {
    pub caller: UserId,
    pub transfer: TransferId,
    pub from: AccountId,
    pub to: AccountId,
    pub request_id: String,
}

impl Command for VoidTransfer {
    type Done = Transfer;
    type Refusal = CannotFinish;

    fn reads(&self) -> Vec<Key> {
        keys(self.transfer, self.from, self.to)
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Transfer), CannotFinish> {
        let own = AccountId::wallet_of(self.caller);
        let found = find(state, self.transfer, self.from, self.to)?;
        if own != self.from && own != self.to {
            return Err(CannotFinish::NoSuchTransfer);
        }
        let cause = Cause::Request { request_id: self.request_id.clone() };
        give_back(found, TransferStatus::Voided, FactKind::TransferVoided, now, &cause)
    }
}

/// Gives what was set aside back because its time is over.
#[derive(Debug, Clone)]
pub struct ExpireTransfer {
    pub transfer: TransferId,
    pub from: AccountId,
    pub to: AccountId,
}

impl Command for ExpireTransfer {
    type Done = Transfer;
    type Refusal = CannotFinish;

    fn reads(&self) -> Vec<Key> {
        keys(self.transfer, self.from, self.to)
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Transfer), CannotFinish> {
        let found = find(state, self.transfer, self.from, self.to)?;
        if matches!(found.0.status, TransferStatus::Held { expires_at } if now < expires_at) {
            return Ok((Plan::default(), found.0));
        }
        give_back(found, TransferStatus::Expired, FactKind::TransferExpired, now, &Cause::Deadline)
    }
}

fn give_back(
    found: Found,
    status: TransferStatus,
    kind: FactKind,
    now: Timestamp,
    cause: &Cause,
) -> Result<(Plan, Transfer), CannotFinish> {
    let (mut transfer, mut from, mut to) = found;
    let mut plan = Plan::default();
    if transfer.status == status {
        return Ok((plan, transfer));
    }
    if !matches!(transfer.status, TransferStatus::Held { .. }) {
        return Err(CannotFinish::NotHeld { status: transfer.status.code() });
    }
    let held_before = from.held;
    if !planted(Defect::ForgetRelease) {
        from.release(transfer.amount);
    }
    from.spending.uncount(Channel::Transfer, to.id.owner().fingerprint(), transfer.amount, transfer.created_at);
    transfer.status = status;
    transfer.updated_at = now;
    let operation = transfer.operation();
    let happening = |seq, detail| Happening { kind, operation: Some((operation, seq)), postings: Vec::new(), detail, cause };
    transfer.from_seq = plan.record(&mut from, held_before, now, happening(transfer.from_seq, transfer.detail(transfer.from)));
    let held = to.held;
    transfer.to_seq = plan.record(&mut to, held, now, happening(transfer.to_seq, transfer.detail(transfer.to)));
    plan.put(Record::Transfer(transfer.clone()));
    Ok((plan, transfer))
}

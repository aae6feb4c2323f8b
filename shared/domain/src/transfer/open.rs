//! Opening a transfer.

use super::{Transfer, TransferStatus};
use crate::{
    account::{Account, AccountStatus, CannotSpend, Happening},
    defect::{Defect, planted},
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    fact::{Cause, FactKind},
    id::{AccountId, TransferId, UserId},
    limits::Channel,
    money::Amount,
    request::{KeyReused, Keyed},
    rules::Rules,
};
use jiff::{SignedDuration, Timestamp};

/// Sends money to another user, or sets it aside for them.
#[derive(Debug, Clone)]
pub struct OpenTransfer {
    pub asked: Keyed,
    pub to: UserId,
    pub amount: Amount,
    pub note: Option<String>,
    /// For a two-phase transfer: how long the money stays set aside, in seconds.
    pub hold_s: Option<i64>,
    pub rules: Rules,
}

/// Why a transfer is refused; where several apply, the first in this order. Nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenRefusal {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("money cannot be sent to oneself")]
    ToSelf,
    #[error("a hold lasts from 1 to {max} seconds")]
    HoldLength { max: i64 },
    #[error("the account does not exist")]
    NoAccount,
    #[error("no such recipient")]
    NoRecipient,
    #[error(transparent)]
    Cannot(#[from] CannotSpend),
}

impl Command for OpenTransfer {
    type Done = Answer<Transfer>;
    type Refusal = OpenRefusal;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Account(self.asked.account()), Key::Account(AccountId::wallet_of(self.to)), Key::Operation(self.asked.fingerprint)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), OpenRefusal> {
        let id = TransferId::new(now, self.asked.fingerprint);
        if let Some(known) = state.transfer(id) {
            self.asked.check(&known.digest)?;
            return Ok((Plan::default(), Answer::again(known.as_opened())));
        }
        if state.operation_exists(self.asked.fingerprint) {
            return Err(KeyReused.into());
        }
        if self.to == self.asked.caller {
            return Err(OpenRefusal::ToSelf);
        }
        let max = self.rules.hold_s_max;
        if self.hold_s.is_some_and(|seconds| !(1..=max).contains(&seconds)) {
            return Err(OpenRefusal::HoldLength { max });
        }
        let mut from = state.account(self.asked.account()).cloned().ok_or(OpenRefusal::NoAccount)?;
        let open = |account: &&Account| account.status != AccountStatus::Closed;
        let mut to = state.account(AccountId::wallet_of(self.to)).filter(open).cloned().ok_or(OpenRefusal::NoRecipient)?;
        let held_before = from.held;
        from.hold(Channel::Transfer, to.id.owner().fingerprint(), self.amount.minor(), now, &self.rules)?;

        let status = match self.hold_s {
            Some(seconds) => {
                TransferStatus::Held { expires_at: now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX) }
            }
            None => TransferStatus::Posted { posted: self.amount.minor() },
        };
        let mut transfer = Transfer {
            id,
            from: from.id,
            to: to.id,
            amount: self.amount.minor(),
            note: self.note.clone(),
            status,
            opened_as: status,
            digest: self.asked.digest,
            posted_by: None,
            from_seq: 0,
            to_seq: 0,
            created_at: now,
            updated_at: now,
        };
        let mut plan = Plan::default();
        let cause = self.asked.cause();
        if self.hold_s.is_some() {
            hold(&mut plan, &mut transfer, &mut from, &mut to, held_before, &cause);
        } else {
            send(&mut plan, &mut transfer, &mut from, &mut to, held_before, now, &cause);
        }
        plan.put(Record::Transfer(transfer.clone()));
        Ok((plan, Answer::first(transfer)))
    }
}

/// Tells both sides that money is set aside.
fn hold(plan: &mut Plan, transfer: &mut Transfer, from: &mut Account, to: &mut Account, held_before: i64, cause: &Cause) {
    let now = transfer.created_at;
    for (account, held) in [(from, Some(held_before)), (to, None)] {
        let held = held.unwrap_or(account.held);
        let seq = plan.record(
            account,
            held,
            now,
            Happening {
                kind: FactKind::TransferHeld,
                operation: Some((transfer.operation(), 0)),
                postings: Vec::new(),
                detail: transfer.detail(account.id),
                cause,
            },
        );
        if account.id == transfer.from {
            transfer.from_seq = seq;
        } else {
            transfer.to_seq = seq;
        }
    }
}

/// Moves what the transfer posts, releasing its whole hold, and tells both sides.
///
/// Both feeds carry the posting; each account's entries come from it.
pub(super) fn send(
    plan: &mut Plan,
    transfer: &mut Transfer,
    from: &mut Account,
    to: &mut Account,
    held_before: i64,
    now: Timestamp,
    cause: &Cause,
) {
    let TransferStatus::Posted { posted } = transfer.status else { return };
    from.release(if planted(Defect::WrongRounding) { transfer.amount / 100 * 100 } else { transfer.amount });
    let postings = transfer.postings(posted);
    transfer.from_seq = plan.record(
        from,
        held_before,
        now,
        Happening {
            kind: FactKind::TransferSent,
            operation: Some((transfer.operation(), transfer.from_seq)),
            postings: postings.clone(),
            detail: transfer.detail(from.id),
            cause,
        },
    );
    let held = to.held;
    transfer.to_seq = plan.record(
        to,
        held,
        now,
        Happening {
            kind: FactKind::TransferReceived,
            operation: Some((transfer.operation(), transfer.to_seq)),
            postings,
            detail: transfer.detail(to.id),
            cause,
        },
    );
}

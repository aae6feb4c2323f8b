//! Taking a payout one step further, or back, before the provider has it.

use super::{Failure, Payout, PayoutStatus, SEND_LEASE_S, Step};
use crate::{
    account::Account,
    engine::{Command, Key, Plan, Record, Snapshot},
    fact::{Cause, FactKind},
    id::{AccountId, OperationId, PayeeId, PayoutId, UserId},
    payee::{Payee, PayeeStatus},
    rules::Rules,
};
use jiff::{SignedDuration, Timestamp};

/// Looks at a payout and decides what it waits for.
#[derive(Debug, Clone)]
pub struct AdvancePayout {
    pub payout: PayoutId,
    pub payee: PayeeId,
    pub account: AccountId,
    pub rules: Rules,
}

/// What is to be done with a payout now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "one at a time, taken apart at once by whoever sends it")]
pub enum Advance {
    /// Call the provider, with the payout's own idempotency key; it may have been called before
    /// (`tries` says how often), but by nobody else right now.
    Send(Payout, Payee),
    /// Nothing yet: another worker may be calling the provider. Or it has stopped in the middle of
    /// it, so come again.
    BeingSent(Payout),
    /// Nothing now: it waits for a validation, a deadline or the provider.
    Wait(Payout),
    /// Nothing ever.
    Ended(Payout),
}

/// There is no such payout, payee or account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such payout")]
pub struct NoSuchPayout;

impl Command for AdvancePayout {
    type Done = Advance;
    type Refusal = NoSuchPayout;

    fn reads(&self) -> Vec<Key> {
        vec![Key::operation(OperationId::Payout(self.payout)), Key::Payee(self.payee), Key::Account(self.account)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Advance), NoSuchPayout> {
        let mut payout = state.payout(self.payout).cloned().ok_or(NoSuchPayout)?;
        let payee = state.payee(self.payee).cloned().ok_or(NoSuchPayout)?;
        let mut account = state.account(self.account).cloned().ok_or(NoSuchPayout)?;
        let mut plan = Plan::default();
        match payout.status {
            PayoutStatus::Sending => {
                if self.is_being_sent(&payout, now) {
                    return Ok((plan, Advance::BeingSent(payout)));
                }
                payout.tried_at = Some(now);
                payout.tries += 1;
                plan.put(Record::Payout(payout.clone()));
                return Ok((plan, Advance::Send(payout, payee)));
            }
            PayoutStatus::Processing => return Ok((plan, Advance::Wait(payout))),
            status if status.is_final() => return Ok((plan, Advance::Ended(payout))),
            _ => {}
        }
        let next = self.next(&payout, &payee, &account, now);
        let was_validating = payout.status == PayoutStatus::Validating;
        let cause =
            if payout.status == PayoutStatus::Queued { Cause::Request { request_id: payout.request_id.clone() } } else { Cause::Deadline };
        match next {
            Next::Wait => return Ok((plan, Advance::Wait(payout))),
            Next::Cool => {
                let step = Step { payout: &mut payout, account: &mut account, now, cause: &cause };
                step.telling(&mut plan, PayoutStatus::Cooling, FactKind::PayoutCooling, 0, Vec::new());
            }
            Next::Send => {
                payout.sent_at = Some(now);
                payout.tried_at = Some(now);
                payout.tries = 1;
                let step = Step { payout: &mut payout, account: &mut account, now, cause: &cause };
                step.telling(&mut plan, PayoutStatus::Sending, FactKind::PayoutSent, 0, Vec::new());
            }
            Next::GiveUp(failure) => call_back(&mut plan, &mut payout, &mut account, failure, now, &cause),
        }
        if was_validating {
            let mut payee = payee.clone();
            payee.waiting.retain(|waiting| *waiting != payout.id);
            plan.put(Record::Payee(payee));
        }
        let advance = match payout.status {
            PayoutStatus::Sending => Advance::Send(payout, payee),
            PayoutStatus::Cooling => Advance::Wait(payout),
            _ => Advance::Ended(payout),
        };
        Ok((plan, advance))
    }
}

enum Next {
    Wait,
    Cool,
    Send,
    GiveUp(Failure),
}

impl AdvancePayout {
    /// Whether another worker may still be at it: the same message comes more than once.
    fn is_being_sent(&self, payout: &Payout, now: Timestamp) -> bool {
        let until = |tried: Timestamp| tried.saturating_add(SignedDuration::from_secs(SEND_LEASE_S)).unwrap_or(now);
        payout.tried_at.is_some_and(|tried| now < until(tried))
    }

    fn next(&self, payout: &Payout, payee: &Payee, account: &Account, now: Timestamp) -> Next {
        if let Err(cannot) = account.may_spend() {
            return Next::GiveUp(Failure::new("account_not_active", &cannot.to_string()));
        }
        let cooled = payout.cool_until.is_none_or(|until| now >= until);
        match (payout.status, &payee.status) {
            (_, PayeeStatus::Invalid { reason }) => Next::GiveUp(Failure::new("payee_invalid", reason)),
            (PayoutStatus::Validating, PayeeStatus::Unchecked | PayeeStatus::Checking { .. }) => {
                let deadline = payout.created_at.saturating_add(SignedDuration::from_secs(self.rules.validation_deadline_s));
                if now >= deadline.unwrap_or(now) {
                    Next::GiveUp(Failure::new("validation_timeout", "the bank did not confirm the payee in time; try again later"))
                } else {
                    Next::Wait
                }
            }
            (PayoutStatus::Validating, _) if !cooled => Next::Cool,
            (PayoutStatus::Cooling, _) if !cooled => Next::Wait,
            _ => Next::Send,
        }
    }
}

/// Ends a payout that was never sent: the money is available again and was never spent.
fn call_back(plan: &mut Plan, payout: &mut Payout, account: &mut Account, failure: Failure, now: Timestamp, cause: &Cause) {
    let release = payout.total();
    account.spending.uncount(payout.channel(), payout.payee.fingerprint(), release, payout.created_at);
    payout.failure = Some(failure);
    Step { payout, account, now, cause }.telling(plan, PayoutStatus::Cancelled, FactKind::PayoutCancelled, release, Vec::new());
}

/// Calls a payout back on its owner's word.
#[derive(Debug, Clone)]
pub struct CancelPayout {
    pub caller: UserId,
    pub payout: PayoutId,
    pub request_id: String,
}

/// Why a payout cannot be called back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotCancel {
    #[error("no such payout")]
    NoSuchPayout,
    #[error("the payout is {status} already; only one that has not been sent can be cancelled")]
    TooLate { status: &'static str },
}

impl Command for CancelPayout {
    type Done = Payout;
    type Refusal = CannotCancel;

    fn reads(&self) -> Vec<Key> {
        vec![Key::operation(OperationId::Payout(self.payout)), Key::Account(AccountId::wallet_of(self.caller))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Payout), CannotCancel> {
        let own = |payout: &&Payout| payout.account == AccountId::wallet_of(self.caller) && payout.id == self.payout;
        let mut payout = state.payout(self.payout).filter(own).cloned().ok_or(CannotCancel::NoSuchPayout)?;
        let mut account = state.account(payout.account).cloned().ok_or(CannotCancel::NoSuchPayout)?;
        let mut plan = Plan::default();
        if payout.status == PayoutStatus::Cancelled {
            return Ok((plan, payout));
        }
        if !payout.status.is_unsent() {
            return Err(CannotCancel::TooLate { status: payout.status.code() });
        }
        let cause = Cause::Request { request_id: self.request_id.clone() };
        let failure = Failure::new("cancelled", "cancelled on request");
        call_back(&mut plan, &mut payout, &mut account, failure, now, &cause);
        Ok((plan, payout))
    }
}

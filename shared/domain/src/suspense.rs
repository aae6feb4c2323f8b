//! Suspense: what a provider tells of and nobody here asked for. Kept, shown, never dropped.

use crate::{
    account::{Account, AccountStatus, Happening},
    engine::{Command, Key, Plan, Record, Snapshot},
    fact::{Cause, Detail, FactKind, JournalLine},
    id::{AccountId, Fingerprint, OperationId, SuspenseId, UserId},
    payment::{Applied, Gateway, ProviderPayment},
    posting::{Posting, Reason, Side, SystemAccount},
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuspenseKind {
    /// Money came in.
    Payment,
    /// Money was given back by somebody else (at the provider's dashboard).
    Refund,
}

impl SuspenseKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuspenseStatus {
    Open,
    Assigned { to: UserId, by: UserId },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspense {
    pub id: SuspenseId,
    pub kind: SuspenseKind,
    pub gateway: Gateway,
    /// The provider's id of the payment or refund.
    pub provider_id: String,
    pub order_id: Option<String>,
    pub amount: i64,
    /// As told; money in another currency is shown here and not in the ledger.
    pub currency: String,
    pub why: String,
    pub status: SuspenseStatus,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Suspense {
    /// One record for one thing of the provider's, however often it is told.
    pub fn fingerprint(gateway: Gateway, kind: SuspenseKind, provider_id: &str) -> Fingerprint {
        Fingerprint::of(&format!("suspense:{}:{}", gateway.code(), kind.code()), provider_id)
    }

    fn open(kind: SuspenseKind, told: &ProviderPayment, why: &str, now: Timestamp) -> Self {
        Self {
            id: SuspenseId::new(now, Self::fingerprint(told.gateway, kind, &told.id)),
            kind,
            gateway: told.gateway,
            provider_id: told.id.clone(),
            order_id: told.order_id.clone(),
            amount: told.amount,
            currency: told.currency.clone(),
            why: why.to_owned(),
            status: SuspenseStatus::Open,
            created_at: now,
            updated_at: now,
        }
    }

    /// Money of a currency that we hold is booked as soon as it is seen.
    fn posting(&self) -> Option<Posting> {
        let (settlement, suspense) = (Side::System(self.gateway.settlement()), Side::System(SystemAccount::Suspense));
        let (debit, credit) = match self.kind {
            SuspenseKind::Payment => (settlement, suspense),
            SuspenseKind::Refund => (suspense, settlement),
        };
        let held = self.amount > 0 && crate::money::Currency::from_code(&self.currency).is_some();
        held.then_some(Posting { debit, credit, amount: self.amount, reason: Reason::SuspenseReceived })
    }
}

fn keep(plan: &mut Plan, suspense: &Suspense, cause: &Cause, now: Timestamp) {
    if let Some(posting) = suspense.posting() {
        plan.journal(JournalLine {
            operation: OperationId::Suspense(suspense.id),
            part: "received".to_owned(),
            at: now,
            postings: vec![posting],
            cause: cause.clone(),
        });
    }
    plan.put(Record::Suspense(suspense.clone()));
}

/// Keeps a captured payment that cannot be credited.
pub(crate) fn park(state: &Snapshot, told: &ProviderPayment, why: &str, cause: &Cause, now: Timestamp) -> (Plan, Applied) {
    let mut plan = Plan::default();
    let fingerprint = Suspense::fingerprint(told.gateway, SuspenseKind::Payment, &told.id);
    if state.operation_exists(fingerprint) {
        return (plan, Applied::AlreadyKnown);
    }
    let suspense = Suspense::open(SuspenseKind::Payment, told, why, now);
    keep(&mut plan, &suspense, cause, now);
    (plan, Applied::Parked(suspense))
}

/// Keeps a refund that no one here asked for.
#[derive(Debug, Clone)]
pub struct ParkRefund {
    /// The provider's refund, told in the shape of a payment.
    pub told: ProviderPayment,
    pub cause: Cause,
}

impl Command for ParkRefund {
    type Done = Option<Suspense>;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Operation(Suspense::fingerprint(self.told.gateway, SuspenseKind::Refund, &self.told.id))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), Self::Refusal> {
        let mut plan = Plan::default();
        if state.operation_exists(Suspense::fingerprint(self.told.gateway, SuspenseKind::Refund, &self.told.id)) {
            return Ok((plan, None));
        }
        let suspense = Suspense::open(SuspenseKind::Refund, &self.told, "no refund of ours asked for it", now);
        keep(&mut plan, &suspense, &self.cause, now);
        Ok((plan, Some(suspense)))
    }
}

/// Credits a suspense payment to the user whose it was found to be.
#[derive(Debug, Clone)]
pub struct AssignSuspense {
    pub suspense: SuspenseId,
    pub to: UserId,
    pub by: UserId,
    pub request_id: String,
}

/// Why a suspense payment cannot be assigned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotAssign {
    #[error("no such suspense payment")]
    NoSuchSuspense,
    #[error("no such user")]
    NoSuchUser,
    #[error("only a payment in a currency that we hold can be assigned")]
    NotAssignable,
    #[error("it was assigned to {to} already")]
    Assigned { to: UserId },
    #[error("nobody may assign money to themselves")]
    ToOneself,
}

impl Command for AssignSuspense {
    type Done = Suspense;
    type Refusal = CannotAssign;

    fn reads(&self) -> Vec<Key> {
        vec![Key::operation(OperationId::Suspense(self.suspense)), Key::Account(AccountId::wallet_of(self.to))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Suspense), CannotAssign> {
        let known = |suspense: &&Suspense| suspense.id == self.suspense;
        let mut suspense = state.suspense(self.suspense).filter(known).cloned().ok_or(CannotAssign::NoSuchSuspense)?;
        let mut plan = Plan::default();
        match suspense.status {
            SuspenseStatus::Assigned { to, .. } if to == self.to => return Ok((plan, suspense)),
            SuspenseStatus::Assigned { to, .. } => return Err(CannotAssign::Assigned { to }),
            SuspenseStatus::Open => {}
        }
        if self.to == self.by {
            return Err(CannotAssign::ToOneself);
        }
        if suspense.kind != SuspenseKind::Payment || suspense.posting().is_none() {
            return Err(CannotAssign::NotAssignable);
        }
        let open = |account: &&Account| account.status != AccountStatus::Closed;
        let mut account = state.account(AccountId::wallet_of(self.to)).filter(open).cloned().ok_or(CannotAssign::NoSuchUser)?;
        suspense.status = SuspenseStatus::Assigned { to: self.to, by: self.by };
        suspense.updated_at = now;
        let cause = Cause::Operator { user_id: self.by.to_string(), request_id: self.request_id.clone() };
        let posting = Posting {
            debit: Side::System(SystemAccount::Suspense),
            credit: Side::User(account.id),
            amount: suspense.amount,
            reason: Reason::SuspenseAssigned,
        };
        let held = account.held;
        plan.record(
            &mut account,
            held,
            now,
            Happening {
                kind: FactKind::SuspenseAssigned,
                operation: Some((OperationId::Suspense(suspense.id), 0)),
                postings: vec![posting],
                detail: Detail {
                    amount: Some(suspense.amount),
                    status: Some("assigned".to_owned()),
                    direction: Some("in".to_owned()),
                    reference: Some(suspense.provider_id.clone()),
                    ..Detail::default()
                },
                cause: &cause,
            },
        );
        plan.put(Record::Suspense(suspense.clone()));
        Ok((plan, suspense))
    }
}

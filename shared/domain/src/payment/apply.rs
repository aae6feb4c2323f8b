//! What the provider says of a payment, and what follows from it.

use super::{Gateway, Payment, PaymentStatus};
use crate::{
    account::{Account, AccountStatus, Happening},
    defect::{Defect, planted},
    engine::{Command, Key, Plan, Record, Snapshot},
    fact::{Cause, FactKind},
    id::{AccountId, OperationId, PaymentId},
    posting::{Posting, Reason, Side, SystemAccount},
    suspense::{Suspense, SuspenseKind, park},
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderPaymentState {
    Created,
    Authorized,
    /// Captured, or refunded since: the money came in.
    Captured,
    Failed,
}

/// A payment as the provider tells it, by webhook or on request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderPayment {
    pub gateway: Gateway,
    pub id: String,
    pub order_id: Option<String>,
    pub amount: i64,
    /// As told; one that we do not hold goes to suspense.
    pub currency: String,
    pub state: ProviderPaymentState,
    /// Tax included; 0 where not known yet.
    pub fee: i64,
    pub failure: Option<String>,
}

/// Applies the provider's word: credits a captured payment once, however many ways it is heard of.
#[derive(Debug, Clone)]
pub struct ApplyPayment {
    pub told: ProviderPayment,
    /// Our order that it settles, with the account to credit; `None` where it is nobody's.
    pub ours: Option<(PaymentId, AccountId)>,
    pub cause: Cause,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    Credited(Payment),
    Moved(Payment),
    /// Kept for an operator, with the reason why it could not be credited.
    Parked(Suspense),
    AlreadyKnown,
}

impl Command for ApplyPayment {
    type Done = Applied;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        let mut keys = vec![Key::Operation(Suspense::fingerprint(self.told.gateway, SuspenseKind::Payment, &self.told.id))];
        if let Some((payment, account)) = self.ours {
            keys.extend([Key::operation(OperationId::Payment(payment)), Key::Account(account)]);
        }
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Applied), Self::Refusal> {
        let mut plan = Plan::default();
        // What one gateway tells is nothing to an order at the other.
        let here = |payment: &&Payment| payment.gateway == self.told.gateway;
        let ours = self.ours.and_then(|(payment, account)| Some((state.payment(payment).filter(here)?, state.account(account)?)));
        let captured = self.told.state == ProviderPaymentState::Captured;
        let Some((payment, account)) = ours else {
            return Ok(if captured {
                park(state, &self.told, "it belongs to no order of ours", &self.cause, now)
            } else {
                (plan, Applied::AlreadyKnown)
            });
        };
        let credited = payment.status == PaymentStatus::Captured;
        if credited && payment.provider_payment_id.as_deref() == Some(self.told.id.as_str()) {
            return Ok((plan, Applied::AlreadyKnown));
        }
        if captured {
            if let Some(reason) = self.why_not(payment, account) {
                return Ok(park(state, &self.told, reason, &self.cause, now));
            }
            if state.operation_exists(Suspense::fingerprint(self.told.gateway, SuspenseKind::Payment, &self.told.id)) {
                // It was parked before its order was known; an operator assigns it.
                return Ok((plan, Applied::AlreadyKnown));
            }
            let payment = self.credit(&mut plan, payment.clone(), account.clone(), now);
            return Ok((plan, Applied::Credited(payment)));
        }
        let status = match self.told.state {
            ProviderPaymentState::Authorized => PaymentStatus::Authorized,
            ProviderPaymentState::Failed => PaymentStatus::Failed,
            ProviderPaymentState::Created | ProviderPaymentState::Captured => PaymentStatus::Created,
        };
        if status <= payment.status {
            return Ok((plan, Applied::AlreadyKnown));
        }
        let payment = self.advance(&mut plan, payment.clone(), account.clone(), status, now);
        Ok((plan, Applied::Moved(payment)))
    }
}

impl ApplyPayment {
    /// Why a captured payment cannot be credited to the order's owner.
    fn why_not(&self, payment: &Payment, account: &Account) -> Option<&'static str> {
        if payment.status == PaymentStatus::Captured {
            Some("its order was paid already by another payment")
        } else if self.told.currency != account.currency.code() {
            Some("its currency is not the order's")
        } else if self.told.amount != payment.amount {
            Some("its amount is not the order's")
        } else if account.status == AccountStatus::Closed {
            Some("the order's owner has closed the account")
        } else {
            None
        }
    }

    fn credit(&self, plan: &mut Plan, mut payment: Payment, mut account: Account, now: Timestamp) -> Payment {
        payment.status = PaymentStatus::Captured;
        payment.provider_payment_id = Some(self.told.id.clone());
        payment.provider_fee = self.told.fee;
        payment.failure = None;
        payment.captured_at = Some(now);
        payment.updated_at = now;
        let settlement = Side::System(self.told.gateway.settlement());
        let mut postings =
            vec![Posting { debit: settlement, credit: Side::User(account.id), amount: payment.amount, reason: Reason::PaymentReceived }];
        if planted(Defect::PostTwice) {
            postings.push(postings[0]);
        }
        if self.told.fee > 0 {
            let debit = Side::System(SystemAccount::ProviderFees);
            postings.push(Posting { debit, credit: settlement, amount: self.told.fee, reason: Reason::PaymentFee });
        }
        self.record(plan, &mut payment, &mut account, FactKind::PaymentCaptured, postings, now);
        payment
    }

    fn advance(&self, plan: &mut Plan, mut payment: Payment, mut account: Account, status: PaymentStatus, now: Timestamp) -> Payment {
        payment.status = status;
        payment.updated_at = now;
        if status == PaymentStatus::Failed {
            payment.failure = self.told.failure.clone();
            self.record(plan, &mut payment, &mut account, FactKind::PaymentFailed, Vec::new(), now);
        } else {
            plan.put(Record::Payment(payment.clone()));
        }
        payment
    }

    fn record(
        &self,
        plan: &mut Plan,
        payment: &mut Payment,
        account: &mut Account,
        kind: FactKind,
        postings: Vec<Posting>,
        now: Timestamp,
    ) {
        let operation = Some((OperationId::Payment(payment.id), payment.last_seq));
        let held = account.held;
        let happening = Happening { kind, operation, postings, detail: payment.detail(), cause: &self.cause };
        payment.last_seq = plan.record(account, held, now, happening);
        plan.put(Record::Payment(payment.clone()));
    }
}

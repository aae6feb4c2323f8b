//! Refunds: a payment given back, in full or part. The money is held until the provider's word.

use crate::{
    account::{Account, CannotSpend, Happening},
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    fact::{Cause, Detail, FactKind},
    id::{AccountId, OperationId, PaymentId, RefundId},
    limits::Channel,
    money::{Amount, Rupees},
    payment::{Gateway, Payment, PaymentStatus},
    posting::{Posting, Reason, Side},
    request::{Digest, KeyReused, Keyed},
    rules::Rules,
};
use jiff::{SignedDuration, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundSpeed {
    /// Five to seven working days.
    Normal,
    /// At once where the bank can, otherwise normal.
    Optimum,
}

impl RefundSpeed {
    pub fn code(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Optimum => "optimum",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Normal, Self::Optimum].into_iter().find(|speed| speed.code() == code)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundStatus {
    /// Held here; the provider is being asked, or was and its answer is not known.
    Requested,
    /// The provider has it.
    Pending,
    Processed,
    /// The money is available again.
    Failed,
}

impl RefundStatus {
    pub const ALL: [Self; 4] = [Self::Requested, Self::Pending, Self::Processed, Self::Failed];

    pub fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Pending => "pending",
            Self::Processed => "processed",
            Self::Failed => "failed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    pub fn is_final(self) -> bool {
        matches!(self, Self::Processed | Self::Failed)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    pub id: RefundId,
    pub payment: PaymentId,
    pub account: AccountId,
    /// The payment's.
    pub gateway: Gateway,
    /// The provider's payment that is given back.
    pub provider_payment_id: String,
    pub amount: i64,
    pub speed: RefundSpeed,
    pub note: Option<String>,
    pub status: RefundStatus,
    pub provider_id: Option<String>,
    /// The bank's reference (ARN, RRN or UTR).
    pub reference: Option<String>,
    pub failure: Option<String>,
    pub last_seq: u64,
    pub digest: Digest,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Refund {
    /// The refund as the first answer told it.
    pub fn as_opened(&self) -> Self {
        Self {
            status: RefundStatus::Requested,
            provider_id: None,
            reference: None,
            failure: None,
            updated_at: self.created_at,
            ..self.clone()
        }
    }

    fn detail(&self) -> Detail {
        Detail {
            amount: Some(self.amount),
            status: Some(self.status.code().to_owned()),
            direction: Some("out".to_owned()),
            note: self.note.clone(),
            reference: self.reference.clone(),
            reason: self.failure.clone(),
            ..Detail::default()
        }
    }
}

/// Sets the money of a refund aside.
#[derive(Debug, Clone)]
pub struct RequestRefund {
    pub asked: Keyed,
    pub payment: PaymentId,
    /// All that is left of the payment where not given.
    pub amount: Option<Amount>,
    pub speed: RefundSpeed,
    pub note: Option<String>,
    pub rules: Rules,
}

/// Why a refund is refused; where several apply, the first in this order. Nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefusal {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("no such payment")]
    NoSuchPayment,
    #[error("only a captured payment can be refunded; this one is {status}")]
    NotCaptured { status: &'static str },
    #[error("the payment is too old to be refunded")]
    TooOld,
    #[error("at least {} and at most {} of this payment can be refunded", Rupees(*min), Rupees(*max))]
    OutOfRange { min: i64, max: i64 },
    #[error(transparent)]
    Cannot(#[from] CannotSpend),
}

/// The provider's least amount, in paise. Source: `razorpay.md` section 3.
const REFUND_MIN: i64 = 100;

impl RequestRefund {
    fn check(&self, payment: &Payment, now: Timestamp) -> Result<i64, RefundRefusal> {
        let captured_at = match (payment.status, payment.captured_at) {
            (PaymentStatus::Captured, Some(at)) => at,
            (status, _) => return Err(RefundRefusal::NotCaptured { status: status.code() }),
        };
        if now.duration_since(captured_at) > SignedDuration::from_secs(self.rules.refund_window_s) {
            return Err(RefundRefusal::TooOld);
        }
        let max = payment.amount - payment.refunded;
        let amount = self.amount.map_or(max, Amount::minor);
        if (REFUND_MIN..=max).contains(&amount) { Ok(amount) } else { Err(RefundRefusal::OutOfRange { min: REFUND_MIN.min(max), max }) }
    }
}

impl Command for RequestRefund {
    type Done = Answer<Refund>;
    type Refusal = RefundRefusal;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Operation(self.asked.fingerprint), Key::operation(OperationId::Payment(self.payment)), Key::Account(self.asked.account())]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), RefundRefusal> {
        let id = RefundId::new(now, self.asked.fingerprint);
        if let Some(known) = state.refund(id) {
            self.asked.check(&known.digest)?;
            return Ok((Plan::default(), Answer::again(known.as_opened())));
        }
        if state.operation_exists(self.asked.fingerprint) {
            return Err(KeyReused.into());
        }
        let own = |payment: &&Payment| payment.account == self.asked.account() && payment.id == self.payment;
        let mut payment = state.payment(self.payment).filter(own).cloned().ok_or(RefundRefusal::NoSuchPayment)?;
        let mut account = state.account(payment.account).cloned().ok_or(RefundRefusal::NoSuchPayment)?;
        let amount = self.check(&payment, now)?;
        let held_before = account.held;
        account.hold(Channel::Refund, payment.id.fingerprint(), amount, now, &self.rules)?;
        payment.refunded += amount;
        payment.updated_at = now;
        let mut refund = Refund {
            id,
            payment: payment.id,
            account: account.id,
            gateway: payment.gateway,
            provider_payment_id: payment.provider_payment_id.clone().unwrap_or_default(),
            amount,
            speed: self.speed,
            note: self.note.clone(),
            status: RefundStatus::Requested,
            provider_id: None,
            reference: None,
            failure: None,
            last_seq: 0,
            digest: self.asked.digest,
            created_at: now,
            updated_at: now,
        };
        let mut plan = Plan::default();
        let cause = self.asked.cause();
        tell(&mut plan, &mut refund, &mut account, held_before, FactKind::RefundRequested, Vec::new(), now, &cause);
        plan.put(Record::Payment(payment));
        Ok((plan, Answer::first(refund)))
    }
}

#[expect(clippy::too_many_arguments, reason = "one private call site shape for three facts")]
fn tell(
    plan: &mut Plan,
    refund: &mut Refund,
    account: &mut Account,
    held_before: i64,
    kind: FactKind,
    postings: Vec<Posting>,
    now: Timestamp,
    cause: &Cause,
) {
    let operation = Some((OperationId::Refund(refund.id), refund.last_seq));
    refund.last_seq = plan.record(account, held_before, now, Happening { kind, operation, postings, detail: refund.detail(), cause });
    plan.put(Record::Refund(refund.clone()));
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundState {
    Pending,
    Processed,
    Failed,
}

/// Records the provider's word on a refund.
#[derive(Debug, Clone)]
pub struct RecordRefund {
    pub refund: RefundId,
    pub payment: PaymentId,
    pub account: AccountId,
    pub state: RefundState,
    pub provider_id: Option<String>,
    pub reference: Option<String>,
    pub failure: Option<String>,
    pub cause: Cause,
}

/// There is no such refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such refund")]
pub struct NoSuchRefund;

impl Command for RecordRefund {
    type Done = Refund;
    type Refusal = NoSuchRefund;

    fn reads(&self) -> Vec<Key> {
        vec![
            Key::operation(OperationId::Refund(self.refund)),
            Key::operation(OperationId::Payment(self.payment)),
            Key::Account(self.account),
        ]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Refund), NoSuchRefund> {
        let mut refund = state.refund(self.refund).cloned().ok_or(NoSuchRefund)?;
        let mut account = state.account(self.account).cloned().ok_or(NoSuchRefund)?;
        let mut plan = Plan::default();
        if refund.status.is_final() || (refund.status == RefundStatus::Pending && self.state == RefundState::Pending) {
            return Ok((plan, refund));
        }
        refund.provider_id = refund.provider_id.or_else(|| self.provider_id.clone());
        refund.reference = refund.reference.or_else(|| self.reference.clone());
        refund.updated_at = now;
        let held_before = account.held;
        match self.state {
            RefundState::Pending => {
                refund.status = RefundStatus::Pending;
                plan.put(Record::Refund(refund.clone()));
            }
            RefundState::Processed => {
                refund.status = RefundStatus::Processed;
                account.release(refund.amount);
                let credit = Side::System(refund.gateway.settlement());
                let posting = Posting { debit: Side::User(account.id), credit, amount: refund.amount, reason: Reason::Refund };
                tell(&mut plan, &mut refund, &mut account, held_before, FactKind::RefundProcessed, vec![posting], now, &self.cause);
            }
            RefundState::Failed => {
                refund.status = RefundStatus::Failed;
                refund.failure = self.failure.clone();
                account.release(refund.amount);
                if let Some(payment) = state.payment(self.payment) {
                    let mut payment = payment.clone();
                    payment.refunded -= refund.amount;
                    plan.put(Record::Payment(payment));
                }
                tell(&mut plan, &mut refund, &mut account, held_before, FactKind::RefundFailed, Vec::new(), now, &self.cause);
            }
        }
        Ok((plan, refund))
    }
}

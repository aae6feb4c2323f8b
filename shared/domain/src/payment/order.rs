//! Opening an order, and what the client reports of it.

use super::{Gateway, Page, Payment, PaymentStatus};
use crate::{
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    id::{AccountId, OperationId, PaymentId, UserId},
    money::{Amount, Rupees},
    request::{KeyReused, Keyed},
    rules::Rules,
};
use jiff::Timestamp;

/// Writes the order down before the provider is asked for its own: our id is its receipt, so that
/// a payment can be matched even if we never hear the provider's answer.
#[derive(Debug, Clone)]
pub struct OpenOrder {
    pub asked: Keyed,
    pub gateway: Gateway,
    pub amount: Amount,
    pub note: Option<String>,
    pub rules: Rules,
}

/// Why an order is refused. Nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("the account does not exist")]
    NoAccount,
    #[error("an order is for at least {} and at most {}", Rupees(*min), Rupees(*max))]
    OutOfRange { min: i64, max: i64 },
}

/// The providers' least amount, in paise. Source: `razorpay.md` section 2; `upi.md` section 3.3.
const ORDER_MIN: i64 = 100;

impl Command for OpenOrder {
    type Done = Answer<Payment>;
    type Refusal = OrderRefusal;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Account(self.asked.account()), Key::Operation(self.asked.fingerprint)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), OrderRefusal> {
        let id = PaymentId::new(now, self.asked.fingerprint);
        if let Some(known) = state.payment(id) {
            self.asked.check(&known.digest)?;
            return Ok((Plan::default(), Answer::again(known.as_opened())));
        }
        if state.operation_exists(self.asked.fingerprint) {
            return Err(KeyReused.into());
        }
        let account = state.account(self.asked.account()).ok_or(OrderRefusal::NoAccount)?.id;
        let (min, max) = (ORDER_MIN, self.rules.order_max);
        if !(min..=max).contains(&self.amount.minor()) {
            return Err(OrderRefusal::OutOfRange { min, max });
        }
        let payment = Payment {
            id,
            account,
            gateway: self.gateway,
            amount: self.amount.minor(),
            note: self.note.clone(),
            status: PaymentStatus::Requested,
            order_id: None,
            page: None,
            provider_payment_id: None,
            provider_fee: 0,
            failure: None,
            refunded: 0,
            last_seq: 0,
            digest: self.asked.digest,
            created_at: now,
            captured_at: None,
            updated_at: now,
        };
        let mut plan = Plan::default();
        plan.put(Record::Payment(payment.clone()));
        Ok((plan, Answer::first(payment)))
    }
}

/// There is no such payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such payment")]
pub struct NoSuchPayment;

/// Writes down which order the provider made for a payment, and leads from the one to the other.
#[derive(Debug, Clone)]
pub struct AttachOrder {
    pub payment: PaymentId,
    pub order_id: String,
    /// Kept with the order, and not without.
    pub page: Option<Page>,
}

impl Command for AttachOrder {
    type Done = Payment;
    type Refusal = NoSuchPayment;

    fn reads(&self) -> Vec<Key> {
        vec![Key::operation(OperationId::Payment(self.payment)), Key::Order(self.order_id.clone())]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Payment), NoSuchPayment> {
        let mut payment = state.payment(self.payment).cloned().ok_or(NoSuchPayment)?;
        let mut plan = Plan::default();
        // The first order stands: a second one, made by a retry that crossed, still leads here.
        if payment.order_id.is_none() {
            payment.order_id = Some(self.order_id.clone());
            payment.page = self.page.clone();
            payment.status = payment.status.max(PaymentStatus::Created);
            payment.updated_at = now;
            plan.put(Record::Payment(payment.clone()));
        } else if payment.page.is_none() && self.page.is_some() && payment.order_id.as_ref() == Some(&self.order_id) {
            // A webhook named the order before we had heard where it is paid.
            payment.page = self.page.clone();
            payment.updated_at = now;
            plan.put(Record::Payment(payment.clone()));
        }
        if state.payment_of_order(&self.order_id).is_none() {
            plan.put(Record::Order(self.order_id.clone(), payment.id));
        }
        Ok((plan, payment))
    }
}

/// Records that the client came back from the checkout with a valid signature. Credits nothing:
/// the provider is asked, and its answer does.
#[derive(Debug, Clone)]
pub struct ReportCheckout {
    pub caller: UserId,
    pub payment: PaymentId,
    pub provider_payment_id: String,
}

impl Command for ReportCheckout {
    type Done = Payment;
    type Refusal = NoSuchPayment;

    fn reads(&self) -> Vec<Key> {
        vec![Key::operation(OperationId::Payment(self.payment))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Payment), NoSuchPayment> {
        let own = |payment: &&Payment| payment.account == AccountId::wallet_of(self.caller);
        let mut payment = state.payment(self.payment).filter(own).cloned().ok_or(NoSuchPayment)?;
        let mut plan = Plan::default();
        if payment.status < PaymentStatus::Reported {
            payment.status = PaymentStatus::Reported;
            payment.provider_payment_id = Some(self.provider_payment_id.clone());
            payment.updated_at = now;
            plan.put(Record::Payment(payment.clone()));
        }
        Ok((plan, payment))
    }
}

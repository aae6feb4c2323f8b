//! Opening a payout: the money is held, nothing has left.

use super::{Payout, PayoutStatus, Rail};
use crate::{
    account::{CannotSpend, Happening},
    address::{Address, PayeeName},
    defect::{Defect, planted},
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    fact::FactKind,
    id::{BatchId, OperationId, PayoutId},
    limits::Channel,
    money::{Amount, Rupees},
    payee::{Payee, PayeeStatus},
    request::{KeyReused, Keyed},
    rules::Rules,
};
use jiff::{SignedDuration, Timestamp};

/// Holds the money for a payout, and finds or makes its payee.
#[derive(Debug, Clone)]
pub struct OpenPayout {
    pub asked: Keyed,
    pub address: Address,
    pub name: PayeeName,
    pub amount: Amount,
    pub note: Option<String>,
    pub line: Option<(BatchId, u32)>,
    /// The biller's reference of the bill that it pays.
    pub bill: Option<String>,
    pub rules: Rules,
}

/// Why a payout is refused; where several apply, the first in this order. Nothing is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenRefusal {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("the account does not exist")]
    NoAccount,
    #[error("at least {} can be paid out", Rupees(*min))]
    TooSmall { min: i64 },
    #[error("at most {} can be paid out to this kind of address at once", Rupees(*max))]
    TooLarge { max: i64 },
    #[error("the payee's address was found to be invalid: {reason}")]
    PayeeInvalid { reason: String },
    #[error("too many payouts wait for this payee's validation; try again when it is done")]
    PayeeBusy,
    #[error(transparent)]
    Cannot(#[from] CannotSpend),
}

/// The provider's least amount, in paise. Source: `razorpay.md` section 5.4.
const PAYOUT_MIN: i64 = 100;

impl OpenPayout {
    fn payout_id(&self, now: Timestamp) -> PayoutId {
        PayoutId::new(now, self.asked.fingerprint)
    }

    /// Where a payout starts, by what is known of its payee.
    fn first_status(&self, payee: &Payee, paid_today: i64, now: Timestamp) -> Result<(PayoutStatus, Option<Timestamp>), OpenRefusal> {
        match &payee.status {
            PayeeStatus::Invalid { reason } => Err(OpenRefusal::PayeeInvalid { reason: reason.clone() }),
            // Billers are known to the rail: there is nobody to be deceived about.
            _ if matches!(payee.address, Address::Bill(_)) => Ok((PayoutStatus::Queued, None)),
            // Small parts of a large first payout count together, or the wait would be easy to evade.
            _ if payee.first_paid_at.is_none() && paid_today > self.rules.first_payout_max && self.line.is_none() => {
                let until = now.saturating_add(SignedDuration::from_secs(self.rules.cooling_s)).unwrap_or(now);
                let waits_for_validation = !matches!(payee.status, PayeeStatus::Valid { .. });
                Ok((if waits_for_validation { PayoutStatus::Validating } else { PayoutStatus::Cooling }, Some(until)))
            }
            PayeeStatus::Valid { .. } => Ok((PayoutStatus::Queued, None)),
            PayeeStatus::Unchecked | PayeeStatus::Checking { .. } => Ok((PayoutStatus::Validating, None)),
        }
    }
}

impl Command for OpenPayout {
    type Done = Answer<Payout>;
    type Refusal = OpenRefusal;

    fn reads(&self) -> Vec<Key> {
        let account = self.asked.account();
        vec![Key::Account(account), Key::Operation(self.asked.fingerprint), Key::Payee(Payee::id_of(account, &self.address))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), OpenRefusal> {
        let id = self.payout_id(now);
        let forgets = planted(Defect::SkipIdempotency);
        if let Some(known) = state.payout(id).filter(|_| !forgets) {
            self.asked.check(&known.digest)?;
            return Ok((Plan::default(), Answer::again(known.as_opened())));
        }
        if state.operation_exists(self.asked.fingerprint) && !forgets {
            return Err(KeyReused.into());
        }
        let mut account = state.account(self.asked.account()).cloned().ok_or(OpenRefusal::NoAccount)?;
        let amount = self.amount.minor();
        if amount < PAYOUT_MIN {
            return Err(OpenRefusal::TooSmall { min: PAYOUT_MIN });
        }
        if amount > self.address.payout_max() {
            return Err(OpenRefusal::TooLarge { max: self.address.payout_max() });
        }
        let known_payee = state.payee(Payee::id_of(account.id, &self.address));
        let mut payee = known_payee.cloned().unwrap_or_else(|| Payee::new(account.id, self.address.clone(), self.name.clone(), now));
        let paid_today = amount + account.spending.to_payee(payee.id.fingerprint(), now);
        let (status, cool_until) = self.first_status(&payee, paid_today, now)?;

        let rail = Rail::to(&payee.address);
        let fee = if self.line.is_some() || rail == Rail::Bills { 0 } else { self.rules.payout_fee };
        let held_before = account.held;
        match self.line {
            Some(_) => account.may_spend()?,
            None => account.hold(Channel::Payout, payee.id.fingerprint(), amount + fee, now, &self.rules)?,
        }
        let mut payout = Payout {
            id,
            account: account.id,
            payee: payee.id,
            payee_label: payee.address.label(),
            amount,
            fee,
            note: self.note.clone(),
            rail,
            bill: self.bill.clone(),
            status,
            opened_as: status,
            cool_until,
            sent_at: None,
            tried_at: None,
            tries: 0,
            provider_id: None,
            utr: None,
            provider_fee: 0,
            failure: None,
            disputed: false,
            returned: false,
            fee_returned: false,
            line: self.line,
            last_seq: 0,
            digest: self.asked.digest,
            request_id: self.asked.request_id.clone(),
            created_at: now,
            updated_at: now,
        };
        let mut plan = Plan::default();
        if status == PayoutStatus::Validating {
            if payee.waiting.len() >= self.rules.waiting_payouts_max {
                return Err(OpenRefusal::PayeeBusy);
            }
            payee.waiting.push(id);
            payee.wanted = true;
            plan.put(Record::Payee(payee));
        } else if known_payee.is_none() {
            plan.put(Record::Payee(payee));
        }
        if self.line.is_none() {
            let cause = self.asked.cause();
            let happening = Happening {
                kind: FactKind::PayoutOpened,
                operation: Some((OperationId::Payout(id), 0)),
                postings: Vec::new(),
                detail: payout.detail(),
                cause: &cause,
            };
            payout.last_seq = plan.record(&mut account, held_before, now, happening);
        }
        plan.put(Record::Payout(payout.clone()));
        Ok((plan, Answer::first(payout)))
    }
}

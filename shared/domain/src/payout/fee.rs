//! The provider's fee of a payout that came back.

use super::{NoSuchPayout, Payout, PayoutStatus};
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    fact::{Cause, JournalLine},
    id::{OperationId, PayoutId},
    posting::{Posting, Reason, Side, SystemAccount},
};
use jiff::Timestamp;

/// Books that the provider gave its fee back together with a payout's money. Its word on the payout
/// does not say so; the account's statement does.
#[derive(Debug, Clone)]
pub struct ReturnFee {
    pub payout: PayoutId,
    /// In paise.
    pub amount: i64,
    pub cause: Cause,
}

impl Command for ReturnFee {
    /// Whether it was booked now: not where it was before, nor where we booked no such fee.
    type Done = bool;
    type Refusal = NoSuchPayout;

    fn reads(&self) -> Vec<Key> {
        vec![Key::operation(OperationId::Payout(self.payout))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, bool), NoSuchPayout> {
        let payout = state.payout(self.payout).ok_or(NoSuchPayout)?;
        let mut plan = Plan::default();
        let came_back = payout.status == PayoutStatus::Reversed && payout.returned;
        if !came_back || payout.fee_returned || !(1..=payout.provider_fee).contains(&self.amount) {
            return Ok((plan, false));
        }
        plan.journal(JournalLine {
            operation: OperationId::Payout(payout.id),
            part: "fee-returned".to_owned(),
            at: now,
            postings: vec![Posting {
                debit: Side::System(SystemAccount::RazorpayxFloat),
                credit: Side::System(SystemAccount::ProviderFees),
                amount: self.amount,
                reason: Reason::PayoutProviderFeeReturned,
            }],
            cause: self.cause.clone(),
        });
        plan.put(Record::Payout(Payout { fee_returned: true, updated_at: now, ..payout.clone() }));
        Ok((plan, true))
    }
}

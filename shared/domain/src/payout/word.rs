//! What the provider says of a payout, and what follows from it.

use super::{Failure, Payout, PayoutStatus, Rail, Step};
use crate::{
    defect::{Defect, planted},
    engine::{Command, Key, Plan, Record, Snapshot},
    fact::{Cause, FactKind, JournalLine},
    id::{AccountId, OperationId, PayeeId, PayoutId},
    payout::NoSuchPayout,
    posting::{Posting, Reason, Side, SystemAccount},
};
use jiff::Timestamp;

/// The provider's states, as far as they matter to the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordState {
    /// It has the payout and has not ended it: pending, queued, scheduled, processing.
    Accepted,
    Processed,
    /// Refused, failed, rejected, cancelled, expired: nothing left.
    Failed,
    /// It left and came back.
    Reversed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub state: WordState,
    pub provider_id: Option<String>,
    pub utr: Option<String>,
    /// What the provider charges, tax included, in paise.
    pub fee: i64,
    pub failure: Option<Failure>,
}

/// Records the provider's word: an answer to our call, a webhook, or what a reconciler found.
#[derive(Debug, Clone)]
pub struct RecordWord {
    pub payout: PayoutId,
    pub payee: PayeeId,
    pub account: AccountId,
    pub word: Word,
    pub cause: Cause,
}

/// What came of the provider's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    Moved(Payout),
    /// Known, late or out of order: nothing changes.
    AlreadyKnown(Payout),
    /// The provider made a payout that it had said had failed: operators are to look at it.
    Disputed(Payout),
    /// The provider speaks of a second payout under the same reference. Must never happen.
    SecondPayout(Payout),
}

impl Command for RecordWord {
    type Done = Recorded;
    type Refusal = NoSuchPayout;

    fn reads(&self) -> Vec<Key> {
        vec![Key::operation(OperationId::Payout(self.payout)), Key::Account(self.account), Key::Payee(self.payee)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Recorded), NoSuchPayout> {
        use PayoutStatus::{Cancelled, Failed, Processed, Processing, Reversed, Sending};
        let mut payout = state.payout(self.payout).cloned().ok_or(NoSuchPayout)?;
        let mut account = state.account(self.account).cloned().ok_or(NoSuchPayout)?;
        let mut plan = Plan::default();
        if let (Some(known), Some(said)) = (&payout.provider_id, &self.word.provider_id)
            && known != said
        {
            return Ok((plan, Recorded::SecondPayout(payout)));
        }
        let before = payout.clone();
        payout.provider_id = payout.provider_id.or_else(|| self.word.provider_id.clone());
        payout.utr = payout.utr.or_else(|| self.word.utr.clone());
        let (total, counted_at, payee) = (payout.total(), payout.created_at, payout.payee.fingerprint());
        match (payout.status, self.word.state) {
            (Sending | Processing, WordState::Accepted) => {
                Step { payout: &mut payout, account: &mut account, now, cause: &self.cause }.quietly(&mut plan, Processing);
                if before.status == Processing && before.utr == payout.utr && before.provider_id == payout.provider_id {
                    return Ok((Plan::default(), Recorded::AlreadyKnown(before)));
                }
            }
            (Sending | Processing, WordState::Processed) => {
                payout.provider_fee = self.word.fee;
                let mut postings = payout.postings_out();
                postings.extend(provider_fee(payout.rail, self.word.fee));
                let step = Step { payout: &mut payout, account: &mut account, now, cause: &self.cause };
                step.telling(&mut plan, Processed, FactKind::PayoutProcessed, total, postings);
                if let Some(payee) = state.payee(self.payee).filter(|payee| payee.first_paid_at.is_none()) {
                    let mut payee = payee.clone();
                    payee.first_paid_at = Some(now);
                    plan.put(Record::Payee(payee));
                }
            }
            (Sending | Processing, WordState::Failed | WordState::Reversed) => {
                let (status, kind) = match self.word.state {
                    WordState::Reversed => (Reversed, FactKind::PayoutReversed),
                    _ => (Failed, FactKind::PayoutFailed),
                };
                payout.failure = self.word.failure.clone();
                account.spending.uncount(payout.channel(), payee, total, counted_at);
                let step = Step { payout: &mut payout, account: &mut account, now, cause: &self.cause };
                step.telling(&mut plan, status, kind, total, Vec::new());
            }
            (Processed, WordState::Accepted) if planted(Defect::TrustWebhookOrder) => {
                Step { payout: &mut payout, account: &mut account, now, cause: &self.cause }.quietly(&mut plan, Processing);
            }
            (Processed, WordState::Reversed) => {
                payout.returned = true;
                payout.failure = self.word.failure.clone();
                account.spending.uncount(payout.channel(), payee, total, counted_at);
                let postings = postings_back(&payout);
                let step = Step { payout: &mut payout, account: &mut account, now, cause: &self.cause };
                step.telling(&mut plan, Reversed, FactKind::PayoutReversed, 0, postings);
            }
            // `reversed` overtook `processed`: the money had left and is back, as the state says.
            (Failed | Cancelled, WordState::Processed) if !payout.disputed => {
                dispute(&mut plan, &mut payout, true, &self.cause, now);
                return Ok((plan, Recorded::Disputed(payout)));
            }
            // It had left after all and is back. `reversed` is an end, so a late repetition of
            // `processed` raises no dispute (again); the user has the money since `failed`.
            (Failed | Cancelled, WordState::Reversed) if payout.disputed || payout.status == Failed => {
                if payout.disputed {
                    dispute(&mut plan, &mut payout, false, &self.cause, now);
                }
                let step = Step { payout: &mut payout, account: &mut account, now, cause: &self.cause };
                step.telling(&mut plan, Reversed, FactKind::PayoutReversed, 0, Vec::new());
            }
            (Processed, _) if before.utr != payout.utr => {
                Step { payout: &mut payout, account: &mut account, now, cause: &self.cause }.quietly(&mut plan, Processed);
            }
            _ => return Ok((plan, Recorded::AlreadyKnown(before))),
        }
        Ok((plan, Recorded::Moved(payout)))
    }
}

fn provider_fee(rail: Rail, fee: i64) -> Option<Posting> {
    let debit = Side::System(SystemAccount::ProviderFees);
    let credit = Side::System(rail.float());
    (fee > 0).then_some(Posting { debit, credit, amount: fee, reason: Reason::PayoutProviderFee })
}

/// What a returned payout gives back to the account, Kamai's own fee included. A batch's line
/// comes back to the account too: its batch may long be closed.
fn postings_back(payout: &Payout) -> Vec<Posting> {
    let back = |posting: Posting| Posting {
        debit: posting.credit,
        credit: Side::User(payout.account),
        reason: if posting.reason == Reason::PayoutFee { Reason::PayoutFeeReturned } else { Reason::PayoutReversed },
        ..posting
    };
    payout.postings_out().into_iter().map(back).collect()
}

/// Books (or takes back) a payout that was made although it had been reported as failed. The
/// user's money is not touched: it was given back on the provider's word.
fn dispute(plan: &mut Plan, payout: &mut Payout, raise: bool, cause: &Cause, now: Timestamp) {
    let (disputes, float) = (Side::System(SystemAccount::PayoutDisputes), Side::System(payout.rail.float()));
    let (debit, credit) = if raise { (disputes, float) } else { (float, disputes) };
    payout.disputed = raise;
    payout.updated_at = now;
    plan.journal(JournalLine {
        operation: OperationId::Payout(payout.id),
        part: format!("{}-{}", if raise { "dispute" } else { "dispute-settled" }, now.as_millisecond()),
        at: now,
        postings: vec![Posting { debit, credit, amount: payout.amount, reason: Reason::PayoutDisputed }],
        cause: cause.clone(),
    });
    plan.put(Record::Payout(payout.clone()));
}

//! Payouts: money out to a payee, held until the provider's terminal word.
//!
//! ```text
//! validating ─▶ cooling ─▶ queued ─▶ sending ─▶ processing ─▶ processed ─▶ reversed
//!      └───────────┴─────────┴─▶ cancelled  └──────┴─▶ failed | reversed
//! ```
//!
//! `sending` is written before the provider is called and means *unknown*: from there on only the
//! provider's word moves the payout, and every repetition carries the same idempotency key.
//! Late transitions that are allowed: `processed` → `reversed` (the bank returned it), and a
//! `processed` that follows `failed`, which is booked as a dispute and moves no user's money.

mod advance;
mod fee;
mod open;
#[cfg(test)]
mod tests;
mod word;

pub use advance::{Advance, AdvancePayout, CancelPayout, CannotCancel, NoSuchPayout};
pub use fee::ReturnFee;
pub use open::{OpenPayout, OpenRefusal};
pub use word::{RecordWord, Recorded, Word, WordState};

use crate::{
    account::{Account, Happening},
    address::Address,
    codes::codes,
    engine::{Plan, Record},
    fact::{Cause, Detail, FactKind},
    id::{AccountId, BatchId, OperationId, PayeeId, PayoutId},
    limits::Channel,
    posting::{Posting, Reason, Side, SystemAccount},
    request::Digest,
};
use jiff::Timestamp;

codes! {
    PayoutStatus {
        /// Waits for the payee's first validation.
        Validating = "validating";
        /// A first large payout to a payee waits, so that its owner can call it back.
        Cooling = "cooling";
        /// Waits for its turn to be sent.
        Queued = "queued";
        /// The provider is being asked, or was and its answer is not known.
        Sending = "sending";
        /// The provider has it.
        Processing = "processing";
        /// The money arrived.
        Processed = "processed";
        /// It did not leave; the money is available again.
        Failed = "failed";
        /// The bank returned it; the money is back.
        Reversed = "reversed";
        /// Called back before it was sent.
        Cancelled = "cancelled";
    }
}

codes! {
    /// Who carries a payout.
    Rail {
        /// The payout provider: to UPI ids and bank accounts.
        Razorpayx = "razorpayx";
        /// The payer of bills: to billers.
        Bills = "bills";
    }
}

impl Rail {
    pub fn to(address: &Address) -> Self {
        match address {
            Address::Vpa(_) | Address::Bank { .. } => Self::Razorpayx,
            Address::Bill(_) => Self::Bills,
        }
    }

    /// Our balance there, which payouts leave from.
    pub fn float(self) -> SystemAccount {
        match self {
            Self::Razorpayx => SystemAccount::RazorpayxFloat,
            Self::Bills => SystemAccount::BillsFloat,
        }
    }
}

impl PayoutStatus {
    /// Whether nothing more is expected. A processed payout may still be reversed.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Processed | Self::Failed | Self::Reversed | Self::Cancelled)
    }

    /// Whether the provider cannot know of it yet, so that it may be called back.
    pub fn is_unsent(self) -> bool {
        matches!(self, Self::Validating | Self::Cooling | Self::Queued)
    }
}

/// For how long one worker has a payout to itself, in seconds. Longer than a function may run, so
/// that no call of an earlier attempt is still under way when the next begins.
pub const SEND_LEASE_S: i64 = 30;

/// Why a payout did not go through: a code for programs, a sentence for its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub code: String,
    pub text: String,
}

impl Failure {
    pub fn new(code: &str, text: &str) -> Self {
        Self { code: code.to_owned(), text: text.to_owned() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payout {
    pub id: PayoutId,
    pub account: AccountId,
    pub payee: PayeeId,
    /// The payee as its owner sees it, account numbers masked.
    pub payee_label: String,
    pub amount: i64,
    /// Kamai's fee, held with the amount.
    pub fee: i64,
    pub note: Option<String>,
    pub rail: Rail,
    /// The reference under which the biller told of the bill that this pays.
    pub bill: Option<String>,
    pub status: PayoutStatus,
    /// The state in the first answer, for its repetition.
    pub opened_as: PayoutStatus,
    pub cool_until: Option<Timestamp>,
    /// When it was first sent.
    pub sent_at: Option<Timestamp>,
    /// When it was last sent: whoever sends it has it to itself for [`SEND_LEASE_S`].
    pub tried_at: Option<Timestamp>,
    /// How often it was sent, always with the same key.
    pub tries: u32,
    pub provider_id: Option<String>,
    /// The bank's reference.
    pub utr: Option<String>,
    /// What the provider charged us, tax included.
    pub provider_fee: i64,
    pub failure: Option<Failure>,
    /// The provider made it after saying that it had failed; see the module.
    pub disputed: bool,
    /// It had left and came back, so its money was booked out and in again.
    pub returned: bool,
    /// The provider gave its fee back, too.
    pub fee_returned: bool,
    /// The batch line that it belongs to; its money then comes from the batch.
    pub line: Option<(BatchId, u32)>,
    /// Sequence of its newest fact in the account's feed.
    pub last_seq: u64,
    pub digest: Digest,
    pub request_id: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Payout {
    /// Amount and fee: what is held.
    pub fn total(&self) -> i64 {
        self.amount + self.fee
    }

    /// The payout as the first answer told it.
    pub fn as_opened(&self) -> Self {
        Self {
            status: self.opened_as,
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
            updated_at: self.created_at,
            ..self.clone()
        }
    }

    fn channel(&self) -> Channel {
        if self.line.is_some() { Channel::Batch } else { Channel::Payout }
    }

    fn detail(&self) -> Detail {
        Detail {
            amount: Some(self.amount),
            status: Some(self.status.code().to_owned()),
            direction: Some("out".to_owned()),
            counterparty: Some(self.payee_label.clone()),
            note: self.note.clone(),
            reference: self.utr.clone(),
            reason: self.failure.as_ref().map(|failure| failure.text.clone()),
            ..Detail::default()
        }
    }

    /// Where the money of this payout lies while it is on its way.
    fn source(&self) -> Side {
        if self.line.is_some() { Side::System(SystemAccount::BatchClearing) } else { Side::User(self.account) }
    }

    /// Whether its steps concern the account's own money: a batch's do not, until one comes back.
    fn is_the_accounts(&self) -> bool {
        self.line.is_none() || self.returned
    }

    /// What leaves when the provider has paid.
    fn postings_out(&self) -> Vec<Posting> {
        let source = self.source();
        let mut postings =
            vec![Posting { debit: source, credit: Side::System(self.rail.float()), amount: self.amount, reason: Reason::Payout }];
        if self.fee > 0 {
            let credit = Side::System(SystemAccount::FeeIncome);
            postings.push(Posting { debit: source, credit, amount: self.fee, reason: Reason::PayoutFee });
        }
        postings
    }
}

/// Writes the payout's new state, and tells its owner where the money is the owner's own.
///
/// A payout of a batch touches no account: a thousand of them in flight contend for nothing.
struct Step<'a> {
    payout: &'a mut Payout,
    account: &'a mut Account,
    now: Timestamp,
    cause: &'a Cause,
}

impl Step<'_> {
    /// Moves to `status` without telling.
    fn quietly(self, plan: &mut Plan, status: PayoutStatus) {
        self.payout.status = status;
        self.payout.updated_at = self.now;
        plan.put(Record::Payout(self.payout.clone()));
    }

    /// Moves to `status`; `release` of the account's holds go back to the balance before the
    /// postings take from it.
    fn telling(self, plan: &mut Plan, status: PayoutStatus, kind: FactKind, release: i64, postings: Vec<Posting>) {
        let Step { payout, account, now, cause } = self;
        payout.status = status;
        payout.updated_at = now;
        let id = OperationId::Payout(payout.id);
        if !payout.is_the_accounts() {
            if !postings.is_empty() {
                plan.journal(crate::fact::JournalLine {
                    operation: id,
                    part: status.code().to_owned(),
                    at: now,
                    postings,
                    cause: cause.clone(),
                });
            }
        } else {
            let held_before = account.held;
            account.release(release);
            let happening = Happening { kind, operation: Some((id, payout.last_seq)), postings, detail: payout.detail(), cause };
            payout.last_seq = plan.record(account, held_before, now, happening);
        }
        plan.put(Record::Payout(payout.clone()));
    }
}

//! What queues do: small messages that name a record to look at, and nothing else.
//!
//! A message carries no state and no personal data: its consumer reads the record and decides.
//! So a message that comes twice, late or out of order does no harm, and the same message can be
//! derived from a row by the function that wrote it (at once) and by the stream (for certain).

use crate::{
    batch::BatchStatus,
    bulletin::{LEGS, PublicationStatus},
    engine::Record,
    id::{AccountId, BankId, BatchId, CampaignId, Fingerprint, NoticeId, PayeeId, PaymentId, PayoutId, PublicationId, RefundId, UserId},
    payee::PayeeStatus,
    payment::PaymentStatus,
    payout::PayoutStatus,
    refund::RefundStatus,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// Take a payout one step further.
    AdvancePayout { payout: PayoutId, payee: PayeeId, account: AccountId },
    /// Have a payee validated.
    ValidatePayee { payee: PayeeId },
    /// Ask the provider how a payment stands.
    FetchPayment { payment: PaymentId },
    /// Send a refund, or ask how it stands.
    AdvanceRefund { refund: RefundId, payment: PaymentId, account: AccountId },
    /// Unfold a batch into its lines, or close it.
    AdvanceBatch { batch: BatchId },
    /// Open the payout of one line of a batch.
    OpenBatchLine { batch: BatchId, number: u32 },
    /// Tell a batch's line how its payout ended.
    SettleBatchLine { batch: BatchId, number: u32, payout: PayoutId },
    /// Take a notice one rung further.
    ClimbNotice { notice: NoticeId, user: UserId },
    /// Tell one part of a topic's readers what was published.
    WalkLeg { publication: PublicationId, number: u8 },
    /// Tell a campaign's next recipients.
    WalkCampaign { campaign: CampaignId },
    /// Take a connected bank one step further; read it now where its user asks.
    AdvanceBank { user: UserId, bank: BankId, is_asked: bool },
    /// Announce or make a standing payment.
    PayStanding { user: UserId, standing: Fingerprint },
    /// Look at a user's cash book, and tell what is new.
    LookAtBook { user: UserId },
    /// Tell a user of their day.
    TellSummary { user: UserId },
    /// Take an erasure one step further.
    Erase { user: UserId },
}

/// The work that a record's state asks for.
///
/// Only states that wait for *us* are listed; what waits for a provider's word or for a deadline is
/// the schedules' business.
pub fn work_of(record: &Record) -> Vec<Work> {
    match record {
        Record::Payout(payout) => {
            let advance = Work::AdvancePayout { payout: payout.id, payee: payout.payee, account: payout.account };
            match payout.status {
                PayoutStatus::Queued => vec![advance],
                status if status.is_final() => {
                    payout.line.map(|(batch, number)| Work::SettleBatchLine { batch, number, payout: payout.id }).into_iter().collect()
                }
                _ => Vec::new(),
            }
        }
        Record::Payee(payee) => match payee.status {
            PayeeStatus::Unchecked if payee.wanted => vec![Work::ValidatePayee { payee: payee.id }],
            PayeeStatus::Valid { .. } | PayeeStatus::Invalid { .. } => payee
                .waiting
                .iter()
                .map(|payout| Work::AdvancePayout { payout: *payout, payee: payee.id, account: payee.account })
                .collect(),
            _ => Vec::new(),
        },
        Record::Payment(payment) if payment.status == PaymentStatus::Reported => vec![Work::FetchPayment { payment: payment.id }],
        Record::Refund(refund) if refund.status == RefundStatus::Requested => {
            vec![Work::AdvanceRefund { refund: refund.id, payment: refund.payment, account: refund.account }]
        }
        // Only before the first of them is done: the rest is on its way then.
        Record::Publication(publication) if publication.status == (PublicationStatus::Running { legs_done: 0 }) => {
            (0..LEGS).map(|number| Work::WalkLeg { publication: publication.id, number }).collect()
        }
        Record::Campaign(campaign) if campaign.is_due_as_written() => vec![Work::WalkCampaign { campaign: campaign.id }],
        Record::Batch(batch) if batch.status == BatchStatus::Accepted => vec![Work::AdvanceBatch { batch: batch.id }],
        Record::Bank(bank) if bank.is_due_as_written() => {
            vec![Work::AdvanceBank { user: bank.user, bank: bank.id, is_asked: false }]
        }
        Record::Book(book) if book.is_due_as_written() => vec![Work::LookAtBook { user: book.user }],
        Record::Erasure(erasure) if erasure.is_due_as_written() => vec![Work::Erase { user: erasure.user }],
        Record::Notice(notice) if notice.is_due_as_written() => vec![Work::ClimbNotice { notice: notice.id, user: notice.user }],
        _ => Vec::new(),
    }
}

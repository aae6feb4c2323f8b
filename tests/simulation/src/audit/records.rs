//! I4 and I10: operations have ended or wait for something that can be named, and what is held is
//! held for them.

use super::Books;
use domain::{
    bulletin::PublicationStatus,
    engine::Record,
    payout::{Payout, PayoutStatus},
    refund::RefundStatus,
    transfer::TransferStatus,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

pub fn check(books: &Books) -> Vec<String> {
    // A schedule runs each minute, on a machine whose clock may be five minutes slow.
    let now = Timestamp::now().saturating_sub(SignedDuration::from_mins(10)).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut findings = holds(books);
    for payout in books.find(payout) {
        let waits = match payout.status {
            PayoutStatus::Validating => true,
            PayoutStatus::Cooling => payout.cool_until.is_none_or(|until| until < now),
            PayoutStatus::Queued | PayoutStatus::Sending => true,
            // What the provider has, it has: `outside` compares.
            PayoutStatus::Processing => false,
            PayoutStatus::Processed | PayoutStatus::Failed | PayoutStatus::Reversed | PayoutStatus::Cancelled => false,
        };
        if waits {
            findings.push(format!("I4: {} is still {}", payout.id, payout.status.code()));
        }
    }
    for record in &books.records {
        match record {
            Record::Transfer(transfer) => {
                if let TransferStatus::Held { expires_at } = transfer.status
                    && expires_at < now
                {
                    findings.push(format!("I4: {} is still held", transfer.id));
                }
            }
            Record::Refund(refund) if !refund.status.is_final() => {
                findings.push(format!("I4: {} is still {}", refund.id, refund.status.code()));
            }
            // Held until its time, or climbing: somebody takes it up when it is due.
            Record::Notice(notice) if notice.due_at().is_some_and(|due| due < now) => {
                findings.push(format!("I4: {} is still {}", notice.id, notice.stage.code()));
            }
            Record::Campaign(campaign) if campaign.is_open() && campaign.due_at < now => {
                findings.push(format!("I4: {} is still {}", campaign.id, campaign.status.code()));
            }
            Record::Erasure(erasure) if erasure.due_at.is_some_and(|due| due < now) => {
                findings.push(format!("I4: the erasure of {} is still {}", erasure.user, erasure.step.code()));
            }
            Record::Publication(publication) if matches!(publication.status, PublicationStatus::Running { .. }) => {
                findings.push(format!("I4: {} is still being told", publication.id));
            }
            _ => {}
        }
    }
    findings
}

pub fn payout(record: &Record) -> Option<&Payout> {
    match record {
        Record::Payout(payout) => Some(payout),
        _ => None,
    }
}

/// I10: an account's holds are those of its open operations, to the paisa.
fn holds(books: &Books) -> Vec<String> {
    let mut wanted: BTreeMap<String, i64> = BTreeMap::new();
    for record in &books.records {
        let (account, amount) = match record {
            Record::Transfer(transfer) if matches!(transfer.status, TransferStatus::Held { .. }) => (transfer.from, transfer.amount),
            Record::Payout(payout) if !payout.status.is_final() && payout.line.is_none() => (payout.account, payout.total()),
            Record::Refund(refund) if matches!(refund.status, RefundStatus::Requested | RefundStatus::Pending) => {
                (refund.account, refund.amount)
            }
            _ => continue,
        };
        *wanted.entry(account.to_string()).or_default() += amount;
    }
    let differs = |(account, held): (String, i64)| {
        let wanted = wanted.get(&account).copied().unwrap_or(0);
        (held != wanted).then(|| format!("I10: {account} holds {held} for operations of {wanted}"))
    };
    books.accounts.held().filter_map(differs).collect()
}

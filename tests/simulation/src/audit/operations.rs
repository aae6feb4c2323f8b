//! What each operation did to its users' money is what its record says, to the paisa; and nobody
//! spent more in a day than they may.

use super::Books;
use crate::world::World;
use domain::{
    batch::{BatchStatus, LineStatus},
    engine::Record,
    id::AccountId,
    limits::india_day,
    payment::PaymentStatus,
    payout::PayoutStatus,
    refund::RefundStatus,
    rules::Rules,
    suspense::SuspenseStatus,
    transfer::TransferStatus,
};
use std::collections::BTreeMap;

/// What users' statements say, by account and operation.
type Moved = BTreeMap<(String, String), i64>;

pub fn check(books: &Books, world: &World) -> Vec<String> {
    let mut moved = Moved::new();
    for (account, operation, amount) in books.accounts.entries() {
        *moved.entry((account, operation)).or_default() += amount;
    }
    let mut findings = batches(books, &mut moved);
    for record in &books.records {
        for (account, operation, due) in due(record) {
            let told = moved.remove(&(account.to_string(), operation.clone())).unwrap_or(0);
            if told != due {
                findings.push(format!("I2: {operation} is to move {due} on {account}, and moved {told}"));
            }
        }
    }
    moved.retain(|_, amount| *amount != 0);
    findings.extend(
        moved
            .iter()
            .map(|((account, operation), amount)| format!("I7: {account} was moved by {amount} for {operation}, which is not there")),
    );
    findings.extend(lines(books));
    // Where clocks differ, so do their days.
    if world.cloud.weather.skew_ms_max == 0 {
        findings.extend(spending(books, &world.rules));
    }
    findings
}

/// What an operation has moved by now, on each account that it concerns.
fn due(record: &Record) -> Vec<(AccountId, String, i64)> {
    match record {
        Record::Payment(payment) => {
            let captured = payment.status == PaymentStatus::Captured;
            vec![(payment.account, payment.id.to_string(), if captured { payment.amount } else { 0 })]
        }
        Record::Refund(refund) => {
            let left = refund.status == RefundStatus::Processed;
            vec![(refund.account, refund.id.to_string(), if left { -refund.amount } else { 0 })]
        }
        Record::Transfer(transfer) => {
            let posted = if let TransferStatus::Posted { posted } = transfer.status { posted } else { 0 };
            let id = transfer.id.to_string();
            vec![(transfer.from, id.clone(), -posted), (transfer.to, id, posted)]
        }
        Record::Payout(payout) if payout.line.is_none() => {
            let left = payout.status == PayoutStatus::Processed;
            vec![(payout.account, payout.id.to_string(), if left { -payout.total() } else { 0 })]
        }
        Record::Suspense(suspense) => match suspense.status {
            SuspenseStatus::Assigned { to, .. } => vec![(AccountId::wallet_of(to), suspense.id.to_string(), suspense.amount)],
            SuspenseStatus::Open => Vec::new(),
        },
        // `batches` looks at these as a whole.
        Record::Payout(_) | Record::Batch(_) | Record::BatchLine(_) => Vec::new(),
        Record::Account(_) | Record::Order(..) | Record::Payee(_) | Record::Reading(_) => Vec::new(),
        // What users are told moves no money.
        Record::Notice(_) | Record::Preferences(_) | Record::Devices(_) => Vec::new(),
        Record::DeviceOwner(..) | Record::Suppression(_) | Record::ProviderMessage(_) => Vec::new(),
        Record::Board(_) | Record::Publication(_) | Record::Leg(_) => Vec::new(),
        Record::Campaign(_) | Record::Membership(_) => Vec::new(),
        // A chat moves money by transfers and payouts, which are looked at as such.
        Record::Bank(_) | Record::UserKey(_) | Record::Erasure(_) | Record::Standing(_) | Record::Summary(_) => Vec::new(),
        Record::Consents(_) | Record::Consent(_) => Vec::new(),
        Record::Chat(_)
        | Record::Turn(_)
        | Record::Page(_)
        | Record::Book(_)
        | Record::Note(_)
        | Record::Worked(_)
        | Record::Outlook(_)
        | Record::Finding(_)
        | Record::Planner(_)
        | Record::Pin(_)
        | Record::HandOff(_) => Vec::new(),
        Record::Room(_) | Record::Seat(_) | Record::Message(_) | Record::Report(_) | Record::Social(_) => Vec::new(),
    }
}

/// A batch that is complete has cost its maker what arrived, and their fees, whatever came back and when.
fn batches(books: &Books, moved: &mut Moved) -> Vec<String> {
    let mut findings = Vec::new();
    for record in &books.records {
        let Record::Batch(batch) = record else { continue };
        let account = batch.account.to_string();
        let mut take = |operation: String| moved.remove(&(account.clone(), operation)).unwrap_or(0);
        let (mut told, mut arrived) = (take(batch.id.to_string()), 0);
        for payout in books.find(super::records::payout).filter(|payout| payout.line.is_some_and(|(of, _)| of == batch.id)) {
            told += take(payout.id.to_string());
            arrived += if payout.status == PayoutStatus::Processed { payout.total() } else { 0 };
        }
        let due = if batch.status == BatchStatus::Completed { -arrived..=-arrived } else { -batch.total..=0 };
        if !due.contains(&told) {
            findings.push(format!("I2: {} and its lines are to move {due:?} on {account}, and moved {told}", batch.id));
        }
    }
    findings
}

/// Each line of a batch ends as its payout does.
fn lines(books: &Books) -> Vec<String> {
    let payouts: BTreeMap<String, PayoutStatus> =
        books.find(super::records::payout).map(|payout| (payout.id.to_string(), payout.status)).collect();
    let mut findings = Vec::new();
    for record in &books.records {
        let Record::BatchLine(line) = record else { continue };
        let status = line.payout.as_ref().and_then(|payout| payouts.get(&payout.to_string()));
        let fits = match line.status {
            LineStatus::Paid => status == Some(&PayoutStatus::Processed),
            LineStatus::Failed => {
                status.is_none_or(|status| matches!(status, PayoutStatus::Failed | PayoutStatus::Cancelled | PayoutStatus::Reversed))
            }
            LineStatus::Waiting | LineStatus::Opened | LineStatus::Returned => true,
        };
        if !fits {
            findings.push(format!("I4: line {} of {} is {:?}, its payout {status:?}", line.number, line.batch, line.status));
        }
    }
    findings
}

/// What has left a wallet by payouts and transfers, of each of India's days.
fn spending(books: &Books, rules: &Rules) -> Vec<String> {
    let mut spent: BTreeMap<(String, i64), (i64, i64)> = BTreeMap::new();
    let mut to_one: BTreeMap<(String, i64, String), i64> = BTreeMap::new();
    for record in &books.records {
        let (account, at, amount, by_transfer, to) = match record {
            Record::Transfer(transfer) => match transfer.status {
                TransferStatus::Posted { posted } => (transfer.from, transfer.created_at, posted, true, transfer.to.to_string()),
                _ => continue,
            },
            Record::Payout(payout) if payout.status == PayoutStatus::Processed && payout.line.is_none() => {
                (payout.account, payout.created_at, payout.amount, false, payout.payee.to_string())
            }
            _ => continue,
        };
        let day = india_day(at);
        let sums = spent.entry((account.to_string(), day)).or_default();
        sums.0 += amount;
        sums.1 += if by_transfer { amount } else { 0 };
        *to_one.entry((account.to_string(), day, to)).or_default() += amount;
    }
    let mut findings = Vec::new();
    for ((account, _), (all, transfers)) in &spent {
        if *all > rules.day_limit || *transfers > rules.transfer_day_limit {
            findings.push(format!("I2: {account} spent {all} in a day, {transfers} by transfers"));
        }
    }
    findings.extend(
        to_one
            .iter()
            .filter(|(_, sum)| **sum > rules.payee_day_limit)
            .map(|((account, _, to), sum)| format!("I2: {account} sent {sum} to {to} in a day")),
    );
    findings
}

//! I3: our bills against the books of whoever pays them.

use super::{Books, records::payout};
use crate::world::World;
use domain::{
    payout::{PayoutStatus, Rail},
    posting::SystemAccount,
};
use sandbox::bills::payment::{Payment, Status};
use std::collections::BTreeMap;

/// Every bill that was paid is a payout of ours, once, and each knows what the other does.
pub fn check(books: &Books, world: &World) -> Vec<String> {
    let book = world.outside.book();
    let mut by_reference: BTreeMap<&str, Vec<&Payment>> = BTreeMap::new();
    for theirs in book.bills.payments.oldest_first() {
        by_reference.entry(theirs.reference.as_str()).or_default().push(theirs);
    }
    let (mut findings, mut out) = (Vec::new(), 0);
    for ours in books.find(payout).filter(|ours| ours.rail == Rail::Bills) {
        let id = ours.id.to_string();
        let theirs = by_reference.remove(id.as_str()).unwrap_or_default();
        if theirs.len() > 1 {
            findings.push(format!("I3: the bill {id} was paid {} times", theirs.len()));
        }
        let says = theirs.first().map(|theirs| theirs.status);
        let left = says == Some(Status::Success);
        if left {
            out += ours.amount;
        }
        let fits = match ours.status {
            PayoutStatus::Processed => left,
            PayoutStatus::Reversed => says == Some(Status::CreditAdjustment),
            PayoutStatus::Failed | PayoutStatus::Cancelled => !left,
            PayoutStatus::Processing => says == Some(Status::Processing),
            PayoutStatus::Validating | PayoutStatus::Cooling | PayoutStatus::Queued | PayoutStatus::Sending => !left,
        };
        if !fits {
            findings.push(format!("I3: the bill {id} is {}; its payer says {says:?}", ours.status.code()));
        }
    }
    findings.extend(by_reference.keys().map(|reference| format!("I3: a bill was paid under `{reference}`, which is none of ours")));
    let float = books.accounts.posted_but_for(SystemAccount::BillsFloat, &[]);
    if float != out {
        findings.push(format!("I3: {out} has left for bills; the ledger says {float}"));
    }
    findings
}

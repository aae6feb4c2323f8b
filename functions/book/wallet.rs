//! What our own ledger tells: the surest teller there is.

use super::{naming, observe_each};
use crate::{deps::Deps, vault::Vault};
use domain::{
    book::{Flow, NamedBy, Nature, Seen, Sighting, Source},
    fact::Fact,
    id::Fingerprint,
    posting::{Entry, Reason, Side, SystemAccount},
};
use lambda::{Failed, Trace};

/// Writes down what a fact moved on its owner's wallet. What is held has not moved yet.
pub async fn note(deps: &Deps, fact: &Fact, trace: &Trace) -> Result<(), Failed> {
    if fact.entries.is_empty() {
        return Ok(());
    }
    let user = fact.account.owner();
    let vault = deps.vault(user, trace).await?;
    let told = fact.entries.iter().filter_map(|entry| seen(&vault, fact, entry).transpose()).collect::<Result<Vec<_>, Failed>>()?;
    if observe_each(deps, user, &told, trace).await?.contains(&None) {
        tracing::warn!(account = %fact.account, "a day of a cash book is full");
    }
    Ok(())
}

fn seen(vault: &Vault, fact: &Fact, entry: &Entry) -> Result<Option<Seen>, Failed> {
    let Some((nature, what)) = meaning(entry) else { return Ok(None) };
    let flow = if entry.amount > 0 { Flow::In } else { Flow::Out };
    let party = fact.detail.counterparty.as_deref().unwrap_or_default();
    let sighting = Sighting {
        source: Source::Wallet,
        id: Fingerprint::of(&format!("wallet:{}", fact.account), &entry.number.to_string()),
        // One and the same: two equal payments of an hour are two.
        teller: Fingerprint::of("teller", "wallet"),
        at: entry.at,
        is_timed: true,
        amount: entry.amount.saturating_abs(),
        reference: fact.detail.reference.as_deref().and_then(|text| naming::reference(vault, text)),
        account: None,
        party: naming::party(vault, party),
    };
    let by = if what.is_empty() { NamedBy::Nobody } else { NamedBy::Teller };
    let name = naming::sealed(vault, party)?;
    Ok(Some(Seen { sighting, flow, nature, what: what.to_owned(), by, is_platform: false, counter: None, name }))
}

/// What a movement is to its owner, where it is one of theirs. A payout goes to oneself unless its owner has said of
/// the payee what it is for.
fn meaning(entry: &Entry) -> Option<(Nature, &'static str)> {
    let is_bill = entry.counterparty == Side::System(SystemAccount::BillsFloat);
    Some(match entry.reason {
        Reason::PaymentReceived | Reason::SuspenseAssigned => (Nature::Ordinary, "customers"),
        Reason::Refund => (Nature::GivenBack, "customers"),
        Reason::Transfer => (Nature::Ordinary, "transfer"),
        Reason::Payout if is_bill => (Nature::Ordinary, "bills"),
        Reason::PayoutReversed if is_bill => (Nature::GivenBack, "bills"),
        Reason::Payout | Reason::PayoutReversed => (Nature::OwnTransfer, ""),
        Reason::PayoutFee => (Nature::Ordinary, "fees"),
        Reason::PayoutFeeReturned => (Nature::GivenBack, "fees"),
        Reason::BatchFunded => (Nature::Ordinary, "payouts"),
        Reason::BatchReturned => (Nature::GivenBack, "payouts"),
        Reason::PaymentFee
        | Reason::PayoutProviderFee
        | Reason::PayoutProviderFeeReturned
        | Reason::PayoutDisputed
        | Reason::SuspenseReceived => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Timestamp,
        id::{OperationId, PayoutId},
    };

    fn entry(reason: Reason, counterparty: SystemAccount) -> Entry {
        Entry {
            number: 1,
            operation: OperationId::Payout(PayoutId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("u", "k"))),
            amount: -100,
            counterparty: Side::System(counterparty),
            reason,
            balance_after: 0,
            at: Timestamp::UNIX_EPOCH,
            prev_hash: [0; 32],
            hash: [0; 32],
        }
    }

    #[test]
    fn a_bill_is_spent_and_a_cash_out_is_still_ones_own() {
        let of = |reason, other| meaning(&entry(reason, other));
        assert_eq!(of(Reason::Payout, SystemAccount::BillsFloat), Some((Nature::Ordinary, "bills")));
        assert_eq!(of(Reason::Payout, SystemAccount::RazorpayxFloat), Some((Nature::OwnTransfer, "")));
        assert_eq!(of(Reason::PayoutReversed, SystemAccount::BillsFloat), Some((Nature::GivenBack, "bills")));
        assert_eq!(of(Reason::PaymentFee, SystemAccount::ProviderFees), None);
    }
}

//! Compares what users are owed with what there is to pay it from.
//!
//! Users are owed what all other accounts sum to, below zero: `schedules-check-ledger` sees to it
//! that this is so. It is covered by what lies in the payout account, by payouts that have left
//! it and are not booked yet, and by what the gateway has collected and nobody has moved there.
//!
//! Money that the owner moves into the payout account is no posting of ours; its sum is kept from
//! the account's statement, so that the balance which is due there is known: what was moved in,
//! less what was paid out.

use crate::{
    apply::{call_failed, setup_failed, store_failed},
    deps::Deps,
};
use domain::{
    Timestamp,
    engine::Record,
    payment::Gateway,
    payout::{PayoutStatus, Rail},
    posting::SystemAccount,
};
use lambda::{
    Deadline, Failed,
    metrics::{Metric, emit},
};
use statement::{Others, Span, Statement};
use std::collections::BTreeMap;
use store::{FloatReport, OpenClass};

mod statement;

/// Open payouts that are looked at, in each shard.
const OPEN_MAX: i32 = 5_000;
/// What is younger may not be on the statement yet.
const SETTLING_S: i64 = 300;
/// The provider charges its fee when a payout leaves; we book it when we hear that it arrived. No
/// rail's fee is above this, in paise.
const FEE_MAX: i64 = 2_000;

/// Our books at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Books {
    system: BTreeMap<String, i64>,
    /// Payouts that the provider has.
    in_flight: i64,
    /// Payouts that it may have: it has not answered yet.
    sending: i64,
    /// How many there are of both.
    payouts: i64,
}

impl Books {
    async fn read(deps: &Deps) -> Result<Self, Failed> {
        let open = deps.store.open(OpenClass::Payout, Timestamp::UNIX_EPOCH, deps.clock.now(), OPEN_MAX).await.map_err(store_failed)?;
        let system = deps.store.system_balances().await.map_err(store_failed)?;
        let mut books = Self { system, in_flight: 0, sending: 0, payouts: 0 };
        for item in &open {
            let Record::Payout(payout) = &item.record else { continue };
            // Bills leave another balance than this.
            if payout.rail != Rail::Razorpayx {
                continue;
            }
            let sum = match payout.status {
                PayoutStatus::Processing => &mut books.in_flight,
                PayoutStatus::Sending => &mut books.sending,
                _ => continue,
            };
            *sum += payout.amount;
            books.payouts += 1;
        }
        Ok(books)
    }

    fn of(&self, account: SystemAccount) -> i64 {
        self.system.get(account.name()).copied().unwrap_or(0)
    }

    /// All wallets, and what is on its way to or from them.
    fn owed(&self) -> i64 {
        -self.system.values().sum::<i64>() + self.of(SystemAccount::BatchClearing) + self.of(SystemAccount::Suspense)
    }

    /// Payouts of which nobody here knows whether they have left: the provider holds one back that
    /// awaits an approval, or for which the account holds too little.
    fn may_have_left(&self) -> i64 {
        self.in_flight + self.sending
    }

    /// By how much two looks are apart at most, in any sum that is made of them.
    fn moved(&self, later: &Self) -> i64 {
        let accounts = self.system.keys().map(|name| self.system.get(name).unwrap_or(&0).abs_diff(*later.system.get(name).unwrap_or(&0)));
        let sum = accounts.sum::<u64>() + self.in_flight.abs_diff(later.in_flight) + self.sending.abs_diff(later.sending);
        i64::try_from(sum).unwrap_or(i64::MAX)
    }
}

/// What the figures come to. `slack` is by how much they may be off because they were not read at
/// one moment, or because what the provider did is not booked yet.
fn judge(books: &Books, at_provider: i64, others: Others, slack: i64) -> FloatReport {
    let owed = books.owed();
    // Both settle to our bank, from where the owner moves it to the float: whose it was is not seen there.
    let collected: i64 = Gateway::ALL.into_iter().map(|gateway| -books.of(gateway.settlement())).sum();
    let settlement_pending = (collected - others.funded).max(0);
    let short = owed - at_provider - books.in_flight - settlement_pending;
    let most = others.funded + others.explained - books.of(SystemAccount::RazorpayxFloat);
    let off = (at_provider - most).max(0) + (at_provider - most + books.may_have_left()).min(0);
    FloatReport {
        owed,
        at_provider,
        payouts_in_flight: books.in_flight,
        settlement_pending,
        shortfall: (short - slack).max(0),
        off: if off.abs() > slack { off } else { 0 },
        ..FloatReport::default()
    }
}

/// What two looks have in common.
fn lasting(before: i64, now: i64) -> i64 {
    if before.signum() != now.signum() { 0 } else { before.abs().min(now.abs()) * now.signum() }
}

pub async fn handle(deps: &Deps, deadline: Deadline) -> Result<(), Failed> {
    let (client, secret) = deps.razorpayx().await.map_err(setup_failed)?;
    let account = secret.account_number.as_str();
    let now = deps.clock.now();
    let last = deps.store.float_report().await.map_err(store_failed)?;
    let before = Books::read(deps).await?;
    let told = client.balance(account).await.map_err(call_failed)?;
    let at_provider = told.ok_or_else(|| Failed::later("the provider does not tell of our account"))?;
    let now_s = now.as_second();
    let after = last.as_ref().map(|last| last.funded_until_s);
    let span = Span { after, settled_until: after.unwrap_or(i64::MIN).max(now_s - SETTLING_S), now: now_s };
    let statement = Statement::read(&client, account, span, deadline).await?;
    let books = Books::read(deps).await?;
    let before_that = match &last {
        Some(last) => Others { funded: last.funded, explained: last.explained },
        None => Others { funded: statement.opening(at_provider), explained: 0 },
    };
    let known = before_that.and(statement.settled);
    let slack = before.moved(&books) + FEE_MAX * before.payouts.max(books.payouts) + statement.returning;
    let mut report = judge(&books, at_provider, known.and(statement.young), slack);
    report.unexplained = lasting(last.as_ref().map_or(0, |last| last.off), report.off);
    (report.funded, report.explained, report.checked_at_ms) = (known.funded, known.explained, now.as_millisecond());
    report.funded_until_s = span.settled_until;
    if report.shortfall > 0 {
        tracing::error!(shortfall = report.shortfall, "what users are owed is not covered");
    }
    if report.unexplained != 0 {
        tracing::error!(unexplained = report.unexplained, "the payout account is not what our books say of it");
    }
    emit(Metric::UsersOwed, report.owed as f64, &[]);
    emit(Metric::ProviderBalance, report.at_provider as f64, &[]);
    emit(Metric::MoneyOnItsWay, (report.payouts_in_flight + report.settlement_pending) as f64, &[]);
    emit(Metric::FloatShortfall, report.shortfall as f64, &[]);
    emit(Metric::FloatUnexplained, report.unexplained.unsigned_abs() as f64, &[]);
    if !deps.store.put_float_report(&report, last.as_ref()).await.map_err(store_failed)? {
        tracing::warn!("the float was looked at, or explained, by somebody else meanwhile");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn books(settlement: i64, float: i64, in_flight: i64) -> Books {
        let name = |account: SystemAccount| account.name().to_owned();
        let system = BTreeMap::from([(name(SystemAccount::RazorpaySettlement), -settlement), (name(SystemAccount::RazorpayxFloat), float)]);
        Books { system, in_flight, sending: 0, payouts: i64::from(in_flight > 0) }
    }

    fn moved_in(funded: i64) -> Others {
        Others { funded, explained: 0 }
    }

    #[test]
    fn a_charge_of_the_providers_is_explained_and_covers_nothing() {
        let report = judge(&books(1_000, 300, 0), 646, Others { funded: 1_000, explained: -54 }, 0);
        assert_eq!((report.off, report.shortfall), (0, 54));
    }

    #[test]
    fn what_was_collected_covers_what_is_owed_wherever_it_lies() {
        // 1,000 collected, 300 paid out, 700 owed.
        for funded in [0, 400, 1_000] {
            let report = judge(&books(1_000, 300, 0), funded - 300, moved_in(funded), 0);
            assert_eq!((report.owed, report.shortfall, report.off), (700, 0, 0), "{funded}");
            assert_eq!(report.settlement_pending, 1_000 - funded);
        }
    }

    #[test]
    fn a_payout_on_its_way_is_owed_still_and_has_left() {
        let report = judge(&books(1_000, 0, 300), 700, moved_in(1_000), 0);
        assert_eq!((report.owed, report.payouts_in_flight, report.shortfall, report.off), (1_000, 300, 0, 0));
        // Or not left yet; but no more than it.
        assert_eq!([1_000, 1_001, 699].map(|balance| judge(&books(1_000, 0, 300), balance, moved_in(1_000), 0).off), [0, 1, -1]);
    }

    #[test]
    fn money_that_is_gone_is_a_shortfall_and_unexplained() {
        let report = judge(&books(1_000, 300, 0), 650, moved_in(1_000), 0);
        assert_eq!((report.shortfall, report.off), (50, -50));
        // Not while it may be a matter of the moment.
        let report = judge(&books(1_000, 300, 0), 650, moved_in(1_000), 50);
        assert_eq!((report.shortfall, report.off), (0, 0));
        let more = judge(&books(1_000, 300, 0), 800, moved_in(1_000), 0);
        assert_eq!((more.shortfall, more.off), (0, 100));
    }

    #[test]
    fn two_looks_are_apart_by_all_that_moved_between_them() {
        let (first, then) = (books(1_000, 300, 50), books(1_100, 350, 0));
        assert_eq!((first.moved(&then), first.moved(&first)), (200, 0));
    }

    #[test]
    fn what_is_off_for_a_moment_is_not_unexplained() {
        assert_eq!([lasting(0, 50), lasting(-50, 50), lasting(50, 0)], [0; 3]);
        assert_eq!((lasting(50, 80), lasting(80, 50), lasting(-50, -80)), (50, 50, -50));
    }
}

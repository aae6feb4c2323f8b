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
use domain::{Timestamp, engine::Record, payout::PayoutStatus, posting::SystemAccount};
use lambda::{
    Deadline, Failed,
    metrics::{Metric, emit},
};
use providers::{razorpay::PaymentsBetween, razorpayx::SourceKind};
use std::{collections::BTreeMap, time::Duration};
use store::{FloatReport, OpenClass};

/// Open payouts that are looked at, in each shard.
const OPEN_MAX: i32 = 5_000;
const PAGE: u32 = 100;
/// What is younger may not be on the statement yet.
const SETTLING_S: i64 = 300;
/// The provider charges its fee when a payout leaves; we book it when we hear that it arrived. No
/// rail's fee is above this, in paise.
const FEE_MAX: i64 = 2_000;

/// Our books at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Books {
    system: BTreeMap<String, i64>,
    in_flight: i64,
    payouts: i64,
}

impl Books {
    async fn read(deps: &Deps) -> Result<Self, Failed> {
        let open = deps.store.open(OpenClass::Payout, Timestamp::UNIX_EPOCH, deps.clock.now(), OPEN_MAX).await.map_err(store_failed)?;
        let sent = open.iter().filter_map(|item| match &item.record {
            Record::Payout(payout) if payout.status == PayoutStatus::Processing => Some(payout.amount),
            _ => None,
        });
        let (in_flight, payouts) = sent.fold((0, 0), |(sum, count), amount| (sum + amount, count + 1));
        let system = deps.store.system_balances().await.map_err(store_failed)?;
        Ok(Self { system, in_flight, payouts })
    }

    fn of(&self, account: SystemAccount) -> i64 {
        self.system.get(account.name()).copied().unwrap_or(0)
    }

    /// All wallets, and what is on its way to or from them.
    fn owed(&self) -> i64 {
        -self.system.values().sum::<i64>() + self.of(SystemAccount::BatchClearing) + self.of(SystemAccount::Suspense)
    }

    /// What the payout account has paid on the whole.
    fn paid(&self) -> i64 {
        self.of(SystemAccount::RazorpayxFloat) + self.in_flight
    }

    /// By how much two looks are apart at most, in any sum that is made of them.
    fn moved(&self, later: &Self) -> i64 {
        let accounts = self.system.keys().map(|name| self.system.get(name).unwrap_or(&0).abs_diff(*later.system.get(name).unwrap_or(&0)));
        let sum = accounts.sum::<u64>() + self.in_flight.abs_diff(later.in_flight);
        i64::try_from(sum).unwrap_or(i64::MAX)
    }
}

/// What the account's statement has beside payouts and returns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Others {
    /// Moved in by the owner, less what was moved out.
    funded: i64,
    /// Anything else: what is charged is below zero.
    explained: i64,
}

impl Others {
    fn and(self, more: Self) -> Self {
        Self { funded: self.funded + more.funded, explained: self.explained + more.explained }
    }
}

/// What the figures come to. `slack` is by how much they may be off because they were not read at
/// one moment, or because a fee is not booked yet.
fn judge(books: &Books, at_provider: i64, others: Others, slack: i64) -> FloatReport {
    let owed = books.owed();
    let collected = -books.of(SystemAccount::RazorpaySettlement);
    let settlement_pending = (collected - others.funded).max(0);
    let short = owed - at_provider - books.in_flight - settlement_pending;
    let off = at_provider - (others.funded + others.explained - books.paid());
    FloatReport {
        owed,
        at_provider,
        payouts_in_flight: books.in_flight,
        settlement_pending,
        shortfall: (short - slack).max(0),
        unexplained: if off.abs() > slack { off } else { 0 },
        ..FloatReport::default()
    }
}

pub async fn handle(deps: &Deps, deadline: Deadline) -> Result<(), Failed> {
    let (client, secret) = deps.razorpayx().await.map_err(setup_failed)?;
    let account = secret.account_number.as_str();
    let now = deps.clock.now();
    let last = deps.store.float_report().await.map_err(store_failed)?;
    let before = Books::read(deps).await?;
    let told = client.balance(account).await.map_err(call_failed)?;
    let at_provider = told.ok_or_else(|| Failed::later("the provider does not tell of our account"))?;
    let books = Books::read(deps).await?;
    // What the first look finds is taken as explained, whenever it came.
    let until_s = if last.is_some() { now.as_second() - SETTLING_S } else { now.as_second() };
    let ((settled, young), before_that) = match &last {
        Some(last) => {
            let span = (last.funded_until_s, until_s.max(last.funded_until_s), now.as_second());
            let known = Others { funded: last.funded, explained: last.explained };
            (others(&client, account, span, deadline).await?, known)
        }
        None => ((Others { funded: at_provider + books.paid(), explained: 0 }, Others::default()), Others::default()),
    };
    let known = before_that.and(settled);
    let slack = before.moved(&books) + FEE_MAX * books.payouts;
    let mut report = judge(&books, at_provider, known.and(young), slack);
    (report.funded, report.explained, report.checked_at_ms) = (known.funded, known.explained, now.as_millisecond());
    report.funded_until_s = last.as_ref().map_or(until_s, |last| until_s.max(last.funded_until_s));
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

/// What the statement has after the span's beginning: up to its middle, and since then.
async fn others(
    client: &providers::razorpayx::Client,
    account: &str,
    (from, until, now): (i64, i64, i64),
    deadline: Deadline,
) -> Result<(Others, Others), Failed> {
    let (mut settled, mut young, mut skip) = (Others::default(), Others::default(), 0);
    loop {
        if !deadline.leaves(Duration::from_secs(10)) {
            return Err(Failed::later("the statement is longer than one run can read"));
        }
        let page = PaymentsBetween { from: from + 1, to: now.max(from + 1), count: PAGE, skip };
        let lines = client.statement(account, page).await.map_err(call_failed)?;
        for line in lines.iter().filter(|line| line.payout_id().is_none()) {
            let sums = if line.created_at <= until { &mut settled } else { &mut young };
            let sum = if line.source.kind == Some(SourceKind::BankTransfer) { &mut sums.funded } else { &mut sums.explained };
            *sum += line.credit_paise - line.debit_paise;
        }
        if lines.len() < PAGE as usize {
            return Ok((settled, young));
        }
        skip += PAGE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn books(settlement: i64, float: i64, in_flight: i64) -> Books {
        let name = |account: SystemAccount| account.name().to_owned();
        let system = BTreeMap::from([(name(SystemAccount::RazorpaySettlement), -settlement), (name(SystemAccount::RazorpayxFloat), float)]);
        Books { system, in_flight, payouts: i64::from(in_flight > 0) }
    }

    fn moved_in(funded: i64) -> Others {
        Others { funded, explained: 0 }
    }

    #[test]
    fn a_charge_of_the_providers_is_explained_and_covers_nothing() {
        let report = judge(&books(1_000, 300, 0), 646, Others { funded: 1_000, explained: -54 }, 0);
        assert_eq!((report.unexplained, report.shortfall), (0, 54));
    }

    #[test]
    fn what_was_collected_covers_what_is_owed_wherever_it_lies() {
        // 1,000 collected, 300 paid out, 700 owed.
        for funded in [0, 400, 1_000] {
            let report = judge(&books(1_000, 300, 0), funded - 300, moved_in(funded), 0);
            assert_eq!((report.owed, report.shortfall, report.unexplained), (700, 0, 0), "{funded}");
            assert_eq!(report.settlement_pending, 1_000 - funded);
        }
    }

    #[test]
    fn a_payout_on_its_way_is_owed_still_and_has_left() {
        let report = judge(&books(1_000, 0, 300), 700, moved_in(1_000), 0);
        assert_eq!((report.owed, report.payouts_in_flight, report.shortfall, report.unexplained), (1_000, 300, 0, 0));
    }

    #[test]
    fn money_that_is_gone_is_a_shortfall_and_unexplained() {
        let report = judge(&books(1_000, 300, 0), 650, moved_in(1_000), 0);
        assert_eq!((report.shortfall, report.unexplained), (50, -50));
        // Not while it may be a matter of the moment.
        let report = judge(&books(1_000, 300, 0), 650, moved_in(1_000), 50);
        assert_eq!((report.shortfall, report.unexplained), (0, 0));
        let more = judge(&books(1_000, 300, 0), 800, moved_in(1_000), 0);
        assert_eq!((more.shortfall, more.unexplained), (0, 100));
    }

    #[test]
    fn two_looks_are_apart_by_all_that_moved_between_them() {
        let (first, then) = (books(1_000, 300, 50), books(1_100, 350, 0));
        assert_eq!((first.moved(&then), first.moved(&first)), (200, 0));
    }
}

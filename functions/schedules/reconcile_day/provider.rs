//! The provider's side of a day: what its lists have, and the statement of the payout account.

use super::{ledger::Ledger, still_time};
use crate::{
    apply::{call_failed, setup_failed},
    deps::Deps,
};
use domain::{
    Timestamp,
    reconciliation::{Day, Kind, Line, State, Theirs, View},
};
use lambda::{Deadline, Failed};
use providers::{
    call::CallError,
    razorpay::{PaymentEntity, PaymentStatus, PaymentsBetween, RefundEntity, RefundStatus},
    razorpayx::{PayoutEntity, PayoutStatus, SourceKind, TransactionEntity},
};
use std::collections::{BTreeMap, BTreeSet};

/// A page of each list.
const PAGE: u32 = 100;
/// How far around the day the lists are read: what lies just beyond midnight is matched there.
const AROUND_S: i64 = 3600;
/// The same for payouts and the statement: what failed at night comes back the next day.
const AROUND_PAYOUTS_S: i64 = 24 * 3600;

pub struct Told {
    day: Day,
    pub theirs: Vec<Theirs>,
    pub lines: Vec<Line>,
    /// The order of each payment.
    pub orders: BTreeMap<String, String>,
}

/// All pages of a list.
async fn all<T>(
    span: (i64, i64),
    deadline: Deadline,
    page: impl AsyncFn(PaymentsBetween) -> Result<Vec<T>, CallError>,
) -> Result<Vec<T>, Failed> {
    let mut found = Vec::new();
    loop {
        still_time(deadline)?;
        let skip = u32::try_from(found.len()).map_err(Failed::bug)?;
        let items = page(PaymentsBetween { from: span.0, to: span.1, count: PAGE, skip }).await.map_err(call_failed)?;
        let last = items.len() < PAGE as usize;
        found.extend(items);
        if last {
            return Ok(found);
        }
    }
}

impl Told {
    pub async fn of(deps: &Deps, day: Day, deadline: Deadline) -> Result<Self, Failed> {
        let now = deps.clock.now().as_second();
        let around = |seconds: i64| (day.from.as_second() - seconds, (day.until.as_second() + seconds).min(now));
        let (razorpay, _) = deps.razorpay().await.map_err(setup_failed)?;
        let (client, secret) = deps.razorpayx().await.map_err(setup_failed)?;
        let account = secret.account_number.as_str();
        let mut told = Self { day, theirs: Vec::new(), lines: Vec::new(), orders: BTreeMap::new() };
        for payment in all(around(AROUND_S), deadline, async |page| razorpay.payments(page).await).await? {
            told.payment(&payment)?;
        }
        for refund in all(around(AROUND_S), deadline, async |page| razorpay.refunds(page).await).await? {
            told.refund(&refund)?;
        }
        for payout in all(around(AROUND_PAYOUTS_S), deadline, async |page| client.payouts(account, page).await).await? {
            told.payout(&payout)?;
        }
        for line in all(around(AROUND_PAYOUTS_S), deadline, async |page| client.statement(account, page).await).await? {
            told.line(line)?;
        }
        Ok(told)
    }

    /// Asks for what ledger or statement have of this day and the lists have not, because it was
    /// made on an earlier one.
    pub async fn complete(&mut self, deps: &Deps, ours: &Ledger, deadline: Deadline) -> Result<(), Failed> {
        let known: BTreeSet<(Kind, String)> = self.theirs.iter().map(|theirs| (theirs.kind, theirs.provider_id.clone())).collect();
        let of_ledger = ours.sides().filter_map(|side| Some((side.kind, side.provider_id.clone()?)));
        let of_bank = self.lines.iter().filter(|line| line.kind != Kind::Transfer && self.day.has(line.view.at));
        let of_bank = of_bank.filter_map(|line| Some((line.kind, line.provider_id.clone()?)));
        // A return is told by its payout.
        let as_payout = |(kind, id): (Kind, String)| (if kind == Kind::Reversal { Kind::Payout } else { kind }, id);
        let missing: BTreeSet<(Kind, String)> = of_ledger.chain(of_bank).map(as_payout).filter(|side| !known.contains(side)).collect();
        let (razorpay, _) = deps.razorpay().await.map_err(setup_failed)?;
        let (client, _) = deps.razorpayx().await.map_err(setup_failed)?;
        for (kind, id) in missing {
            still_time(deadline)?;
            let answer = match kind {
                Kind::Payment => match razorpay.payment(&id).await {
                    Ok(payment) => Ok(self.payment(&payment)?),
                    Err(error) => Err(error),
                },
                Kind::Refund => match razorpay.refund(&id).await {
                    Ok(refund) => Ok(self.refund(&refund)?),
                    Err(error) => Err(error),
                },
                Kind::Payout | Kind::Reversal => match client.payout(&id).await {
                    Ok(payout) => Ok(self.payout(&payout)?),
                    Err(error) => Err(error),
                },
                Kind::Transfer => Ok(()),
            };
            match answer {
                Err(error) if !error.means_absent() => return Err(call_failed(error)),
                _ => {}
            }
        }
        Ok(())
    }

    fn payment(&mut self, told: &PaymentEntity) -> Result<(), Failed> {
        let state = match told.status {
            PaymentStatus::Captured | PaymentStatus::Refunded => State::Done,
            PaymentStatus::Authorized => State::OnItsWay,
            PaymentStatus::Created | PaymentStatus::Failed | PaymentStatus::Other(_) => return Ok(()),
        };
        if let Some(order) = &told.order_id {
            self.orders.insert(told.id.clone(), order.clone());
        }
        let view = view(state, told.amount_paise, told.fee_paise.unwrap_or(0), told.created_at)?;
        let utr = [&told.acquirer_data.rrn, &told.acquirer_data.utr].into_iter().flatten().next().cloned();
        // An order stands for our payment: without one it is nobody's.
        self.push(Kind::Payment, &told.id, told.order_id.clone(), utr, view);
        Ok(())
    }

    fn refund(&mut self, told: &RefundEntity) -> Result<(), Failed> {
        let state = match told.status {
            RefundStatus::Processed => State::Done,
            RefundStatus::Failed => State::Undone,
            RefundStatus::Pending | RefundStatus::Other(_) => State::OnItsWay,
        };
        let bank = &told.acquirer_data;
        let utr = [&bank.arn, &bank.rrn, &bank.utr].into_iter().flatten().next().cloned();
        let view = view(state, told.amount_paise, 0, told.created_at)?;
        self.push(Kind::Refund, &told.id, ours(told.receipt.as_deref(), "rfnd_"), utr, view);
        Ok(())
    }

    fn payout(&mut self, told: &PayoutEntity) -> Result<(), Failed> {
        let state = match told.status {
            PayoutStatus::Processed | PayoutStatus::Reversed => State::Done,
            PayoutStatus::Failed | PayoutStatus::Rejected | PayoutStatus::Cancelled => State::Undone,
            PayoutStatus::Pending | PayoutStatus::Queued | PayoutStatus::Scheduled | PayoutStatus::Processing | PayoutStatus::Other(_) => {
                State::OnItsWay
            }
        };
        let reference = ours(told.reference_id.as_deref(), "pout_");
        let out = view(state, told.amount_paise, told.fees_paise.unwrap_or(0), told.created_at)?;
        self.push(Kind::Payout, &told.id, reference.clone(), told.utr.clone(), out);
        if told.status == PayoutStatus::Reversed {
            self.push(Kind::Reversal, &told.id, reference, told.utr.clone(), View { fee: 0, ..out });
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind, id: &str, reference: Option<String>, utr: Option<String>, view: View) {
        self.theirs.push(Theirs { kind, provider_id: id.to_owned(), reference, utr, view });
    }

    fn line(&mut self, line: TransactionEntity) -> Result<(), Failed> {
        let (amount, debit, credit) = (line.amount_paise, line.debit_paise, line.credit_paise);
        let (kind, amount, fee) = match line.source.kind {
            Some(SourceKind::Payout) => (Kind::Payout, amount, debit - amount),
            // What comes back has the fee with it, if the bank gives that back too.
            Some(SourceKind::Reversal) => (Kind::Reversal, amount, amount - credit),
            _ => (Kind::Transfer, credit - debit, 0),
        };
        let provider_id = line.payout_id().or(line.source.id.as_deref()).map(str::to_owned);
        let utr = line.source.utr.or(line.source.bank_reference);
        self.lines.push(Line { kind, line_id: line.id, provider_id, utr, view: view(State::Done, amount, fee, line.created_at)? });
        Ok(())
    }

    /// The provider tells neither time nor fee of a return: they are those of the statement's line, or
    /// else of our own posting.
    pub fn with_returns_of(&self, ours: &Ledger) -> Vec<Theirs> {
        let mut theirs = self.theirs.clone();
        for side in theirs.iter_mut().filter(|side| side.kind == Kind::Reversal) {
            let id = Some(&side.provider_id);
            let by_bank = self.lines.iter().find(|line| line.kind == Kind::Reversal && line.provider_id.as_ref() == id);
            let by_us = ours.sides().find(|own| own.kind == Kind::Reversal && own.provider_id.as_ref() == id);
            if let Some(View { at, fee, .. }) = by_bank.map(|line| line.view).or(by_us.map(|own| own.view)) {
                (side.view.at, side.view.fee) = (at, fee);
            }
        }
        theirs
    }
}

fn view(state: State, amount: i64, fee: i64, at_s: i64) -> Result<View, Failed> {
    Ok(View { state, amount, fee, at: Timestamp::from_second(at_s).map_err(Failed::bug)? })
}

/// A reference that is an id of ours. Others are those of a dashboard's user.
fn ours(reference: Option<&str>, prefix: &str) -> Option<String> {
    reference.filter(|reference| reference.starts_with(prefix)).map(str::to_owned)
}

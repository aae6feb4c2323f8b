//! Finds what webhooks and messages did not bring: payouts, validations and batches that stand still.

use crate::{
    apply::{self, call_failed, failed, setup_failed, store_failed},
    bills,
    deps::Deps,
    queues::{batches::tally, payees::judge},
    schedules::{age_s, is_due, noted, open},
    work::WorkMessage,
};
use domain::{
    Timestamp,
    engine::Record,
    fact::Cause,
    payee::{Payee, PayeeStatus, Verdict},
    payout::{Failure, NoSuchPayout, Payout, PayoutStatus, Rail, ReturnFee, SEND_LEASE_S, Word, WordState},
    work::Work,
};
use lambda::{
    Deadline, Failed, Trace,
    metrics::{Metric, emit},
};
use providers::{razorpay::PaymentsBetween, razorpayx::SourceKind};
use std::time::Duration;
use store::{ExecuteError, OpenClass};

/// After how long a message is taken as lost.
const LOST_S: i64 = 60;
/// How often the statement is looked through for returns.
const RETURNS_EVERY_S: i64 = 300;
/// Each look begins so long before the last one ended: a line may be booked late.
const RETURNS_OVERLAP_S: i64 = 20 * 60;
/// The first look. A payout comes back within three working days.
const RETURNS_S_MAX: i64 = 5 * 24 * 3600;
const PAGE: u32 = 100;

pub async fn handle(deps: &Deps, deadline: Deadline) -> Result<(), Failed> {
    let trace = Trace::default();
    let mut oldest = 0;
    for item in open(deps, OpenClass::Payout).await? {
        let Record::Payout(payout) = item.record else { continue };
        if payout.status != PayoutStatus::Cooling {
            oldest = oldest.max(age_s(deps, payout.created_at));
        }
        noted(&payout.id, look_at_payout(deps, &payout, &trace).await);
    }
    emit(Metric::PayoutAgeSecondsMax, oldest as f64, &[]);
    for item in open(deps, OpenClass::Payee).await? {
        let Record::Payee(payee) = item.record else { continue };
        noted(&payee.id, look_at_payee(deps, &payee, &trace).await);
    }
    for item in open(deps, OpenClass::Batch).await? {
        let Record::Batch(batch) = item.record else { continue };
        if age_s(deps, batch.updated_at) > LOST_S {
            deps.send_all(&[WorkMessage::from(&Work::AdvanceBatch { batch: batch.id })], &trace).await;
        }
        noted(&batch.id, tally(deps, &batch, &trace).await);
    }
    returns(deps, deadline, &trace).await
}

/// Brings in payouts that the bank returned and whose webhook was lost: a processed payout is no
/// longer open, so nothing else asks for it. The account's statement names each return.
async fn returns(deps: &Deps, deadline: Deadline, trace: &Trace) -> Result<(), Failed> {
    let now_s = deps.clock.now().as_second();
    let last = deps.store.returns_read_until().await.map_err(store_failed)?.map(|until| until.as_second());
    if last.is_some_and(|last| now_s - last < RETURNS_EVERY_S) {
        return Ok(());
    }
    let from = last.map_or(now_s - RETURNS_S_MAX, |last| last - RETURNS_OVERLAP_S);
    let (client, secret) = deps.razorpayx().await.map_err(setup_failed)?;
    let mut skip = 0;
    while deadline.leaves(Duration::from_secs(10)) {
        let page = PaymentsBetween { from, to: now_s, count: PAGE, skip };
        let lines = client.statement(&secret.account_number, page).await.map_err(call_failed)?;
        for line in lines.iter().filter(|line| line.source.kind == Some(SourceKind::Reversal)) {
            let Some(id) = line.payout_id() else { continue };
            let told = client.payout(id).await.map_err(call_failed)?;
            Box::pin(apply::payout::apply(deps, &told, Cause::Reconciler, trace)).await?;
            let fee = line.credit_paise - line.amount_paise;
            if let (Some(payout), true) = (told.reference_id.as_deref().and_then(|reference| reference.parse().ok()), fee > 0) {
                let command = ReturnFee { payout, amount: fee, cause: Cause::Reconciler };
                match deps.execute(&command, trace).await {
                    // A reference that looks like one of ours and is not.
                    Err(ExecuteError::Refused(NoSuchPayout)) => {}
                    other => drop(other.map_err(failed)?),
                }
            }
        }
        if lines.len() < PAGE as usize {
            let until = Timestamp::from_second(now_s).map_err(Failed::bug)?;
            return deps.store.set_returns_read_until(until).await.map_err(store_failed);
        }
        skip += PAGE;
    }
    Err(Failed::later("the statement is not finished; the next run goes on"))
}

async fn look_at_payout(deps: &Deps, payout: &Payout, trace: &Trace) -> Result<(), Failed> {
    let age = age_s(deps, payout.updated_at);
    let tried = payout.tried_at.map_or(i64::MAX, |tried| age_s(deps, tried));
    match payout.status {
        PayoutStatus::Queued if age > LOST_S => advance(deps, payout, trace).await,
        PayoutStatus::Sending if tried > LOST_S.max(SEND_LEASE_S) => advance(deps, payout, trace).await,
        PayoutStatus::Processing if is_due(age) => return ask(deps, payout, age, trace).await,
        _ => {}
    }
    Ok(())
}

async fn advance(deps: &Deps, payout: &Payout, trace: &Trace) {
    let work = Work::AdvancePayout { payout: payout.id, payee: payout.payee, account: payout.account };
    deps.send_all(&[WorkMessage::from(&work)], trace).await;
}

/// Asks the provider for a payout that it took. One that it denies after an hour was never made.
async fn ask(deps: &Deps, payout: &Payout, age: i64, trace: &Trace) -> Result<(), Failed> {
    if payout.rail == Rail::Bills {
        return bills::pay::ask(deps, payout, age, trace).await;
    }
    let Some(provider_id) = &payout.provider_id else { return Ok(()) };
    let (client, _) = deps.razorpayx().await.map_err(setup_failed)?;
    match client.payout(provider_id).await {
        Ok(told) => Box::pin(apply::payout::apply(deps, &told, Cause::Reconciler, trace)).await.map(|_| ()),
        Err(error) if error.means_absent() && age > deps.rules.absent_payout_s => {
            let failure = Some(Failure::new("never_made", "the bank partner has no record of it"));
            let word = Word { state: WordState::Failed, provider_id: None, utr: None, fee: 0, failure };
            apply::payout::record(deps, payout, word, Cause::Reconciler, trace).await.map(|_| ())
        }
        Err(error) => Err(call_failed(error)),
    }
}

async fn look_at_payee(deps: &Deps, payee: &Payee, trace: &Trace) -> Result<(), Failed> {
    match &payee.status {
        PayeeStatus::Unchecked if age_s(deps, payee.updated_at) > LOST_S => {
            deps.send_all(&[WorkMessage::from(&Work::ValidatePayee { payee: payee.id })], trace).await;
            Ok(())
        }
        PayeeStatus::Checking { validation_id, since } if is_due(age_s(deps, *since)) => {
            if validation_id.is_empty() {
                return judge(deps, payee.id, Verdict::Lost, trace).await;
            }
            let (client, _) = deps.razorpayx().await.map_err(setup_failed)?;
            let told = client.validation(validation_id).await.map_err(call_failed)?;
            apply::payee::apply(deps, &told, trace).await.map(|_| ())
        }
        _ => Ok(()),
    }
}

//! Finds what webhooks and messages did not bring: payouts, validations and batches that stand still.

use crate::{
    apply::{self, call_failed, setup_failed},
    deps::Deps,
    queues::{batches::tally, payees::judge},
    schedules::{age_s, is_due, noted, open},
    work::WorkMessage,
};
use domain::{
    engine::Record,
    fact::Cause,
    payee::{Payee, PayeeStatus, Verdict},
    payout::{Failure, Payout, PayoutStatus, SEND_LEASE_S, Word, WordState},
    work::Work,
};
use lambda::{
    Deadline, Failed, Trace,
    metrics::{Metric, emit},
};
use store::OpenClass;

/// After how long a message is taken as lost.
const LOST_S: i64 = 60;

pub async fn handle(deps: &Deps, _deadline: Deadline) -> Result<(), Failed> {
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
    Ok(())
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

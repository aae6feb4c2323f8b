//! A payout that the provider told of.

use crate::{
    apply::{failed, store_failed},
    deps::Deps,
};
use domain::{
    engine::{Key, Record},
    fact::Cause,
    id::{OperationId, PayoutId},
    payout::{Failure, Payout, RecordWord, Recorded, Word, WordState},
};
use lambda::{
    Failed, Trace,
    metrics::{Metric, emit},
};
use providers::razorpayx::{PayoutEntity, PayoutStatus};

/// `None` where it is no payout of ours, or a state that this version does not know.
pub async fn apply(deps: &Deps, told: &PayoutEntity, cause: Cause, trace: &Trace) -> Result<Option<Recorded>, Failed> {
    let (Some(payout), Some(state)) = (ours(deps, told).await?, state(&told.status)) else { return Ok(None) };
    let word = Word {
        state,
        provider_id: Some(told.id.clone()),
        utr: told.utr.clone(),
        fee: told.fees_paise.unwrap_or(0),
        failure: matches!(state, WordState::Failed | WordState::Reversed).then(|| failure(told)),
    };
    record(deps, &payout, word, cause, trace).await.map(Some)
}

/// Records a word on a payout of ours, and raises what must never happen.
pub async fn record(deps: &Deps, payout: &Payout, word: Word, cause: Cause, trace: &Trace) -> Result<Recorded, Failed> {
    let command = RecordWord { payout: payout.id, payee: payout.payee, account: payout.account, word, cause };
    let recorded = deps.execute(&command, trace).await.map_err(failed)?;
    if let Recorded::Disputed(payout) | Recorded::SecondPayout(payout) = &recorded {
        tracing::error!(payout = %payout.id, "the provider contradicts itself about this payout; look at it by hand");
        emit(Metric::Failures, 1.0, &[]);
    }
    Ok(recorded)
}

async fn ours(deps: &Deps, told: &PayoutEntity) -> Result<Option<Payout>, Failed> {
    let Some(id) = told.reference_id.as_deref().and_then(|reference| reference.parse::<PayoutId>().ok()) else { return Ok(None) };
    Ok(match deps.store.record(&Key::operation(OperationId::Payout(id))).await.map_err(store_failed)? {
        Some(Record::Payout(payout)) => Some(payout),
        _ => None,
    })
}

/// Source: `razorpay.md` section 5.5.
fn state(status: &PayoutStatus) -> Option<WordState> {
    Some(match status {
        PayoutStatus::Pending | PayoutStatus::Queued | PayoutStatus::Scheduled | PayoutStatus::Processing => WordState::Accepted,
        PayoutStatus::Processed => WordState::Processed,
        PayoutStatus::Reversed => WordState::Reversed,
        PayoutStatus::Failed | PayoutStatus::Rejected | PayoutStatus::Cancelled => WordState::Failed,
        PayoutStatus::Other(_) => return None,
    })
}

fn failure(told: &PayoutEntity) -> Failure {
    let code = told.reason().map_or("failed", |reason| reason.as_str());
    let text = [&told.status_details.description, &told.error.description].into_iter().flatten().next();
    Failure::new(code, text.map_or("the bank did not carry the payout out", String::as_str))
}

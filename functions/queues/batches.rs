//! Unfolds batches into lines, opens each line's payout, and writes down how it ended.

use crate::{
    apply::{failed, store_failed},
    deps::Deps,
    queues::work_in,
    refusals::AsProblem,
    work::WorkMessage,
};
use domain::{
    batch::{Batch, BatchLine, LineOutcome, LineStatus, MarkLine, TallyBatch},
    engine::{Key, Record},
    id::{BatchId, OperationId, PayoutId},
    money::Amount,
    payout::OpenPayout,
    request::Keyed,
    work::Work,
};
use lambda::{Failed, Message, Trace};
use store::ExecuteError;

/// A batch of up to so many lines is counted after each; a larger one by the schedule.
const COUNT_AT_ONCE_MAX: u32 = 100;

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let trace = message.trace();
    match work_in(&message)? {
        Work::AdvanceBatch { batch } => unfold(deps, batch, &trace).await,
        Work::OpenBatchLine { batch, number } => open(deps, batch, number, &trace).await,
        Work::SettleBatchLine { batch, number, payout } => settle(deps, batch, number, payout, &trace).await,
        _ => Err(Failed::bug("not a batch")),
    }
}

async fn unfold(deps: &Deps, id: BatchId, trace: &Trace) -> Result<(), Failed> {
    let batch = find(deps, id).await?;
    let mut after = 0;
    loop {
        let lines = deps.store.lines(batch.sheet, after, 200).await.map_err(store_failed)?;
        let Some(last) = lines.last() else { break };
        after = last.number;
        let waiting = lines.iter().filter(|line| line.status == LineStatus::Waiting);
        let messages: Vec<_> = waiting.map(|line| WorkMessage::OpenBatchLine { batch: id.to_string(), number: line.number }).collect();
        deps.send_all(&messages, trace).await;
    }
    tally(deps, &batch, trace).await
}

async fn find(deps: &Deps, id: BatchId) -> Result<Batch, Failed> {
    match deps.store.record(&Key::operation(OperationId::Batch(id))).await.map_err(store_failed)? {
        Some(Record::Batch(batch)) => Ok(batch),
        _ => Err(Failed::bug("no such batch")),
    }
}

/// Brings a batch up to its lines.
pub(crate) async fn tally(deps: &Deps, batch: &Batch, trace: &Trace) -> Result<(), Failed> {
    let tally = deps.store.tally(batch.sheet).await.map_err(store_failed)?;
    let command = TallyBatch { batch: batch.id, account: batch.account, tally };
    deps.execute(&command, trace).await.map(|_| ()).map_err(failed)
}

async fn open(deps: &Deps, id: BatchId, number: u32, trace: &Trace) -> Result<(), Failed> {
    let batch = find(deps, id).await?;
    let line = match deps.store.record(&Key::BatchLine(batch.sheet, number)).await.map_err(store_failed)? {
        Some(Record::BatchLine(line)) if line.status == LineStatus::Waiting => line,
        Some(_) => return Ok(()),
        None => return Err(Failed::bug("no such line")),
    };
    let outcome = match deps.execute(&payout_of(deps, &batch, &line)?, trace).await {
        Ok(opened) => LineOutcome::Opened(opened.value.id),
        Err(ExecuteError::Refused(refusal)) => LineOutcome::Refused(refusal.as_problem().detail().to_owned()),
        Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
    };
    mark(deps, &batch, number, outcome, trace).await
}

fn payout_of(deps: &Deps, batch: &Batch, line: &BatchLine) -> Result<OpenPayout, Failed> {
    let what = format!("{} {} {}", line.amount, line.address.canonical(), line.name.as_str());
    let asked = Keyed::part(batch.account.owner(), &batch.id.to_string(), &line.number.to_string(), &what, batch.request_id.clone());
    Ok(OpenPayout {
        asked,
        address: line.address.clone(),
        name: line.name.clone(),
        amount: Amount::new(line.amount).ok_or_else(|| Failed::bug("a line without an amount"))?,
        note: line.reference.clone(),
        line: Some((batch.id, line.number)),
        bill: None,
        rules: deps.rules.clone(),
    })
}

async fn settle(deps: &Deps, id: BatchId, number: u32, payout: PayoutId, trace: &Trace) -> Result<(), Failed> {
    let batch = find(deps, id).await?;
    match deps.store.record(&Key::operation(OperationId::Payout(payout))).await.map_err(store_failed)? {
        Some(Record::Payout(payout)) => mark(deps, &batch, number, LineOutcome::Ended(Box::new(payout)), trace).await,
        _ => Err(Failed::bug("no such payout")),
    }
}

async fn mark(deps: &Deps, batch: &Batch, number: u32, outcome: LineOutcome, trace: &Trace) -> Result<(), Failed> {
    deps.execute(&MarkLine { sheet: batch.sheet, number, outcome }, trace).await.map_err(failed)?;
    if batch.lines <= COUNT_AT_ONCE_MAX { tally(deps, batch, trace).await } else { Ok(()) }
}

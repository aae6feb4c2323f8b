//! Sends what is due to its queue: connected banks, standing payments, summaries of days, cash books, erasures. What is sent twice
//! is done once; what no message was sent for stays due.

use crate::{apply::store_failed, deps::Deps, outlets::BATCH_MAX, work::WorkMessage};
use domain::work::Work;
use futures::future::join_all;
use lambda::{Deadline, Failed, Trace};
use std::time::Duration;
use store::{DueRow, OpenClass};

/// Rows of one look.
const PAGE: i32 = 500;
/// What a page takes to be sent, with much to spare.
const SLICE: Duration = Duration::from_secs(10);

pub async fn handle(deps: &Deps, deadline: Deadline) -> Result<(), Failed> {
    for class in [OpenClass::Standing, OpenClass::Bank, OpenClass::Summary, OpenClass::Book, OpenClass::Erasure] {
        for shard in 0..class.shards() {
            wake(deps, class, shard, deadline).await?;
        }
    }
    Ok(())
}

/// In batches, side by side. What is not taken stays due, and the next run sends it.
async fn send(deps: &Deps, messages: &[WorkMessage]) {
    let trace = Trace::default();
    let batches = messages.chunk_by(|one, next| one.queue() == next.queue()).flat_map(|same| same.chunks(BATCH_MAX));
    let sends = batches.map(|batch| {
        let queue = batch.first().map(WorkMessage::queue);
        let bodies: Vec<String> = batch.iter().map(WorkMessage::to_body).collect();
        let trace = &trace;
        async move {
            match queue {
                Some(queue) => deps.outlets.send_batch(queue, bodies, trace).await,
                None => 0,
            }
        }
    });
    let refused: usize = join_all(sends).await.into_iter().sum();
    if refused > 0 {
        tracing::warn!(refused, "messages were not taken; they stay due");
    }
}

async fn wake(deps: &Deps, class: OpenClass, shard: u8, deadline: Deadline) -> Result<(), Failed> {
    let mut after = None;
    while deadline.leaves(SLICE) {
        let page = deps.store.due(class, shard, deps.clock.now(), after, PAGE).await.map_err(store_failed)?;
        let messages: Vec<WorkMessage> = page.rows.iter().filter_map(work).map(|work| WorkMessage::from(&work)).collect();
        send(deps, &messages).await;
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
    Err(Failed::later("there is more that is due; the next run goes on"))
}

fn work(row: &DueRow) -> Option<Work> {
    match *row {
        DueRow::Bank(user, bank) => Some(Work::AdvanceBank { user, bank, is_asked: false }),
        DueRow::Standing(user, standing) => Some(Work::PayStanding { user, standing }),
        DueRow::Summary(user) => Some(Work::TellSummary { user }),
        DueRow::Book(user) => Some(Work::LookAtBook { user }),
        DueRow::Erasure(user) => Some(Work::Erase { user }),
        DueRow::Unknown => None,
    }
}

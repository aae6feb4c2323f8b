//! Sends what is due to its queue: connected banks, standing payments, summaries of days, cash books. What is sent twice
//! is done once; what no message was sent for stays due.

use crate::{apply::store_failed, deps::Deps, work::WorkMessage};
use domain::work::Work;
use lambda::{Deadline, Failed, Trace};
use std::time::Duration;
use store::{DueRow, OpenClass};

/// Rows of one look.
const PAGE: i32 = 500;
/// What a page takes to be sent, with much to spare.
const SLICE: Duration = Duration::from_secs(10);

pub async fn handle(deps: &Deps, deadline: Deadline) -> Result<(), Failed> {
    for class in [OpenClass::Standing, OpenClass::Bank, OpenClass::Summary, OpenClass::Book] {
        for shard in 0..class.shards() {
            wake(deps, class, shard, deadline).await?;
        }
    }
    Ok(())
}

async fn wake(deps: &Deps, class: OpenClass, shard: u8, deadline: Deadline) -> Result<(), Failed> {
    let mut after = None;
    while deadline.leaves(SLICE) {
        let page = deps.store.due(class, shard, deps.clock.now(), after, PAGE).await.map_err(store_failed)?;
        let messages: Vec<WorkMessage> = page.rows.iter().filter_map(work).map(|work| WorkMessage::from(&work)).collect();
        deps.send_all(&messages, &Trace::default()).await;
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
        DueRow::Unknown => None,
    }
}

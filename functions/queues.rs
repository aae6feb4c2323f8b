//! Consumers of queues. A message names a record; its consumer reads it and decides.

pub mod banks;
pub mod batches;
pub mod book;
pub mod broadcasts;
pub mod chats;
pub mod inbox;
pub mod insights;
pub mod notices;
pub mod papers;
pub mod payees;
pub mod payments;
pub mod payouts;
pub mod plans;
pub mod push;

use crate::work::WorkMessage;
use domain::work::Work;
use lambda::{Deadline, Failed, Message};

/// The domain's work that a message asks for.
pub(crate) fn work_in(message: &Message) -> Result<Work, Failed> {
    let asked: WorkMessage = message.json()?;
    asked.work().map_err(Failed::bug)?.ok_or_else(|| misplaced(&asked))
}

/// A message that lies in the wrong queue.
pub(crate) fn misplaced(message: &WorkMessage) -> Failed {
    Failed::bug(format!("this message belongs to the queue {}", message.queue().name()))
}

/// Where there is no deadline.
const LEASE_S_MAX: i64 = 60;

/// As long as this worker can be alive. Whoever leaves something to one that has died is made good for
/// by a schedule.
pub(crate) fn lease_s(deadline: Deadline) -> i64 {
    deadline.remaining().map_or(LEASE_S_MAX, |left| i64::try_from(left.as_secs()).unwrap_or(0) + 1)
}

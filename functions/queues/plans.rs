//! What users have planned: standing payments, and summaries of their days.

use crate::{deps::Deps, plans, queues::work_in};
use domain::work::Work;
use lambda::{Failed, Message};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let trace = message.trace();
    match work_in(&message)? {
        Work::PayStanding { user, standing } => plans::pay(deps, user, standing, &trace).await,
        Work::TellSummary { user } => plans::tell(deps, user, &trace).await,
        _ => Err(Failed::bug("neither a standing payment nor a summary")),
    }
}

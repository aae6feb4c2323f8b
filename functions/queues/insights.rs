//! Looks at cash books that have changed, and at everybody's in the morning.

use crate::{deps::Deps, insights, privacy::erase::or_erased, queues::work_in};
use domain::work::Work;
use lambda::{Failed, Message};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let Work::LookAtBook { user } = work_in(&message)? else { return Err(Failed::bug("no book")) };
    let looked = insights::look(deps, user, &message.trace()).await;
    or_erased(deps, user, looked).await
}

//! Connected banks, a step at a time.

use crate::{banks, deps::Deps, privacy::erase::or_erased, queues::work_in};
use domain::work::Work;
use lambda::{Failed, Message};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let Work::AdvanceBank { user, bank, is_asked } = work_in(&message)? else { return Err(Failed::bug("no bank")) };
    let stepped = banks::step(deps, user, bank, is_asked, &message.trace()).await;
    or_erased(deps, user, stepped).await
}

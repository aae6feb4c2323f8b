//! Pushes facts to open sockets once more, for certain.

use crate::{apply::store_failed, deps::Deps, queues::misplaced, work::WorkMessage};
use lambda::{Failed, Message};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    let WorkMessage::Push { account, seq } = &asked else { return Err(misplaced(&asked)) };
    let account = account.parse().map_err(|why: domain::id::BadId| Failed::bug(why))?;
    let fact = deps.store.fact(account, *seq).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such fact"))?;
    deps.push(&[fact]).await;
    Ok(())
}

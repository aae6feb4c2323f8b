//! Notes in cash books what our own ledger moved.

use crate::{apply::store_failed, book, deps::Deps, privacy::erase::or_erased, queues::misplaced, work::WorkMessage};
use domain::id::{AccountId, BadId};
use lambda::{Failed, Message};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    let WorkMessage::NoteFact { account, seq } = &asked else { return Err(misplaced(&asked)) };
    let account: AccountId = account.parse().map_err(|why: BadId| Failed::bug(why))?;
    let fact = deps.store.fact(account, *seq).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such fact"))?;
    let noted = book::note_fact(deps, &fact, &message.trace()).await;
    or_erased(deps, account.owner(), noted).await
}

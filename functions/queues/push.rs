//! Pushes facts to open sockets once more, for certain, and sees who has fallen silent.

use crate::{announce::Try, apply::store_failed, deps::Deps, queues::misplaced, work::WorkMessage};
use domain::id::BadId;
use lambda::{Failed, Message};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    match &asked {
        WorkMessage::Push { account, seq } => {
            let account = account.parse().map_err(|why: BadId| Failed::bug(why))?;
            let fact = deps.store.fact(account, *seq).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such fact"))?;
            deps.push(&[fact], Try::Last).await;
            Ok(())
        }
        WorkMessage::LookAfter { user } => {
            let user = user.parse().map_err(|why: BadId| Failed::bug(why))?;
            deps.look_after(user).await.map_err(store_failed)
        }
        _ => Err(misplaced(&asked)),
    }
}

//! Shows facts and what rooms tell once more, for certain, and sees who has fallen silent.

use crate::{announce::Try, apply::store_failed, deps::Deps, queues::misplaced, work::WorkMessage};
use domain::{
    channel::{BadChannel, Board},
    id::{BadId, OperationId},
};
use lambda::{Failed, Message, Trace};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    match &asked {
        WorkMessage::Push { account, seq } => show_fact(deps, account, *seq, &message.trace()).await,
        WorkMessage::ShowBulletin { channel, seq } => {
            let board: Board = channel.parse().map_err(|why: BadChannel| Failed::bug(why))?;
            // None: its time was over before it was shown.
            let bulletin = deps.store.bulletin(&board, *seq).await.map_err(store_failed)?;
            deps.push_bulletins(bulletin.as_slice(), Try::Last).await;
            Ok(())
        }
        WorkMessage::LookAfter { user } => {
            let user = user.parse().map_err(|why: BadId| Failed::bug(why))?;
            deps.look_after(user).await.map_err(store_failed)
        }
        _ => Err(misplaced(&asked)),
    }
}

/// And brings the messages up to date that show what it is about.
async fn show_fact(deps: &Deps, account: &str, seq: u64, trace: &Trace) -> Result<(), Failed> {
    let account = account.parse().map_err(|why: BadId| Failed::bug(why))?;
    let fact = deps.store.fact(account, seq).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such fact"))?;
    deps.push(std::slice::from_ref(&fact), Try::Last).await;
    if let Some(OperationId::Transfer(transfer)) = fact.operation {
        deps.update_attached(transfer, trace).await.map_err(store_failed)?;
    }
    Ok(())
}

//! Messages to people: one-time passwords, and notices on their way up the ladder of channels.

use crate::{
    apply::store_failed,
    deps::Deps,
    notices::{Climbing, climb, open, otp},
    privacy::erase::or_erased,
    queues::misplaced,
    work::WorkMessage,
};
use domain::{
    id::{AccountId, BadId},
    work::Work,
};
use lambda::{Failed, Message};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    match (&asked, asked.work().map_err(Failed::bug)?) {
        (WorkMessage::SendOtp { challenge }, _) => otp::send(deps, challenge.parse().map_err(|why: BadId| Failed::bug(why))?).await,
        (WorkMessage::Notify { account, seq }, _) => notify(deps, account, *seq, &message).await,
        (_, Some(Work::ClimbNotice { notice, user })) => {
            let climbed = climb(deps, user, notice, &Climbing { since: None, deadline: message.deadline, trace: &message.trace() }).await;
            or_erased(deps, user, climbed).await
        }
        _ => Err(misplaced(&asked)),
    }
}

/// Opens the notice of a fact, once, and takes it as far up as it goes now.
async fn notify(deps: &Deps, account: &str, seq: u64, message: &Message) -> Result<(), Failed> {
    let account: AccountId = account.parse().map_err(|why: BadId| Failed::bug(why))?;
    let fact = deps.store.fact(account, seq).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such fact"))?;
    let Some(notice) = open(deps, &fact).await? else { return Ok(()) };
    if notice.due_at().is_none_or(|due| due > deps.clock.now()) {
        // Done, held, or with a channel that has its time: whoever took it there has seen to the rest.
        return Ok(());
    }
    climb(deps, notice.user, notice.id, &Climbing { since: Some(fact.at), deadline: message.deadline, trace: &message.trace() }).await
}

//! Takes turns, does what they decided, and answers. Both again, where a worker died: what is done is done once, by its key.

use super::{capabilities, context::Turning, reply::Reply, send};
use crate::{
    apply::{failed, store_failed},
    deps::Deps,
};
use domain::chat::{Chat, Deed, Doing, EndTurn, TakeTurn, Taken};
use lambda::{Failed, Trace};
use store::ExecuteError;
use understanding::Command;
use words::Phrase;

/// Writes a decision down with its turn, and does it.
pub async fn take(deps: &Deps, turn: &TakeTurn, trace: &Trace) -> Result<(), Failed> {
    let taken = deps.execute(turn, trace).await.map_err(|error| match error {
        // Somebody else works on this chat: whoever asked asks again.
        ExecuteError::Refused(why) => Failed::later(why),
        ExecuteError::Store(error) => store_failed(error),
    })?;
    match taken {
        Taken::Now(chat) => match &chat.doing {
            Some(doing) => finish(deps, &chat, doing, trace).await,
            None => Ok(()),
        },
        Taken::Before => Ok(()),
    }
}

pub async fn finish(deps: &Deps, chat: &Chat, doing: &Doing, trace: &Trace) -> Result<(), Failed> {
    let turning = Turning::new(deps, chat, &chat.state, doing.turn, trace).await?;
    let reply = match &doing.deed {
        Deed::Nothing => None,
        Deed::Say(reply) => Some(serde_json::from_str(reply).map_err(Failed::bug)?),
        Deed::Move(pending) => Some(capabilities::carry_out(&turning, pending).await?),
        Deed::Perform { command, slots } => match Command::from_name(command).and_then(capabilities::of) {
            Some(capability) => Some((capability.perform)(&turning, slots).await?),
            None => Some(Reply::text(turning.plain(Phrase::NotAvailable))),
        },
    };
    if let Some(mut reply) = reply {
        if let Some(echo) = &doing.echo {
            reply.text = format!("{echo}\n\n{}", reply.text);
        }
        let user = deps.store.user(chat.user).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such user"))?;
        send::send(deps, chat.door, &user.phone, &reply).await?;
    }
    deps.execute(&EndTurn { user: chat.user, door: chat.door, id: doing.turn }, trace).await.map_err(failed)
}

//! Does what a turn decided, and answers. Both again, where a worker died: what is done is done once, by its key.

use super::{capabilities, context::Turning, reply::Reply, send};
use crate::{
    apply::{failed, store_failed},
    deps::Deps,
};
use domain::chat::{Chat, Deed, Doing, EndTurn};
use lambda::{Failed, Trace};
use understanding::Command;
use words::Phrase;

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
        send::send(deps, chat.door, &user.phone, &reply, None).await?;
    }
    deps.execute(&EndTurn { user: chat.user, door: chat.door, id: doing.turn }, trace).await.map_err(failed)
}

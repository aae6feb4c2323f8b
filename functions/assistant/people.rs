//! A person's part in a chat: what they write, and giving it back to the assistant.

use super::{reply::Reply, send};
use crate::{apply::store_failed, assistant::finish, deps::Deps};
use domain::{
    chat::{Deed, Door, Entry, State, TakeTurn},
    engine::{Key, Record},
    id::{Fingerprint, UserId},
};
use lambda::{Failed, Trace};
use understanding::Command;

/// Sends what an operator writes.
pub async fn write(deps: &Deps, user: UserId, door: Door, text: &str) -> Result<(), Failed> {
    let row = deps.store.user(user).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such user"))?;
    send::send(deps, door, &row.phone, &Reply::text(text)).await
}

/// The assistant answers again, from this turn on. A chat that no person has is left as it is.
pub async fn give_back(deps: &Deps, user: UserId, door: Door, trace: &Trace) -> Result<(), Failed> {
    let Some(Record::Chat(chat)) = deps.store.record(&Key::Chat(user, door)).await.map_err(store_failed)? else { return Ok(()) };
    let Some(since) = chat.state.human_since else {
        // Who gave it back may have died before it was said.
        return match &chat.doing {
            Some(doing) => finish::finish(deps, &chat, doing, trace).await,
            None => Ok(()),
        };
    };
    let take = TakeTurn {
        user,
        door,
        id: Fingerprint::of("given back", &format!("{door:?} {since}")),
        message: format!("operator:{since}"),
        echo: None,
        after: chat.turns,
        state: State { human_since: None, ..chat.state.clone() },
        deed: Deed::Perform { command: Command::TalkToHuman.name().to_owned(), slots: [("done".to_owned(), "true".to_owned())].into() },
        entry: Entry {
            heard: "operator".to_owned(),
            mind: "operator".to_owned(),
            proposal: None,
            decision: "given_back".to_owned(),
            proof: [0; 16],
        },
    };
    finish::take(deps, &take, trace).await
}

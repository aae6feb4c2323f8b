//! Documents to make and to send, copies of what is kept of a user, and its erasure.

use crate::{
    deps::Deps,
    documents,
    privacy::{erase, export},
    queues::misplaced,
    work::WorkMessage,
};
use domain::{chat::Door, id::BadId};
use lambda::{Failed, Message};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    if let WorkMessage::MakeExport { user, export } = &asked {
        let user = user.parse().map_err(|why: BadId| Failed::bug(why))?;
        let made = export::make(deps, user, export, &message.trace()).await;
        return erase::or_erased(deps, user, made).await;
    }
    if let WorkMessage::Erase { user } = &asked {
        let user = user.parse().map_err(|why: BadId| Failed::bug(why))?;
        return erase::advance(deps, user, &message.trace()).await;
    }
    let WorkMessage::MakeDocument { user, door, document } = &asked else { return Err(misplaced(&asked)) };
    let user = user.parse().map_err(|why: BadId| Failed::bug(why))?;
    let door = Door::from_code(door).ok_or_else(|| Failed::bug("no such door"))?;
    let made = documents::make_and_send(deps, user, door, document).await;
    erase::or_erased(deps, user, made).await
}

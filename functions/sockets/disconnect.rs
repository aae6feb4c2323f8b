//! `$disconnect`: forgets a connection and what it had subscribed to.

use crate::{deps::Deps, refusals::store_problem};
use lambda::{Problem, SocketEvent, SocketReply, start::socket::SocketEventType};

pub async fn handle(deps: &Deps, event: SocketEvent) -> Result<SocketReply, Problem> {
    if event.event_type == SocketEventType::Disconnect {
        let gone = deps.store.forget_connection(&event.connection_id, deps.clock.now()).await.map_err(store_problem)?;
        if let Some(user) = gone {
            deps.tell_presence(user).await;
        }
    }
    Ok(SocketReply::ok())
}

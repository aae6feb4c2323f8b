//! `$connect`: opens a socket for whoever brings a fresh ticket.

use crate::{api::sha256_hex, deps::Deps, refusals::store_problem};
use lambda::{Problem, SocketEvent, SocketReply, start::socket::SocketEventType};

pub async fn handle(deps: &Deps, event: SocketEvent) -> Result<SocketReply, Problem> {
    // A frame whose action is `$connect` reaches this route too; it opens nothing.
    if event.event_type != SocketEventType::Connect {
        return Ok(SocketReply::ok());
    }
    if let Some(origin) = event.header("origin")
        && !deps.settings.origins.iter().any(|allowed| allowed == origin)
    {
        return Err(Problem::forbidden("Sockets are not opened from this origin."));
    }
    let ticket = event.query.get("ticket").ok_or_else(Problem::unauthorized)?;
    let now = deps.clock.now();
    let peer = deps.store.take_ticket(&sha256_hex(ticket.as_bytes()), now).await.map_err(store_problem)?;
    let (user, session) = peer.ok_or_else(Problem::unauthorized)?;
    deps.store.put_connection(&event.connection_id, user, &session, now).await.map_err(store_problem)?;
    lambda::log::speaking(&user.to_string());
    deps.store.notice(user, &event.connection_id, Some(false), now).await.map_err(store_problem)?;
    deps.tell_presence(user).await;
    Ok(SocketReply::ok())
}

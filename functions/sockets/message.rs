//! Frames of no other route: `ping`, and what is not understood.

use crate::{
    deps::Deps,
    frames,
    refusals::store_problem,
    sockets::{answer, object, refuse},
};
use domain::id::UserId;
use lambda::{Problem, SocketEvent, SocketReply};
use serde::Deserialize;

/// Frames of one connection within a minute; who sends twice as many is cut.
const FRAMES_PER_MINUTE: u64 = 120;

#[derive(Deserialize)]
struct Frame {
    action: String,
    /// Of `ping`: whether the user is there or does something else. As it was, where it is not said.
    presence: Option<PingPresence>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PingPresence {
    Online,
    Away,
}

pub async fn handle(deps: &Deps, event: SocketEvent) -> Result<SocketReply, Problem> {
    let now = deps.clock.now();
    let Some((user, _)) = deps.store.connection(&event.connection_id, now).await.map_err(store_problem)? else {
        // Forgotten, though it is open: whoever is there comes back and catches up.
        deps.outlets.cut(&event.connection_id).await;
        return Ok(SocketReply::ok());
    };
    let frame = object::<Frame>(&event.body);
    let away = frame.as_ref().and_then(|frame| frame.presence).map(|presence| presence == PingPresence::Away);
    let noticed = deps.store.notice(user, &event.connection_id, away, now).await.map_err(store_problem)?;
    if noticed.frames > FRAMES_PER_MINUTE {
        return too_many(deps, &event, noticed.frames).await;
    }
    let changed = noticed.before.is_none_or(|before| now > before.until() || away.is_some_and(|away| away != before.away));
    match frame {
        Some(frame) if frame.action == "ping" => ping(deps, &event, user, changed).await,
        Some(_) => Ok(refuse(deps, &event, &Problem::invalid_request("Actions are `subscribe`, `unsubscribe` and `ping`.")).await),
        None => Ok(refuse(deps, &event, &Problem::invalid_request("A frame is a JSON object with an `action`.")).await),
    }
}

async fn ping(deps: &Deps, event: &SocketEvent, user: UserId, changed: bool) -> Result<SocketReply, Problem> {
    answer(deps, event, &frames::pong()).await;
    if changed {
        deps.look_after(user).await.map_err(store_problem)?;
    }
    Ok(SocketReply::ok())
}

async fn too_many(deps: &Deps, event: &SocketEvent, frames: u64) -> Result<SocketReply, Problem> {
    if frames > 2 * FRAMES_PER_MINUTE {
        deps.outlets.cut(&event.connection_id).await;
        deps.forget(&event.connection_id, deps.clock.now()).await;
        return Ok(SocketReply::ok());
    }
    Ok(refuse(deps, event, &Problem::too_many_requests(60)).await)
}

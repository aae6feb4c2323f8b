//! Who is in a room.

use super::{invite, whole};
use crate::{body::rooms::MemberRequest, deps::Deps, refusals::problem, router::Signed};
use domain::{
    channel::{Board, Channel},
    id::{BadId, RoomId, UserId},
    room::{AddMember, JoinRoom, LeaveRoom, RemoveMember},
};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let room: RoomId = request.param("id")?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/rooms/{id}/join") => {
            let joined = deps.execute(&JoinRoom { room, user: caller.user, rules: deps.rules.clone() }, &request.trace()).await;
            Ok(Reply::ok(&whole(deps, caller.user, &joined.map_err(problem)?.value).await?))
        }
        ("POST", "/v1/rooms/{id}/leave") => {
            deps.execute(&LeaveRoom { room, user: caller.user }, &request.trace()).await.map_err(problem)?;
            stop_showing(deps, room, caller.user).await;
            Ok(Reply::no_content())
        }
        ("POST", "/v1/rooms/{id}/members") => {
            let body: MemberRequest = request.json()?;
            let user = body.user_id.parse().map_err(|why: BadId| Problem::invalid_field("/user_id", why.to_string()))?;
            let command = AddMember { room, by: caller.user, user, rules: deps.rules.clone() };
            let added = deps.execute(&command, &request.trace()).await.map_err(problem)?;
            if !added.replayed {
                invite(deps, &added.value, std::iter::once(user)).await;
            }
            Ok(Reply::ok(&whole(deps, caller.user, &added.value).await?))
        }
        ("POST", "/v1/rooms/{id}/members/{user}/remove") => {
            let user = request.param("user")?;
            let removed = deps.execute(&RemoveMember { room, by: caller.user, user }, &request.trace()).await.map_err(problem)?;
            stop_showing(deps, room, user).await;
            Ok(Reply::ok(&whole(deps, caller.user, &removed.value).await?))
        }
        _ => Err(Problem::not_found()),
    }
}

/// Takes the room off the screens of somebody who is no member any more. Where this fails, they are
/// still shown nothing: who is a member is looked at with every frame.
async fn stop_showing(deps: &Deps, room: RoomId, user: UserId) {
    let (channel, now) = (Channel::Board(Board::Room(room)).to_string(), deps.clock.now());
    let open = match deps.store.subscriptions(user, now).await {
        Ok(open) => open,
        Err(error) => return tracing::warn!(%error, "a former member stays subscribed"),
    };
    for subscription in open.iter().filter(|subscription| subscription.channel == channel) {
        if let Err(error) = deps.store.unsubscribe(user, &subscription.connection, &channel).await {
            tracing::warn!(%error, "a former member stays subscribed");
        }
    }
}

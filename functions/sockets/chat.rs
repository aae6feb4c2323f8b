//! `message`, `typing` and `ack`: what a member does in a room over a socket.

use crate::{
    body::{
        files::FileRef,
        rooms::{MessageBody, PostRequest},
    },
    deps::Deps,
    frames,
    refusals::store_problem,
    rooms,
    sockets::{answer, object, refuse},
};
use domain::{
    channel::{Board, Channel},
    id::{RoomId, UserId},
    room::MarkSeat,
};
use lambda::{Problem, SocketEvent, SocketReply, Trace};
use serde::Deserialize;

/// One `typing` of a user in a room within so many seconds is shown to the others.
const TYPING_S: i64 = 3;

/// What a client sends, by its action.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    action: String,
    channel: String,
    client_id: Option<String>,
    #[serde(default)]
    text: String,
    transfer_id: Option<String>,
    #[serde(default)]
    files: Vec<FileRef>,
    #[serde(default)]
    delivered_through_seq: u64,
    #[serde(default)]
    read_through_seq: u64,
}

pub async fn handle(deps: &Deps, event: SocketEvent) -> Result<SocketReply, Problem> {
    let Some(frame) = object::<Frame>(&event.body) else {
        let problem = Problem::invalid_request(
            "Send {\"action\": \"message\", \"channel\", \"client_id\", \"text\"}, or `typing` or `ack` with its places.",
        );
        return Ok(refuse(deps, &event, &problem).await);
    };
    let client_id = frame.client_id.clone();
    match (serve(deps, &event, frame).await, client_id) {
        (Ok(()), _) => Ok(SocketReply::ok()),
        // Its sender does not learn whether it was posted, and sends it again under the same name.
        (Err(problem), _) if problem.status() >= 500 => Err(problem),
        (Err(problem), Some(client_id)) => {
            answer(deps, &event, &frames::not_posted(&client_id, &problem)).await;
            Ok(SocketReply::ok())
        }
        (Err(problem), None) => Ok(refuse(deps, &event, &problem).await),
    }
}

async fn serve(deps: &Deps, event: &SocketEvent, frame: Frame) -> Result<(), Problem> {
    let now = deps.clock.now();
    let (user, session) =
        deps.store.connection(&event.connection_id, now).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    let session = session.parse().map_err(|_| Problem::unauthorized())?;
    deps.store.session(session, now).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    let Ok(Channel::Board(Board::Room(room))) = frame.channel.parse() else {
        return Err(Problem::forbidden("There is no such room, or you are not in it."));
    };
    let trace = event.trace();
    match frame.action.as_str() {
        "message" => post(deps, event, user, room, frame, &trace).await,
        "typing" => typing(deps, user, room).await,
        "ack" => {
            let (delivered_through, read_through) = (frame.delivered_through_seq, frame.read_through_seq);
            rooms::mark(deps, &MarkSeat { room, user, delivered_through, read_through }, &trace).await.map(|_| ())
        }
        _ => Err(Problem::invalid_request("In rooms, actions are `message`, `typing` and `ack`.")),
    }
}

async fn post(deps: &Deps, event: &SocketEvent, user: UserId, room: RoomId, frame: Frame, trace: &Trace) -> Result<(), Problem> {
    let client_id = frame.client_id.ok_or_else(|| Problem::invalid_request("A message has a `client_id`."))?;
    let asked = PostRequest { client_id, text: frame.text, transfer_id: frame.transfer_id, files: frame.files };
    let posted = rooms::post(deps, user, room, asked, trace).await?;
    let channel = Channel::Board(Board::Room(room));
    answer(deps, event, &frames::posted(&channel, &MessageBody::from(&posted.value))).await;
    Ok(())
}

/// Told to whoever looks, and kept nowhere. What comes too often is left out without a word.
async fn typing(deps: &Deps, user: UserId, room: RoomId) -> Result<(), Problem> {
    let hits = deps.store.hit(&format!("typing:{room}:{user}"), TYPING_S, deps.clock.now()).await.map_err(store_problem)?;
    if hits > 1 {
        return Ok(());
    }
    rooms::visit(deps, user, room).await?;
    let channel = Channel::Board(Board::Room(room));
    deps.show_in_room(room, frames::text(&frames::typing(&channel, user)), Some(user), crate::announce::Try::First).await;
    Ok(())
}

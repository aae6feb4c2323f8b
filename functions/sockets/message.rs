//! Frames of no other route: `ping`, and what is not understood.

use crate::{
    deps::Deps,
    frames,
    sockets::{answer, object, refuse},
};
use lambda::{Problem, SocketEvent, SocketReply};
use serde::Deserialize;

#[derive(Deserialize)]
struct Frame {
    action: String,
}

pub async fn handle(deps: &Deps, event: SocketEvent) -> Result<SocketReply, Problem> {
    match object::<Frame>(&event.body) {
        Some(frame) if frame.action == "ping" => {
            answer(deps, &event, &frames::pong()).await;
            Ok(SocketReply::ok())
        }
        Some(_) => Ok(refuse(deps, &event, &Problem::invalid_request("Actions are `subscribe`, `unsubscribe` and `ping`.")).await),
        None => Ok(refuse(deps, &event, &Problem::invalid_request("A frame is a JSON object with an `action`.")).await),
    }
}

//! Functions behind the WebSocket API.

pub mod chat;
pub mod connect;
pub mod disconnect;
pub mod message;
pub mod subscribe;

use crate::{deps::Deps, frames, outlets::Posted};
use lambda::{Problem, SocketEvent, SocketReply};
use serde::{Serialize, de::DeserializeOwned};

/// Reads a frame. serde also takes an array for a struct, by position; no client of ours means that.
fn object<T: DeserializeOwned>(text: &str) -> Option<T> {
    text.trim_ascii_start().starts_with('{').then(|| serde_json::from_str(text).ok()).flatten()
}

/// Sends a frame to the connection that an event came from.
///
/// Posted rather than returned: a returned body reaches the client only where the route has a
/// route response.
pub(crate) async fn answer(deps: &Deps, event: &SocketEvent, frame: &impl Serialize) -> Posted {
    let posted = deps.outlets.post(&event.connection_id, frames::text(frame)).await;
    if posted == Posted::Gone {
        deps.forget(&event.connection_id, deps.clock.now()).await;
    }
    posted
}

/// Tells the connection what was wrong with its frame. The connection stays open.
pub(crate) async fn refuse(deps: &Deps, event: &SocketEvent, problem: &Problem) -> SocketReply {
    answer(deps, event, &frames::error(problem.code().name, problem.detail())).await;
    SocketReply::ok()
}

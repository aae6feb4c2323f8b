//! A device with the app on it, as its owner sees it. Any token, or installation id, is one.
//!
//! - `GET /devices/{token}/messages`: `{"items":[{id, at, title, body, tag, data, message}]}`,
//!   newest last; `message` is all that was sent. One that takes another's place on the screen (by
//!   its tag) does not take it here.
//! - `DELETE /devices/{token}/messages`: 204.
//! - `DELETE /devices/{token}`: 204. The app is removed: whatever is sent there is answered
//!   `UNREGISTERED`, until a reset.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::world::World;
use crate::{clock, reply};

#[derive(Clone, Default)]
pub struct Devices {
    messages: HashMap<String, Vec<Value>>,
    uninstalled: HashSet<String>,
}

impl Devices {
    pub fn is_uninstalled(&self, device: &str) -> bool {
        self.uninstalled.contains(device)
    }

    pub fn deliver(&mut self, device: &str, name: &str, message: Value) {
        let view = json!({
            "id": name,
            "at": clock::rfc3339(),
            "title": message["notification"]["title"],
            "body": message["notification"]["body"],
            "tag": message["android"]["notification"]["tag"],
            "data": message["data"],
            "message": message,
        });
        self.messages.entry(device.to_owned()).or_default().push(view);
    }
}

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/devices/{token}/messages", get(read).delete(empty)).route("/devices/{token}", delete(uninstall))
}

async fn read(State(world): State<Arc<World>>, Path(device): Path<String>) -> Json<Value> {
    reply::items(world.book().pushes.devices.messages.get(&device).cloned().unwrap_or_default())
}

async fn empty(State(world): State<Arc<World>>, Path(device): Path<String>) -> StatusCode {
    world.book().pushes.devices.messages.remove(&device);
    StatusCode::NO_CONTENT
}

async fn uninstall(State(world): State<Arc<World>>, Path(device): Path<String>) -> StatusCode {
    world.book().pushes.devices.uninstalled.insert(device);
    StatusCode::NO_CONTENT
}

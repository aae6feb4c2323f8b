//! Open WebSocket connections, from the side of the gateway.

use functions::outlets::Posted;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

#[derive(Default)]
pub struct Sockets {
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    made: u64,
    connections: BTreeMap<String, UnboundedSender<Value>>,
    frames: u64,
}

impl Sockets {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new connection: its id, and what its client receives.
    pub fn connect(&self) -> (String, UnboundedReceiver<Value>) {
        let (sender, receiver) = unbounded_channel();
        let mut open = self.open();
        open.made += 1;
        let id = format!("c{}=", open.made);
        open.connections.insert(id.clone(), sender);
        (id, receiver)
    }

    pub fn cut(&self, connection: &str) {
        self.open().connections.remove(connection);
    }

    pub fn post(&self, connection: &str, frame: &str) -> Posted {
        let mut open = self.open();
        let Some(client) = open.connections.get(connection) else { return Posted::Gone };
        let Ok(frame) = serde_json::from_str(frame) else { return Posted::Failed };
        if client.send(frame).is_err() {
            open.connections.remove(connection);
            return Posted::Gone;
        }
        open.frames += 1;
        Posted::Delivered
    }

    pub fn frames(&self) -> u64 {
        self.open().frames
    }
}

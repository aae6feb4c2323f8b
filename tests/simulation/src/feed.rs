//! An app's view of a channel: each event once and in order, whatever the sockets do.

use crate::{client::Client, functions as ours, weather::Fault};
use lambda::SocketEvent;
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::mpsc::UnboundedReceiver;

/// How an app reads: by a socket, or by long polls where its network allows none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Socket,
    Poll,
}

/// What an app has shown so far.
pub struct Feed {
    client: Arc<Client>,
    /// A board; the user's own feed where there is none.
    board: Option<&'static str>,
    taken: AtomicU64,
    /// The balance with the newest fact that was taken.
    balance: AtomicU64,
}

impl Feed {
    pub fn new(client: &Arc<Client>) -> Arc<Self> {
        Self::on(client, None)
    }

    /// Of what is published to everybody.
    pub fn news(client: &Arc<Client>) -> Arc<Self> {
        Self::on(client, Some("system"))
    }

    fn on(client: &Arc<Client>, board: Option<&'static str>) -> Arc<Self> {
        Arc::new(Self { client: client.clone(), board, taken: AtomicU64::new(0), balance: AtomicU64::new(0) })
    }

    fn channel(&self) -> String {
        self.board.map_or_else(|| format!("user:{}", self.client.user()), str::to_owned)
    }

    pub fn taken(&self) -> u64 {
        self.taken.load(Ordering::SeqCst)
    }

    pub fn balance(&self) -> u64 {
        self.balance.load(Ordering::SeqCst)
    }

    /// Reads for as long as the world lasts.
    pub async fn watch(self: Arc<Self>, way: Way) {
        match way {
            Way::Socket => self.stay_connected().await,
            Way::Poll => self.keep_asking().await,
        }
    }

    async fn keep_asking(&self) {
        let cloud = &self.client.world.cloud;
        loop {
            let path = format!("/v1/events?channel={}&after_seq={}&wait={}", self.channel(), self.taken(), cloud.fate.skewed(1, 20));
            let answer = self.client.get(&path).await;
            for event in answer.iter().flat_map(|answer| answer.body["items"].as_array().into_iter().flatten()) {
                self.check_address(event);
                if !self.take(event) {
                    cloud.journal.wrong(format!("{path} left a gap before {event}"));
                }
            }
            cloud.while_between(100, 60_000).await;
        }
    }

    async fn stay_connected(&self) {
        loop {
            if let Some((connection, mut frames)) = self.connect().await {
                self.read(&connection, &mut frames).await;
                let world = &self.client.world;
                world.cloud.sockets.cut(&connection);
                // The gateway tells us of it, as a rule.
                if !world.cloud.fate.strikes(0.2) {
                    self.speak("sockets-disconnect", SocketEvent::disconnect(&connection)).await;
                }
            }
            self.client.world.cloud.while_between(500, 20_000).await;
        }
    }

    /// Sends a frame over a connection of its own.
    pub async fn say(&self, function: &str, frame: &Value) {
        let Some((connection, _frames)) = self.connect().await else { return };
        let route = frame["action"].as_str().unwrap_or_default().to_owned();
        self.speak(function, SocketEvent::message(&connection, route, frame)).await;
        self.client.world.cloud.sockets.cut(&connection);
        self.speak("sockets-disconnect", SocketEvent::disconnect(&connection)).await;
    }

    async fn speak(&self, name: &str, event: SocketEvent) -> Option<u16> {
        let world = &self.client.world;
        let function = ours::named(name)?;
        let deps = world.deps(function).ok()?;
        world.cloud.leg().await;
        world.invoke(function, "", ours::speak(name, deps, event)).await?.map(|reply| reply.status)
    }

    async fn connect(&self) -> Option<(String, UnboundedReceiver<Value>)> {
        let ticket = self.client.post("/v1/realtime/tickets", json!({})).await.ok()?.text("ticket");
        let (connection, frames) = self.client.world.cloud.sockets.connect();
        let event = SocketEvent::connect(&connection, [("ticket".to_owned(), ticket)].into());
        if self.speak("sockets-connect", event).await != Some(200) {
            self.client.world.cloud.sockets.cut(&connection);
            return None;
        }
        Some((connection, frames))
    }

    async fn subscribe(&self, connection: &str) {
        let body = json!({ "action": "subscribe", "channel": self.channel(), "after_seq": self.taken() });
        self.speak("sockets-subscribe", SocketEvent::message(connection, "subscribe", &body)).await;
    }

    /// Reads frames until the connection breaks or nothing has come for a while.
    async fn read(&self, connection: &str, frames: &mut UnboundedReceiver<Value>) {
        let cloud = &self.client.world.cloud;
        self.subscribe(connection).await;
        let mut subscribed = false;
        loop {
            let patience = Duration::from_secs(if subscribed { 600 } else { 20 });
            let frame = match tokio::time::timeout(patience, frames.recv()).await {
                Ok(Some(frame)) => frame,
                Ok(None) => return,
                // Nothing for a while: the app asks once more from where it is, as after a silent loss.
                Err(_) => {
                    if !subscribed || cloud.weather.strikes(Fault::FrameLost, &cloud.fate) {
                        return;
                    }
                    self.subscribe(connection).await;
                    continue;
                }
            };
            match frame["type"].as_str() {
                Some("subscribed") if frame["recovered"] == true => subscribed = true,
                Some("subscribed") => self.subscribe(connection).await,
                Some("event") => {
                    self.check_address(&frame);
                    if !self.take(&frame) {
                        self.subscribe(connection).await;
                    }
                }
                Some("error") => return,
                _ => {}
            }
        }
    }

    /// I6: nothing reaches a user that is not theirs.
    fn check_address(&self, frame: &Value) {
        if frame["channel"].as_str() != Some(&self.channel()) {
            self.client.world.cloud.journal.wrong(format!("I6: {} was shown {frame}", self.client.user()));
        }
    }

    /// Whether the frame fits: the next fact, or one that is known. Otherwise there is a gap.
    fn take(&self, frame: &Value) -> bool {
        let seq = frame["seq"].as_u64().unwrap_or(0);
        let taken = self.taken();
        if seq == taken + 1 {
            self.taken.store(seq, Ordering::SeqCst);
            self.balance.store(frame["data"]["balance_amount"].as_u64().unwrap_or(0), Ordering::SeqCst);
        }
        seq <= taken + 1
    }
}

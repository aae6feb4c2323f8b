//! The reference client of the live API: it survives cuts, takes each fact once and in order.

use crate::worker::{PAUSE, TRIES, Worker};
use anyhow::{Context, Result, bail};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::{collections::VecDeque, time::Duration};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// How long a frame may take before the client gives up.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long a patient client waits before it asks whether it has missed something, and how often.
const ASKS_AFTER: Duration = Duration::from_secs(5);
const ASKS_MAX: u32 = 24;

/// A reader of a channel that shows everything without a gap: `user:{id}`, a topic, a room.
pub struct Feed {
    worker: Worker,
    channel: String,
    wire: Option<Wire>,
    /// The last fact that was taken.
    pub seq: u64,
    taken: VecDeque<Value>,
    /// Frames that were left out because they had been taken before.
    pub repeats: u64,
}

impl Feed {
    /// Connects, and reads the user's own feed from after `seq` on.
    pub async fn open(worker: &Worker, seq: u64) -> Result<Self> {
        Self::on(worker, &format!("user:{}", worker.user_id), seq).await
    }

    /// Connects, and reads a channel from after `seq` on.
    pub async fn on(worker: &Worker, channel: &str, seq: u64) -> Result<Self> {
        let mut feed = Self { worker: worker.clone(), channel: channel.to_owned(), wire: None, seq, taken: VecDeque::new(), repeats: 0 };
        feed.connect().await?;
        Ok(feed)
    }

    /// Cuts the connection, as a tunnel, an idle limit or a two-hour limit does.
    pub async fn cut(&mut self) {
        if let Some(mut wire) = self.wire.take() {
            let _ = wire.close(None).await;
        }
    }

    /// The next fact, in order and once. Reconnects where the connection has gone.
    pub async fn next(&mut self) -> Result<Value> {
        let mut asked = 0;
        loop {
            if let Some(fact) = self.taken.pop_front() {
                return Ok(fact);
            }
            if self.wire.is_none() {
                self.connect().await?;
                continue;
            }
            if self.worker.is_patient && asked < ASKS_MAX {
                match tokio::time::timeout(ASKS_AFTER, self.read()).await {
                    Ok(frame) => self.take(frame?).await?,
                    Err(_) => {
                        asked += 1;
                        self.ask().await?;
                    }
                }
                continue;
            }
            let frame = self.read().await?;
            self.take(frame).await?;
        }
    }

    /// Reads on until a fact of this kind comes; answers it.
    pub async fn until(&mut self, event: &str) -> Result<Value> {
        loop {
            let fact = self.next().await?;
            if fact["event"] == event {
                return Ok(fact);
            }
        }
    }

    async fn connect(&mut self) -> Result<()> {
        let mut left = if self.worker.is_patient { TRIES } else { 1 };
        loop {
            left -= 1;
            match self.connect_once().await {
                Err(_) if left > 0 => tokio::time::sleep(PAUSE).await,
                ended => return ended,
            }
        }
    }

    async fn connect_once(&mut self) -> Result<()> {
        let ticket = self.worker.post("/v1/realtime/tickets", None, json!({})).await?;
        let ticket = ticket["ticket"].as_str().context("no ticket")?.to_owned();
        let (wire, _) = connect_async(format!("{}?ticket={ticket}", self.worker.stack.ws_url)).await.context("the socket was refused")?;
        self.wire = Some(wire);
        self.catch_up().await
    }

    /// Asks for everything after the last fact that was taken.
    async fn ask(&mut self) -> Result<()> {
        let asked = json!({ "action": "subscribe", "channel": self.channel, "after_seq": self.seq });
        self.send(asked).await
    }

    /// The same, and reads what comes to its end; asks again where nothing comes, which changes nothing.
    async fn catch_up(&mut self) -> Result<()> {
        self.ask().await?;
        let mut asked = 0;
        loop {
            let frame = match tokio::time::timeout(ASKS_AFTER, self.read()).await {
                Ok(frame) => frame?,
                Err(_) if asked < ASKS_MAX => {
                    asked += 1;
                    self.ask().await?;
                    continue;
                }
                Err(_) => self.read().await?,
            };
            if frame["type"] == "cut" && self.worker.is_patient {
                return Ok(());
            }
            if frame["type"] == "subscribed" {
                if frame["recovered"] == true {
                    return Ok(());
                }
                self.ask().await?;
            } else if frame["type"] == "error" && frame["retryable"] == true && asked < ASKS_MAX {
                asked += 1;
                tokio::time::sleep(Duration::from_secs(frame["retry_after_s"].as_u64().unwrap_or(1))).await;
                self.ask().await?;
            } else if frame["type"] == "error" {
                bail!("the subscription was refused: {frame}");
            } else {
                self.take_known(frame);
            }
        }
    }

    async fn take(&mut self, frame: Value) -> Result<()> {
        if frame["type"] == "event" && frame["seq"].as_u64().is_some_and(|seq| seq > self.seq + 1) {
            // One before it is still under way, or lost: the feed has it.
            return Box::pin(self.catch_up()).await;
        }
        self.take_known(frame);
        Ok(())
    }

    fn take_known(&mut self, frame: Value) {
        if frame["type"] != "event" {
            return;
        }
        match frame["seq"].as_u64() {
            Some(seq) if seq == self.seq + 1 => {
                self.seq = seq;
                self.taken.push_back(frame);
            }
            _ => self.repeats += 1,
        }
    }

    /// The next frame as it comes, of whatever type.
    pub async fn frame(&mut self) -> Result<Value> {
        self.read().await
    }

    pub async fn send(&mut self, frame: Value) -> Result<()> {
        let wire = self.wire.as_mut().context("not connected")?;
        wire.send(Message::text(frame.to_string())).await.context("the socket broke")
    }

    async fn read(&mut self) -> Result<Value> {
        loop {
            let Some(wire) = self.wire.as_mut() else { bail!("not connected") };
            let frame = tokio::time::timeout(PATIENCE, wire.next()).await.context("no frame came in time")?;
            match frame {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text)?),
                Some(Ok(Message::Close(_)) | Err(_)) | None => {
                    self.wire = None;
                    return Ok(json!({ "type": "cut" }));
                }
                Some(Ok(_)) => {}
            }
        }
    }
}

//! The clients' process: opens sockets as it is asked to, and notes when each frame came.

use super::wire::{Ask, Frame, Told, Wanted, now_ns};
use anyhow::{Context, bail, ensure};
use futures::{SinkExt, StreamExt, TryStreamExt, stream};
use serde::Deserialize;
use serde_json::json;
use std::{
    io::{BufRead, Write, stdin, stdout},
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{net::TcpStream, sync::watch, task::JoinSet, time::timeout};
use tokio_tungstenite::{WebSocketStream, client_async_with_config, tungstenite::Message};

/// Sockets that are being opened at the same time.
const AT_ONCE: usize = 64;
/// For one socket to open or to be subscribed.
const PATIENCE: Duration = Duration::from_secs(20);

type Socket = WebSocketStream<TcpStream>;

#[derive(Default)]
struct Seen(Mutex<Vec<Frame>>);

impl Seen {
    fn note(&self, frame: Frame) {
        if let Ok(mut frames) = self.0.lock() {
            frames.push(frame);
        }
    }

    fn count(&self) -> usize {
        self.0.lock().map_or(0, |frames| frames.len())
    }

    fn take(&self) -> Vec<Frame> {
        self.0.lock().map(|mut frames| std::mem::take(&mut *frames)).unwrap_or_default()
    }
}

pub fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (seen, (closing, _)) = (Arc::new(Seen::default()), watch::channel(false));
    let mut sockets = JoinSet::new();
    // Asked one thing after the other; ends with who asks.
    for line in stdin().lock().lines() {
        let told = match serde_json::from_str(&line?)? {
            Ask::Open { address, wanted } => runtime.block_on(open(address, wanted, &seen, &closing, &mut sockets))?,
            Ask::Frames { expected, patience_ms } => runtime.block_on(async {
                let until = Instant::now() + Duration::from_millis(patience_ms);
                while seen.count() < expected && Instant::now() < until {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                Told::Frames { frames: seen.take() }
            }),
            Ask::Close => runtime.block_on(async {
                let _ = closing.send(true);
                let _ = timeout(PATIENCE, async { while sockets.join_next().await.is_some() {} }).await;
                Told::Closed
            }),
        };
        let mut out = stdout().lock();
        serde_json::to_writer(&mut out, &told)?;
        writeln!(out)?;
        out.flush()?;
    }
    Ok(())
}

async fn open(
    address: SocketAddr,
    wanted: Vec<Wanted>,
    seen: &Arc<Seen>,
    closing: &watch::Sender<bool>,
    sockets: &mut JoinSet<()>,
) -> anyhow::Result<Told> {
    let begun = Instant::now();
    let tries = stream::iter(wanted).map(async |wanted| Ok::<_, anyhow::Error>((connect(address, &wanted.ticket).await?, wanted.channels)));
    let tries: Vec<anyhow::Result<(Socket, Vec<String>)>> = tries.buffer_unordered(AT_ONCE).collect().await;
    let open_us = micros(begun);
    let refused = tries.iter().find_map(|tried| tried.as_ref().err()).map(|error| format!("{error:#}"));
    let opened: Vec<_> = tries.into_iter().filter_map(Result::ok).collect();
    let begun = Instant::now();
    let subscribed: Vec<Socket> = stream::iter(opened)
        .map(async |(socket, channels)| subscribe(socket, &channels).await)
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    let told = Told::Opened { opened: subscribed.len(), open_us, subscribe_us: micros(begun), refused };
    for socket in subscribed {
        sockets.spawn(listen(socket, seen.clone(), closing.subscribe()));
    }
    Ok(told)
}

fn micros(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX)
}

async fn connect(address: SocketAddr, ticket: &str) -> anyhow::Result<Socket> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let url = format!("ws://{address}/live?ticket={ticket}");
    let opening = client_async_with_config(url, stream, Some(super::gateway::small_buffers()));
    let (socket, _) = timeout(PATIENCE, opening).await.context("a socket did not open in time")??;
    Ok(socket)
}

async fn subscribe(mut socket: Socket, channels: &[String]) -> anyhow::Result<Socket> {
    for channel in channels {
        socket.send(Message::text(json!({ "action": "subscribe", "channel": channel }).to_string())).await?;
        let answer = timeout(PATIENCE, socket.next()).await.context("a subscription was not answered in time")?;
        let Some(Message::Text(text)) = answer.transpose()? else { bail!("a socket was closed on its subscription") };
        ensure!(text.contains("\"type\":\"subscribed\""), "a subscription was answered with {text}");
    }
    Ok(socket)
}

#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    channel: String,
}

/// Until one side closes it.
async fn listen(mut socket: Socket, seen: Arc<Seen>, mut closing: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            came = socket.next() => match came {
                Some(Ok(Message::Text(text))) => {
                    let at_ns = now_ns();
                    if let Ok(Event { kind, id, channel }) = serde_json::from_str(&text) && kind == "event" {
                        seen.note(Frame { id, channel, at_ns });
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return,
            },
            _ = closing.changed() => {
                // Told properly, and waited for: the other side then has its `$disconnect`.
                let _ = socket.close(None).await;
                while let Some(Ok(_)) = socket.next().await {}
                return;
            }
        }
    }
}

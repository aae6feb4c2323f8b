//! A WebSocket API as API Gateway has it: `$connect` decides on the handshake, a frame goes to the
//! route that its action names, `@connections` posts to an open socket or answers 410.

use anyhow::{Context, bail};
use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::post,
};
use base64::{Engine, engine::general_purpose::URL_SAFE};
use functions::{deps::Deps, sockets};
use futures::{SinkExt, StreamExt};
use lambda::{
    SocketEvent,
    start::socket::{SocketEventType, respond},
};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message,
        handshake::{
            machine::TryParse,
            server::{Request, create_response, write_response},
        },
        protocol::{Role, WebSocketConfig},
    },
};

/// A handshake is at most this long, and takes at most this long to come.
const HEAD_BYTES_MAX: usize = 8 * 1024;
const HEAD_PATIENCE: Duration = Duration::from_secs(10);
/// As API Gateway's, so that a message has a bound.
const FRAME_BYTES_MAX: usize = 128 * 1024;

/// Ten thousand sockets are not to have the library's 128 KiB each.
pub fn small_buffers() -> WebSocketConfig {
    WebSocketConfig::default().read_buffer_size(2 * 1024).write_buffer_size(0).max_message_size(Some(FRAME_BYTES_MAX))
}

pub struct Gateway {
    deps: Arc<Deps>,
    open: Mutex<HashMap<String, mpsc::UnboundedSender<String>>>,
}

impl Gateway {
    pub fn new(deps: Arc<Deps>) -> Arc<Self> {
        Arc::new(Self { deps, open: Mutex::default() })
    }

    /// How many sockets are open.
    pub fn count(&self) -> usize {
        self.open.lock().map_or(0, |open| open.len())
    }

    /// Takes clients on one address, and posts on the other.
    pub fn serve(self: &Arc<Self>, clients: TcpListener, posts: TcpListener) {
        let router = Router::new().route("/live/@connections/{id}", post(take_post)).with_state(self.clone());
        tokio::spawn(async move {
            let _ = axum::serve(posts, router).await;
        });
        let gateway = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = clients.accept().await {
                let gateway = gateway.clone();
                tokio::spawn(async move {
                    // What ends a socket early is the client's to notice.
                    let _ = gateway.client(stream).await;
                });
            }
        });
    }

    async fn client(&self, stream: TcpStream) -> anyhow::Result<()> {
        stream.set_nodelay(true)?;
        let id = connection_id()?;
        // Boxed, as everything that is over before the socket waits: it would be kept with it.
        let Some(mut socket) = Box::pin(self.open(stream, &id)).await? else { return Ok(()) };
        let (sender, mut frames) = mpsc::unbounded_channel();
        self.set(&id, Some(sender));
        loop {
            tokio::select! {
                Some(frame) = frames.recv() => {
                    if socket.send(Message::text(frame)).await.is_err() {
                        break;
                    }
                }
                came = socket.next() => match came {
                    Some(Ok(Message::Text(text))) => Box::pin(self.frame(&id, text.as_str())).await,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => {}
                }
            }
        }
        Box::pin(respond(&*self.deps, &sockets::disconnect::handle, SocketEvent::disconnect(&id))).await;
        self.set(&id, None);
        // The answer to a close.
        let _ = socket.close(None).await;
        Ok(())
    }

    /// The handshake, once `$connect` allows it.
    async fn open(&self, mut stream: TcpStream, id: &str) -> anyhow::Result<Option<WebSocketStream<TcpStream>>> {
        let (request, rest) = timeout(HEAD_PATIENCE, head(&mut stream)).await.context("no handshake came")??;
        let query = request.uri().query().unwrap_or_default();
        let query: BTreeMap<String, String> =
            query.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let reply = respond(&*self.deps, &sockets::connect::handle, SocketEvent::connect(id, query)).await;
        if reply.status != 200 {
            let refusal = format!("HTTP/1.1 {} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", reply.status);
            stream.write_all(refusal.as_bytes()).await?;
            return Ok(None);
        }
        let mut answer = Vec::new();
        write_response(&mut answer, &create_response(&request)?)?;
        stream.write_all(&answer).await?;
        Ok(Some(WebSocketStream::from_partially_read(stream, rest, Role::Server, Some(small_buffers())).await))
    }

    async fn frame(&self, id: &str, text: &str) {
        #[derive(Deserialize)]
        struct Frame {
            action: String,
        }
        let action = serde_json::from_str::<Frame>(text).map_or(String::new(), |frame| frame.action);
        let event = |route: &str| SocketEvent {
            body: text.to_owned(),
            event_type: SocketEventType::Message,
            ..SocketEvent::message(id, route, &().into())
        };
        let deps = &*self.deps;
        match action.as_str() {
            "subscribe" | "unsubscribe" => respond(deps, &sockets::subscribe::handle, event("subscribe")).await,
            _ => respond(deps, &sockets::message::handle, event("$default")).await,
        };
    }

    fn set(&self, id: &str, sender: Option<mpsc::UnboundedSender<String>>) {
        let Ok(mut open) = self.open.lock() else { return };
        match sender {
            Some(sender) => open.insert(id.to_owned(), sender),
            None => open.remove(id),
        };
    }

    fn post(&self, id: &str, frame: String) -> StatusCode {
        let sent = self.open.lock().is_ok_and(|open| open.get(id).is_some_and(|sender| sender.send(frame).is_ok()));
        if sent { StatusCode::OK } else { StatusCode::GONE }
    }
}

async fn take_post(State(gateway): State<Arc<Gateway>>, Path(id): Path<String>, frame: String) -> StatusCode {
    gateway.post(&id, frame)
}

/// As API Gateway names them.
fn connection_id() -> anyhow::Result<String> {
    let mut random = [0u8; 11];
    getrandom::fill(&mut random)?;
    Ok(URL_SAFE.encode(random))
}

/// A client's request, and what it sent after it.
async fn head(stream: &mut TcpStream) -> anyhow::Result<(Request, Vec<u8>)> {
    let mut bytes = Vec::with_capacity(512);
    loop {
        if stream.read_buf(&mut bytes).await? == 0 || bytes.len() > HEAD_BYTES_MAX {
            bail!("no handshake");
        }
        if let Some((length, request)) = Request::try_parse(&bytes)? {
            return Ok((request, bytes.split_off(length)));
        }
    }
}

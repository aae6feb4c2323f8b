//! What functions reach besides their tables: queues, secrets, a topic and open sockets. All
//! answer at once; what is sent and shown is handed to whoever waits for it.

use anyhow::Context;
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Map, Value, json};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, sync::mpsc};

/// A message that a function sent to a queue.
pub struct Sent {
    pub queue: String,
    pub body: String,
    pub trace: Value,
}

pub struct Cloud {
    pub url: String,
    messages: mpsc::UnboundedReceiver<Sent>,
    frames: mpsc::UnboundedReceiver<Instant>,
}

struct Served {
    secrets: Map<String, Value>,
    messages: mpsc::UnboundedSender<Sent>,
    frames: mpsc::UnboundedSender<Instant>,
}

const WAIT: Duration = Duration::from_secs(5);

impl Cloud {
    /// `secrets` by name, each its JSON.
    pub async fn start(secrets: Map<String, Value>) -> anyhow::Result<Self> {
        let (message, messages) = mpsc::unbounded_channel();
        let (frame, frames) = mpsc::unbounded_channel();
        let served = Arc::new(Served { secrets, messages: message, frames: frame });
        let router = Router::new().route("/", post(service)).route("/live/@connections/{id}", post(show)).with_state(served);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { url, messages, frames })
    }

    /// The next message to this queue; those to others are passed over.
    pub async fn message(&mut self, queue: &str) -> anyhow::Result<Sent> {
        loop {
            let sent = tokio::time::timeout(WAIT, self.messages.recv()).await.with_context(|| format!("nothing came to {queue}"))?;
            let sent = sent.context("the cloud is gone")?;
            if sent.queue == queue {
                return Ok(sent);
            }
        }
    }

    /// When the next frame was shown.
    pub async fn frame(&mut self) -> anyhow::Result<Instant> {
        tokio::time::timeout(WAIT, self.frames.recv()).await.context("no frame came")?.context("the cloud is gone")
    }

    /// Forgets what has not been asked for.
    pub fn clear(&mut self) {
        while self.messages.try_recv().is_ok() {}
        while self.frames.try_recv().is_ok() {}
    }
}

async fn service(State(served): State<Arc<Served>>, headers: HeaderMap, body: Bytes) -> Response {
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    match headers.get("x-amz-target").and_then(|target| target.to_str().ok()) {
        Some("AmazonSQS.SendMessage") => {
            let url = request["QueueUrl"].as_str().unwrap_or_default();
            let sent = Sent {
                queue: url.rsplit('/').next().unwrap_or_default().to_owned(),
                body: request["MessageBody"].as_str().unwrap_or_default().to_owned(),
                trace: request["MessageAttributes"]["trace"].clone(),
            };
            let _ = served.messages.send(sent);
            Json(json!({ "MessageId": "1", "MD5OfMessageBody": "" })).into_response()
        }
        Some("secretsmanager.GetSecretValue") => {
            let name = request["SecretId"].as_str().unwrap_or_default();
            match served.secrets.get(name) {
                Some(secret) => Json(json!({ "Name": name, "SecretString": secret.to_string() })).into_response(),
                None => (StatusCode::BAD_REQUEST, Json(json!({ "__type": "ResourceNotFoundException" }))).into_response(),
            }
        }
        // SNS speaks the query protocol.
        None => {
            let xml = "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>1</MessageId>\
                       </PublishResult></PublishResponse>";
            ([("content-type", "text/xml")], xml).into_response()
        }
        Some(_) => (StatusCode::BAD_REQUEST, Json(json!({ "__type": "UnknownOperationException" }))).into_response(),
    }
}

async fn show(State(served): State<Arc<Served>>, Path(_): Path<String>) -> StatusCode {
    let _ = served.frames.send(Instant::now());
    StatusCode::OK
}

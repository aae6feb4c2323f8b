//! The side of Lambda's Runtime API that Lambda has: one server for one process.

use anyhow::Context;
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::{
    net::TcpListener,
    sync::{Mutex, mpsc},
    task::JoinHandle,
};

/// What a process said of an event, and when.
pub struct Answer {
    pub at: Instant,
    pub outcome: Result<Bytes, String>,
}

pub struct RuntimeApi {
    pub address: SocketAddr,
    events: mpsc::UnboundedSender<String>,
    polls: mpsc::UnboundedReceiver<Instant>,
    answers: mpsc::UnboundedReceiver<Answer>,
    server: JoinHandle<()>,
}

struct Served {
    events: Mutex<mpsc::UnboundedReceiver<String>>,
    polls: mpsc::UnboundedSender<Instant>,
    answers: mpsc::UnboundedSender<Answer>,
    timeout: Duration,
}

const WAIT: Duration = Duration::from_secs(20);

impl RuntimeApi {
    pub async fn start(timeout: Duration) -> anyhow::Result<Self> {
        let (events, taken) = mpsc::unbounded_channel();
        let (poll, polls) = mpsc::unbounded_channel();
        let (answer, answers) = mpsc::unbounded_channel();
        let served = Arc::new(Served { events: Mutex::new(taken), polls: poll, answers: answer, timeout });
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(error))
            .with_state(served);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, events, polls, answers, server })
    }

    /// When the process asked for its next event.
    pub async fn polled(&mut self) -> anyhow::Result<Instant> {
        tokio::time::timeout(WAIT, self.polls.recv()).await.context("the function did not start")?.context("the server is gone")
    }

    /// Gives the process an event and waits for its answer.
    pub async fn invoke(&mut self, event: String) -> anyhow::Result<Answer> {
        self.events.send(event).context("the server is gone")?;
        tokio::time::timeout(WAIT, self.answers.recv()).await.context("the function did not answer")?.context("the server is gone")
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn next(State(served): State<Arc<Served>>) -> Response {
    let _ = served.polls.send(Instant::now());
    let Some(event) = served.events.lock().await.recv().await else { return StatusCode::GONE.into_response() };
    let deadline = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + served.timeout;
    let headers = [
        ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd".to_owned()),
        ("lambda-runtime-deadline-ms", deadline.as_millis().to_string()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:ap-south-1:000000000000:function:bench".to_owned()),
    ];
    (headers, event).into_response()
}

async fn response(State(served): State<Arc<Served>>, Path(_): Path<String>, body: Bytes) -> StatusCode {
    let _ = served.answers.send(Answer { at: Instant::now(), outcome: Ok(body) });
    StatusCode::ACCEPTED
}

async fn error(State(served): State<Arc<Served>>, body: Bytes) -> StatusCode {
    let _ = served.answers.send(Answer { at: Instant::now(), outcome: Err(String::from_utf8_lossy(&body).into_owned()) });
    StatusCode::ACCEPTED
}

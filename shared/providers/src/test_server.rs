//! A provider on this machine that answers as it is told, for tests of the clients.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A request as the server saw it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Path and query, still encoded.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap().to_str().unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

pub(crate) struct TestServer {
    url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl TestServer {
    pub(crate) async fn answering(status: u16, body: &str) -> Self {
        Self::answering_with(status, body, &[]).await
    }

    pub(crate) async fn answering_with(status: u16, body: &str, headers: &[(&'static str, &str)]) -> Self {
        let mut reply_headers = HeaderMap::new();
        for (name, value) in headers {
            reply_headers.insert(*name, value.parse().unwrap());
        }
        let status = StatusCode::from_u16(status).unwrap();
        let body = body.to_owned();
        Self::start(move || {
            let reply = (status, reply_headers.clone(), body.clone());
            async move { reply }
        })
        .await
    }

    /// Answers one request after the other, and all that follow as the last.
    pub(crate) async fn answering_in_turn(answers: &[(u16, &str)]) -> Self {
        let answers = answers.iter().map(|(status, body)| (StatusCode::from_u16(*status).unwrap(), (*body).to_owned()));
        let answers: Arc<Vec<_>> = Arc::new(answers.collect());
        let turn = Arc::new(AtomicUsize::new(0));
        Self::start(move || {
            let at = turn.fetch_add(1, Ordering::Relaxed).min(answers.len() - 1);
            let reply = answers[at].clone();
            async move { reply }
        })
        .await
    }

    /// As [`TestServer::answering_in_turn`], for answers that name the server itself.
    pub(crate) async fn answering_with_own_url(say: impl FnOnce(&str) -> Vec<(u16, String)>) -> Self {
        let answers: Arc<Mutex<Vec<(u16, String)>>> = Arc::default();
        let (told, turn) = (Arc::clone(&answers), Arc::new(AtomicUsize::new(0)));
        let server = Self::start(move || {
            let told = told.lock().unwrap();
            let at = turn.fetch_add(1, Ordering::Relaxed).min(told.len() - 1);
            let (status, body) = told[at].clone();
            async move { (StatusCode::from_u16(status).unwrap(), body) }
        })
        .await;
        *answers.lock().unwrap() = say(&server.url);
        server
    }

    /// Takes the request and never answers.
    pub(crate) async fn silent() -> Self {
        Self::start(std::future::pending::<StatusCode>).await
    }

    async fn start<F, R>(reply: impl Fn() -> F + Clone + Send + Sync + 'static) -> Self
    where
        F: Future<Output = R> + Send + 'static,
        R: axum::response::IntoResponse + 'static,
    {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let book = Arc::clone(&seen);
        let app = Router::new().fallback(move |request: Request| {
            let book = Arc::clone(&book);
            let reply = reply.clone();
            async move {
                let (head, body) = request.into_parts();
                let body = to_bytes(body, usize::MAX).await.unwrap();
                book.lock().unwrap().push(Seen {
                    method: head.method.to_string(),
                    target: head.uri.path_and_query().unwrap().to_string(),
                    headers: head.headers,
                    body,
                });
                reply().await
            }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { url, seen }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn requests(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    #[track_caller]
    pub(crate) fn only_request(&self) -> Seen {
        let mut seen = self.requests();
        assert_eq!(seen.len(), 1, "one request, and no more");
        seen.remove(0)
    }
}

/// A server that reads a request, writes `bytes` and closes the connection.
pub(crate) async fn hangs_up_after(bytes: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(bytes).await;
        }
    });
    url
}

/// The URL of a port that nobody listens on.
pub(crate) async fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

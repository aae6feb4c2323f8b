//! What an attacker would try, generated as far as it can be from the table of functions and the
//! API's description, so that a route that is added is attacked without anybody thinking of it.

mod guessing;
mod idor;
mod malformed;
mod operators;
mod routes;
mod signatures;
mod sockets;
mod tokens;

use anyhow::{Context, Result};
use futures::{StreamExt, stream};
use reqwest::Method;
use serde_json::Value;
use std::{future::Future, time::Duration};
use tests::stack::{Stack, turn};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Requests of a matrix that are under way at once. More make the local cloud no faster, and each of
/// them slower.
const WIDTH: usize = 6;

/// An answer of the API, as it came.
#[derive(Debug, Clone)]
struct Answer {
    status: u16,
    content_type: String,
    text: String,
    body: Value,
}

impl Answer {
    async fn of(response: reqwest::Response) -> Result<Self> {
        let status = response.status().as_u16();
        let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let text = String::from_utf8_lossy(&response.bytes().await?).into_owned();
        tests::problems::keep(status, &text);
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok(Self { status, content_type, text, body })
    }

    /// What must not differ between two refusals: everything but which request it was.
    fn told(&self) -> (u16, Value) {
        let mut body = self.body.clone();
        if let Some(object) = body.as_object_mut() {
            object.remove("request_id");
        }
        (self.status, body)
    }

    /// What is wrong with this as a refusal, if anything is: RFC 9457 with the members we promise.
    fn flaw(&self) -> Option<String> {
        let flaw = |what: &str| Some(format!("{what}: {} {} {}", self.status, self.content_type, shown(&self.text)));
        if !(400..500).contains(&self.status) {
            return flaw("not refused");
        }
        if self.content_type != "application/problem+json" {
            return flaw("not application/problem+json");
        }
        for name in ["type", "title", "detail", "code", "request_id"] {
            if self.body[name].as_str().is_none_or(str::is_empty) {
                return flaw(&format!("no {name}"));
            }
        }
        if self.body["status"] != self.status || !self.body["retryable"].is_boolean() {
            return flaw("status or retryable is not as promised");
        }
        None
    }
}

/// The start of a text, for a report.
fn shown(text: &str) -> String {
    text.chars().take(300).collect()
}

/// One request, under construction. Nothing is added that was not asked for.
fn ask(stack: &Stack, method: Method, path: &str, token: Option<&str>) -> reqwest::RequestBuilder {
    let request = stack.http.request(method, format!("{}{path}", stack.api_url)).timeout(Duration::from_secs(180));
    match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    }
}

async fn send(request: reqwest::RequestBuilder) -> Result<Answer> {
    let _turn = turn().await?;
    Answer::of(request.send().await?).await
}

/// A request byte by byte, for what a decent client would not send: paths and headers are taken
/// as they are.
async fn send_raw(stack: &Stack, method: &str, path: &str, headers: &[(&str, &[u8])], body: &[u8]) -> Result<Answer> {
    let address = stack.api_url.strip_prefix("http://").context("not plain HTTP")?;
    let (host, prefix) = address.split_once('/').unwrap_or((address, ""));
    let prefix = if prefix.is_empty() { String::new() } else { format!("/{prefix}") };
    let mut bytes =
        format!("{method} {prefix}{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len()).into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    let mut wire = TcpStream::connect(host).await?;
    wire.write_all(&bytes).await?;
    let mut answer = Vec::new();
    tokio::time::timeout(Duration::from_secs(180), wire.read_to_end(&mut answer)).await.context("no answer")??;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, text) = answer.split_once("\r\n\r\n").with_context(|| format!("no HTTP answer: {}", shown(&answer)))?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
    let header = |wanted: &str| head.lines().filter_map(|line| line.split_once(':')).find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    let content_type = header("content-type").map(|(_, value)| value.trim().to_owned()).unwrap_or_default();
    let body = serde_json::from_str(text).unwrap_or(Value::Null);
    Ok(Answer { status, content_type, text: text.to_owned(), body })
}

/// Runs all of it, a few at a time, and answers in the order of the list.
pub async fn all<T, F: Future<Output = Result<T>>>(list: impl IntoIterator<Item = F>) -> Result<Vec<T>> {
    stream::iter(list).buffered(WIDTH).collect::<Vec<_>>().await.into_iter().collect()
}

/// Fails with everything that was found, not with the first of it.
#[track_caller]
fn nothing_found(findings: &[String]) {
    let shown: Vec<&str> = findings.iter().take(40).map(String::as_str).collect();
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), shown.join("\n"));
}

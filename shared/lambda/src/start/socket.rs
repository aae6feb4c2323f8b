//! Functions behind the WebSocket API.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tracing::Instrument;

use super::api::ms_since;
use super::app::{App, Exit};
use super::attempt::{Attempt, attempt};
use super::deadline::Deadline;
use super::failed::Failed;
use super::serve;
use crate::http::problem::Problem;
use crate::log::chain::Chain;
use crate::log::trace::Trace;
use crate::metrics::{Metric, emit};

/// What is kept of an invocation's time to say that there was not enough of it.
const KEPT: Duration = Duration::from_millis(300);

/// Something that happened on one connection.
#[derive(Debug, Clone)]
pub struct SocketEvent {
    /// `$connect`, `$disconnect`, `$default`, or the action of a frame.
    pub route: String,
    pub connection_id: String,
    pub event_type: SocketEventType,
    /// Decoded; of `$connect` alone.
    pub query: BTreeMap<String, String>,
    /// Names in lower case; of `$connect` alone.
    pub headers: BTreeMap<String, String>,
    /// The frame; empty where there is none.
    pub body: String,
    pub source_ip: String,
    pub request_id: String,
    /// In milliseconds since 1970.
    pub connected_at_ms: u64,
    /// When Lambda ends this invocation.
    pub deadline: Deadline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SocketEventType {
    Connect,
    Message,
    Disconnect,
}

/// The answer to one event. The status decides whether a connection is opened; the body is sent
/// back as a frame where the route has a route response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SocketReply {
    #[serde(rename = "statusCode")]
    pub status: u16,
    pub body: String,
}

impl SocketReply {
    pub fn ok() -> Self {
        Self { status: 200, body: String::new() }
    }

    /// Answers with a frame.
    pub fn frame(frame: &Value) -> Self {
        Self { status: 200, body: frame.to_string() }
    }
}

impl SocketEvent {
    /// Reads an event of a WebSocket API.
    pub fn from_event(event: &[u8]) -> Result<Self, Failed> {
        let event: Event = serde_json::from_slice(event).map_err(|error| Failed::event("a WebSocket API", &error))?;
        let body = event.body.unwrap_or_default();
        let body = if event.is_base64_encoded { decoded(&body) } else { Some(body) };
        let context = event.request_context;
        let headers = event.headers.unwrap_or_default();
        Ok(Self {
            route: context.route_key,
            connection_id: context.connection_id,
            event_type: context.event_type,
            query: event.query_string_parameters.unwrap_or_default(),
            headers: headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect(),
            // A binary frame that is no text is none of ours: as empty, it is refused as such.
            body: body.unwrap_or_default(),
            source_ip: context.identity.source_ip,
            request_id: context.request_id,
            connected_at_ms: context.connected_at,
            deadline: Deadline::never(),
        })
    }

    /// A frame on a connection; for tests, and for the simulation.
    pub fn message(connection_id: impl Into<String>, route: impl Into<String>, body: &Value) -> Self {
        Self {
            route: route.into(),
            connection_id: connection_id.into(),
            event_type: SocketEventType::Message,
            query: BTreeMap::new(),
            headers: BTreeMap::new(),
            body: body.to_string(),
            source_ip: "203.0.113.7".to_owned(),
            request_id: "req-test".to_owned(),
            connected_at_ms: 0,
            deadline: Deadline::never(),
        }
    }

    /// Somebody who wants to connect; for tests, and for the simulation.
    pub fn connect(connection_id: impl Into<String>, query: BTreeMap<String, String>) -> Self {
        let event = Self::message(connection_id, "$connect", &Value::Null);
        Self { event_type: SocketEventType::Connect, query, body: String::new(), ..event }
    }

    /// A connection that has ended; for tests, and for the simulation.
    pub fn disconnect(connection_id: impl Into<String>) -> Self {
        let event = Self::message(connection_id, "$disconnect", &Value::Null);
        Self { event_type: SocketEventType::Disconnect, body: String::new(), ..event }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// What to hand on to messages that this event causes.
    pub fn trace(&self) -> Trace {
        Trace { request_id: self.request_id.clone(), event_id: None }
    }
}

fn decoded(body: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(body).ok()?).ok()
}

/// The `main` of a function behind the WebSocket API.
pub fn socket<D: App, H>(handler: H) -> Exit
where
    H: AsyncFn(&D, SocketEvent) -> Result<SocketReply, Problem> + 'static,
{
    serve::run(move |deps: &'static D| {
        let handler: &'static H = Box::leak(Box::new(handler));
        Box::new(move |invocation| {
            Box::pin(async move {
                let mut event = SocketEvent::from_event(invocation.bytes())?;
                event.deadline = invocation.deadline;
                serve::written(&respond(deps, handler, event).await)
            })
        })
    })
}

/// Runs a handler on one event. A problem becomes the status of a refused connection, or an error
/// frame; a panic is a problem of ours.
pub async fn respond<D, H>(deps: &D, handler: &H, event: SocketEvent) -> SocketReply
where
    H: AsyncFn(&D, SocketEvent) -> Result<SocketReply, Problem>,
{
    let began = Instant::now();
    let (id, deadline) = (event.request_id.clone(), event.deadline);
    let connects = event.event_type == SocketEventType::Connect;
    let span = tracing::info_span!(
        "socket",
        request_id = id,
        connection_id = event.connection_id,
        route = event.route,
        user = tracing::field::Empty
    );
    async {
        let problem = match attempt(deadline, KEPT, async { handler(deps, event).await }).await {
            Attempt::Done(Ok(reply)) => {
                tracing::info!(status = reply.status, ms = ms_since(began), outcome = "answered", "done");
                return reply;
            }
            Attempt::Done(Err(problem)) => problem,
            Attempt::Panicked => Problem::internal("the handler panicked"),
            Attempt::OutOfTime => Problem::unavailable("out of time"),
        };
        note(&problem, ms_since(began));
        if connects {
            return SocketReply { status: problem.status(), body: String::new() };
        }
        // 200, because the frame was taken: with any other status API Gateway sends a frame of its
        // own in place of ours.
        SocketReply::frame(&error_frame(&problem, &id))
    }
    .instrument(span)
    .await
}

fn note(problem: &Problem, ms: u64) {
    let (status, code) = (problem.status(), problem.code().name);
    let cause = problem.cause().map(|cause| Chain(cause).to_string()).unwrap_or_default();
    if status >= 500 {
        tracing::error!(status, code, ms, cause, outcome = "failed", "done");
        emit(Metric::Failures, 1.0, &[("code", code)]);
    } else {
        tracing::info!(status, code, ms, cause, outcome = "refused", "done");
        emit(Metric::RefusalsByCode, 1.0, &[("code", code)]);
    }
}

/// A problem as a frame to one connection.
pub fn error_frame(problem: &Problem, request_id: &str) -> Value {
    let mut frame = json!({
        "type": "error",
        "code": problem.code().name,
        "detail": problem.detail(),
        "retryable": problem.code().retryable,
        "request_id": request_id,
    });
    if let Some(seconds) = problem.retry_after_s() {
        frame["retry_after_s"] = seconds.into();
    }
    frame
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(default)]
    headers: Option<BTreeMap<String, String>>,
    #[serde(default)]
    query_string_parameters: Option<BTreeMap<String, String>>,
    request_context: RequestContext,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// Source: "API Gateway WebSocket API mapping template reference" in the API Gateway guide.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext {
    route_key: String,
    connection_id: String,
    event_type: SocketEventType,
    #[serde(default)]
    connected_at: u64,
    #[serde(default)]
    request_id: String,
    #[serde(default)]
    identity: Identity,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    #[serde(default)]
    source_ip: String,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::{SocketEvent, SocketEventType, SocketReply, respond};
    use crate::Problem;

    #[test]
    fn recorded_events_are_read() {
        let connect = SocketEvent::from_event(include_bytes!("../../fixtures/socket-connect.json")).unwrap();
        assert_eq!((connect.route.as_str(), connect.event_type), ("$connect", SocketEventType::Connect));
        assert_eq!(connect.query["ticket"], "tkt_1");
        assert_eq!(connect.header("origin"), Some("https://app.kamai.example"));
        assert_eq!((connect.connection_id.as_str(), connect.connected_at_ms), ("L0SM9cOFvHcCIhw=", 1_786_961_730_123));
        let frame = SocketEvent::from_event(include_bytes!("../../fixtures/socket-subscribe.json")).unwrap();
        assert_eq!((frame.route.as_str(), frame.event_type), ("subscribe", SocketEventType::Message));
        assert_eq!(frame.body, r#"{"action":"subscribe","channel":"balance:usr_1"}"#);
        assert!(frame.headers.is_empty());
        assert!(SocketEvent::from_event(b"{}").is_err());
    }

    async fn handle(_: &(), event: SocketEvent) -> Result<SocketReply, Problem> {
        match event.body.as_str() {
            "\"panic\"" => panic!("+919876543210"),
            "\"ok\"" => Ok(SocketReply::frame(&json!({"type": "pong"}))),
            "\"later\"" => Err(Problem::unavailable("down")),
            _ => Err(Problem::forbidden("Not your channel.")),
        }
    }

    #[tokio::test]
    async fn a_refused_connection_has_a_status_and_a_refused_frame_an_error_frame() {
        let refused = respond(&(), &handle, SocketEvent::connect("c1", BTreeMap::new())).await;
        assert_eq!(refused, SocketReply { status: 403, body: String::new() });

        let say = async |what: &str| {
            let reply = respond(&(), &handle, SocketEvent::message("c1", "subscribe", &what.into())).await;
            assert_eq!(reply.status, 200);
            serde_json::from_str::<Value>(&reply.body).unwrap()
        };
        assert_eq!(say("ok").await["type"], "pong");
        assert_eq!(
            say("other").await,
            json!({"type": "error", "code": "forbidden", "detail": "Not your channel.", "retryable": false, "request_id": "req-test"})
        );
        assert_eq!(say("later").await["retry_after_s"], 2);
        assert_eq!(say("panic").await["code"], "internal");
    }
}

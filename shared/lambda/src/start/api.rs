//! Functions behind the HTTP API.

use std::time::{Duration, Instant};

use tracing::Instrument;

use super::app::{App, Exit};
use super::attempt::{Attempt, attempt};
use super::serve::{self, Invocation};
use crate::http::problem::Problem;
use crate::http::reply::Reply;
use crate::http::request::Request;
use crate::log::chain::Chain;
use crate::metrics::{Metric, emit};

/// What is kept of an invocation's time to say that there was not enough of it.
const KEPT: Duration = Duration::from_millis(300);

/// The `main` of a function behind the HTTP API.
pub fn api<D: App, H>(handler: H) -> Exit
where
    H: AsyncFn(&D, Request) -> Result<Reply, Problem> + 'static,
{
    serve::run(move |deps: &'static D| {
        let handler: &'static H = Box::leak(Box::new(handler));
        Box::new(move |invocation| {
            Box::pin(async move {
                let reply = match request_of(&invocation) {
                    Ok(request) => respond(deps, handler, request).await,
                    Err(problem) => refused(&problem, &invocation.id, Instant::now()),
                };
                serve::written(&reply.to_event())
            })
        })
    })
}

fn request_of(invocation: &Invocation) -> Result<Request, Problem> {
    let mut request = Request::from_event(invocation.bytes())?;
    request.deadline = invocation.deadline;
    if request.request_id.is_empty() {
        request.request_id.clone_from(&invocation.id);
    }
    Ok(request)
}

/// Runs a handler on one request. Always answers: a problem as `application/problem+json`, a
/// panic as a 500, a handler that is out of time as a 503.
pub async fn respond<D, H>(deps: &D, handler: &H, request: Request) -> Reply
where
    H: AsyncFn(&D, Request) -> Result<Reply, Problem>,
{
    let began = Instant::now();
    let (id, deadline) = (request.request_id.clone(), request.deadline);
    let span = tracing::info_span!("request", request_id = id, method = request.method, route = request.path, user = tracing::field::Empty);
    async {
        match attempt(deadline, KEPT, async { handler(deps, request).await }).await {
            Attempt::Done(Ok(reply)) => answered(reply, &id, began),
            Attempt::Done(Err(problem)) => refused(&problem, &id, began),
            Attempt::Panicked => refused(&Problem::internal("the handler panicked"), &id, began),
            Attempt::OutOfTime => refused(&Problem::unavailable("out of time"), &id, began),
        }
    }
    .instrument(span)
    .await
}

fn answered(reply: Reply, request_id: &str, began: Instant) -> Reply {
    tracing::info!(status = reply.status, ms = ms_since(began), outcome = "answered", "done");
    reply.with_header("x-request-id", request_id)
}

fn refused(problem: &Problem, request_id: &str, began: Instant) -> Reply {
    let (status, code, ms) = (problem.status(), problem.code().name, ms_since(began));
    let cause = problem.cause().map(|cause| Chain(cause).to_string()).unwrap_or_default();
    if status >= 500 {
        tracing::error!(status, code, ms, cause, outcome = "failed", "done");
        emit(Metric::Failures, 1.0, &[("code", code)]);
    } else {
        tracing::info!(status, code, ms, cause, outcome = "refused", "done");
        emit(Metric::RefusalsByCode, 1.0, &[("code", code)]);
    }
    problem.to_reply(request_id).with_header("x-request-id", request_id)
}

pub(super) fn ms_since(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::respond;
    use crate::{Deadline, Problem, Reply, Request};

    struct Deps {
        greeting: &'static str,
    }

    async fn greet(deps: &Deps, request: Request) -> Result<Reply, Problem> {
        match request.header("x-do") {
            Some("refuse") => Err(Problem::conflict("taken")),
            Some("panic") => panic!("+919876543210"),
            Some("hang") => std::future::pending().await,
            _ => Ok(Reply::ok(&json!({ "said": deps.greeting }))),
        }
    }

    async fn ask(what: &str) -> Reply {
        let mut request = Request::get("/v1/greeting").header("x-do", what).request_id("r1").build();
        request.deadline = Deadline::after(Duration::from_millis(350));
        respond(&Deps { greeting: "namaste" }, &greet, request).await
    }

    #[track_caller]
    fn is(reply: &Reply, status: u16, code: &str) {
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!((reply.status, &body["code"], &body["request_id"]), (status, &code.into(), &"r1".into()));
        assert_eq!(reply.header("x-request-id"), Some("r1"));
        assert_eq!(reply.header("content-type"), Some("application/problem+json"));
        assert!(!String::from_utf8_lossy(&reply.body).contains("98765"));
    }

    #[tokio::test]
    async fn every_reply_has_the_id_of_its_request() {
        let reply = ask("").await;
        assert_eq!((reply.status, reply.header("x-request-id")), (200, Some("r1")));
        assert_eq!(reply.body, br#"{"said":"namaste"}"#);
    }

    #[test]
    fn a_request_may_be_worked_on_by_any_thread() {
        fn sent<T: Send>(_: T) {}
        sent(respond(&Deps { greeting: "" }, &greet, Request::get("/").build()));
    }

    #[tokio::test]
    async fn whatever_a_handler_does_there_is_an_answer() {
        is(&ask("refuse").await, 409, "conflict");
        is(&ask("panic").await, 500, "internal");
        is(&ask("hang").await, 503, "unavailable");
        assert_eq!(ask("").await.status, 200);
    }
}

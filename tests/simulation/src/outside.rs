//! The road between functions and the providers, both ways.

use crate::{
    cloud::Cloud,
    points,
    weather::Fault,
    world::{ORIGIN, World},
};
use axum::{Router, body::Body};
use lambda::Request as OurRequest;
use providers::call::{CallError, Carrier, Doubt, Timeouts, Unsent};
use reqwest::{Request, Response};
use sandbox::webhooks::door::{Answered, Posted, Receiver};
use serde_json::{Value, json};
use std::{future::Future, pin::Pin, sync::Arc};
use tokio::sync::{
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    oneshot,
};
use tower::ServiceExt;

/// As functions set their client up.
const TIMEOUTS: Timeouts = Timeouts { connect: std::time::Duration::from_secs(2), total: std::time::Duration::from_secs(8) };

/// Where files lie that people send each other. Nobody plays S3 here: it is never reached.
pub const FILES: &str = "http://127.0.0.1:2/files";

/// Carries our requests to the providers.
pub struct Courier {
    pub cloud: Arc<Cloud>,
    pub outside: Router,
}

impl Courier {
    async fn deliver(&self, request: Request) -> Result<Response, CallError> {
        let name = format!("{} {}", request.method(), request.url().path().split('/').take(3).collect::<Vec<_>>().join("/"));
        points::pass(&format!("before {name}")).await;
        self.cloud.leg().await;
        if request.url().as_str().starts_with(FILES) {
            return Err(CallError::NotSent { why: Unsent::Unreachable("nobody is there".to_owned()) });
        }
        if self.cloud.weather.strikes(Fault::ProviderUnreachable, &self.cloud.fate) {
            return Err(CallError::NotSent { why: Unsent::Unreachable("as it was drawn".to_owned()) });
        }
        let request = axum::http::Request::<reqwest::Body>::try_from(request).map_err(|error| broke(&error.to_string()))?;
        // Once it has left, it is carried out, whether or not the function lives to hear of it.
        let carried = tokio::spawn(self.outside.clone().oneshot(request.map(Body::new)));
        let answer = match tokio::time::timeout(TIMEOUTS.total, carried).await {
            Ok(Ok(Ok(answer))) => answer,
            Ok(Ok(Err(never))) => match never {},
            Ok(Err(gone)) => return Err(broke(&gone.to_string())),
            Err(_) => return Err(CallError::Unknown { why: Doubt::TimedOut }),
        };
        points::pass(&format!("after {name}")).await;
        self.cloud.leg().await;
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.map_err(|error| broke(&error.to_string()))?;
        Ok(axum::http::Response::from_parts(parts, reqwest::Body::from(body)).into())
    }
}

fn broke(why: &str) -> CallError {
    CallError::Unknown { why: Doubt::ConnectionBroke(why.to_owned()) }
}

impl Carrier for Courier {
    fn carry(&self, request: Request) -> Pin<Box<dyn Future<Output = Result<Response, CallError>> + Send + '_>> {
        Box::pin(self.deliver(request))
    }
}

/// A webhook on its way, and where its sender waits for the answer.
type OnItsWay = (Posted, oneshot::Sender<Answered>);

/// Takes the providers' webhooks to our functions, by way of [`serve`].
pub struct Postbox(UnboundedSender<OnItsWay>);

impl Postbox {
    pub fn new() -> (Self, UnboundedReceiver<OnItsWay>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }
}

impl Receiver for Postbox {
    fn receive(&self, posted: Posted) -> Pin<Box<dyn Future<Output = Answered> + Send + '_>> {
        Box::pin(async move {
            let (answer, answered) = oneshot::channel();
            self.0.send((posted, answer)).map_err(|_| "could not connect")?;
            answered.await.unwrap_or(Err("the connection broke"))
        })
    }
}

/// Hands webhooks to our functions for as long as the world lasts.
pub async fn serve(world: Arc<World>, mut postbox: UnboundedReceiver<OnItsWay>) {
    while let Some((posted, answer)) = postbox.recv().await {
        let world = world.clone();
        tokio::task::spawn_local(async move {
            // A sender that waits no longer has given the delivery up, which it may.
            let _ = answer.send(deliver(&world, posted).await);
        });
    }
}

async fn deliver(world: &World, posted: Posted) -> Answered {
    let cloud = &world.cloud;
    cloud.leg().await;
    if cloud.weather.strikes(Fault::WebhookBroken, &cloud.fate) {
        return Err("the connection broke");
    }
    let (path, query) = posted.url.split_once('?').unwrap_or((&posted.url, ""));
    let request = OurRequest::post(path.strip_prefix(ORIGIN).unwrap_or(path)).query(query).source_ip("203.0.113.9");
    let request = posted.headers().into_iter().fold(request, |request, (name, value)| request.header(name, value));
    let answer = world.request(request.body(posted.body.as_str()).build()).await;
    cloud.leg().await;
    if cloud.weather.strikes(Fault::WebhookBroken, &cloud.fate) {
        return Err("the connection broke");
    }
    answer.map(|reply| reply.status).ok_or("timed out")
}

/// What the sandbox answers to a request of a test's or a customer's.
pub async fn ask(world: &World, method: &str, path: &str, body: Option<Value>) -> Value {
    let request = axum::http::Request::builder().method(method).uri(path).header("content-type", "application/json");
    let body = body.map(|body| body.to_string()).unwrap_or_default();
    let Ok(request) = request.body(axum::body::Body::from(body)) else { return Value::Null };
    let Ok(answer) = world.doors.clone().oneshot(request).await;
    let status = answer.status().as_u16();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap_or_default();
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    if (200..300).contains(&status) { body } else { json!({ "refused": status, "with": body }) }
}

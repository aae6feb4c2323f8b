//! Where functions send things to, in a simulated world.

use crate::{cloud::Cloud, points, weather::Fault};
use functions::{
    outlets::{DeadLetter, Outlets, Pending, Posted},
    table::Queue,
};
use lambda::{BoxError, Trace};
use serde_json::Value;
use std::{sync::Arc, time::Duration};

pub struct SimulatedOutlets(pub Arc<Cloud>);

impl SimulatedOutlets {
    async fn put(&self, queue: Queue, body: String, delay_s: u32, trace: &Trace) -> Result<(), BoxError> {
        let cloud = &self.0;
        points::pass(&format!("before sending to {}", queue.name())).await;
        cloud.leg().await;
        if cloud.weather.strikes(Fault::Unsent, &cloud.fate) {
            return Err("the queue does not answer".into());
        }
        let body = if cloud.weather.strikes(Fault::NewerVersion, &cloud.fate) { newer(&body) } else { body };
        cloud.queues.put_later(queue, body, Duration::from_secs(delay_s.into()), trace.clone());
        points::pass(&format!("after sending to {}", queue.name())).await;
        Ok(())
    }
}

/// A message as a later version of the program writes it.
fn newer(body: &str) -> String {
    let Ok(Value::Object(mut message)) = serde_json::from_str(body) else { return body.to_owned() };
    message.insert("since_a_later_version".to_owned(), true.into());
    Value::Object(message).to_string()
}

impl Outlets for SimulatedOutlets {
    fn send_later<'a>(&'a self, queue: Queue, body: String, delay_s: u32, trace: &'a Trace) -> Pending<'a, Result<(), BoxError>> {
        Box::pin(self.put(queue, body, delay_s, trace))
    }

    fn publish<'a>(&'a self, queue: Queue, body: String, trace: &'a Trace) -> Pending<'a, Result<(), BoxError>> {
        Box::pin(self.put(queue, body, 0, trace))
    }

    fn post<'a>(&'a self, connection: &'a str, frame: String) -> Pending<'a, Posted> {
        Box::pin(async move {
            let cloud = &self.0;
            points::pass("before posting a frame").await;
            cloud.leg().await;
            if cloud.weather.strikes(Fault::FrameLost, &cloud.fate) {
                // Half of the time the connection has gone with it.
                if cloud.fate.strikes(0.5) {
                    cloud.sockets.cut(connection);
                }
                return Posted::Failed;
            }
            let posted = cloud.sockets.post(connection, &frame);
            points::pass("after posting a frame").await;
            posted
        })
    }

    fn cut<'a>(&'a self, connection: &'a str) -> Pending<'a, ()> {
        Box::pin(async move { self.0.sockets.cut(connection) })
    }

    fn dead_letters(&self, queue: Queue, _hide_s: i32) -> Pending<'_, Result<Vec<DeadLetter>, BoxError>> {
        Box::pin(async move {
            points::pass("before reading dead letters").await;
            Ok(self.0.queues.dead(queue))
        })
    }

    fn dead_letter_count(&self, queue: Queue) -> Pending<'_, Result<u64, BoxError>> {
        Box::pin(async move { Ok(self.0.queues.count(queue).dead) })
    }

    fn bury<'a>(&'a self, queue: Queue, receipt: &'a str) -> Pending<'a, Result<(), BoxError>> {
        Box::pin(async move {
            points::pass("before burying a dead letter").await;
            self.0.queues.bury(queue, receipt);
            points::pass("after burying a dead letter").await;
            Ok(())
        })
    }
}

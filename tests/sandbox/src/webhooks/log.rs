//! What was sent, to whom, and what was answered.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::provider::Provider;

#[derive(Default)]
pub struct Log {
    sent: Vec<Sent>,
    places: HashMap<String, usize>,
}

pub struct Sent {
    pub event_id: String,
    pub provider: Provider,
    pub event: &'static str,
    pub body: String,
    pub signature: String,
    /// Where this one goes, if not to the provider's endpoint.
    pub url: Option<String>,
    pub state: State,
    pub created_at: String,
    pub deliveries: Vec<Delivery>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not taken yet; more deliveries follow.
    Pending,
    /// Answered with a 2xx at least once.
    Delivered,
    /// 24 hours of failures.
    GaveUp,
    /// A fault dropped it.
    Dropped,
    /// There is no address, or the endpoint is disabled.
    NotSent,
}

#[derive(Serialize)]
pub struct Delivery {
    pub at: String,
    pub url: String,
    /// None where nobody answered; `error` says why.
    pub status: Option<u16>,
    pub error: Option<&'static str>,
    pub tampered: bool,
    pub ms: u64,
}

impl Log {
    pub fn add(&mut self, sent: Sent) {
        self.places.insert(sent.event_id.clone(), self.sent.len());
        self.sent.push(sent);
    }

    pub fn get(&self, event_id: &str) -> Option<&Sent> {
        self.places.get(event_id).and_then(|place| self.sent.get(*place))
    }

    pub fn record(&mut self, event_id: &str, delivery: Delivery, taken: bool) {
        if let Some(sent) = self.get_mut(event_id) {
            sent.deliveries.push(delivery);
            if taken {
                sent.state = State::Delivered;
            }
        }
    }

    /// What was once delivered stays delivered, whatever became of a copy of it.
    pub fn set_state(&mut self, event_id: &str, state: State) {
        if let Some(sent) = self.get_mut(event_id).filter(|sent| sent.state != State::Delivered) {
            sent.state = state;
        }
    }

    pub fn oldest_first(&self) -> impl Iterator<Item = &Sent> {
        self.sent.iter()
    }

    fn get_mut(&mut self, event_id: &str) -> Option<&mut Sent> {
        self.places.get(event_id).and_then(|place| self.sent.get_mut(*place))
    }
}

impl Sent {
    pub fn view(&self) -> Value {
        let codes: Vec<_> = self.deliveries.iter().map(|delivery| delivery.status).collect();
        json!({
            "event_id": self.event_id,
            "provider": self.provider,
            "event": self.event,
            "state": self.state,
            "created_at": self.created_at,
            "attempts": self.deliveries.len(),
            "status_codes": codes,
            "deliveries": self.deliveries,
            "signature": self.signature,
            "body": self.body,
        })
    }
}

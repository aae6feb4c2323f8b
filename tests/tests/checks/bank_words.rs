//! What is told of connected banks unasked: who is believed, and that it makes somebody look and nothing else.

mod aggregator;
mod connectors;
mod setu;

use crate::world::*;
use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::Uri};
use domain::{
    bank::Bank,
    engine::{Key, Record},
    identity::Role,
};
use functions::{banks, queues, table::Queue};
use lambda::{Message, Problem, Reply, Request, Trace, http::request::RequestBuilder};
use sandbox::Config;
use serde_json::Value;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// One thing that was posted to us.
#[derive(Debug, Clone)]
pub struct Hook {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Hook {
    pub fn request(&self) -> RequestBuilder {
        let request = Request::post(&self.path).body(self.body.as_str());
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, value.as_str()))
    }

    /// With this in the place of its header.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut hook = self.clone();
        hook.headers.retain(|(known, _)| known != name);
        hook.headers.push((name.to_owned(), value.to_owned()));
        hook
    }
}

type Taken = Arc<Mutex<Vec<Hook>>>;

/// A world that hears what providers post, and works on it when it is told to.
pub struct Ears {
    pub world: World,
    hooks: Taken,
    heard: usize,
}

async fn take(State(taken): State<Taken>, uri: Uri, headers: HeaderMap, body: Bytes) {
    let headers = headers.iter().map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned())).collect();
    taken.lock().unwrap().push(Hook { path: uri.path().to_owned(), headers, body: String::from_utf8(body.to_vec()).unwrap() });
}

impl Ears {
    /// Asha has a phone. `change` is told where we hear.
    pub async fn new(country: &str, change: impl FnOnce(&mut Config, &str), secret: impl FnOnce(&Config) -> Value) -> Self {
        let hooks = Taken::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(take).with_state(hooks.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let mut world = World::with_banks(|config| change(config, &origin), secret).await;
        world.deps.places.public_url = Some(origin);
        world.deps.settings.country = country.to_owned().try_into().unwrap();
        world.sign_in("asha", "+919812340001", Role::Worker).await;
        Self { world, hooks, heard: 0 }
    }

    /// The next thing that is posted to us.
    pub async fn next(&mut self) -> Hook {
        for _ in 0..1_000 {
            if let Some(hook) = self.hooks.lock().unwrap().get(self.heard).cloned() {
                self.heard += 1;
                return hook;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("nobody posts anything")
    }

    /// The next of which its body says this.
    pub async fn next_of(&mut self, word: &str) -> Hook {
        loop {
            let hook = self.next().await;
            if hook.body.contains(word) {
                return hook;
            }
        }
    }

    /// A link to a bank.
    pub async fn link(&self, bank: &str) -> String {
        let entry = banks::find(bank).unwrap();
        match banks::begin(&self.world.deps, user("asha"), entry, None, &Trace::default()).await.unwrap() {
            banks::Begun::Link(url) => url,
            _ => panic!("no link"),
        }
    }

    /// Somebody comes back from their bank; the status of the page that they see.
    pub async fn back(&self, url: &str) -> u16 {
        let request = Request::get("/v1/banks/return").query(url.split_once('?').unwrap().1);
        functions::api::banks::handle(&self.world.deps, request.build()).await.map_or_else(|problem| problem.status(), |reply| reply.status)
    }

    /// Works on all that queues hold.
    pub async fn works(&self) {
        let mut rounds = 0;
        loop {
            let sent: Vec<(Queue, String)> = std::mem::take(&mut *self.world.outbox.sent.lock().unwrap());
            if sent.is_empty() {
                return;
            }
            rounds += 1;
            assert!(rounds < 50, "it goes round and round: {sent:?}");
            for (queue, body) in sent {
                let message = Message::new("m", body);
                match queue {
                    Queue::Inbox => queues::inbox::handle(&self.world.deps, message).await.unwrap(),
                    Queue::Banks => queues::banks::handle(&self.world.deps, message).await.unwrap(),
                    _ => {}
                }
            }
        }
    }

    pub async fn bank(&self, bank: &str) -> Bank {
        match self.world.deps.store.record(&Key::Bank(user("asha"), Bank::id_of(user("asha"), bank))).await.unwrap() {
            Some(Record::Bank(bank)) => *bank,
            other => panic!("{other:?}"),
        }
    }

    /// What was kept of webhooks: what came of each.
    pub async fn kept(&self) -> Vec<String> {
        let (kept, _) = self.world.deps.store.webhooks(None, 100).await.unwrap();
        kept.into_iter().map(|kept| kept.outcome.unwrap_or_default()).collect()
    }

    /// Notices of a template that Asha was told.
    pub async fn told(&self, template: &str) -> Vec<Value> {
        // At night they wait for the morning.
        let until = self.world.now() + jiff::SignedDuration::from_hours(24);
        let notices = self.world.deps.store.due_notices(until, 100).await.unwrap();
        let values = |notice: domain::notice::Notice| serde_json::from_str(notice.values.as_str()).unwrap();
        notices.into_iter().filter(|notice| notice.template.name == template).map(values).collect()
    }
}

pub fn status(answer: Result<Reply, Problem>) -> u16 {
    answer.map_or_else(|problem| problem.status(), |reply| reply.status)
}

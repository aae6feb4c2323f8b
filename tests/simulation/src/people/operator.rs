//! An operator, who looks after what is left over.

use crate::{
    client::{Client, Outcome},
    world::{OPERATOR, World},
};
use domain::id::PublicationId;
use functions::table::Queue;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};

/// What an operator was told that they had done.
#[derive(Debug, Clone)]
pub struct Deed {
    pub action: &'static str,
    /// Names what it was done to.
    pub of: String,
}

pub struct Operator {
    pub client: Client,
    deeds: Mutex<Vec<Deed>>,
}

impl Operator {
    pub fn new(world: &Arc<World>) -> Self {
        Self { client: Client::new(world, OPERATOR), deeds: Mutex::default() }
    }

    pub fn deeds(&self) -> Vec<Deed> {
        self.deeds.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn did(&self, action: &'static str, of: &str) {
        self.deeds.lock().unwrap_or_else(PoisonError::into_inner).push(Deed { action, of: of.to_owned() });
    }

    /// A request that is written down where it is answered with success.
    async fn act(&self, action: &'static str, of: &str, path: &str, asked: Value) {
        if self.client.post(path, asked).await.ok().is_some() {
            self.did(action, of);
        }
    }

    /// Looks at every dead letter, and sends it back: by force where it would do no good, so that
    /// nothing is left lying.
    pub async fn redrive(&self) {
        if Queue::ALL.iter().all(|queue| self.client.world.cloud.queues.count(*queue).dead == 0) {
            return;
        }
        let Some(found) = self.client.get("/v1/ops/dead-letters").await else { return };
        for queue in found.body["queues"].as_array().into_iter().flatten() {
            let path = format!("/v1/ops/dead-letters/{}/redrive", queue["queue"].as_str().unwrap_or_default());
            for letter in queue["letters"].as_array().into_iter().flatten() {
                let asked = json!({ "message_id": letter["message_id"], "force": letter["needs_force"] });
                self.act("dead_letter.redrive", letter["message_id"].as_str().unwrap_or_default(), &path, asked).await;
            }
        }
    }

    /// Gives what lies in suspense to a user.
    pub async fn assign_suspense(&self, user: &str) {
        let Some(open) = self.client.get("/v1/ops/suspense").await else { return };
        for item in open.body["items"].as_array().into_iter().flatten() {
            let Some(id) = item["id"].as_str() else { continue };
            self.client.post(&format!("/v1/ops/suspense/{id}/assign"), json!({ "user_id": user })).await;
        }
    }

    /// Publishes something to everybody, and now and then thinks better of it.
    pub async fn publish(&self) {
        let data = json!({ "status": "degraded", "title": "Payouts to one bank are slow" });
        let asked = json!({ "channel": "system", "event": "system.status", "data": data });
        let Some(published) = self.client.pay("/v1/ops/publications", asked).await.ok() else { return };
        let id = published.text("id");
        if let Ok(publication) = id.parse::<PublicationId>() {
            self.did("publication.publish", &publication.fingerprint().to_string());
        }
        let path = format!("/v1/ops/publications/{id}");
        if self.client.world.cloud.fate.strikes(0.3) {
            self.act("publication.cancel", &id, &format!("{path}/cancel"), json!({})).await;
        }
        self.client.get(&path).await;
    }

    /// Tells some users something, and now and then pauses it, or takes it back.
    pub async fn tell_many(&self, users: &[String]) {
        let fate = &self.client.world.cloud.fate;
        let channel = if fate.strikes(0.5) { "push" } else { "sms" };
        let recipients: Vec<_> = users.iter().map(|user| json!({ "user_id": user })).collect();
        let per_minute = fate.within(1, 100);
        let asked = json!({ "name": "News", "template": "account.paused", "recipients": recipients, "per_minute": per_minute });
        let Some(opened) = self.client.pay(&format!("/v1/notifications/{channel}/bulk"), asked).await.ok() else { return };
        let path = format!("/v1/notifications/{channel}/bulk/{}", opened.text("id"));
        self.client.world.cloud.while_between(1_000, 60_000).await;
        if fate.strikes(0.3) {
            self.client.post(&format!("{path}/pause"), json!({})).await;
            self.client.world.cloud.while_between(1_000, 60_000).await;
            // Once more by hand, until it is heard: what is paused waits for ever.
            while matches!(self.client.post(&format!("{path}/resume"), json!({})).await, Outcome::Unknown) {
                self.client.world.cloud.while_between(1_000, 10_000).await;
            }
        }
        if fate.strikes(0.3) {
            self.client.post(&format!("{path}/cancel"), json!({})).await;
        }
        self.client.get(&format!("{path}/recipients")).await;
    }

    /// Makes a user an organisation's administrator.
    pub async fn make_administrator(&self, user: &str) {
        self.act("user.role", user, &format!("/v1/ops/users/{user}/role"), json!({ "role": "org_admin" })).await;
    }
}

//! An operator, who looks after what is left over.

use crate::{
    client::Client,
    world::{OPERATOR, World},
};
use functions::table::Queue;
use serde_json::json;
use std::sync::Arc;

pub struct Operator {
    pub client: Client,
}

impl Operator {
    pub fn new(world: &Arc<World>) -> Self {
        Self { client: Client::new(world, OPERATOR) }
    }

    /// Sends every dead letter back to its queue.
    pub async fn redrive(&self) {
        for queue in Queue::ALL {
            if self.client.world.cloud.queues.count(queue).dead > 0 {
                self.client.post(&format!("/v1/ops/dead-letters/{}/redrive", queue.name()), json!({})).await;
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

    /// Makes a user an organisation's administrator.
    pub async fn make_administrator(&self, user: &str) {
        self.client.post(&format!("/v1/ops/users/{user}/role"), json!({ "role": "org_admin" })).await;
    }
}

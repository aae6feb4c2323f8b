//! One delivery, and the schedule of the further ones.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::log::{Delivery, State};
use super::{Webhooks, lock, tamper};
use crate::faults::Kind;
use crate::provider::Provider;

/// How long a delivery is tried again, counted on the schedule's own clock.
const RETRY_FOR: u64 = 24 * 60 * 60;

/// How often a delivery looks whether its provider is up again.
const DOWN_POLL: Duration = Duration::from_millis(25);

impl Webhooks {
    pub(super) async fn deliver_until_taken(self: &Arc<Self>, id: &str, provider: Provider) {
        if !self.deliver_once(id, provider).await {
            self.retry_until_taken(id, provider).await;
        }
    }

    /// Pauses of 1, 2, 4, … seconds while they add up to 24 hours; then the endpoint is disabled.
    pub(super) async fn retry_until_taken(self: &Arc<Self>, id: &str, provider: Provider) {
        let mut pause_s = 1;
        let mut passed_s = 0;
        while passed_s + pause_s <= RETRY_FOR {
            tokio::time::sleep(Duration::from_millis(self.timing.webhook_retry_base_ms.saturating_mul(pause_s))).await;
            if self.deliver_once(id, provider).await {
                return;
            }
            passed_s += pause_s;
            pause_s *= 2;
        }
        tracing::warn!(provider = provider.name(), event_id = id, "24 hours of failures: webhook disabled");
        if let Some(endpoint) = lock(&self.endpoints).get_mut(&provider) {
            endpoint.enabled = false;
        }
        lock(&self.log).set_state(id, State::GaveUp);
    }

    /// Whether there is nothing more to do: taken, or nowhere to send it to.
    pub(super) async fn deliver_once(&self, id: &str, provider: Provider) -> bool {
        while self.faults.is_down(provider) {
            tokio::time::sleep(DOWN_POLL).await;
        }
        let Ok(_slot) = self.slots.acquire().await else {
            return true;
        };
        let Some(endpoint) = self.endpoint(provider) else {
            return true;
        };
        let Some(url) = endpoint.url.filter(|_| endpoint.enabled) else {
            lock(&self.log).set_state(id, State::NotSent);
            return true;
        };
        let Some((event, body, signature)) = lock(&self.log).get(id).map(|sent| (sent.event, sent.body.clone(), sent.signature.clone()))
        else {
            return true;
        };
        let tampered = self.faults.strike_webhook(provider, Kind::TamperedWebhooks, event, body.as_bytes()).is_some();
        let body = if tampered { tamper::alter_amount(&body) } else { body };

        let started = Instant::now();
        let answer = self
            .http
            .post(&url)
            .header("Content-Type", "application/json")
            .header("X-Razorpay-Signature", signature)
            .header("X-Razorpay-Event-Id", id)
            .body(body)
            .send()
            .await;
        let delivery = Delivery {
            at: crate::clock::rfc3339(),
            url,
            status: answer.as_ref().ok().map(|response| response.status().as_u16()),
            error: answer.as_ref().err().map(why),
            tampered,
            ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        };
        let taken = delivery.status.is_some_and(|status| (200..300).contains(&status));
        lock(&self.log).record(id, delivery, taken);
        taken
    }
}

/// What went wrong, in the words of somebody reading the history.
fn why(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "timed out"
    } else if error.is_connect() {
        "could not connect"
    } else {
        "the connection broke"
    }
}

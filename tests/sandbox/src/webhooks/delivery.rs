//! One delivery, and the schedule of the further ones.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::door::Posted;
use super::log::{Delivery, State};
use super::{Webhooks, lock, tamper};
use crate::faults::Kind;
use crate::provider::Provider;

/// How many seconds a delivery is tried again, counted on the schedule's own clock.
fn retry_for_s(provider: Provider) -> u64 {
    match provider {
        Provider::Razorpay
        | Provider::Razorpayx
        | Provider::Phonepe
        | Provider::Bills
        | Provider::Ses
        | Provider::Sms
        | Provider::Fcm
        | Provider::Webpush
        | Provider::Groq
        | Provider::Aa
        | Provider::Demobank
        | Provider::Uber
        | Provider::Feed
        | Provider::Plaid
        | Provider::Mono => 24 * 60 * 60,
        Provider::Whatsapp => 7 * 24 * 60 * 60,
        // Setu sends nothing twice.
        Provider::Twilio | Provider::Setu => 1,
    }
}

impl Webhooks {
    pub(super) async fn deliver_until_taken(self: &Arc<Self>, id: &str, provider: Provider) {
        if !self.deliver_once(id, provider).await {
            self.retry_until_taken(id, provider).await;
        }
    }

    /// Pauses of 1, 2, 4, … seconds while they add up to so much; then the endpoint is disabled,
    /// unless it is Twilio's, which gives up one event and no more.
    pub(super) async fn retry_until_taken(self: &Arc<Self>, id: &str, provider: Provider) {
        let mut pause_s = 1;
        let mut passed_s = 0;
        while passed_s + pause_s <= retry_for_s(provider) {
            tokio::time::sleep(Duration::from_millis(self.timing.webhook_retry_base_ms.saturating_mul(pause_s))).await;
            if self.deliver_once(id, provider).await {
                return;
            }
            passed_s += pause_s;
            pause_s *= 2;
        }
        tracing::warn!(provider = provider.name(), event_id = id, "failures for as long as it tries");
        if let Some(endpoint) = lock(&self.endpoints).get_mut(&provider).filter(|_| provider != Provider::Twilio) {
            endpoint.enabled = false;
        }
        lock(&self.log).set_state(id, State::GaveUp);
    }

    /// Whether there is nothing more to do: taken, or nowhere to send it to.
    pub(super) async fn deliver_once(&self, id: &str, provider: Provider) -> bool {
        while self.faults.is_down(provider) {
            tokio::time::sleep(Duration::from_millis(self.timing.down_poll_ms)).await;
        }
        let Ok(_slot) = self.slots.acquire().await else {
            return true;
        };
        let Some(endpoint) = self.endpoint(provider) else {
            return true;
        };
        let Some((event, body, signature, own_url)) =
            lock(&self.log).get(id).map(|sent| (sent.event, sent.body.clone(), sent.signature.clone(), sent.url.clone()))
        else {
            return true;
        };
        let Some(url) = own_url.or(endpoint.url).filter(|_| endpoint.enabled) else {
            lock(&self.log).set_state(id, State::NotSent);
            return true;
        };
        let signature = if provider == Provider::Plaid { self.plaid.header(&body) } else { signature };
        let tampered = self.faults.strike_webhook(provider, Kind::TamperedWebhooks, event, body.as_bytes()).is_some();
        let body = if tampered { tamper::alter(&body) } else { body };

        let started = Instant::now();
        let api_key = match provider {
            Provider::Aa => Some(self.signer.api_key().to_owned()),
            Provider::Phonepe => self.phonepe.key_id(),
            _ => None,
        };
        let posted = Posted { provider, url: url.clone(), event, event_id: id.to_owned(), signature, api_key, body };
        let answer = self.door.post(posted).await;
        let delivery = Delivery {
            at: crate::clock::rfc3339(),
            url,
            status: answer.ok(),
            error: answer.err(),
            tampered,
            ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        };
        let taken = delivery.status.is_some_and(|status| (200..300).contains(&status));
        lock(&self.log).record(id, delivery, taken);
        taken
    }
}

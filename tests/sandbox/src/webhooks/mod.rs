//! Webhooks as Razorpay sends them; Meta's and Twilio's, each signed and retried in its own way; SNS for
//! SES and an Account Aggregator, whose own schedules of retries are not played; and those of bills, PhonePe,
//! Plaid and Mono, which are tried as Razorpay's.
//!
//! At least once, in no particular order, each an independent delivery. The body is a snapshot
//! taken when the event happened, and its signature is made then too: a redelivery carries both
//! unchanged, whatever secret is in use by now. Any 2xx within the timeout (5 s) is success.
//! Anything else is tried again after a second, two, four, … for 24 hours; then the endpoint is
//! disabled, as the real one is, until it is enabled again (`PUT /webhooks/endpoints/{provider}`).
//!
//! Meta tries for seven days, and Twilio once more. A callback of Twilio's goes where its message
//! said, and what it signs is the address and the form.
//!
//! Source: the Razorpay sheet, section 4; the WhatsApp sheet, A2 and B1. How often Meta and Twilio
//! try again is not verified.

mod delivery;
pub mod door;
mod log;
pub mod routes;
mod tamper;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::account_aggregator::Signer;
use crate::banks::plaid;
use crate::config::{Config, MonoWebhooks, Phonepe, Timing};
use crate::faults::{Faults, Kind};
use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::tasks::Tasks;
use crate::{ids, signing};
use door::Door;
use log::{Log, Sent, State};

/// Deliveries under way at once. A backlog is worked off at this width instead of opening ten
/// thousand connections.
const WIDTH: usize = 64;

pub struct Webhooks {
    door: Door,
    timing: Timing,
    tasks: Arc<Tasks>,
    faults: Arc<Faults>,
    endpoints: Mutex<BTreeMap<Provider, Endpoint>>,
    log: Mutex<Log>,
    /// Events that a `reorder_webhooks` fault holds, oldest first.
    held: Mutex<HashMap<Provider, Vec<String>>>,
    slots: Semaphore,
    plaid: Arc<plaid::Signer>,
    mono: MonoWebhooks,
    phonepe: Phonepe,
    signer: Arc<Signer>,
}

/// An event that its receiver took.
#[derive(Debug, Clone)]
pub struct Taken {
    pub provider: Provider,
    pub event: &'static str,
    pub event_id: String,
    /// Where it went, if not to the provider's endpoint.
    pub url: Option<String>,
    pub body: String,
}

#[derive(Clone)]
struct Endpoint {
    url: Option<String>,
    secret: String,
    enabled: bool,
}

impl Webhooks {
    pub fn new(
        config: &Config,
        tasks: Arc<Tasks>,
        faults: Arc<Faults>,
        door: Door,
        signer: Arc<Signer>,
        plaid: Arc<plaid::Signer>,
    ) -> Arc<Self> {
        let endpoint = |url: &Option<String>, secret: &str| Endpoint {
            url: url.clone().filter(|url| !url.is_empty()),
            secret: secret.to_owned(),
            enabled: true,
        };
        let endpoints = BTreeMap::from([
            (Provider::Razorpay, endpoint(&config.razorpay.webhook_url, &config.razorpay.webhook_secret)),
            (Provider::Razorpayx, endpoint(&config.razorpayx.webhook_url, &config.razorpayx.webhook_secret)),
            (Provider::Phonepe, endpoint(&config.phonepe.webhook_url, config.phonepe.webhook_secret())),
            (Provider::Whatsapp, endpoint(&config.messaging.whatsapp_webhook_url, &config.messaging.whatsapp_app_secret)),
            (Provider::Twilio, endpoint(&config.messaging.twilio_webhook_url, &config.messaging.twilio_auth_token)),
            (Provider::Bills, endpoint(&config.bills.webhook_url, &config.bills.webhook_secret)),
            // What SNS posts carries its signature within.
            (Provider::Ses, endpoint(&config.email.webhook_url, "")),
            // Its events go where each link says, and are signed as they leave.
            (Provider::Plaid, endpoint(&None, "")),
            (Provider::Mono, endpoint(&config.banks.mono.webhook_url, &config.banks.mono.webhook_secret)),
            // Signs with a private key; its events have addresses below this one.
            (Provider::Aa, endpoint(&config.account_aggregator.notification_url, "")),
            // Signs nothing: the address says who speaks.
            (Provider::Setu, endpoint(&config.setu.webhook_url, "")),
        ]);
        Arc::new(Self {
            door,
            timing: config.timing.clone(),
            tasks,
            faults,
            endpoints: Mutex::new(endpoints),
            log: Mutex::default(),
            held: Mutex::default(),
            slots: Semaphore::new(WIDTH),
            plaid,
            mono: config.banks.mono.webhook_mode,
            phonepe: config.phonepe.clone(),
            signer,
        })
    }

    /// Signs the event now and sends it in its own time.
    pub fn send(self: &Arc<Self>, event: Event) {
        let secret = self.secret_for(&event);
        let Event { provider, name, body, url } = event;
        let address = url.clone().or_else(|| self.endpoint(provider)?.url).unwrap_or_default();
        let id = ids::event();
        let strike = |kind| self.faults.strike_webhook(provider, kind, name, body.as_bytes());
        let dropped = strike(Kind::DropWebhooks).is_some();
        let reordered = if dropped { None } else { strike(Kind::ReorderWebhooks) };
        let (late, duplicated) =
            if dropped || reordered.is_some() { (None, None) } else { (strike(Kind::LateWebhooks), strike(Kind::DuplicateWebhooks)) };
        lock(&self.log).add(Sent {
            event_id: id.clone(),
            provider,
            event: name,
            signature: self.signature(provider, &secret, &address, &body),
            body,
            url,
            state: if dropped { State::Dropped } else { State::Pending },
            created_at: crate::clock::rfc3339(),
            deliveries: Vec::new(),
        });
        if dropped {
            return;
        }
        if let Some(fault) = reordered {
            self.hold(provider, id, Duration::from_millis(fault.delay_ms()));
            return;
        }
        let late = late.map_or(Duration::ZERO, |fault| Duration::from_millis(fault.delay_ms()));
        let copies = duplicated.as_ref().map_or(1, |fault| fault.copies.unwrap_or(2));
        let apart = duplicated.map_or(Duration::ZERO, |fault| Duration::from_millis(fault.delay_ms()));
        for copy in 0..copies {
            let webhooks = Arc::clone(self);
            let id = id.clone();
            self.tasks.spawn(async move {
                tokio::time::sleep(late + apart * copy).await;
                webhooks.deliver_until_taken(&id, provider).await;
            });
        }
    }

    /// Sends an event that was sent before once more, with the retries of a new one.
    ///
    /// Whether there is such an event.
    pub fn resend(self: &Arc<Self>, event_id: &str) -> bool {
        let Some(provider) = lock(&self.log).get(event_id).map(|sent| sent.provider) else {
            return false;
        };
        let webhooks = Arc::clone(self);
        let id = event_id.to_owned();
        self.tasks.spawn(async move { webhooks.deliver_until_taken(&id, provider).await });
        true
    }

    /// Each event that its receiver took.
    pub fn taken(&self) -> Vec<Taken> {
        let log = lock(&self.log);
        let taken = log.oldest_first().filter(|sent| sent.state == State::Delivered).map(|sent| Taken {
            provider: sent.provider,
            event: sent.event,
            event_id: sent.event_id.clone(),
            url: sent.url.clone(),
            body: sent.body.clone(),
        });
        taken.collect()
    }

    /// Forgets what was sent and enables every endpoint.
    pub fn forget(&self) {
        *lock(&self.log) = Log::default();
        lock(&self.held).clear();
        for endpoint in lock(&self.endpoints).values_mut() {
            endpoint.enabled = true;
        }
    }

    fn secret_for(&self, event: &Event) -> String {
        self.faults
            .strike_webhook(event.provider, Kind::RotatedSecret, event.name, event.body.as_bytes())
            .and_then(|fault| fault.secret)
            .or_else(|| self.endpoint(event.provider).map(|endpoint| endpoint.secret))
            .unwrap_or_default()
    }

    /// As its header has it. Plaid's is made anew for each delivery, since it is good for minutes.
    fn signature(&self, provider: Provider, secret: &str, url: &str, body: &str) -> String {
        match provider {
            Provider::Razorpay
            | Provider::Razorpayx
            | Provider::Sms
            | Provider::Fcm
            | Provider::Webpush
            | Provider::Groq
            | Provider::Bills
            | Provider::Demobank
            | Provider::Uber
            | Provider::Feed => signing::hmac_sha256_hex(secret, body.as_bytes()),
            Provider::Phonepe => self.phonepe.signature(secret, body),
            Provider::Whatsapp => format!("sha256={}", signing::hmac_sha256_hex(secret, body.as_bytes())),
            Provider::Twilio => signing::twilio(secret, url, body),
            Provider::Mono => match self.mono {
                MonoWebhooks::SharedSecret => secret.to_owned(),
                MonoWebhooks::HmacSha512 => signing::hmac_sha512_hex(secret, body.as_bytes()),
            },
            Provider::Ses | Provider::Plaid | Provider::Setu => String::new(),
            Provider::Aa => self.signer.detached(body.as_bytes()),
        }
    }

    /// Where that provider's webhooks go.
    pub fn address(&self, provider: Provider) -> Option<String> {
        self.endpoint(provider)?.url
    }

    fn endpoint(&self, provider: Provider) -> Option<Endpoint> {
        lock(&self.endpoints).get(&provider).cloned()
    }

    /// Keeps the event; the first one kept sets the time at which all are sent, the last first.
    fn hold(self: &Arc<Self>, provider: Provider, id: String, window: Duration) {
        let mut held = lock(&self.held);
        let waiting = held.entry(provider).or_default();
        waiting.push(id);
        if waiting.len() > 1 {
            return;
        }
        let webhooks = Arc::clone(self);
        self.tasks.spawn(async move {
            tokio::time::sleep(window).await;
            let waiting = lock(&webhooks.held).remove(&provider).unwrap_or_default();
            // One by one, each answered before the next leaves: otherwise the order on the
            // receiver's side would be the network's.
            for id in waiting.into_iter().rev() {
                if !webhooks.deliver_once(&id, provider).await {
                    let again = Arc::clone(&webhooks);
                    webhooks.tasks.spawn(async move { again.retry_until_taken(&id, provider).await });
                }
            }
        });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

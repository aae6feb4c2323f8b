//! A sandbox that hurries, a client of it, and a receiver of its webhooks.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::routing::post;
use reqwest::Method;
use sandbox::{Config, Running, Sandbox, signing};
use serde_json::{Value, json};

/// For what must happen in the end. Nothing is measured with it.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Stage {
    pub sandbox: Running,
    pub config: Config,
    pub hooks: Receiver,
    http: reqwest::Client,
}

pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.body);
        self.body
    }

    /// The body of a refusal with this status.
    #[track_caller]
    pub fn refused(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }
}

impl Stage {
    pub async fn set() -> Result<Self> {
        Self::set_with(|_| {}).await
    }

    pub async fn set_with(change: impl FnOnce(&mut Config)) -> Result<Self> {
        let hooks = Receiver::start().await?;
        let mut config = Config::default();
        config.razorpay.webhook_url = Some(hooks.url.clone());
        config.razorpayx.webhook_url = Some(hooks.url.clone());
        config.email.webhook_url = Some(hooks.url.clone());
        config.messaging.whatsapp_webhook_url = Some(hooks.url.clone());
        config.messaging.twilio_webhook_url = Some(hooks.url.clone());
        config.bills.webhook_url = Some(hooks.url.clone());
        config.phonepe.webhook_url = Some(hooks.url.clone());
        config.account_aggregator.notification_url = Some(hooks.url.clone());
        config.timing.payout_ms = 10;
        config.timing.payout_slow_ms = 40;
        config.timing.payout_reversal_ms = 10;
        config.timing.validation_ms = 10;
        config.timing.refund_ms = 10;
        config.timing.email_ms = 10;
        config.timing.banks_ms = 10;
        config.timing.late_authorization_ms = 10;
        config.timing.message_ms = 10;
        config.timing.bill_fetch_ms = 5;
        config.timing.bill_ms = 10;
        config.timing.bill_slow_ms = 40;
        config.timing.bill_reversal_ms = 10;
        config.timing.bill_timeout_ms = 10;
        config.timing.complaint_ms = 10;
        config.timing.webhook_retry_base_ms = 5;
        change(&mut config);
        let sandbox = Sandbox::start(config.clone()).await?;
        Ok(Self { sandbox, config, hooks, http: reqwest::Client::new() })
    }

    /// A request to the payment gateway.
    pub async fn gateway(&self, method: Method, path: &str, body: Value) -> Result<Answer> {
        self.gateway_with(method, path, body, &[]).await
    }

    pub async fn gateway_with(&self, method: Method, path: &str, body: Value, headers: &[(&str, &str)]) -> Result<Answer> {
        let key = (&self.config.razorpay.key_id, &self.config.razorpay.key_secret);
        self.send(self.request(method, path, body, headers).basic_auth(key.0, Some(key.1))).await
    }

    /// A request to RazorpayX.
    pub async fn x(&self, method: Method, path: &str, body: Value) -> Result<Answer> {
        self.x_with(method, path, body, &[]).await
    }

    pub async fn x_with(&self, method: Method, path: &str, body: Value, headers: &[(&str, &str)]) -> Result<Answer> {
        let key = (&self.config.razorpayx.key_id, &self.config.razorpayx.key_secret);
        self.send(self.request(method, path, body, headers).basic_auth(key.0, Some(key.1))).await
    }

    /// A request to the sandbox itself.
    pub async fn control(&self, method: Method, path: &str, body: Value) -> Result<Answer> {
        self.send(self.request(method, path, body, &[])).await
    }

    pub async fn fault(&self, fault: Value) -> Result<Value> {
        Ok(self.control(Method::POST, "/faults", fault).await?.ok())
    }

    pub async fn items(&self, path: &str) -> Result<Vec<Value>> {
        let body = self.control(Method::GET, path, Value::Null).await?.ok();
        Ok(body["items"].as_array().context("no items")?.clone())
    }

    pub async fn order(&self, amount: i64) -> Result<String> {
        let ask = json!({ "amount": amount, "currency": "INR", "receipt": "rcpt-1" });
        let order = self.gateway(Method::POST, "/v1/orders", ask).await?.ok();
        Ok(order["id"].as_str().context("no id")?.to_owned())
    }

    /// Pays in full, and gives the payment's id.
    pub async fn paid(&self, order_id: &str, vpa: &str) -> Result<String> {
        let ask = json!({ "order_id": order_id, "vpa": vpa });
        let handed = self.control(Method::POST, "/customer/pay", ask).await?.ok();
        Ok(handed["razorpay_payment_id"].as_str().context("no id")?.to_owned())
    }

    pub fn payout_to(&self, vpa: &str, amount: i64) -> Value {
        json!({
            "account_number": self.config.razorpayx.account_number,
            "amount": amount,
            "currency": "INR",
            "mode": "UPI",
            "purpose": "payout",
            "reference_id": "pout_ref_1",
            "fund_account": {
                "account_type": "vpa",
                "vpa": { "address": vpa },
                "contact": { "name": "Ravi Kumar", "type": "employee" },
            },
        })
    }

    pub async fn pay_out(&self, key: &str, body: &Value) -> Result<Answer> {
        let headers = [("X-Payout-Idempotency", key)];
        self.x_with(Method::POST, "/v1/payouts", body.clone(), &headers).await
    }

    /// Waits until the payout is so, and gives it.
    pub async fn payout_is(&self, id: &str, status: &str) -> Result<Value> {
        let path = format!("/v1/payouts/{id}");
        eventually(async || {
            let payout = self.x(Method::GET, &path, Value::Null).await?.ok();
            Ok((payout["status"] == status).then_some(payout))
        })
        .await
    }

    pub fn request(&self, method: Method, path: &str, body: Value, headers: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let mut request = self.http.request(method, format!("{}{path}", self.sandbox.url()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if body.is_null() { request } else { request.json(&body) }
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Result<Answer> {
        let response = request.send().await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Answer { status, body })
    }
}

/// Asks until there is an answer.
pub async fn eventually<T>(mut ask: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = ask().await? {
            return Ok(found);
        }
        if Instant::now() > end {
            bail!("it did not happen");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Takes webhooks. Answers 200 unless told otherwise.
pub struct Receiver {
    pub url: String,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    hooks: Vec<Hook>,
    answers: VecDeque<StatusCode>,
    always: Option<StatusCode>,
}

#[derive(Clone, Debug)]
pub struct Hook {
    pub event_id: String,
    pub signature: String,
    /// Meta's, and Twilio's.
    pub hub_signature: String,
    pub twilio_signature: String,
    /// Of bills.
    pub bbps_signature: String,
    /// PhonePe's, of either kind.
    pub authorization: String,
    pub phonepe_key_id: String,
    pub phonepe_signature: String,
    pub plaid_signature: String,
    pub mono_secret: String,
    /// An Account Aggregator's.
    pub jws_signature: String,
    pub aa_api_key: String,
    pub path: String,
    pub raw: Vec<u8>,
    pub body: Value,
}

impl Hook {
    pub fn event(&self) -> &str {
        self.body["event"].as_str().unwrap_or_default()
    }

    pub fn entity(&self, name: &str) -> &Value {
        &self.body["payload"][name]["entity"]
    }

    pub fn is_signed_with(&self, secret: &str) -> bool {
        signing::hmac_sha256_hex(secret, &self.raw) == self.signature
    }
}

impl Receiver {
    async fn start() -> Result<Self> {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/hooks", listener.local_addr()?);
        let app = Router::new().route("/hooks", post(take)).route("/hooks/{*below}", post(take)).with_state(Arc::clone(&seen));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { url, seen })
    }

    /// The next deliveries are answered so, then 200 again.
    pub fn answer(&self, codes: &[u16]) -> Result<()> {
        let codes = codes.iter().map(|code| StatusCode::from_u16(*code));
        let codes = codes.collect::<Result<Vec<_>, _>>()?;
        lock(&self.seen).answers.extend(codes);
        Ok(())
    }

    pub fn answer_always(&self, code: u16) -> Result<()> {
        lock(&self.seen).always = Some(StatusCode::from_u16(code)?);
        Ok(())
    }

    pub fn all(&self) -> Vec<Hook> {
        lock(&self.seen).hooks.clone()
    }

    pub fn of(&self, event: &str) -> Vec<Hook> {
        self.all().into_iter().filter(|hook| hook.event() == event).collect()
    }

    /// Waits for so many deliveries of this event.
    pub async fn wait(&self, event: &str, count: usize) -> Result<Vec<Hook>> {
        let hooks = eventually(async || {
            let hooks = self.of(event);
            Ok((hooks.len() >= count).then_some(hooks))
        })
        .await
        .with_context(|| format!("{count} of {event}"))?;
        ensure!(!hooks.is_empty() || count == 0);
        Ok(hooks)
    }

    pub async fn first(&self, event: &str) -> Result<Hook> {
        self.wait(event, 1).await?.into_iter().next().context("none")
    }
}

async fn take(State(seen): State<Arc<Mutex<Seen>>>, uri: Uri, headers: HeaderMap, raw: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let mut seen = lock(&seen);
    seen.hooks.push(Hook {
        event_id: header("x-razorpay-event-id"),
        signature: header("x-razorpay-signature"),
        hub_signature: header("x-hub-signature-256"),
        twilio_signature: header("x-twilio-signature"),
        bbps_signature: header("x-bbps-signature"),
        authorization: header("authorization"),
        phonepe_key_id: header("x-phonepe-checksum-key-id"),
        phonepe_signature: header("x-phonepe-checksum-signature"),
        plaid_signature: header("plaid-verification"),
        mono_secret: header("mono-webhook-secret"),
        jws_signature: header("x-jws-signature"),
        aa_api_key: header("aa_api_key"),
        path: uri.path().to_owned(),
        body: serde_json::from_slice(&raw).unwrap_or_default(),
        raw: raw.to_vec(),
    });
    seen.answers.pop_front().or(seen.always).unwrap_or(StatusCode::OK)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

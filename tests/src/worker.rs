//! A signed-in user of the API.

use crate::{phone, problems, stack::Stack};
use anyhow::{Context, Result, bail};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

#[derive(Debug, Clone)]
pub struct Worker {
    pub stack: Stack,
    pub phone: String,
    pub user_id: String,
    pub token: String,
    pub refresh_token: String,
    /// Whether it asks again wherever a server fails, as an app on the street does. A test of the
    /// servers asks again only where it is told that it may.
    pub is_patient: bool,
}

/// How often a patient client tries, and how long it waits after each time.
pub(crate) const TRIES: u32 = 8;
pub(crate) const PAUSE: Duration = Duration::from_millis(400);

/// What the local cloud answers in a function's place when it stood still for longer than the function may run.
const STALLED: &str = "Sandbox.Timedout";
/// How often a log-in is tried for that.
const STALLS_MAX: usize = 4;

impl Worker {
    /// [`log_in`](Self::log_in), as often as it takes, as a patient client.
    pub async fn log_in_patiently(stack: &Stack, phone: &str) -> Result<Self> {
        let mut tried = 0;
        loop {
            tried += 1;
            match Self::log_in(stack, phone).await {
                Ok(worker) => return Ok(Self { is_patient: true, ..worker }),
                Err(error) if tried == TRIES => return Err(error),
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Logs in with the one-time password that the phone receives; again where the servers invite to it.
    pub async fn log_in(stack: &Stack, phone: &str) -> Result<Self> {
        let mut tried = 0;
        loop {
            tried += 1;
            let answer = Self::log_in_once(stack, phone).await;
            let Err(error) = &answer else { return answer };
            let text = error.to_string();
            if tried == STALLS_MAX || !(text.contains(STALLED) || text.contains(r#""retryable":true"#)) {
                return answer;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn log_in_once(stack: &Stack, phone: &str) -> Result<Self> {
        let seen = phone::messages(stack, phone).await?.len();
        let challenge = stack.post(format!("{}/v1/auth/otp", stack.api_url), json!({ "phone": phone, "channel": "sms" })).await?;
        let tokens = Self::proven(stack, phone, seen, &challenge["challenge_id"]).await?;
        let text = |name: &str| tokens[name].as_str().map(str::to_owned).with_context(|| format!("no {name}"));
        Ok(Self {
            stack: stack.clone(),
            phone: phone.to_owned(),
            user_id: text("user_id")?,
            token: text("access_token")?,
            refresh_token: text("refresh_token")?,
            is_patient: false,
        })
    }

    /// The code of an earlier log-in may arrive once more, so that it is taken for the new one: then the next is.
    async fn proven(stack: &Stack, phone: &str, seen: usize, challenge: &Value) -> Result<Value> {
        let otp = phone::otp(stack, phone, seen).await?;
        let prove = async |otp: String| {
            let proof = json!({ "challenge_id": challenge, "otp": otp });
            stack.post(format!("{}/v1/auth/token", stack.api_url), proof).await
        };
        match prove(otp.clone()).await {
            Err(error) if phone::messages(stack, phone).await?.iter().take(seen).any(|text| text.contains(&otp)) => {
                prove(phone::otp(stack, phone, seen + 1).await.context(error)?).await
            }
            proven => proven,
        }
    }

    /// Any call; `key` is the `Idempotency-Key`.
    pub async fn call(&self, method: Method, path: &str, key: Option<&str>, body: Option<Value>) -> Result<(StatusCode, Value)> {
        let mut request = self.stack.http.request(method, format!("{}{path}", self.stack.api_url)).bearer_auth(&self.token);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let (status, text) = self.stack.call(request).await?;
        problems::keep(status.as_u16(), &text);
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    /// [`call`](Self::call); where it does no harm a second time, it is asked again after a 503 that
    /// says so (`retryable`), and by a patient client after any answer that leaves open whether it
    /// was done.
    pub async fn insist(&self, method: Method, path: &str, key: Option<&str>, body: Option<Value>) -> Result<(StatusCode, Value)> {
        let is_named = key.is_some() || body.as_ref().is_some_and(|body| body["client_id"].is_string());
        let harmless = method == Method::GET || is_named || matches!(path, "/v1/realtime/tickets" | "/v1/notifications/read");
        let mut left = if harmless { TRIES } else { 1 };
        loop {
            left -= 1;
            let answer = self.call(method.clone(), path, key, body.clone()).await;
            let open = answer.as_ref().map_or(self.is_patient, |(status, body)| {
                let invited = *status == StatusCode::SERVICE_UNAVAILABLE && body["retryable"] == true;
                invited || *status == StatusCode::BAD_GATEWAY && body["errorType"] == STALLED || self.is_patient && status.is_server_error()
            });
            if !open || left == 0 {
                return answer;
            }
            tokio::time::sleep(PAUSE * (TRIES - left)).await;
        }
    }

    /// The same user with the patience of an app on the street.
    pub fn patient(&self) -> Self {
        Self { is_patient: true, ..self.clone() }
    }

    /// A call that must succeed.
    pub async fn get(&self, path: &str) -> Result<Value> {
        let (status, body) = self.insist(Method::GET, path, None, None).await?;
        if !status.is_success() {
            bail!("GET {path} answered {status}: {body}");
        }
        Ok(body)
    }

    /// A command that must succeed.
    pub async fn post(&self, path: &str, key: Option<&str>, body: Value) -> Result<Value> {
        let (status, reply) = self.insist(Method::POST, path, key, Some(body)).await?;
        if !status.is_success() {
            bail!("POST {path} answered {status}: {reply}");
        }
        Ok(reply)
    }

    /// Reads what a purpose's notice says today, in English, and agrees to it, or takes that back.
    pub async fn agree(&self, purpose: &str, given: bool) -> Result<Value> {
        let notices = self.get("/v1/privacy/notices").await?;
        let notice = notices["items"].as_array().into_iter().flatten().find(|notice| notice["purpose"] == purpose);
        let version = &notice.context("no such notice")?["version"];
        let said = json!({ "purpose": purpose, "notice_version": version, "lang": "en", "given": given });
        self.post("/v1/privacy/consents", None, said).await
    }

    /// Has a copy of everything made, with a fresh one-time password, and waits until it is there.
    pub async fn copied(&self) -> Result<Value> {
        let seen = phone::messages(&self.stack, &self.phone).await?.len();
        let (status, asked) = self.call(Method::POST, "/v1/privacy/exports", None, None).await?;
        if status != StatusCode::ACCEPTED {
            bail!("no one-time password is sent: {status} {asked}");
        }
        let otp = phone::otp(&self.stack, &self.phone, seen).await?;
        self.post("/v1/privacy/exports", None, json!({ "challenge_id": asked["challenge_id"], "otp": otp })).await?;
        for _ in 0..600 {
            let copy = self.get("/v1/privacy/exports").await?;
            if copy["status"] == "ready" {
                return Ok(copy);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("the copy is not made")
    }

    /// Has the account closed for good, with a fresh one-time password.
    pub async fn erased(&self) -> Result<Value> {
        let seen = phone::messages(&self.stack, &self.phone).await?.len();
        let (status, asked) = self.call(Method::POST, "/v1/privacy/erasure", None, None).await?;
        if status != StatusCode::ACCEPTED {
            bail!("no one-time password is sent: {status} {asked}");
        }
        let otp = phone::otp(&self.stack, &self.phone, seen).await?;
        self.post("/v1/privacy/erasure", None, json!({ "challenge_id": asked["challenge_id"], "otp": otp })).await
    }

    /// Opens an order for the amount, in paise.
    pub async fn order(&self, key: &str, amount: i64) -> Result<Value> {
        self.post("/v1/payments/orders", Some(key), json!({ "amount": amount, "currency": "INR", "note": "Ride to the airport" })).await
    }
}

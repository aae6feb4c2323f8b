//! An app as its user holds it: it asks, waits, asks again with the same key, and signs in anew.

use crate::{outside, weather::Fault, world::World};
use lambda::Request;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How often a request is repeated before its outcome is left unknown.
const TRIES: u32 = 8;

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub replayed: bool,
}

impl Answer {
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub fn text(&self, name: &str) -> String {
        self.body[name].as_str().unwrap_or_default().to_owned()
    }
}

/// What a request came to.
#[derive(Debug)]
pub enum Outcome {
    Ok(Answer),
    /// A definite no.
    No(Answer),
    /// No answer, however often it was asked: it may have happened.
    Unknown,
}

impl Outcome {
    pub fn ok(self) -> Option<Answer> {
        match self {
            Self::Ok(answer) => Some(answer),
            Self::No(_) | Self::Unknown => None,
        }
    }
}

pub struct Client {
    pub world: Arc<World>,
    pub phone: String,
    signed: Mutex<Signed>,
}

#[derive(Default)]
struct Signed {
    user: String,
    access: String,
    refresh: String,
    keys: u64,
}

impl Client {
    pub fn new(world: &Arc<World>, phone: &str) -> Self {
        Self { world: world.clone(), phone: phone.to_owned(), signed: Mutex::default() }
    }

    fn signed(&self) -> MutexGuard<'_, Signed> {
        self.signed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn user(&self) -> String {
        self.signed().user.clone()
    }

    /// Gives the refresh token away.
    pub fn take_refresh(&self) -> String {
        std::mem::take(&mut self.signed().refresh)
    }

    /// A key that this client has not used before.
    pub fn key(&self) -> String {
        let mut signed = self.signed();
        signed.keys += 1;
        format!("{}-{}", self.phone, signed.keys)
    }

    /// One try. `None`: no answer came.
    pub async fn once(&self, method: &str, path: &str, key: Option<&str>, body: Option<&Value>) -> Option<Answer> {
        let cloud = &self.world.cloud;
        cloud.leg().await;
        if cloud.weather.strikes(Fault::ClientRequestLost, &cloud.fate) {
            return None;
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut request = if method == "GET" { Request::get(path) } else { Request::post(path) }.query(query).source_ip("203.0.113.7");
        let access = self.signed().access.clone();
        if !access.is_empty() {
            request = request.bearer(&access);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let reply = self.world.request(request.build()).await?;
        cloud.leg().await;
        let body: Value = serde_json::from_slice(&reply.body).unwrap_or(Value::Null);
        if reply.status == 500 {
            cloud.journal.wrong(format!("{method} {path} answered 500: {body}"));
        }
        if cloud.weather.strikes(Fault::ClientAnswerLost, &cloud.fate) {
            return None;
        }
        Some(Answer { status: reply.status, replayed: reply.header("idempotency-replayed").is_some(), body })
    }

    /// Sends a form of a page of ours, once.
    pub async fn fills_in(&self, path: &str, form: &str) {
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded").source_ip("203.0.113.7").body(form);
        let status = self.world.request(request.build()).await.map(|reply| reply.status);
        if status == Some(500) {
            self.world.cloud.journal.wrong(format!("POST {path} answered 500"));
        }
    }

    /// A request, repeated as it is until there is an answer that stands.
    pub async fn ask(&self, method: &str, path: &str, key: Option<&str>, body: Option<Value>) -> Outcome {
        for attempt in 0..TRIES {
            if attempt > 0 {
                self.world.cloud.while_between(200, 2_000 << attempt.min(4)).await;
            }
            match self.once(method, path, key, body.as_ref()).await {
                Some(answer) if answer.status == 401 => {
                    self.sign_in().await;
                }
                Some(answer) if answer.status >= 500 || answer.status == 429 || answer.body["retryable"] == true => {}
                Some(answer) if answer.is_ok() => return Outcome::Ok(answer),
                Some(answer) => return Outcome::No(answer),
                None => {}
            }
        }
        Outcome::Unknown
    }

    pub async fn get(&self, path: &str) -> Option<Answer> {
        self.ask("GET", path, None, None).await.ok()
    }

    pub async fn post(&self, path: &str, body: Value) -> Outcome {
        self.ask("POST", path, None, Some(body)).await
    }

    /// A request that moves money, under a key of its own. Now and then it is sent once more after
    /// its answer, as from an app that forgot: the same is answered, and nothing done.
    pub async fn pay(&self, path: &str, body: Value) -> Outcome {
        let key = self.key();
        let first = self.ask("POST", path, Some(&key), Some(body.clone())).await;
        let cloud = &self.world.cloud;
        if let Outcome::Ok(first) = &first
            && !cloud.weather.is_fair()
            && cloud.fate.strikes(0.1)
            && let Outcome::Ok(again) = self.ask("POST", path, Some(&key), Some(body)).await
            && (again.body != first.body || !again.replayed)
        {
            cloud.journal.wrong(format!("POST {path} was answered {}, and again {}", first.body, again.body));
        }
        first
    }

    /// Gets new tokens, by the refresh token or with a one-time password; whether that went well.
    pub async fn sign_in(&self) -> bool {
        let refresh = std::mem::take(&mut self.signed().refresh);
        self.signed().access.clear();
        if !refresh.is_empty()
            && let Some(answer) = self.once("POST", "/v1/auth/refresh", None, Some(&json!({ "refresh_token": refresh }))).await
            && self.take(&answer)
        {
            return true;
        }
        let seen = self.messages().await.len();
        let asked = json!({ "phone": self.phone, "channel": "sms" });
        let Some(challenge) = self.once("POST", "/v1/auth/otp", None, Some(&asked)).await.filter(Answer::is_ok) else { return false };
        let Some(otp) = self.read_otp(seen).await else { return false };
        let proof = json!({ "challenge_id": challenge.text("challenge_id"), "otp": otp });
        let answer = self.once("POST", "/v1/auth/token", None, Some(&proof)).await;
        answer.is_some_and(|answer| self.take(&answer))
    }

    fn take(&self, answer: &Answer) -> bool {
        if !answer.is_ok() {
            return false;
        }
        let mut signed = self.signed();
        signed.access = answer.text("access_token");
        signed.refresh = answer.text("refresh_token");
        if let Some(user) = answer.body["user_id"].as_str() {
            signed.user = user.to_owned();
        }
        true
    }

    /// The newest one-time password on this phone, once there are more messages than were seen.
    pub async fn read_otp(&self, seen: usize) -> Option<String> {
        for _ in 0..60 {
            self.world.cloud.while_between(300, 2_000).await;
            let messages = self.messages().await;
            if messages.len() > seen {
                let text = messages.last()?["text"].as_str()?.to_owned();
                return text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).map(str::to_owned);
            }
        }
        None
    }

    /// The one-time passwords that have arrived on this phone, among notices.
    pub async fn messages(&self) -> Vec<Value> {
        let path = format!("/phones/{}/messages", self.phone.trim_start_matches('+'));
        let inbox = outside::ask(&self.world, "GET", &path, None).await;
        let is_code = |item: &&Value| item["text"].as_str().is_some_and(|text| text.contains("login code"));
        inbox["items"].as_array().into_iter().flatten().filter(is_code).cloned().collect()
    }

    /// Signs in, however long it takes.
    pub async fn be_signed_in(&self) {
        while !self.sign_in().await {
            self.world.cloud.while_between(1_000, 20_000).await;
        }
    }

    /// Gets pushes in a browser. Their texts are sealed for the one of RFC 8291, section 5.
    pub async fn subscribe(&self) {
        let Some(key) = self.get("/v1/notifications/push/vapid-key").await else { return };
        let wanted = json!({ "application_server_key": key.body["vapid_public_key"] });
        let browser = outside::ask(&self.world, "POST", "/webpush", Some(wanted)).await;
        let keys = json!({
            "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "auth": "BTBZMqHH6r4Tts7J_aSIgg",
        });
        let subscription = json!({ "endpoint": browser["endpoint"], "expirationTime": null, "keys": keys });
        self.post("/v1/notifications/push/subscribe", json!({ "subscription": subscription })).await;
    }
}

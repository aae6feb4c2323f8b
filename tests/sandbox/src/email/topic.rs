//! The SNS topic that the reports are published to.
//!
//! | request | answer |
//! |---|---|
//! | `GET /sns/SimpleNotificationService-sandbox.pem` | the certificate that messages are signed with |
//! | `POST /sns/subscribe` | 202; a `SubscriptionConfirmation` is sent to the webhook |
//! | `GET /sns/confirm?Action=ConfirmSubscription&TopicArn=&Token=` | 200 with XML, where it is the one last sent |
//! | `GET /sns/subscription` | `{"confirmed"}` |
//!
//! Reports go out whether the subscription was confirmed or not, so that a stack need not be
//! subscribed anew after every reset. All are signed in version 2.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize, SigningKey as _};
use serde_json::{Value, json};

use crate::config::Email;
use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::reply::Refused;
use crate::world::World;
use crate::{clock, ids};

/// What a subscription's confirmation is told as.
pub const CONFIRMATION: &str = "SubscriptionConfirmation";
const CERTIFICATE_PATH: &str = "/sns/SimpleNotificationService-sandbox.pem";

pub struct Topic {
    arn: String,
    base_url: String,
    /// Made when it is first wanted: an RSA key takes a moment, and most sandboxes send no mail.
    signer: OnceLock<Option<Signer>>,
}

struct Signer {
    key: KeyPair,
    certificate_pem: String,
}

#[derive(Clone, Default)]
pub struct Subscription {
    token: Option<String>,
    confirmed: bool,
}

impl Topic {
    pub fn new(config: &Email) -> Self {
        let base_url = config.base_url.clone().unwrap_or_default();
        Self { arn: config.topic_arn.clone(), base_url, signer: OnceLock::new() }
    }

    /// A report, to be sent.
    pub fn notification(&self, name: &'static str, message: &str) -> Option<Event> {
        let fields = [
            ("Message", message.to_owned()),
            ("MessageId", ids::uuid()),
            ("Subject", "Amazon SES Email Event Notification".to_owned()),
            ("Timestamp", clock::rfc3339()),
            ("TopicArn", self.arn.clone()),
            ("Type", "Notification".to_owned()),
        ];
        self.sign(name, &fields)
    }

    fn confirmation(&self, token: &str) -> Option<Event> {
        let url = format!("{}/sns/confirm?Action=ConfirmSubscription&TopicArn={}&Token={token}", self.base_url, self.arn);
        let fields = [
            ("Message", format!("You have chosen to subscribe to the topic {}.", self.arn)),
            ("MessageId", ids::uuid()),
            ("SubscribeURL", url),
            ("Timestamp", clock::rfc3339()),
            ("Token", token.to_owned()),
            ("TopicArn", self.arn.clone()),
            ("Type", CONFIRMATION.to_owned()),
        ];
        self.sign(CONFIRMATION, &fields)
    }

    /// The envelope of these fields, which are given in the order in which they are signed.
    fn sign(&self, name: &'static str, fields: &[(&str, String)]) -> Option<Event> {
        let text: String = fields.iter().map(|(name, value)| format!("{name}\n{value}\n")).collect();
        let signature = self.signer()?.key.sign(text.as_bytes()).ok()?;
        let mut envelope: serde_json::Map<String, Value> = fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        envelope.insert("SignatureVersion".into(), json!("2"));
        envelope.insert("Signature".into(), json!(STANDARD.encode(signature)));
        envelope.insert("SigningCertURL".into(), json!(format!("{}{CERTIFICATE_PATH}", self.base_url)));
        Some(Event { provider: Provider::Ses, name, body: Value::Object(envelope).to_string(), url: None })
    }

    fn signer(&self) -> Option<&Signer> {
        let signer = self.signer.get_or_init(|| {
            let made = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).and_then(|key| {
                let certificate = CertificateParams::new(vec!["sns.amazonaws.com".to_owned()])?.self_signed(&key)?;
                Ok(Signer { key, certificate_pem: certificate.pem() })
            });
            made.inspect_err(|error| tracing::error!(%error, "no key to sign for SNS with")).ok()
        });
        signer.as_ref()
    }
}

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route(CERTIFICATE_PATH, get(certificate))
        .route("/sns/subscribe", post(subscribe))
        .route("/sns/confirm", get(confirm))
        .route("/sns/subscription", get(subscription))
}

async fn certificate(State(world): State<Arc<World>>) -> Response {
    match world.shared.topic.signer() {
        Some(signer) => ([(header::CONTENT_TYPE, "application/x-pem-file")], signer.certificate_pem.clone()).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn subscribe(State(world): State<Arc<World>>) -> StatusCode {
    let token = ids::alphanumeric(64).to_lowercase();
    let event = world.shared.topic.confirmation(&token);
    world.book().email.subscription = Subscription { token: Some(token), confirmed: false };
    world.announce(event);
    StatusCode::ACCEPTED
}

async fn confirm(State(world): State<Arc<World>>, Query(query): Query<HashMap<String, String>>) -> Result<&'static str, Refused> {
    let given = |name: &str| query.get(name).map(String::as_str);
    let mut book = world.book();
    let subscription = &mut book.email.subscription;
    let is_last = given("Token").is_some() && given("Token") == subscription.token.as_deref();
    if given("Action") != Some("ConfirmSubscription") || given("TopicArn") != Some(&world.shared.topic.arn) || !is_last {
        return Err(Refused::bad_request("no subscription of this topic waits for this token"));
    }
    subscription.confirmed = true;
    Ok("<ConfirmSubscriptionResponse/>")
}

async fn subscription(State(world): State<Arc<World>>) -> Json<Value> {
    Json(json!({ "confirmed": world.book().email.subscription.confirmed }))
}

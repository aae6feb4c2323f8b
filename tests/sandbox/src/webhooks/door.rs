//! What stands between a delivery and its receiver: the network, or a receiver in this process.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use anyhow::Context;

use crate::config::Timing;
use crate::email::topic::CONFIRMATION;
use crate::provider::Provider;

/// One delivery, as it leaves.
#[derive(Debug, Clone)]
pub struct Posted {
    pub provider: Provider,
    pub url: String,
    pub event: &'static str,
    pub event_id: String,
    /// As its header has it.
    pub signature: String,
    /// What the sender is known by, where a signature alone does not say.
    pub api_key: Option<String>,
    pub body: String,
}

impl Posted {
    /// What the provider puts above the body.
    pub fn headers(&self) -> Vec<(&'static str, &str)> {
        let (content_type, user_agent) = match self.provider {
            Provider::Razorpay
            | Provider::Razorpayx
            | Provider::Sms
            | Provider::Fcm
            | Provider::Webpush
            | Provider::Groq
            | Provider::Demobank
            | Provider::Uber
            | Provider::Feed => ("application/json", "Razorpay-Webhook/v1"),
            Provider::Plaid => ("application/json", "Plaid-Webhooks"),
            Provider::Mono => ("application/json", "Mono-Webhooks"),
            Provider::Phonepe => ("application/json", "PhonePe-Webhooks"),
            Provider::Bills | Provider::Setu => ("application/json", "setu-webhook/1.0"),
            Provider::Whatsapp => ("application/json", "facebookexternalua"),
            Provider::Twilio => ("application/x-www-form-urlencoded; charset=UTF-8", "TwilioProxy/1.1"),
            Provider::Ses => ("text/plain; charset=UTF-8", "Amazon Simple Notification Service Agent"),
            Provider::Aa => ("application/json", "ReBIT-AA/2.0.0"),
        };
        let mut headers = vec![("Content-Type", content_type), ("User-Agent", user_agent)];
        headers.extend(match self.provider {
            Provider::Razorpay
            | Provider::Razorpayx
            | Provider::Sms
            | Provider::Fcm
            | Provider::Webpush
            | Provider::Groq
            | Provider::Demobank
            | Provider::Uber
            | Provider::Feed => {
                vec![("X-Razorpay-Signature", self.signature.as_str()), ("X-Razorpay-Event-Id", self.event_id.as_str())]
            }
            Provider::Phonepe => match self.api_key.as_deref() {
                Some(key_id) => vec![("X-PhonePe-Checksum-Key-Id", key_id), ("X-PhonePe-Checksum-Signature", self.signature.as_str())],
                None => vec![("Authorization", self.signature.as_str())],
            },
            Provider::Setu => Vec::new(),
            Provider::Bills => vec![("X-Bbps-Signature", self.signature.as_str())],
            Provider::Plaid => vec![("Plaid-Verification", self.signature.as_str())],
            Provider::Mono => vec![("mono-webhook-secret", self.signature.as_str())],
            Provider::Whatsapp => vec![("X-Hub-Signature-256", self.signature.as_str())],
            Provider::Twilio => {
                vec![("X-Twilio-Signature", self.signature.as_str()), ("I-Twilio-Idempotency-Token", self.event_id.as_str())]
            }
            Provider::Ses => {
                vec![("x-amz-sns-message-type", if self.event == CONFIRMATION { CONFIRMATION } else { "Notification" })]
            }
            Provider::Aa => {
                vec![("x-jws-signature", self.signature.as_str()), ("aa_api_key", self.api_key.as_deref().unwrap_or_default())]
            }
        });
        headers
    }
}

/// The status that it was answered with, or in the words of somebody reading the history what went
/// wrong.
pub type Answered = Result<u16, &'static str>;

/// A receiver in this process; it keeps the sender's time limit itself.
pub trait Receiver: Send + Sync {
    fn receive(&self, posted: Posted) -> Pin<Box<dyn Future<Output = Answered> + Send + '_>>;
}

#[derive(Clone)]
pub enum Door {
    Network(reqwest::Client),
    Within(Arc<dyn Receiver>),
}

impl Door {
    /// # Errors
    ///
    /// When the HTTP client cannot be made.
    pub fn network(timing: &Timing) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .timeout(timing.webhook_timeout())
            .redirect(reqwest::redirect::Policy::none())
            // Receivers are on this machine; a proxy meant for the internet would not find them.
            .no_proxy()
            .build()
            .context("no HTTP client for webhooks")?;
        Ok(Self::Network(client))
    }

    pub(super) async fn post(&self, posted: Posted) -> Answered {
        let client = match self {
            Self::Network(client) => client,
            Self::Within(receiver) => return receiver.receive(posted).await,
        };
        let request = posted.headers().into_iter().fold(client.post(&posted.url), |request, (name, value)| request.header(name, value));
        let answer = request.body(posted.body).send().await;
        answer.map(|response| response.status().as_u16()).map_err(|error| why(&error))
    }
}

fn why(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "timed out"
    } else if error.is_connect() {
        "could not connect"
    } else {
        "the connection broke"
    }
}

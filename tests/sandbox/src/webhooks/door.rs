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
    pub url: String,
    pub provider: Provider,
    pub event: &'static str,
    pub event_id: String,
    pub signature: String,
    pub body: String,
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
            .user_agent("Razorpay-Webhook/v1")
            .build()
            .context("no HTTP client for webhooks")?;
        Ok(Self::Network(client))
    }

    pub(super) async fn post(&self, posted: Posted) -> Answered {
        let client = match self {
            Self::Network(client) => client,
            Self::Within(receiver) => return receiver.receive(posted).await,
        };
        let request = client.post(&posted.url);
        let request = match posted.provider {
            Provider::Ses => request
                .header("Content-Type", "text/plain; charset=UTF-8")
                .header("User-Agent", "Amazon Simple Notification Service Agent")
                .header("x-amz-sns-message-type", if posted.event == CONFIRMATION { CONFIRMATION } else { "Notification" }),
            _ => request
                .header("Content-Type", "application/json")
                .header("X-Razorpay-Signature", posted.signature)
                .header("X-Razorpay-Event-Id", posted.event_id),
        };
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

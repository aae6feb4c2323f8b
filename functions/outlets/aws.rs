//! SQS, SNS and API Gateway.

use super::{DeadLetter, Outlets, Pending, Posted};
use crate::{api::sha256_hex, table::Queue, work::WorkMessage};
use aws_sdk_apigatewaymanagement as sockets;
use aws_sdk_sqs::types::{MessageAttributeValue, MessageSystemAttributeName, QueueAttributeName, SendMessageBatchRequestEntry};
use aws_types::SdkConfig;
use lambda::{BoxError, StartError, Trace, log::trace::ATTRIBUTE, setting_or};
use serde::Deserialize;
use std::{
    collections::HashMap,
    time::{SystemTime, UNIX_EPOCH},
};

/// A message is given up after a minute at the least.
const ONCE_S: u64 = 20;

#[derive(Debug, Clone, Deserialize)]
struct DeadLetterQueue {
    url: String,
    dlq_url: String,
}

pub struct AwsOutlets {
    sqs: aws_sdk_sqs::Client,
    sns: aws_sdk_sns::Client,
    sockets: Option<sockets::Client>,
    queues: HashMap<Queue, String>,
    dead_letters: HashMap<String, DeadLetterQueue>,
    topic: String,
}

impl AwsOutlets {
    pub fn from_env(config: &SdkConfig) -> Result<Self, StartError> {
        let given = |name: &str| Some(setting_or(name, "")).filter(|value| !value.is_empty());
        let queues =
            Queue::ALL.into_iter().filter_map(|queue| Some((queue, given(&format!("KAMAI_QUEUE_{}", queue.name().to_uppercase()))?)));
        let dead_letters = serde_json::from_str(&setting_or("KAMAI_DEAD_LETTERS", "{}"))
            .map_err(|error| StartError::new("KAMAI_DEAD_LETTERS is not as it must be").caused_by(error))?;
        let sockets = given("KAMAI_CONNECTIONS_URL")
            .map(|url| sockets::Client::from_conf(sockets::config::Builder::from(config).endpoint_url(url).build()));
        Ok(Self {
            sqs: aws_sdk_sqs::Client::new(config),
            sns: aws_sdk_sns::Client::new(config),
            sockets,
            queues: queues.collect(),
            dead_letters,
            topic: setting_or("KAMAI_TOPIC_FACTS", ""),
        })
    }

    fn dead_letter_queue(&self, queue: Queue) -> Result<&DeadLetterQueue, BoxError> {
        self.dead_letters.get(queue.name()).ok_or_else(|| "this function looks at no dead letters".into())
    }

    async fn send_to(&self, queue: Queue, url: &str, body: String, delay_s: u32, trace: &Trace) -> Result<(), BoxError> {
        let attribute = MessageAttributeValue::builder().data_type("String").string_value(trace.to_attribute()).build()?;
        let delay = Some(delay_s).filter(|seconds| *seconds > 0).map(i32::try_from).transpose()?;
        let mut message = self.sqs.send_message().queue_url(url).set_delay_seconds(delay);
        if queue.is_ordered() {
            let group = WorkMessage::group_of(&body).ok_or("a message without a group has no place in an ordered queue")?;
            message = message.message_group_id(group).message_deduplication_id(once_of(&body, SystemTime::now()));
        }
        let message = message.message_body(body);
        message.message_attributes(ATTRIBUTE, attribute).send().await?;
        Ok(())
    }
}

impl AwsOutlets {
    /// How many were refused.
    async fn try_batch(&self, queue: Queue, bodies: Vec<String>, trace: &Trace) -> Result<usize, BoxError> {
        let url = self.queues.get(&queue).ok_or_else(|| format!("this function does not send to {}", queue.name()))?;
        let attribute = MessageAttributeValue::builder().data_type("String").string_value(trace.to_attribute()).build()?;
        let entry = |(place, body): (usize, String)| {
            let entry = SendMessageBatchRequestEntry::builder().id(place.to_string()).message_body(body);
            entry.message_attributes(ATTRIBUTE, attribute.clone()).build()
        };
        let entries = bodies.into_iter().enumerate().map(entry).collect::<Result<Vec<_>, _>>()?;
        let answer = self.sqs.send_message_batch().queue_url(url).set_entries(Some(entries)).send().await?;
        Ok(answer.failed.len())
    }
}

/// The same message sent twice in a row is one; sent back later, after it was given up, it is another.
fn once_of(body: &str, now: SystemTime) -> String {
    let since = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    sha256_hex(format!("{} {body}", since / ONCE_S).as_bytes())
}

impl Outlets for AwsOutlets {
    fn send_later<'a>(&'a self, queue: Queue, body: String, delay_s: u32, trace: &'a Trace) -> Pending<'a, Result<(), BoxError>> {
        Box::pin(async move {
            let url = match (self.queues.get(&queue), self.dead_letters.get(queue.name())) {
                (Some(url), _) => url,
                (None, Some(queue)) => &queue.url,
                (None, None) => return Err(format!("this function does not send to {}", queue.name()).into()),
            };
            self.send_to(queue, url, body, delay_s, trace).await
        })
    }

    fn send_batch<'a>(&'a self, queue: Queue, bodies: Vec<String>, trace: &'a Trace) -> Pending<'a, usize> {
        Box::pin(async move {
            let all = bodies.len();
            match self.try_batch(queue, bodies, trace).await {
                Ok(refused) => refused,
                Err(cause) => {
                    tracing::warn!(queue = queue.name(), cause = %lambda::log::chain::Chain(&*cause), "a batch was not sent");
                    all
                }
            }
        })
    }

    fn publish<'a>(&'a self, queue: Queue, body: String, trace: &'a Trace) -> Pending<'a, Result<(), BoxError>> {
        use aws_sdk_sns::types::MessageAttributeValue;
        Box::pin(async move {
            let text = |value: String| MessageAttributeValue::builder().data_type("String").string_value(value).build();
            let request = self.sns.publish().topic_arn(&self.topic).message(body);
            let request = request.message_attributes("queue", text(queue.name().to_owned())?);
            request.message_attributes(ATTRIBUTE, text(trace.to_attribute())?).send().await?;
            Ok(())
        })
    }

    fn post<'a>(&'a self, connection: &'a str, frame: String) -> Pending<'a, Posted> {
        Box::pin(async move {
            let Some(client) = &self.sockets else { return Posted::Failed };
            let data = sockets::primitives::Blob::new(frame);
            match client.post_to_connection().connection_id(connection).data(data).send().await {
                Ok(_) => Posted::Delivered,
                Err(error) if error.as_service_error().is_some_and(|error| error.is_gone_exception()) => Posted::Gone,
                Err(error) if error.raw_response().is_some_and(|response| response.status().as_u16() == 410) => Posted::Gone,
                Err(error) => {
                    tracing::warn!(cause = %lambda::log::chain::Chain(&error), "a frame was not delivered");
                    Posted::Failed
                }
            }
        })
    }

    fn cut<'a>(&'a self, connection: &'a str) -> Pending<'a, ()> {
        Box::pin(async move {
            let Some(client) = &self.sockets else { return };
            if let Err(error) = client.delete_connection().connection_id(connection).send().await {
                tracing::info!(cause = %lambda::log::chain::Chain(&error), "a connection was not cut: it is gone, or goes later");
            }
        })
    }

    fn dead_letters(&self, queue: Queue, hide_s: i32) -> Pending<'_, Result<Vec<DeadLetter>, BoxError>> {
        Box::pin(async move {
            let url = &self.dead_letter_queue(queue)?.dlq_url;
            let request = self.sqs.receive_message().queue_url(url).max_number_of_messages(10).visibility_timeout(hide_s);
            let request = request.message_system_attribute_names(MessageSystemAttributeName::All).message_attribute_names("All");
            let messages = request.send().await?.messages.unwrap_or_default();
            Ok(messages
                .into_iter()
                .map(|message| {
                    let trace = message.message_attributes.as_ref().and_then(|all| all.get(ATTRIBUTE)?.string_value.clone());
                    let sent =
                        message.attributes.as_ref().and_then(|all| all.get(&MessageSystemAttributeName::SentTimestamp)?.parse().ok());
                    DeadLetter {
                        id: message.message_id.unwrap_or_default(),
                        body: message.body.unwrap_or_default(),
                        trace: trace.and_then(|text| Trace::from_attribute(&text)).unwrap_or_default(),
                        sent_at_ms: sent.unwrap_or_default(),
                        receipt: message.receipt_handle.unwrap_or_default(),
                    }
                })
                .collect())
        })
    }

    fn dead_letter_count(&self, queue: Queue) -> Pending<'_, Result<u64, BoxError>> {
        Box::pin(async move {
            let url = &self.dead_letter_queue(queue)?.dlq_url;
            let name = QueueAttributeName::ApproximateNumberOfMessages;
            let answer = self.sqs.get_queue_attributes().queue_url(url).attribute_names(name.clone()).send().await?;
            Ok(answer.attributes.and_then(|all| all.get(&name)?.parse().ok()).unwrap_or(0))
        })
    }

    fn bury<'a>(&'a self, queue: Queue, receipt: &'a str) -> Pending<'a, Result<(), BoxError>> {
        Box::pin(async move {
            let url = &self.dead_letter_queue(queue)?.dlq_url;
            self.sqs.delete_message().queue_url(url).receipt_handle(receipt).send().await?;
            Ok(())
        })
    }
}

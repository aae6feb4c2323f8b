//! The envelope, and the text that is signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::certificate::Digest;
use crate::call::{Illegible, read_json_object};
use crate::signature::Verified;

/// A message of SNS whose sender is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Notification(Notification),
    /// Somebody wants our endpoint to receive what the topic sends.
    SubscriptionConfirmation(Confirmation),
    /// Our endpoint was taken off the topic; confirming puts it back.
    UnsubscribeConfirmation(Confirmation),
}

/// What was published to the topic.
#[derive(Clone, PartialEq, Eq)]
pub struct Notification {
    id: String,
    text: String,
}

/// What to answer with, in order to receive what the topic sends.
#[derive(Clone, PartialEq, Eq)]
pub struct Confirmation {
    id: String,
    subscribe_url: String,
}

impl Message {
    /// SNS' id of the message, the same on every delivery of it.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Notification(notification) => &notification.id,
            Self::SubscriptionConfirmation(confirmation) | Self::UnsubscribeConfirmation(confirmation) => &confirmation.id,
        }
    }
}

impl Notification {
    /// What was published, such as SES' report, as JSON in a string.
    #[must_use]
    pub fn text(&self) -> Verified<'_> {
        Verified::by_other_scheme(self.text.as_bytes())
    }
}

impl Confirmation {
    pub(super) fn subscribe_url(&self) -> &str {
        &self.subscribe_url
    }
}

impl std::fmt::Debug for Notification {
    /// Says which it is, not what it says: a report names people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Notification({})", self.id)
    }
}

impl std::fmt::Debug for Confirmation {
    /// Without the URL, whose token is a credential.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Confirmation({})", self.id)
    }
}

/// An envelope that nobody has looked at yet.
pub(super) struct Envelope {
    fields: Fields,
    kind: Kind,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Fields {
    #[serde(rename = "Type")]
    type_name: String,
    message_id: String,
    topic_arn: String,
    subject: Option<String>,
    message: String,
    timestamp: String,
    signature_version: String,
    signature: String,
    #[serde(rename = "SigningCertURL")]
    signing_cert_url: String,
    token: Option<String>,
    #[serde(rename = "SubscribeURL")]
    subscribe_url: Option<String>,
}

enum Kind {
    Notification,
    Subscription { token: String, subscribe_url: String },
    Unsubscription { token: String, subscribe_url: String },
}

impl Envelope {
    pub(super) fn parse(body: &[u8]) -> Result<Self, Illegible> {
        let wrong = |path: &str| Illegible::WrongShape { path: path.to_owned() };
        let mut fields: Fields = read_json_object(body)?;
        // Line breaks are not escaped in the text that is signed. Were they allowed in more than the
        // message, one signature would fit envelopes that cut the text at other places.
        let lines = [
            ("MessageId", Some(&fields.message_id)),
            ("Subject", fields.subject.as_ref()),
            ("Timestamp", Some(&fields.timestamp)),
            ("TopicArn", Some(&fields.topic_arn)),
            ("Token", fields.token.as_ref()),
            ("SubscribeURL", fields.subscribe_url.as_ref()),
        ];
        if let Some((name, _)) = lines.into_iter().find(|(_, value)| value.is_some_and(|value| value.contains('\n'))) {
            return Err(wrong(name));
        }
        let kind = match fields.type_name.as_str() {
            "Notification" => Kind::Notification,
            "SubscriptionConfirmation" | "UnsubscribeConfirmation" => {
                let token = fields.token.take().ok_or_else(|| wrong("Token"))?;
                let subscribe_url = fields.subscribe_url.take().ok_or_else(|| wrong("SubscribeURL"))?;
                if fields.type_name.starts_with('S') {
                    Kind::Subscription { token, subscribe_url }
                } else {
                    Kind::Unsubscription { token, subscribe_url }
                }
            }
            _ => return Err(wrong("Type")),
        };
        Ok(Self { fields, kind })
    }

    pub(super) fn topic_arn(&self) -> &str {
        &self.fields.topic_arn
    }

    pub(super) fn certificate_url(&self) -> &str {
        &self.fields.signing_cert_url
    }

    /// How the text was hashed before it was signed, by the version of the signature.
    pub(super) fn digest(&self) -> Option<Digest> {
        match self.fields.signature_version.as_str() {
            "1" => Some(Digest::Sha1),
            "2" => Some(Digest::Sha256),
            _ => None,
        }
    }

    pub(super) fn signature(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.fields.signature).ok()
    }

    /// Names and values in a fixed order, each on a line of its own (`email-sms.md`, A3; the second
    /// list is unverified there).
    pub(super) fn signed_text(&self) -> String {
        let fields = &self.fields;
        let lines: Vec<(&str, &str)> = match &self.kind {
            Kind::Notification => {
                let subject = fields.subject.as_deref().map(|subject| ("Subject", subject));
                [("Message", fields.message.as_str()), ("MessageId", &fields.message_id)]
                    .into_iter()
                    .chain(subject)
                    .chain([("Timestamp", fields.timestamp.as_str()), ("TopicArn", &fields.topic_arn), ("Type", &fields.type_name)])
                    .collect()
            }
            Kind::Subscription { token, subscribe_url } | Kind::Unsubscription { token, subscribe_url } => vec![
                ("Message", &fields.message),
                ("MessageId", &fields.message_id),
                ("SubscribeURL", subscribe_url),
                ("Timestamp", &fields.timestamp),
                ("Token", token),
                ("TopicArn", &fields.topic_arn),
                ("Type", &fields.type_name),
            ],
        };
        lines.into_iter().map(|(name, value)| format!("{name}\n{value}\n")).collect()
    }

    /// The message, once its signature was found good.
    pub(super) fn into_message(self) -> Message {
        let id = self.fields.message_id;
        match self.kind {
            Kind::Notification => Message::Notification(Notification { id, text: self.fields.message }),
            Kind::Subscription { subscribe_url, .. } => Message::SubscriptionConfirmation(Confirmation { id, subscribe_url }),
            Kind::Unsubscription { subscribe_url, .. } => Message::UnsubscribeConfirmation(Confirmation { id, subscribe_url }),
        }
    }
}

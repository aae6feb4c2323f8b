//! A report as it is written. What is odd beside what we read is as good as absent.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Bounce, BounceSubType, BounceType, BouncedRecipient, Complaint, ComplaintType, Feedback, FeedbackKind};
use crate::call::Illegible;
use crate::email::address::EmailAddress;
use crate::wire::{absent, null_as_default};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Report {
    notification_type: Option<String>,
    event_type: Option<String>,
    mail: Option<MailObject>,
    bounce: Option<BounceObject>,
    complaint: Option<ComplaintObject>,
    delivery: Option<DeliveryObject>,
    reject: Option<RejectObject>,
    delivery_delay: Option<DelayObject>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MailObject {
    message_id: String,
    #[serde(default, deserialize_with = "null_as_default")]
    headers: Vec<Value>,
    #[serde(default)]
    common_headers: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BounceObject {
    bounce_type: BounceType,
    bounce_sub_type: BounceSubType,
    bounced_recipients: Vec<BouncedObject>,
    feedback_id: String,
    #[serde(rename = "timestamp", deserialize_with = "unix_seconds")]
    at: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BouncedObject {
    email_address: EmailAddress,
    #[serde(default, deserialize_with = "absent")]
    status: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ComplaintObject {
    complained_recipients: Vec<RecipientObject>,
    #[serde(default, deserialize_with = "absent")]
    complaint_feedback_type: Option<ComplaintType>,
    feedback_id: String,
    #[serde(rename = "timestamp", deserialize_with = "unix_seconds")]
    at: i64,
}

#[derive(Deserialize)]
struct RecipientObject {
    #[serde(rename = "emailAddress")]
    email_address: EmailAddress,
}

#[derive(Deserialize)]
struct DeliveryObject {
    recipients: Vec<EmailAddress>,
}

#[derive(Deserialize)]
struct RejectObject {
    #[serde(default, deserialize_with = "absent")]
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DelayObject {
    #[serde(default, deserialize_with = "absent")]
    delay_type: Option<String>,
    delayed_recipients: Vec<RecipientObject>,
}

impl MailObject {
    /// Our id, from the headers as they were sent, or from SES' extract of them.
    fn our_message_id(&self) -> Option<String> {
        let named = self.headers.iter().find(|header| header["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case("message-id")));
        let id = named.and_then(|header| header["value"].as_str()).or_else(|| self.common_headers["messageId"].as_str())?;
        Some(id.to_owned())
    }
}

impl Report {
    pub(super) fn into_feedback(self) -> Result<Option<Feedback>, Illegible> {
        let missing = |path: &str| Illegible::WrongShape { path: path.to_owned() };
        let name = self.event_type.or(self.notification_type).ok_or_else(|| missing("eventType"))?;
        let kind = match name.as_str() {
            "Bounce" => FeedbackKind::Bounce(self.bounce.ok_or_else(|| missing("bounce"))?.into()),
            "Complaint" => FeedbackKind::Complaint(self.complaint.ok_or_else(|| missing("complaint"))?.into()),
            "Delivery" => FeedbackKind::Delivery { recipients: self.delivery.ok_or_else(|| missing("delivery"))?.recipients },
            "Send" => FeedbackKind::Send,
            "Reject" => FeedbackKind::Reject { reason: self.reject.and_then(|reject| reject.reason) },
            "Open" => FeedbackKind::Open,
            "Click" => FeedbackKind::Click,
            "DeliveryDelay" => {
                let delay = self.delivery_delay.ok_or_else(|| missing("deliveryDelay"))?;
                FeedbackKind::DeliveryDelay { delay_type: delay.delay_type, recipients: addresses(delay.delayed_recipients) }
            }
            _ => return Ok(None),
        };
        let mail = self.mail.ok_or_else(|| missing("mail"))?;
        Ok(Some(Feedback { message_id: mail.our_message_id(), provider_id: mail.message_id, kind }))
    }
}

impl From<BounceObject> for Bounce {
    fn from(bounce: BounceObject) -> Self {
        let recipients = bounce.bounced_recipients.into_iter();
        Self {
            bounce_type: bounce.bounce_type,
            sub_type: bounce.bounce_sub_type,
            recipients: recipients.map(|it| BouncedRecipient { address: it.email_address, status: it.status }).collect(),
            feedback_id: bounce.feedback_id,
            at: bounce.at,
        }
    }
}

impl From<ComplaintObject> for Complaint {
    fn from(complaint: ComplaintObject) -> Self {
        Self {
            recipients: addresses(complaint.complained_recipients),
            feedback_type: complaint.complaint_feedback_type,
            feedback_id: complaint.feedback_id,
            at: complaint.at,
        }
    }
}

fn addresses(recipients: Vec<RecipientObject>) -> Vec<EmailAddress> {
    recipients.into_iter().map(|recipient| recipient.email_address).collect()
}

fn unix_seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second).map_err(D::Error::custom)
}

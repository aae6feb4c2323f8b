//! What SES tells of a mail.
//!
//! A mail that names a configuration set (`X-SES-CONFIGURATION-SET`) is told of as events, `Send`
//! first; any other as notifications, which have no `Send`.

use std::sync::Arc;

use serde_json::{Value, json};

use super::mail::Mail;
use crate::world::World;
use crate::{clock, ids};

const ACCOUNT: &str = "123456789012";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    Send,
    Delivery,
    HardBounce,
    SoftBounce,
    Suppressed,
    Complaint,
}

impl Report {
    fn name(self) -> &'static str {
        match self {
            Self::Send => "Send",
            Self::Delivery => "Delivery",
            Self::HardBounce | Self::SoftBounce | Self::Suppressed => "Bounce",
            Self::Complaint => "Complaint",
        }
    }

    /// The object that is named as the report is, in lower case.
    fn object(self, mail: &Mail) -> Value {
        let now = clock::rfc3339();
        let bounce = |bounce_type: &str, sub_type: &str, status: &str, diagnostic: &str| {
            json!({
                "bounceType": bounce_type,
                "bounceSubType": sub_type,
                "bouncedRecipients": [{ "emailAddress": mail.to, "action": "failed", "status": status, "diagnosticCode": diagnostic }],
                "timestamp": now,
                "feedbackId": ids::ses_message(),
                "reportingMTA": "dsn; sandbox.smtp-out.amazonses.com",
            })
        };
        match self {
            Self::Send => json!({}),
            Self::Delivery => json!({
                "timestamp": now, "processingTimeMillis": 1, "recipients": [mail.to], "smtpResponse": "250 ok",
                "reportingMTA": "sandbox.smtp-out.amazonses.com",
            }),
            Self::HardBounce => bounce("Permanent", "General", "5.1.1", "smtp; 550 5.1.1 user unknown"),
            Self::SoftBounce => bounce("Transient", "MailboxFull", "5.2.2", "smtp; 552 5.2.2 mailbox full"),
            Self::Suppressed => {
                bounce("Permanent", "OnAccountSuppressionList", "5.1.1", "Amazon SES has suppressed sending to this address")
            }
            Self::Complaint => json!({
                "complainedRecipients": [{ "emailAddress": mail.to }],
                "timestamp": now,
                "feedbackId": ids::ses_message(),
                "complaintSubType": null,
                "userAgent": "Amazon SES Mailbox Simulator",
                "complaintFeedbackType": "abuse",
                "arrivalDate": now,
            }),
        }
    }
}

pub fn announce(world: &Arc<World>, mail: &Mail, told: &[Report]) {
    let set = mail.header("X-SES-CONFIGURATION-SET");
    let first: &[Report] = if set.is_some() { &[Report::Send] } else { &[] };
    for report in first.iter().chain(told) {
        let name = report.name();
        let message = json!({
            if set.is_some() { "eventType" } else { "notificationType" }: name,
            "mail": mail_object(mail, set),
            name.to_lowercase(): report.object(mail),
        });
        world.announce(world.shared.topic.notification(name, &message.to_string()));
    }
}

fn mail_object(mail: &Mail, set: Option<&str>) -> Value {
    let headers: Vec<_> = mail.headers.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    json!({
        "timestamp": mail.at,
        "source": mail.from,
        "sendingAccountId": ACCOUNT,
        "messageId": mail.id,
        "destination": [mail.to],
        "headersTruncated": false,
        "headers": headers,
        "commonHeaders": {
            "from": [mail.header("From")], "to": [mail.to], "messageId": mail.header("Message-ID"), "subject": mail.subject,
        },
        "tags": { "ses:configuration-set": set.into_iter().collect::<Vec<_>>() },
    })
}

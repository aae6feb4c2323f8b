//! What became of a message: the callback to its `StatusCallback`.
//!
//! Source: `whatsapp.md`, B4. Callbacks come in any order and more than once.

use super::form::{BadCallback, Form};
use super::{Channel, ErrorClass};
use crate::personal::Personal;
use crate::signature::Verified;
use crate::wire::wire_enum;

wire_enum! {
    /// Where a message is.
    MessageStatus {
        Accepted = "accepted",
        Scheduled = "scheduled",
        Queued = "queued",
        Sending = "sending",
        Sent = "sent",
        /// To some of several recipients.
        PartiallyDelivered = "partially_delivered",
        Delivered = "delivered",
        /// On WhatsApp only.
        Read = "read",
        /// The carrier gave it up.
        Undelivered = "undelivered",
        /// It never left Twilio.
        Failed = "failed",
        Canceled = "canceled",
        /// Of messages to us.
        Receiving = "receiving",
        Received = "received",
    }
}

impl MessageStatus {
    /// How far a message is. Whoever keeps the status with the highest rank never goes back, in
    /// whatever order they come: a delivery after a reading changes nothing, and nothing follows
    /// an end without arrival.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Self::Receiving | Self::Received | Self::Other(_) => 0,
            Self::Accepted | Self::Scheduled => 1,
            Self::Queued => 2,
            Self::Sending => 3,
            Self::Sent => 4,
            Self::PartiallyDelivered => 5,
            Self::Delivered => 6,
            Self::Read => 7,
            Self::Undelivered | Self::Failed | Self::Canceled => 8,
        }
    }
}

/// One callback. Its pair of `sid` and `status` tells it from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusUpdate {
    /// The message's id, as sending it answered.
    pub sid: String,
    pub status: MessageStatus,
    /// What [`ErrorClass::of`] takes.
    pub error_code: Option<u32>,
    pub account_sid: Option<String>,
    pub channel: Channel,
    /// The recipient, without what names the channel.
    pub to: Option<Personal>,
}

impl StatusUpdate {
    /// Reads a callback whose sender is known. What it says besides is left alone.
    ///
    /// # Errors
    ///
    /// [`BadCallback`] where it names no message or no status.
    pub fn read(body: Verified<'_>) -> Result<Self, BadCallback> {
        let form = Form::read(body);
        let status = form.word(&["MessageStatus", "SmsStatus"]).ok_or(BadCallback("MessageStatus"))?;
        let to = form.address("To");
        Ok(Self {
            sid: form.sid(&["MessageSid", "SmsSid"])?,
            status: MessageStatus::from(status),
            error_code: form.word(&["ErrorCode"]).and_then(|code| code.parse().ok()).filter(|code| *code != 0),
            account_sid: form.word(&["AccountSid"]),
            channel: to.as_ref().map_or(Channel::Sms, |(channel, _)| *channel),
            to: to.map(|(_, to)| to),
        })
    }

    /// What its error asks of us, where it has one.
    #[must_use]
    pub fn error_class(&self) -> Option<ErrorClass> {
        self.error_code.map(ErrorClass::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &str = "SmsSid=SM00000000000000000000000000000001&SmsStatus=sent&MessageStatus=sent&To=%2B919876543210\
        &MessageSid=SM00000000000000000000000000000001&AccountSid=AC00000000000000000000000000000001&From=KAMAIP&ApiVersion=2010-04-01";

    fn read(form: &str) -> Result<StatusUpdate, BadCallback> {
        StatusUpdate::read(Verified::stored(form.as_bytes()))
    }

    fn ranks(statuses: &[&str]) -> Vec<u8> {
        statuses.iter().map(|status| MessageStatus::from((*status).to_owned()).rank()).collect()
    }

    #[test]
    fn a_callback_is_read() {
        let update = read(SENT).unwrap();
        assert_eq!((update.sid.as_str(), &update.status), ("SM00000000000000000000000000000001", &MessageStatus::Sent));
        assert_eq!((update.channel, update.to.as_ref().map(Personal::expose)), (Channel::Sms, Some("+919876543210")));
        assert_eq!((update.error_code, update.error_class()), (None, None));
        assert!(!format!("{update:?}").contains("9876543210"));
    }

    #[test]
    fn a_failure_says_why() {
        let form = "MessageSid=MM1234&MessageStatus=undelivered&To=whatsapp%3A%2B919876543210&ErrorCode=63016&ChannelPrefix=whatsapp&EventType=UNDELIVERED";
        let update = read(form).unwrap();
        assert_eq!((update.error_code, update.error_class()), (Some(63_016), Some(ErrorClass::NeedsTemplate)));
        assert_eq!((update.channel, update.to.unwrap().expose()), (Channel::Whatsapp, "+919876543210"));
    }

    #[test]
    fn what_is_new_does_no_harm() {
        let update = read(&format!("{SENT}&Brand+New=%F0%9F%98%80&Brand+New=2&=&&MessageStatus=read")).unwrap();
        assert_eq!(update, read(SENT).unwrap(), "and the first value of a name counts");
        let update = read("MessageSid=SM1234&MessageStatus=teleported&ErrorCode=x").unwrap();
        assert_eq!((update.status.rank(), update.error_code), (0, None));
    }

    #[test]
    fn a_callback_about_nothing_is_refused() {
        assert_eq!(read(""), Err(BadCallback("MessageStatus")));
        assert_eq!(read("MessageSid=SM1234"), Err(BadCallback("MessageStatus")));
        for sid in ["", "SM", "SM%20x", "SM%00", &"S".repeat(65)] {
            assert_eq!(read(&format!("MessageSid={sid}&MessageStatus=sent")), Err(BadCallback("MessageSid")), "{sid}");
        }
    }

    /// F13: read, delivered, sent leaves the message read.
    #[test]
    fn statuses_only_go_forward() {
        assert!(ranks(&["accepted", "queued", "sending", "sent", "delivered", "read"]).is_sorted_by(|earlier, later| earlier < later));
        assert!(ranks(&["teleported", "received"]).iter().all(|rank| *rank < MessageStatus::Accepted.rank()));
        for end in ["failed", "undelivered", "canceled"] {
            assert!(ranks(&[end]).iter().all(|rank| *rank > MessageStatus::Read.rank()), "{end} stays");
        }
    }
}

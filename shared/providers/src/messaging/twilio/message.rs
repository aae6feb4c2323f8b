//! What is sent, and what Twilio answers. Source: `whatsapp.md`, B3.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer};

use super::super::phone::E164;
use super::super::sms::Rendered;
use super::{Channel, MessageStatus, WHATSAPP};
use crate::call::{CallError, require};
use crate::wire::absent;

/// Of a text on WhatsApp and of a rendered SMS alike.
const BODY_CHARS_MAX: usize = 1600;
const VALIDITY_SECONDS: std::ops::RangeInclusive<u32> = 1..=36_000;

/// A message to be sent. Does not print what it says.
#[derive(Clone)]
pub struct Outgoing<'a> {
    pub from: Sender<'a>,
    pub to: &'a E164,
    pub content: Content<'a>,
    /// Where Twilio tells what becomes of it.
    pub status_callback: Option<&'a str>,
    /// How long it may wait, in seconds, 1 to 36,000: a one-time password is of no use later.
    pub validity_seconds: Option<u32>,
}

/// Who a message comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender<'a> {
    /// A number in E.164 or, for SMS, a registered header.
    From(&'a str),
    /// A messaging service, which picks one of its senders.
    Service(&'a str),
}

/// What a message says, which decides what carries it.
#[derive(Clone, Copy)]
pub enum Content<'a> {
    Sms(&'a Rendered),
    /// To somebody who wrote to us within 24 hours.
    WhatsappText(&'a str),
    /// A template that Meta approved, by its `HX…`; its variables by name, usually `1`, `2`, ….
    WhatsappTemplate {
        content_sid: &'a str,
        variables: &'a [(&'a str, &'a str)],
    },
}

/// A message that Twilio took.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Accepted {
    /// The message's id, which its callbacks name.
    pub sid: String,
    #[serde(default, deserialize_with = "absent")]
    pub status: Option<MessageStatus>,
    /// How many parts it is paid for; a messaging service says 0, for it does not know yet.
    #[serde(default, rename = "num_segments", deserialize_with = "number")]
    pub segments: Option<u32>,
}

impl Outgoing<'_> {
    pub(super) fn channel(&self) -> Channel {
        match self.content {
            Content::Sms(_) => Channel::Sms,
            Content::WhatsappText(_) | Content::WhatsappTemplate { .. } => Channel::Whatsapp,
        }
    }

    pub(super) fn form(&self) -> Result<Vec<(&'static str, String)>, CallError> {
        let address = |end: &str| match self.channel() {
            Channel::Sms => end.to_owned(),
            Channel::Whatsapp => format!("{WHATSAPP}{end}"),
        };
        let mut form = vec![("To", address(self.to.as_str()))];
        match self.from {
            Sender::From(from) => {
                require(!from.is_empty(), "From", "is empty")?;
                form.push(("From", address(from)));
            }
            Sender::Service(sid) => {
                require(is_sid("MG", sid), "MessagingServiceSid", "is not one")?;
                form.push(("MessagingServiceSid", sid.to_owned()));
            }
        }
        match self.content {
            Content::Sms(message) => form.push(("Body", body(message.text())?)),
            Content::WhatsappText(text) => form.push(("Body", body(text)?)),
            Content::WhatsappTemplate { content_sid, variables } => {
                require(is_sid("HX", content_sid), "ContentSid", "is not one")?;
                form.push(("ContentSid", content_sid.to_owned()));
                if !variables.is_empty() {
                    form.push(("ContentVariables", content_variables(variables)?));
                }
            }
        }
        if let Some(url) = self.status_callback {
            form.push(("StatusCallback", url.to_owned()));
        }
        if let Some(seconds) = self.validity_seconds {
            require(VALIDITY_SECONDS.contains(&seconds), "ValidityPeriod", "is not 1 to 36000 seconds")?;
            form.push(("ValidityPeriod", seconds.to_string()));
        }
        Ok(form)
    }
}

impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("from", &self.from).field("to", self.to).field("channel", &self.channel()).finish_non_exhaustive()
    }
}

pub(super) fn is_sid(prefix: &str, sid: &str) -> bool {
    sid.strip_prefix(prefix).is_some_and(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn body(text: &str) -> Result<String, CallError> {
    let fits = (1..=BODY_CHARS_MAX).contains(&text.chars().count());
    require(fits, "Body", "is not 1 to 1600 characters")?;
    Ok(text.to_owned())
}

/// A value is one line, as Meta wants the parameters of templates; what it says stays a value,
/// whatever is in it, for the template is Meta's.
fn content_variables(variables: &[(&str, &str)]) -> Result<String, CallError> {
    for (_, value) in variables {
        let one_line = !value.is_empty() && !value.contains(['\n', '\r', '\t']) && !value.contains("    ");
        require(one_line, "ContentVariables", "has a value that is not one line of text")?;
    }
    let by_name: BTreeMap<_, _> = variables.iter().copied().collect();
    require(by_name.len() == variables.len(), "ContentVariables", "has a name twice")?;
    serde_json::to_string(&by_name).map_err(|_| CallError::NotSent {
        why: crate::call::Unsent::Invalid { field: "ContentVariables", rule: "cannot be put into JSON" },
    })
}

/// A number that Twilio writes as a text.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(absent::<_, String>(deserializer)?.and_then(|text| text.parse().ok()))
}

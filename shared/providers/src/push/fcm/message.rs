//! What is sent: to which device, and what it shows.
//!
//! Source: `push.md`, A2.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::call::{CallError, require};

const MESSAGE_BYTES_MAX: usize = 4096;
const TTL_SECONDS_MAX: u32 = 28 * 24 * 60 * 60;

/// \[U\] What Apple takes for an `apns-collapse-id`, which either of our names may become.
const NAME_BYTES_MAX: usize = 64;

/// A push to one device. Does not print what it says.
///
/// It passes through Google's and Apple's hands and lies on a locked screen: a reference to look
/// up is better than an amount.
#[derive(Clone)]
pub struct Message<'a> {
    pub to: Target<'a>,
    pub title: &'a str,
    pub body: &'a str,
    /// For the app itself. Texts only.
    pub data: BTreeMap<&'a str, &'a str>,
    /// Of several that wait for a device, only the last of a name is delivered.
    pub collapse_key: Option<&'a str>,
    /// How long it may wait for the device: at most four weeks; 0 is now or never. `None` leaves
    /// it to Google, which means four weeks.
    pub ttl_seconds: Option<u32>,
    pub priority: Priority,
    /// A later one of the same tag takes the place of one that is shown.
    pub tag: Option<&'a str>,
}

/// Whom a push goes to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// A registration token.
    Token(&'a str),
    /// A Firebase installation id, which is to replace tokens.
    Fid(&'a str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// When the device is awake anyway.
    Normal,
    /// At once; for what its owner is to see.
    High,
}

impl<'a> Message<'a> {
    /// The message as it crosses the wire, if Google would take it.
    pub(super) fn envelope(&self, now: i64) -> Result<Envelope<'a>, CallError> {
        let (token, fid) = match self.to {
            Target::Token(token) => (Some(token), None),
            Target::Fid(fid) => (None, Some(fid)),
        };
        require(token.or(fid).is_some_and(|target| !target.is_empty()), "to", "is empty")?;
        require(!self.title.is_empty(), "title", "is empty")?;
        require(self.data.keys().all(|key| !reserved(key)), "data", "has a key that is empty or reserved")?;
        require(self.collapse_key.is_none_or(is_name), "collapse_key", "is not 1 to 64 visible characters of ASCII")?;
        require(self.tag.is_none_or(is_name), "tag", "is not 1 to 64 visible characters of ASCII")?;
        require(self.ttl_seconds.is_none_or(|ttl| ttl <= TTL_SECONDS_MAX), "ttl", "is longer than four weeks")?;
        let notification = Notification { title: self.title, body: self.body };
        let message = Wire { token, fid, notification, data: self.data.clone(), android: self.android(), apns: self.apns(now) };
        // With the target, which Google does not count: the limit is then ours to keep, not to graze.
        let bytes = serde_json::to_vec(&message).map_or(usize::MAX, |json| json.len());
        require(bytes <= MESSAGE_BYTES_MAX, "message", "is longer than 4096 bytes")?;
        Ok(Envelope { message })
    }

    fn android(&self) -> Android<'a> {
        Android {
            collapse_key: self.collapse_key,
            priority: match self.priority {
                Priority::Normal => "normal",
                Priority::High => "high",
            },
            ttl: self.ttl_seconds.map(|seconds| format!("{seconds}s")),
            notification: self.tag.map(|tag| AndroidNotification { tag }),
        }
    }

    /// Apple has one name for both: what replaces what waits also replaces what is shown.
    fn apns(&self, now: i64) -> Apns<'a> {
        Apns {
            headers: ApnsHeaders {
                priority: match self.priority {
                    Priority::Normal => "5",
                    Priority::High => "10",
                },
                expiration: self.ttl_seconds.map(|ttl| if ttl == 0 { 0 } else { now.saturating_add(ttl.into()) }.to_string()),
                collapse_id: self.tag.or(self.collapse_key),
            },
        }
    }
}

impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("priority", &self.priority).finish_non_exhaustive()
    }
}

fn reserved(key: &str) -> bool {
    matches!(key, "" | "from" | "message_type") || key.starts_with("google.") || key.starts_with("gcm.")
}

fn is_name(text: &str) -> bool {
    (1..=NAME_BYTES_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[derive(Serialize)]
pub(super) struct Envelope<'a> {
    message: Wire<'a>,
}

#[derive(Serialize)]
struct Wire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fid: Option<&'a str>,
    notification: Notification<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    data: BTreeMap<&'a str, &'a str>,
    android: Android<'a>,
    apns: Apns<'a>,
}

#[derive(Serialize)]
struct Notification<'a> {
    title: &'a str,
    body: &'a str,
}

#[derive(Serialize)]
struct Android<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    collapse_key: Option<&'a str>,
    priority: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ttl: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notification: Option<AndroidNotification<'a>>,
}

#[derive(Serialize)]
struct AndroidNotification<'a> {
    tag: &'a str,
}

#[derive(Serialize)]
struct Apns<'a> {
    headers: ApnsHeaders<'a>,
}

#[derive(Serialize)]
struct ApnsHeaders<'a> {
    #[serde(rename = "apns-priority")]
    priority: &'static str,
    #[serde(rename = "apns-expiration", skip_serializing_if = "Option::is_none")]
    expiration: Option<String>,
    #[serde(rename = "apns-collapse-id", skip_serializing_if = "Option::is_none")]
    collapse_id: Option<&'a str>,
}

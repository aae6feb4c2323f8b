//! One mail to one person, and its bytes on the wire.
//!
//! Source: `email-sms.md`, A2. lettre encodes: headers by RFC 2047, bodies as quoted-printable or
//! base64. What it would encode, fold or drop although it is an attempt at a second header is
//! refused here before.

mod attachment;

use std::fmt;
use std::time::{Duration, SystemTime};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};

use super::address::{self, EmailAddress};
use super::html::Html;
pub use attachment::{Attachment, MediaType};

const SUBJECT_CHARS_MAX: usize = 200;
const BODY_BYTES_MAX: usize = 512 * 1024;
const URL_BYTES_MAX: usize = 500;
/// The last second of the year 9999; a later one has no four-digit year.
const SECONDS_MAX: i64 = 253_402_300_799;

/// A part of a mail breaks a rule. A bug, or input that nobody checked; nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field} {rule}")]
pub struct Invalid {
    pub field: &'static str,
    pub rule: &'static str,
}

/// `Err` with the rule, unless it holds.
pub(super) fn require(holds: bool, field: &'static str, rule: &'static str) -> Result<(), Invalid> {
    if holds { Ok(()) } else { Err(Invalid { field, rule }) }
}

/// The name of a mail, made before its first attempt and the same on every one: the only handle
/// on duplicates that SMTP offers.
///
/// SES sends under an id of its own, and gives ours back in its feedback.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MessageId(String);

impl MessageId {
    /// `<unique@domain>`, of an id of ours such as `ntf_01J…` and a domain of ours.
    ///
    /// # Errors
    ///
    /// [`Invalid`] where one of them has other characters than ids and domains have.
    pub fn new(unique: &str, domain: &str) -> Result<Self, Invalid> {
        let fits =
            (1..=64).contains(&unique.len()) && unique.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
        require(fits, "message_id", "has 1 to 64 letters, digits, _ or - before the @")?;
        require(address::is_domain(domain), "message_id", "has a domain after the @")?;
        Ok(Self(format!("<{unique}@{domain}>")))
    }

    /// With its angle brackets, as it is written in the header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why the person gets this, which decides whether there is a way out of it.
#[derive(Debug, Clone, Copy)]
pub enum Purpose<'a> {
    /// They did something, or must know something: a payout, a sign-in, a legal notice.
    Transactional,
    /// They may end it, and their mail program offers that (`email-sms.md`, A2).
    Subscription(&'a Unsubscribe),
}

/// How a person leaves a list with one press, as Gmail and Yahoo want it of whoever sends much.
#[derive(Debug, Clone)]
pub struct Unsubscribe {
    value: String,
}

impl Unsubscribe {
    /// `https` takes `POST List-Unsubscribe=One-Click`, without a log-in: the URL itself says who. What
    /// does not leave this machine (`http://127.0.0.1`) may do without TLS.
    ///
    /// # Errors
    ///
    /// [`Invalid`] where the URL is not one that can stand in the header.
    pub fn new(https: &str, mailto: Option<&EmailAddress>) -> Result<Self, Invalid> {
        let host = https.strip_prefix("https://").or_else(|| https.strip_prefix("http://").filter(|rest| rest.starts_with("127.0.0.1:")));
        let fits = host.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
            && https.len() <= URL_BYTES_MAX
            && https.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\",".contains(&byte));
        require(fits, "unsubscribe", "is an https URL of at most 500 characters")?;
        let mailto = mailto.map(|address| format!(", <mailto:{}>", address.expose())).unwrap_or_default();
        Ok(Self { value: format!("<{https}>{mailto}") })
    }
}

/// One mail to one person.
///
/// One recipient, so that an answer is about somebody: a second one would leave half-sent mails.
#[derive(Clone, Copy)]
pub struct Email<'a> {
    pub message_id: &'a MessageId,
    pub to: &'a EmailAddress,
    pub subject: &'a str,
    /// Every mail has a text; the HTML says the same.
    pub text: &'a str,
    pub html: Option<&'a Html>,
    pub attachments: &'a [Attachment],
    pub purpose: Purpose<'a>,
    /// Unix seconds; the same on every attempt.
    pub written_at: i64,
}

impl fmt::Debug for Email<'_> {
    /// Says which mail it is, not what is in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({})", self.message_id.as_str())
    }
}

/// What is the same in every mail of ours.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    mailbox: Mailbox,
    configuration_set: Option<String>,
}

impl Sender {
    pub(super) fn new(from: &EmailAddress, name: Option<&str>, configuration_set: Option<&str>) -> Result<Self, Invalid> {
        let is_name = |name: &str| !name.trim().is_empty() && name.chars().count() <= 64 && !name.chars().any(is_unprintable);
        require(name.is_none_or(is_name), "from_name", "has 1 to 64 printable characters")?;
        let is_word = |word: &str| {
            (1..=64).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        };
        require(configuration_set.is_none_or(is_word), "configuration_set", "has 1 to 64 letters, digits, _ or -")?;
        let mailbox = Mailbox::new(name.map(str::to_owned), wire_address(from, "from")?);
        Ok(Self { mailbox, configuration_set: configuration_set.map(str::to_owned) })
    }

    pub(super) fn address(&self) -> lettre::Address {
        self.mailbox.email.clone()
    }
}

/// The address in lettre's type.
pub(super) fn wire_address(address: &EmailAddress, field: &'static str) -> Result<lettre::Address, Invalid> {
    let rule = "is not an address that can be sent to";
    lettre::Address::new(address.local_part(), address.domain()).map_err(|_| Invalid { field, rule })
}

impl Email<'_> {
    /// The bytes that follow `DATA`.
    pub(super) fn compose(&self, sender: &Sender) -> Result<Vec<u8>, Invalid> {
        self.require_within_limits()?;
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(self.written_at).unwrap_or_default());
        let mut builder = lettre::Message::builder()
            .date(date)
            .message_id(Some(self.message_id.as_str().to_owned()))
            .from(sender.mailbox.clone())
            .to(Mailbox::new(None, wire_address(self.to, "to")?))
            .subject(self.subject);
        if let Purpose::Subscription(unsubscribe) = self.purpose {
            builder = builder
                .raw_header(header("List-Unsubscribe", &unsubscribe.value))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        if let Some(set) = &sender.configuration_set {
            builder = builder.raw_header(header("X-SES-CONFIGURATION-SET", set));
        }
        let text = SinglePart::plain(self.text.to_owned());
        let composed = match (self.html, self.attachments) {
            (None, []) => builder.singlepart(text),
            (Some(html), []) => builder.multipart(alternative(text, html)),
            (None, files) => builder.multipart(with_files(MultiPart::mixed().singlepart(text), files)),
            (Some(html), files) => builder.multipart(with_files(MultiPart::mixed().multipart(alternative(text, html)), files)),
        };
        // What it could miss, a sender and a recipient, was given above.
        composed.map(|message| message.formatted()).map_err(|_| Invalid { field: "email", rule: "cannot be composed" })
    }

    fn require_within_limits(&self) -> Result<(), Invalid> {
        let subject_fits = !self.subject.trim().is_empty() && self.subject.chars().count() <= SUBJECT_CHARS_MAX;
        require(subject_fits, "subject", "has 1 to 200 characters")?;
        require(!self.subject.chars().any(is_unprintable), "subject", "has no line break or other control character")?;
        require(!self.text.trim().is_empty() && self.text.len() <= BODY_BYTES_MAX, "text", "has 1 byte to 512 KiB")?;
        require(self.html.is_none_or(|html| html.as_str().len() <= BODY_BYTES_MAX), "html", "has at most 512 KiB")?;
        require((0..=SECONDS_MAX).contains(&self.written_at), "written_at", "is in the years 1970 to 9999")?;
        attachment::require_within_limits(self.attachments)
    }
}

/// Whether the character ends a line, is another control, or overrides the direction in which the
/// text around it is read. Joiners are none of these: Indian scripts are written with them.
fn is_unprintable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn alternative(text: SinglePart, html: &Html) -> MultiPart {
    // The best comes last: a reader shows the last one that it can.
    MultiPart::alternative().singlepart(text).singlepart(SinglePart::html(html.as_str().to_owned()))
}

fn with_files(parts: MultiPart, files: &[Attachment]) -> MultiPart {
    files.iter().fold(parts, |parts, file| parts.singlepart(file.part()))
}

#[cfg(test)]
mod tests;

//! What an aggregator tells of its own accord, and whether it is believed (`account-aggregator.md`,
//! section 4, whose table of refusals this is).
//!
//! In two steps, between which the caller looks up what is spoken of: [`receive`] reads a message from
//! the holder of a known API key, and its `verify_…` believes it. Nothing is done with a message
//! before that.

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::jws::{self, Keys};
use crate::wire::{Acknowledged, ConsentNotification, ConsentStatus, DataNotification, ErrorBody, ErrorCode, Notifier, Party, Version};

/// How far a message's timestamp may lie from now, either way.
pub const AGE_MAX: SignedDuration = SignedDuration::from_mins(15);

/// A notification of a hundred accounts is some ten thousand bytes.
pub const BODY_BYTES_MAX: usize = 256 * 1024;

/// Ids are UUIDs in life; what is longer than this is none.
const ID_BYTES_MAX: usize = 128;

/// Why a notification is refused: what is answered to it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", .code.as_str())]
pub struct Refusal {
    pub code: ErrorCode,
    /// For people; holds nothing of the message.
    pub message: &'static str,
    /// Of the refused message, as far as it was read.
    pub txnid: String,
}

impl Refusal {
    fn new(code: ErrorCode, message: &'static str, txnid: &str) -> Self {
        Self { code, message, txnid: txnid.to_owned() }
    }

    /// The body to answer with, under [`ErrorCode::status`].
    pub fn body(&self, version: Version, now: Timestamp) -> ErrorBody {
        ErrorBody::new(version.as_str(), now, &self.txnid, self.code, self.message)
    }
}

/// A message as it came.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// The aggregator whose token stands in `aa_api_key`; `None` for a token that is nobody's.
    pub api_key_of: Option<&'a str>,
    /// `x-jws-signature`.
    pub signature: Option<&'a str>,
    /// The exact bytes.
    pub body: &'a [u8],
    pub now: Timestamp,
    /// What is spoken with that aggregator.
    pub version: Version,
}

/// A message that is well-formed and recent, and of which nothing is believed yet.
#[derive(Debug)]
pub struct Unverified<'a, T> {
    message: T,
    api_key_of: &'a str,
    signature: Option<&'a str>,
    body: &'a [u8],
}

/// Reads a message.
///
/// # Errors
///
/// [`Refusal`], in this order: nobody's API key, another version, another shape, not of these minutes.
pub fn receive<'a, T: Notification>(received: &Received<'a>) -> Result<Unverified<'a, T>, Refusal> {
    let api_key_of = received.api_key_of.ok_or_else(|| Refusal::new(ErrorCode::Unauthorized, "the API key is not known", ""))?;
    let invalid = |message, txnid: &str| Refusal::new(ErrorCode::InvalidRequest, message, txnid);
    if received.body.len() > BODY_BYTES_MAX {
        return Err(invalid("the body is too long", ""));
    }
    let peek: Peek = serde_json::from_slice(received.body).map_err(|_| invalid("the body is no JSON object of a notification", ""))?;
    let txnid = peek.txnid.as_deref().filter(|txnid| txnid.len() <= ID_BYTES_MAX).unwrap_or_default();
    if peek.ver.as_deref().is_some_and(|ver| ver != received.version.as_str()) {
        return Err(Refusal::new(ErrorCode::NoSuchVersion, "another version is spoken here", txnid));
    }
    let misshapen = || invalid("a field is missing, unknown or of another kind", txnid);
    let message: T = serde_json::from_slice(received.body).map_err(|_| misshapen())?;
    // Serde takes a list for an object, by position.
    let (given, read) = (serde_json::from_slice(received.body), serde_json::to_value(&message));
    if !matches!((given, read), (Ok(given), Ok(read)) if has_its_objects(&given, &read)) {
        return Err(misshapen());
    }
    if !message.ids().iter().flatten().all(|id| (1..=ID_BYTES_MAX).contains(&id.len())) {
        return Err(invalid("an id is empty or too long", txnid));
    }
    if message.timestamp().duration_since(received.now).abs() > AGE_MAX {
        return Err(invalid("the timestamp is more than 15 minutes off", txnid));
    }
    Ok(Unverified { message, api_key_of, signature: received.signature, body: received.body })
}

/// Whether what was read as an object was given as one, at any depth.
fn has_its_objects(given: &Value, read: &Value) -> bool {
    match (given, read) {
        (Value::Object(given), Value::Object(read)) => {
            read.iter().all(|(name, read)| given.get(name).is_none_or(|given| has_its_objects(given, read)))
        }
        (_, Value::Object(_)) => false,
        (Value::Array(given), Value::Array(read)) => given.iter().zip(read).all(|(given, read)| has_its_objects(given, read)),
        _ => true,
    }
}

#[derive(Deserialize)]
struct Peek {
    ver: Option<String>,
    txnid: Option<String>,
}

/// Both kinds of notification.
pub trait Notification: DeserializeOwned + Serialize {
    fn timestamp(&self) -> Timestamp;
    fn txnid(&self) -> &str;
    fn notifier(&self) -> &Notifier;
    /// Every id in it that something is looked up by.
    fn ids(&self) -> [Option<&str>; 4];
    /// What is answered where the notifier is not who it should be.
    const BAD_NOTIFIER: ErrorCode;
}

impl Notification for ConsentNotification {
    const BAD_NOTIFIER: ErrorCode = ErrorCode::InvalidNotifier;

    fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    fn txnid(&self) -> &str {
        &self.txnid
    }

    fn notifier(&self) -> &Notifier {
        &self.notifier
    }

    fn ids(&self) -> [Option<&str>; 4] {
        [Some(&self.txnid), Some(&self.notifier.id), self.consent.id.as_deref(), self.consent.handle.as_deref()]
    }
}

impl Notification for DataNotification {
    const BAD_NOTIFIER: ErrorCode = ErrorCode::InvalidRequest;

    fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    fn txnid(&self) -> &str {
        &self.txnid
    }

    fn notifier(&self) -> &Notifier {
        &self.notifier
    }

    fn ids(&self) -> [Option<&str>; 4] {
        [Some(&self.txnid), Some(&self.notifier.id), Some(&self.session.id), None]
    }
}

/// What is known here of a consent that is spoken of.
#[derive(Debug, Clone)]
pub struct KnownConsent<'a> {
    pub aggregator: &'a str,
    /// Of the request for consent.
    pub txnid: &'a str,
    pub handle: &'a str,
    /// None before the request is approved.
    pub ids: &'a [String],
    /// Whether one handle may come to several consents, one for each group of banks: a setting of the aggregator.
    pub may_split: bool,
}

/// What is known here of a data session that is spoken of.
#[derive(Debug, Clone, Copy)]
pub struct KnownSession<'a> {
    pub aggregator: &'a str,
    /// Of the data request.
    pub txnid: &'a str,
    pub id: &'a str,
}

impl<T: Notification> Unverified<'_, T> {
    /// To look up what is spoken of, and for nothing else.
    pub fn claims(&self) -> &T {
        &self.message
    }

    fn refuse(&self, code: ErrorCode, message: &'static str) -> Refusal {
        Refusal::new(code, message, self.message.txnid())
    }

    /// Whether the one who speaks, the one that is named, and the one that signed are all the one that it is about.
    fn require_speaker(&self, aggregator: &str, keys: &(impl Keys + ?Sized)) -> Result<(), Refusal> {
        if self.api_key_of != aggregator {
            return Err(self.refuse(ErrorCode::InvalidRequest, "the API key is of another aggregator"));
        }
        let notifier = self.message.notifier();
        if notifier.kind != Party::Aa || notifier.id != aggregator {
            return Err(self.refuse(T::BAD_NOTIFIER, "the notifier is not the aggregator of this"));
        }
        jws::verify_detached(self.signature.unwrap_or_default(), self.body, keys)
            .map_err(|_| self.refuse(ErrorCode::SignatureDoesNotMatch, "the signature does not match"))
    }
}

impl Unverified<'_, ConsentNotification> {
    /// Believes it, where all is right. `keys` are those of the aggregator of the consent or, where that
    /// is not known, of the API key.
    ///
    /// # Errors
    ///
    /// [`Refusal`]; nothing may change.
    pub fn verify_consent(self, known: Option<&KnownConsent<'_>>, keys: &(impl Keys + ?Sized)) -> Result<ConsentNotification, Refusal> {
        self.require_speaker(known.map_or(self.api_key_of, |known| known.aggregator), keys)?;
        let told = &self.message.consent;
        let Some(known) = known else {
            return Err(match told.id {
                Some(_) => self.refuse(ErrorCode::InvalidConsentId, "the consent is not known"),
                None => self.refuse(ErrorCode::InvalidRequest, "the consent's handle is not known"),
            });
        };
        if told.handle.as_deref().is_some_and(|handle| handle != known.handle) {
            return Err(self.refuse(ErrorCode::InvalidRequest, "the handle is of another consent"));
        }
        let is_new = told.id.as_ref().is_some_and(|id| !known.ids.contains(id));
        // The first id is learned from the first word of it; a further one only where that may be.
        let may_be_new = told.handle.is_some() && (known.ids.is_empty() || known.may_split && told.status == ConsentStatus::Active);
        if is_new && !may_be_new {
            return Err(self.refuse(ErrorCode::InvalidConsentId, "the consent is not known"));
        }
        if self.message.txnid != known.txnid {
            return Err(self.refuse(ErrorCode::InvalidRequest, "the transaction is not that of the request"));
        }
        Ok(self.message)
    }
}

impl Unverified<'_, DataNotification> {
    /// Believes it, where all is right. `keys` as above.
    ///
    /// # Errors
    ///
    /// [`Refusal`]; nothing may change.
    pub fn verify_session(self, known: Option<&KnownSession<'_>>, keys: &(impl Keys + ?Sized)) -> Result<DataNotification, Refusal> {
        let unknown = || self.refuse(ErrorCode::InvalidSessionId, "the session is not known");
        // That another aggregator has such a session is not told.
        let known = known.filter(|known| known.aggregator == self.api_key_of);
        self.require_speaker(self.api_key_of, keys)?;
        let known = known.filter(|known| known.id == self.message.session.id).ok_or_else(unknown)?;
        if self.message.txnid != known.txnid {
            return Err(self.refuse(ErrorCode::InvalidRequest, "the transaction is not that of the request"));
        }
        Ok(self.message)
    }
}

/// The answer to a message that was believed, to be signed.
pub fn acknowledge(version: Version, txnid: &str, now: Timestamp) -> Acknowledged {
    Acknowledged::new(version.as_str(), now, txnid)
}

#[cfg(test)]
mod tests;

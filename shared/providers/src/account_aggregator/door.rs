//! What an aggregator posts to us: believed, and answered under our own signature.
//!
//! Source: `account-aggregator.md`, section 4. Who may say what is the crate `account_aggregator`'s to judge.

use std::sync::Arc;

use account_aggregator::jws::{CannotSign, Keys, SIGNATURE_HEADER, SigningKey};
use account_aggregator::notification::{KnownConsent, KnownSession, Notification, Received, Refusal, Unverified, acknowledge, receive};
use account_aggregator::wire::{ConsentNotification, ConsentStatus, DataNotification, FiStatus, SessionStatus, Version};
use jiff::Timestamp;
use serde::Serialize;

use crate::call::{Illegible, read_json_object};
use crate::signature::{Secrets, Verified};

/// Where its token stands.
pub const API_KEY_HEADER: &str = "aa_api_key";

/// What one aggregator is known by, and what we answer it with. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    /// Its entity id in the registry.
    pub aggregator_id: String,
    /// The token by which it names itself, and the one before while that changes.
    pub api_keys: Secrets,
    /// Its keys, as the registry has them.
    pub keys: Arc<dyn Keys + Send + Sync>,
    pub signing_key: SigningKey,
    pub version: Version,
}

/// A body as it came, with its two headers.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    pub api_key: &'a str,
    pub signature: &'a str,
    pub body: &'a [u8],
    pub now: Timestamp,
}

/// An answer: the bytes that are signed are those that are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    /// Of the header [`SIGNATURE_HEADER`].
    pub signature: String,
}

impl Answer {
    pub const SIGNATURE_HEADER: &'static str = SIGNATURE_HEADER;
}

impl Door {
    /// Whether the token is this aggregator's.
    #[must_use]
    fn is_its(&self, api_key: &str) -> bool {
        self.api_keys.has(api_key)
    }

    /// Reads a message, of which nothing is believed yet.
    ///
    /// # Errors
    ///
    /// [`Refusal`], to be answered by [`Self::refuse`].
    pub fn read<'a, T: Notification>(&'a self, delivery: &Delivery<'a>) -> Result<Unverified<'a, T>, Refusal> {
        receive(&Received {
            api_key_of: self.is_its(delivery.api_key).then_some(self.aggregator_id.as_str()),
            signature: Some(delivery.signature).filter(|signature| !signature.is_empty()),
            body: delivery.body,
            now: delivery.now,
            version: self.version,
        })
    }

    /// Believes what is told of a consent that is known, or is not.
    ///
    /// # Errors
    ///
    /// [`Refusal`].
    pub fn consent<'a>(
        &self,
        unverified: Unverified<'a, ConsentNotification>,
        known: Option<&KnownConsent<'_>>,
        delivery: &Delivery<'a>,
    ) -> Result<(ConsentNotification, Verified<'a>), Refusal> {
        let believed = unverified.verify_consent(known, self.keys.as_ref())?;
        Ok((believed, Verified::by_other_scheme(delivery.body)))
    }

    /// The same of a data session.
    ///
    /// # Errors
    ///
    /// [`Refusal`].
    pub fn session<'a>(
        &self,
        unverified: Unverified<'a, DataNotification>,
        known: Option<&KnownSession<'_>>,
        delivery: &Delivery<'a>,
    ) -> Result<(DataNotification, Verified<'a>), Refusal> {
        let believed = unverified.verify_session(known, self.keys.as_ref())?;
        Ok((believed, Verified::by_other_scheme(delivery.body)))
    }

    /// That it was taken.
    ///
    /// # Errors
    ///
    /// [`CannotSign`] where the library fails.
    pub fn acknowledge(&self, txnid: &str, now: Timestamp) -> Result<Answer, CannotSign> {
        self.answer(200, &acknowledge(self.version, txnid, now))
    }

    /// That it was not, and why.
    ///
    /// # Errors
    ///
    /// [`CannotSign`] where the library fails.
    pub fn refuse(&self, refusal: &Refusal, now: Timestamp) -> Result<Answer, CannotSign> {
        self.answer(refusal.code.status(), &refusal.body(self.version, now))
    }

    fn answer(&self, status: u16, body: &impl Serialize) -> Result<Answer, CannotSign> {
        let body = serde_json::to_vec(body).map_err(|_| CannotSign)?;
        let signature = self.signing_key.sign_detached(&body)?;
        Ok(Answer { status, body, signature })
    }
}

/// What was told, once it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    Consent {
        /// One of these two at least.
        id: Option<String>,
        handle: Option<String>,
        status: ConsentStatus,
        at: Timestamp,
    },
    Session {
        id: String,
        status: SessionStatus,
        /// Link references of accounts that their banks do not deliver in it.
        refused: Vec<String>,
        at: Timestamp,
    },
}

impl From<ConsentNotification> for Word {
    fn from(told: ConsentNotification) -> Self {
        Self::Consent { id: told.consent.id, handle: told.consent.handle, status: told.consent.status, at: told.timestamp }
    }
}

impl From<DataNotification> for Word {
    fn from(told: DataNotification) -> Self {
        let accounts = told.session.banks.iter().flat_map(|bank| &bank.accounts);
        let refused = accounts.filter(|account| matches!(account.status, FiStatus::Denied | FiStatus::Timeout));
        let refused = refused.map(|account| account.link_ref.clone()).collect();
        Self::Session { id: told.session.id, status: told.session.status, refused, at: told.timestamp }
    }
}

/// Reads a message that was believed when it came.
///
/// # Errors
///
/// [`Illegible`] where it is neither of the two. The same body fails again.
pub fn parse_word(body: Verified<'_>) -> Result<Word, Illegible> {
    let consent = read_json_object::<ConsentNotification>(body.bytes());
    consent.map(Word::from).or_else(|_| read_json_object::<DataNotification>(body.bytes()).map(Word::from))
}

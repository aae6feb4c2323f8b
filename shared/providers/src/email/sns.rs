//! What SNS posts to an HTTPS endpoint: the envelope, who signed it, and joining a topic.
//!
//! Source: `email-sms.md`, A3, "SNS HTTP(S) envelope and signature". Anybody may have SNS sign a
//! message in a topic of his own, so the signature alone says little: the topic must be ours. And
//! the envelope says itself where its certificate is, so that address is held to a rule before
//! anything is asked there. The certificate comes from SNS' own host over TLS, which is
//! what vouches for it; it is sent without its issuers, so there is no chain to follow.

mod certificate;
mod envelope;
mod place;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use certificate::CertificateRefused;
pub use envelope::{Confirmation, Message, Notification};
pub use place::PlaceRefused;

use crate::call::{CallError, Doubt, Http, Illegible, SetupError};
use certificate::SigningCertificate;
use envelope::Envelope;
use place::Place;

/// How many certificates are kept. SNS changes its certificate about once a year; a few, for the
/// change-over, are enough, and a stream of made-up addresses fills no memory.
const CERTIFICATES_MAX: usize = 4;

/// By the address that each was fetched from, the oldest first.
type Certificates = Vec<(String, Arc<SigningCertificate>)>;

/// Believes what SNS posts of one topic. Cheap to clone; clones share their certificates.
#[derive(Debug, Clone)]
pub struct Verifier {
    http: Http,
    topic_arn: Arc<str>,
    stand_in: Option<Place>,
    certificates: Arc<Mutex<Certificates>>,
}

/// Why a delivery is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("it is no SNS message: {0}")]
    Illegible(Illegible),
    #[error("it is not of our topic")]
    ForeignTopic,
    #[error("its signature is of no version that we know")]
    UnknownVersion,
    #[error("its certificate's address is refused: {0}")]
    CertificatePlace(PlaceRefused),
    /// The certificate could not be had. Later it may be, so SNS had better send again.
    #[error("its certificate cannot be fetched: {0}")]
    CertificateAway(CallError),
    #[error("its certificate is refused: {0}")]
    Certificate(CertificateRefused),
    #[error("its signature is not SNS'")]
    Signature,
}

impl Refused {
    /// Whether the same delivery may be believed later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::CertificateAway(error) => error.retryable(),
            Self::Illegible(_)
            | Self::ForeignTopic
            | Self::UnknownVersion
            | Self::CertificatePlace(_)
            | Self::Certificate(_)
            | Self::Signature => false,
        }
    }
}

/// Why a subscription was not confirmed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfirmError {
    #[error("the address to confirm at is refused: {0}")]
    Place(PlaceRefused),
    #[error(transparent)]
    Call(#[from] CallError),
}

impl Verifier {
    /// Believes what is of `topic_arn`.
    ///
    /// `stand_in` is what the local cloud's sandbox serves under in place of SNS, to its last
    /// slash, such as `http://127.0.0.1:4700/sns/`; in production there is none.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn new(http: Http, topic_arn: &str, stand_in: Option<&str>) -> Result<Self, SetupError> {
        if !topic_arn.starts_with("arn:") {
            return Err(SetupError::Unusable("the SNS topic's ARN"));
        }
        let stand_in = stand_in.map(Place::stand_in).transpose()?;
        Ok(Self { http, topic_arn: Arc::from(topic_arn), stand_in, certificates: Arc::default() })
    }

    /// Verifies a delivery: its topic, its certificate at `now` (Unix seconds), its signature.
    ///
    /// Deliveries repeat; [`Message::id`] is the same on each.
    ///
    /// # Errors
    ///
    /// [`Refused`], which says whether it may be believed later.
    pub async fn verify(&self, body: &[u8], now: i64) -> Result<Message, Refused> {
        let envelope = Envelope::parse(body).map_err(Refused::Illegible)?;
        // Before anything is fetched: a stranger's delivery costs us no request.
        if envelope.topic_arn() != &*self.topic_arn {
            return Err(Refused::ForeignTopic);
        }
        let digest = envelope.digest().ok_or(Refused::UnknownVersion)?;
        let signature = envelope.signature().ok_or(Refused::Signature)?;
        let certificate = self.certificate(envelope.certificate_url()).await?;
        certificate.require_valid_at(now).map_err(Refused::Certificate)?;
        if !certificate.signed(digest, envelope.signed_text().as_bytes(), &signature) {
            return Err(Refused::Signature);
        }
        Ok(envelope.into_message())
    }

    /// Confirms that we want what the topic sends. Only a verified message asks for it.
    ///
    /// # Errors
    ///
    /// [`ConfirmError`]; SNS asks again, and confirming twice is as good as once.
    pub async fn confirm(&self, confirmation: &Confirmation) -> Result<(), ConfirmError> {
        let place = Place::confirming(confirmation.subscribe_url(), self.stand_in.as_ref()).map_err(ConfirmError::Place)?;
        let answer = place.get(&self.http).await?;
        match answer.status() {
            200..=299 => Ok(()),
            status @ 400..=499 => Err(CallError::Refused { status, code: None, reason: None, description: None, field: None }.into()),
            status => Err(CallError::Unknown { why: Doubt::Status(status) }.into()),
        }
    }

    async fn certificate(&self, url: &str) -> Result<Arc<SigningCertificate>, Refused> {
        let place = Place::of_certificate(url, self.stand_in.as_ref()).map_err(Refused::CertificatePlace)?;
        let known = self.lock().iter().find(|(known, _)| known == url).map(|(_, certificate)| Arc::clone(certificate));
        if let Some(certificate) = known {
            return Ok(certificate);
        }
        let answer = place.get(&self.http).await.map_err(Refused::CertificateAway)?;
        let away = |why| Refused::CertificateAway(CallError::Unknown { why });
        if answer.status() != 200 {
            return Err(away(Doubt::Status(answer.status())));
        }
        let pem = answer.body().ok_or_else(|| away(Doubt::ConnectionBroke("it broke off".to_owned())))?;
        let certificate = Arc::new(SigningCertificate::read(pem).map_err(Refused::Certificate)?);
        let mut certificates = self.lock();
        if certificates.len() >= CERTIFICATES_MAX {
            certificates.remove(0);
        }
        certificates.push((url.to_owned(), Arc::clone(&certificate)));
        Ok(certificate)
    }

    fn lock(&self) -> MutexGuard<'_, Certificates> {
        // Whoever panicked while holding it had at most left a certificate out.
        self.certificates.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;

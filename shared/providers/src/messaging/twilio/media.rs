//! Files that people send by way of Twilio.
//!
//! Source: `whatsapp.md`, B2. A message names a file's address at Twilio, which takes the account's
//! credentials and answers with a redirect to whoever keeps the file: that one is followed, without
//! them.

#[cfg(test)]
mod tests;

use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, LOCATION};

use super::{Client, SendError};
use crate::call::{Answer, CallError, Illegible};
use crate::messaging::media::{BYTES_MAX, Fetched, bytes_max};

const HOST: &str = "api.twilio.com";

/// Why a file was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// Twilio, or whoever keeps the file, said no or did not answer.
    #[error(transparent)]
    Refused(#[from] SendError),
    #[error("the file has more than {bytes_max} bytes")]
    TooLarge { bytes_max: usize },
    /// Its address, or the one that this leads to, is on no host that we ask.
    #[error("the file is on a host that is not asked")]
    Elsewhere,
}

impl From<CallError> for MediaError {
    fn from(error: CallError) -> Self {
        Self::Refused(error.into())
    }
}

impl MediaError {
    /// Whether the same file may be had another time.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            // Unlike a message, a file may well be asked for twice.
            Self::Refused(SendError::Call(error)) => error.retryable(),
            Self::Refused(error) => error.retryable(),
            Self::TooLarge { .. } | Self::Elsewhere => false,
        }
    }

    /// The least to wait before trying again, where somebody said so.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::Refused(error) => error.retry_after_ms(),
            Self::TooLarge { .. } | Self::Elsewhere => None,
        }
    }
}

impl Client {
    /// The file at the address that a message names, whole.
    ///
    /// Credentials go to `api.twilio.com` and to the base URL's own origin. One redirect is followed,
    /// to a host that has a name and speaks TLS, or to that origin.
    ///
    /// # Errors
    ///
    /// [`MediaError`], which says whether to try again.
    pub async fn media(&self, url: &str) -> Result<Fetched, MediaError> {
        let url = Url::parse(url).ok().filter(|url| self.is_twilios(url)).ok_or(MediaError::Elsewhere)?;
        let answer = self.api.download(self.signed_in(self.api.get(url.clone())), BYTES_MAX).await?;
        if !matches!(answer.status(), 301 | 302 | 303 | 307 | 308) {
            return file(answer);
        }
        let kept_at = answer.header(LOCATION).and_then(|place| url.join(place).ok());
        let kept_at = kept_at.filter(|url| self.api.is_origin_of(url) || is_public(url)).ok_or(MediaError::Elsewhere)?;
        file(self.api.download(self.api.get(kept_at), BYTES_MAX).await?)
    }

    fn is_twilios(&self, url: &Url) -> bool {
        self.api.is_origin_of(url) || (is_public(url) && url.host_str() == Some(HOST))
    }
}

/// Over TLS, on the usual port, by a name that is not one of this machine's or its network's, and
/// with no credentials of its own.
fn is_public(url: &Url) -> bool {
    let is_name = url
        .domain()
        .is_some_and(|name| name.contains('.') && !name.ends_with('.') && !name.ends_with(".local") && !name.ends_with(".internal"));
    let is_plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    url.scheme() == "https" && is_plain && is_name
}

fn file(answer: Answer) -> Result<Fetched, MediaError> {
    if let Some(error) = SendError::read(&answer) {
        return Err(error.into());
    }
    let mime_type = answer.header(CONTENT_TYPE).filter(|text| !text.is_empty()).map(str::to_owned);
    let bytes_max = bytes_max(mime_type.as_deref().unwrap_or_default());
    match answer.into_file() {
        Ok(bytes) if bytes.len() > bytes_max => Err(MediaError::TooLarge { bytes_max }),
        Ok(bytes) => Ok(Fetched { bytes, mime_type }),
        Err(CallError::Unreadable { why: Illegible::TooLong { .. } }) => Err(MediaError::TooLarge { bytes_max }),
        Err(error) => Err(error.into()),
    }
}

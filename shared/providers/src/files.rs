//! Files in S3, reached by signed addresses: whoever has one may do one thing with one file, for a
//! while.
//!
//! Bytes never pass through our functions. S3 holds an upload to what was signed (type, length,
//! name), since a header that was signed and comes otherwise breaks the signature. Without its SDK:
//! signing and one `HEAD` are all that is needed.
//!
//! Source: Amazon S3's API reference, "Authenticating Requests: Using Query Parameters (AWS
//! Signature Version 4)".

mod sign;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::time::Duration;

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::error::CredentialsError;
use percent_encoding::percent_decode_str;
use reqwest::Method;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};

use crate::call::{Answer, BaseUrl, CallError, Http, Illegible, SetupError};
use sign::{Deed, encoded};

pub use sign::Signer;

/// S3 keeps what follows `x-amz-meta-` with the file, in ASCII: names are percent-encoded.
const NAME: &str = "x-amz-meta-name";

/// How long our own questions are good for.
const ASKING: Duration = Duration::from_secs(60);

/// A bucket, by the address that keys are appended to.
#[derive(Debug, Clone)]
pub struct Bucket {
    base: BaseUrl,
    signer: Signer,
}

/// What a file is. Its name is for people: it is part of no key.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub content_type: String,
    pub bytes: u64,
}

/// An address that is a permission, and the headers that must be sent with it. It does not print.
pub struct Presigned {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
}

/// Why there is no address, or no answer about a file.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("there are no credentials to sign with")]
    NoCredentials(#[source] CredentialsError),
    #[error("the request cannot be signed")]
    Unsigned(#[source] Box<dyn Error + Send + Sync>),
    #[error(transparent)]
    Call(#[from] CallError),
}

impl FilesError {
    fn unsigned(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Unsigned(Box::new(error))
    }

    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::NoCredentials(_) => true,
            Self::Unsigned(_) => false,
            Self::Call(error) => error.retryable(),
        }
    }
}

impl Bucket {
    /// Takes a bucket's own address, `https://{bucket}.s3.{region}.amazonaws.com`, or one with the
    /// bucket in its path.
    ///
    /// # Errors
    ///
    /// [`SetupError::BaseUrl`] where it is none, or not over TLS.
    pub fn new(url: &str, signer: Signer) -> Result<Self, SetupError> {
        Ok(Self { base: BaseUrl::new(url)?, signer })
    }

    /// Lets its bearer put this file under the key, once: what is there is not replaced.
    ///
    /// # Errors
    ///
    /// [`FilesError`] where it cannot be signed.
    pub async fn put(&self, key: &[&str], file: &File, lasts: Duration, now: i64) -> Result<Presigned, FilesError> {
        let headers = [
            ("content-length", file.bytes.to_string()),
            ("content-type", file.content_type.clone()),
            ("if-none-match", "*".to_owned()),
            (NAME, encoded(&file.name)),
        ];
        let signed = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        let deed = Deed { method: Method::PUT, url: self.base.at(key), query: &[], headers: &signed, lasts };
        Ok(Presigned { url: self.signer.sign(deed, now).await?.into(), headers: headers.into() })
    }

    /// Lets its bearer fetch the file, which is saved under its name and never shown in its place.
    ///
    /// # Errors
    ///
    /// [`FilesError`] where it cannot be signed.
    pub async fn get(&self, key: &[&str], file: &File, lasts: Duration, now: i64) -> Result<Presigned, FilesError> {
        let disposition = attachment(&file.name);
        let query = [("response-content-disposition", disposition.as_str()), ("response-content-type", &file.content_type)];
        let deed = Deed { method: Method::GET, url: self.base.at(key), query: &query, headers: &[], lasts };
        Ok(Presigned { url: self.signer.sign(deed, now).await?.into(), headers: Vec::new() })
    }

    /// What lies under the key, if anything does.
    ///
    /// # Errors
    ///
    /// [`FilesError`] where S3 was not asked, or did not say.
    pub async fn head(&self, http: &Http, key: &[&str], now: i64) -> Result<Option<File>, FilesError> {
        let deed = Deed { method: Method::HEAD, url: self.base.at(key), query: &[], headers: &[], lasts: ASKING };
        let answer = http.head(self.signer.sign(deed, now).await?).await?;
        match answer.status() {
            200 => {
                let why = Illegible::WrongShape { path: "headers".to_owned() };
                Ok(Some(described(&answer).ok_or(CallError::Unreadable { why })?))
            }
            // To who may not list the bucket, S3 says 403 of what is not there.
            403 | 404 => Ok(None),
            _ => Err(answer.refused().into()),
        }
    }
}

fn described(answer: &Answer) -> Option<File> {
    Some(File {
        name: percent_decode_str(answer.header(NAME)?).decode_utf8().ok()?.into_owned(),
        content_type: answer.header(CONTENT_TYPE)?.to_owned(),
        bytes: answer.header(CONTENT_LENGTH)?.parse().ok()?,
    })
}

/// RFC 6266: the name as it is, and for who cannot read that, what of it is plain ASCII.
fn attachment(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_');
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encoded(name))
}

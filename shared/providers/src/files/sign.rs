//! Requests to S3 whose signature stands in their address (Signature Version 4, query parameters).

use std::time::{Duration, SystemTime};

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, Url};

use super::FilesError;

/// What stands for itself in a signed query; the signature is made over exactly this spelling.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// Who signs, and for which region.
#[derive(Debug, Clone)]
pub struct Signer {
    region: String,
    credentials: SharedCredentialsProvider,
}

/// What is signed: the bearer may do this and nothing else.
pub(super) struct Deed<'a> {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) query: &'a [(&'a str, &'a str)],
    /// To be sent as they are. Names in lower case.
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) lasts: Duration,
}

impl Signer {
    #[must_use]
    pub fn new(region: impl Into<String>, credentials: SharedCredentialsProvider) -> Self {
        Self { region: region.into(), credentials }
    }

    /// The address that carries the signature. It ends with its time, or with the credentials if
    /// those are of a session that ends sooner.
    pub(super) async fn sign(&self, deed: Deed<'_>, now: i64) -> Result<Url, FilesError> {
        let identity = self.credentials.provide_credentials().await.map_err(FilesError::NoCredentials)?.into();
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(deed.lasts);
        // S3 alone takes a path as it is: neither encoded twice nor normalised.
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let params = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("s3")
            .time(SystemTime::UNIX_EPOCH + Duration::from_secs(now.max(0).unsigned_abs()))
            .settings(settings)
            .build()
            .map_err(FilesError::unsigned)?
            .into();
        let Deed { method, mut url, query, headers, .. } = deed;
        extend(&mut url, query.iter().copied());
        let request = SignableRequest::new(method.as_str(), url.as_str(), headers.iter().copied(), SignableBody::UnsignedPayload);
        let (signature, _) = sign(request.map_err(FilesError::unsigned)?, &params).map_err(FilesError::unsigned)?.into_parts();
        extend(&mut url, signature.params().iter().map(|(name, value)| (*name, value.as_ref())));
        Ok(url)
    }
}

fn extend<'a>(url: &mut Url, pairs: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut query = url.query().unwrap_or_default().to_owned();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(&format!("{}={}", encoded(name), encoded(value)));
    }
    if !query.is_empty() {
        url.set_query(Some(&query));
    }
}

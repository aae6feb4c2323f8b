//! The certificate that SNS signs with.
//!
//! Read with `x509-cert`, which brings half as many crates as `x509-parser`, and neither a parser
//! library nor a second one for time. It checks no signature; that is aws-lc-rs' work.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, RsaParameters, UnparsedPublicKey};
use x509_cert::Certificate;
use x509_cert::der::DecodePem;

/// How the text is hashed before it is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digest {
    /// Signature version 1, a topic's default. What can be forged about SHA-1 needs the signer's
    /// help, and SNS signs what others publish; set the topic to version 2.
    Sha1,
    Sha256,
}

impl Digest {
    fn algorithm(self) -> &'static RsaParameters {
        match self {
            Self::Sha1 => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &RSA_PKCS1_2048_8192_SHA256,
        }
    }
}

/// Why a certificate is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateRefused {
    #[error("it is no X.509 certificate in PEM")]
    Malformed,
    #[error("it is not valid yet")]
    Early,
    #[error("it has expired")]
    Expired,
}

/// A public key and when it counts.
#[derive(Debug)]
pub(super) struct SigningCertificate {
    public_key: Vec<u8>,
    /// Unix seconds, both ends included.
    not_before: u64,
    not_after: u64,
}

impl SigningCertificate {
    /// Reads the first certificate.
    pub(super) fn read(pem: &[u8]) -> Result<Self, CertificateRefused> {
        let certificate = Certificate::from_pem(pem).map_err(|_| CertificateRefused::Malformed)?;
        let certificate = certificate.tbs_certificate();
        let public_key = certificate.subject_public_key_info().subject_public_key.as_bytes().ok_or(CertificateRefused::Malformed)?;
        let validity = certificate.validity();
        Ok(Self {
            public_key: public_key.to_vec(),
            not_before: validity.not_before.to_unix_duration().as_secs(),
            not_after: validity.not_after.to_unix_duration().as_secs(),
        })
    }

    pub(super) fn require_valid_at(&self, now: i64) -> Result<(), CertificateRefused> {
        let now = u64::try_from(now).unwrap_or_default();
        if now < self.not_before {
            Err(CertificateRefused::Early)
        } else if now > self.not_after {
            Err(CertificateRefused::Expired)
        } else {
            Ok(())
        }
    }

    /// Whether the text was signed with this certificate's key, which must be RSA's.
    pub(super) fn signed(&self, digest: Digest, text: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(digest.algorithm(), &self.public_key).verify(text, signature).is_ok()
    }
}

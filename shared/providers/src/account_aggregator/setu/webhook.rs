//! What Setu posts to us: that something changed, and what to look up.
//!
//! Source: `account-aggregator.md`, section 8. Setu signs nothing and posts nothing twice. The address that it posts to is ours to
//! choose, so it holds a secret; who knows that may have us look, and nothing more.

use serde::Deserialize;
use serde_json::json;

use super::wire::ConsentStatus;
use crate::call::{Illegible, read_json_object};
use crate::signature::{self, Secrets, SignatureRefused, Verified};
use crate::wire::wire_enum;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Notice {
    #[serde(rename = "type")]
    pub kind: NoticeKind,
    #[serde(rename = "consentId")]
    pub consent_id: String,
    #[serde(rename = "dataSessionId", default)]
    pub session_id: Option<String>,
    #[serde(default)]
    data: Option<Data>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Data {
    #[serde(default)]
    status: Option<String>,
}

wire_enum! {
    NoticeKind {
        Consent = "CONSENT_STATUS_UPDATE",
        Session = "SESSION_STATUS_UPDATE",
        /// Of data that Setu fetched by itself.
        DataReady = "FI_DATA_READY",
        DataFailed = "FI_DATA_FAILED",
    }
}

impl Notice {
    /// What a consent is said to have become.
    #[must_use]
    pub fn consent_status(&self) -> Option<ConsentStatus> {
        let data = self.data.as_ref().filter(|_| self.kind == NoticeKind::Consent)?;
        data.status.clone().map(ConsentStatus::from)
    }

    /// Whether it holds what banks tell, opened. We have nothing fetched in our place, and keep none of it.
    #[must_use]
    pub fn holds_data(&self) -> bool {
        !matches!(self.kind, NoticeKind::Consent | NoticeKind::Session)
    }

    /// The same notice without what is not read of it: whose accounts they are, and what went wrong in whose words.
    #[must_use]
    pub fn in_brief(&self) -> Vec<u8> {
        let status = self.data.as_ref().and_then(|data| data.status.as_deref());
        let brief = json!({
            "type": self.kind.as_str(), "consentId": self.consent_id, "dataSessionId": self.session_id, "data": { "status": status },
        });
        brief.to_string().into_bytes()
    }
}

/// Verifies a body by the secret of the address that it was posted to.
///
/// # Errors
///
/// [`SignatureRefused`]; a secret that is missing is the empty string, which is malformed.
pub fn verify<'a>(body: &'a [u8], told: &str, secrets: &Secrets) -> Result<Verified<'a>, SignatureRefused> {
    signature::shown(body, told, secrets)
}

/// Reads a notice whose sender is known.
///
/// # Errors
///
/// [`Illegible`] where it is none. The same body fails again.
pub fn parse_notice(body: Verified<'_>) -> Result<Notice, Illegible> {
    read_json_object(body.bytes())
}

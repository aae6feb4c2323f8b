//! Asking for consent, and what was consented to.

mod artefact;
mod detail;
mod purpose;
mod terms;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use artefact::{Account, BadArtefact, ConsentArtefact, ConsentUse, DataProvider};
pub use detail::{ConsentDetail, Customer, DataConsumer, Identifier, IdentifierType, Party, PartyId};
pub use purpose::{Purpose, PurposeCategory, PurposeCode};
pub(crate) use terms::after;
pub use terms::{
    ConsentMode, ConsentType, DataFilter, DataLife, DataLifeUnit, FetchType, FiDataRange, FiType, FilterType, Frequency, FrequencyUnit,
    Operator,
};

use crate::time;

/// `POST /Consent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRequest {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "ConsentDetail")]
    pub detail: ConsentDetail,
}

/// Its answer: the handle by which the request is known until it is approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRequested {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "Customer")]
    pub customer: PartyId,
    #[serde(rename = "ConsentHandle")]
    pub handle: String,
}

/// `POST /Consent/handle`, as of 2.0.0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandleStatusAsked {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "ConsentHandle")]
    pub handle: String,
}

/// Its answer, and that of `GET /Consent/handle/{handle}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandleStatusTold {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "ConsentHandle")]
    pub handle: String,
    #[serde(rename = "ConsentStatus")]
    pub consent: HandleConsent,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandleConsent {
    /// The consent's id, once it is approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub status: HandleStatus,
}

/// How far a request for consent is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum HandleStatus {
    Approved,
    Ready,
    Pending,
    Rejected,
    Expired,
    Failed,
}

/// What a consent is. Rejected and pending ones have no artefact yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ConsentStatus {
    Active,
    Pending,
    Revoked,
    Paused,
    Rejected,
    Expired,
}

/// `POST /Consent/fetch`, as of 2.0.0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentFetch {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "consentId")]
    pub consent_id: String,
}

/// Its answer, and that of `GET /Consent/{consentId}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentFetched {
    pub ver: String,
    pub txnid: String,
    #[serde(rename = "consentId")]
    pub consent_id: String,
    pub status: ConsentStatus,
    #[serde(rename = "createTimestamp", with = "time::wire")]
    pub created_at: Timestamp,
    /// The artefact in a signature of its aggregator.
    #[serde(rename = "signedConsent")]
    pub signed_consent: String,
    #[serde(rename = "ConsentUse", default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<ConsentUse>,
}

#[cfg(test)]
mod tests;

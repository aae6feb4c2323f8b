//! What was consented to, signed by the aggregator. It never changes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::detail::{ConsentDetail, Party};
use super::terms::FiType;
use super::{ConsentFetched, ConsentStatus};
use crate::jws::{self, BadSignature, Keys};
use crate::time;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentArtefact {
    #[serde(flatten)]
    pub detail: ConsentDetail,
    #[serde(rename = "DataProvider", default, skip_serializing_if = "Option::is_none")]
    pub data_provider: Option<DataProvider>,
    #[serde(rename = "Accounts")]
    pub accounts: Vec<Account>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataProvider {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: Party,
}

/// An account that the customer chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    #[serde(rename = "fiType")]
    pub fi_type: FiType,
    #[serde(rename = "fipId")]
    pub fip_id: String,
    #[serde(rename = "accType", default)]
    pub kind: String,
    #[serde(rename = "linkRefNumber")]
    pub link_ref: String,
    #[serde(rename = "maskedAccNumber", default)]
    pub masked_number: String,
}

/// What the aggregator counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentUse {
    #[serde(rename = "logUri", default)]
    pub log_uri: String,
    #[serde(default)]
    pub count: u64,
    #[serde(rename = "lastUseDateTime", default, with = "time::wire_or_none", skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}

/// Why an artefact is discarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadArtefact {
    #[error("its signature: {0}")]
    Signature(#[from] BadSignature),
    #[error("it is not JSON of an artefact at line {line}, column {column}")]
    Shape { line: usize, column: usize },
}

impl ConsentFetched {
    /// The artefact, where the aggregator signed it.
    ///
    /// # Errors
    ///
    /// [`BadArtefact`]; one that another aggregator signed is discarded as well.
    pub fn artefact(&self, aggregator: &(impl Keys + ?Sized)) -> Result<ConsentArtefact, BadArtefact> {
        let payload = jws::verify_compact(&self.signed_consent, aggregator)?;
        serde_json::from_slice(&payload).map_err(|error| BadArtefact::Shape { line: error.line(), column: error.column() })
    }

    /// What a data request repeats as `digitalSignature`.
    pub fn digital_signature(&self) -> Option<&str> {
        jws::signature_of(&self.signed_consent)
    }

    pub fn is_active(&self) -> bool {
        self.status == ConsentStatus::Active
    }
}

//! Asking for data, and the encrypted data.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::consent::FiDataRange;
use crate::crypto::KeyMaterial;
use crate::time;

/// `POST /FI/request`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiRequest {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "FIDataRange")]
    pub data_range: FiDataRange,
    #[serde(rename = "Consent")]
    pub consent: ConsentRef,
    #[serde(rename = "KeyMaterial")]
    pub key_material: KeyMaterial,
}

/// The consent that data are asked for under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRef {
    pub id: String,
    /// The third segment of the signed artefact.
    #[serde(rename = "digitalSignature")]
    pub digital_signature: String,
}

/// Its answer: the session in which the data come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiRequested {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "consentId")]
    pub consent_id: String,
    #[serde(rename = "sessionId")]
    pub session_id: String,
}

/// `POST /FI/fetch`, as of 2.0.0. Without a bank or accounts it asks for all of the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiFetch {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "sessionId")]
    pub session_id: String,
    #[serde(rename = "fipId", default, skip_serializing_if = "Option::is_none")]
    pub fip_id: Option<String>,
    #[serde(rename = "linkRefNumber", default, skip_serializing_if = "Vec::is_empty")]
    pub link_refs: Vec<LinkRef>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRef {
    pub id: String,
}

/// Its answer, and that of `GET /FI/fetch/{sessionId}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiFetched {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "FI")]
    pub banks: Vec<DeliveredBank>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveredBank {
    #[serde(rename = "fipID", alias = "fipId")]
    pub fip_id: String,
    #[serde(rename = "data")]
    pub accounts: Vec<DeliveredAccount>,
    /// Missing where the bank delivered nothing. One that is malformed is this bank's alone: what others delivered is good.
    #[serde(rename = "KeyMaterial", default, skip_serializing_if = "Option::is_none", deserialize_with = "or_none")]
    pub key_material: Option<KeyMaterial>,
}

fn or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<KeyMaterial>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveredAccount {
    #[serde(rename = "linkRefNumber")]
    pub link_ref: String,
    #[serde(rename = "maskedAccNumber", default)]
    pub masked_number: String,
    /// Empty where the account was not delivered.
    #[serde(rename = "encryptedFI", default)]
    pub encrypted_fi: Option<String>,
}

impl DeliveredAccount {
    /// What is to be decrypted, if anything came.
    pub fn sealed(&self) -> Option<&str> {
        self.encrypted_fi.as_deref().filter(|sealed| !sealed.trim().is_empty())
    }
}

impl fmt::Debug for DeliveredAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.sealed().map_or(0, str::len);
        f.debug_struct("DeliveredAccount").field("sealed_characters", &length).finish_non_exhaustive()
    }
}

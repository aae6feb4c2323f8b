//! The terms that a customer is asked to consent to.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::purpose::Purpose;
use super::terms::{ConsentMode, ConsentType, DataFilter, DataLife, FetchType, FiDataRange, FiType, Frequency};
use crate::time;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentDetail {
    #[serde(rename = "consentStart", with = "time::wire")]
    pub starts_at: Timestamp,
    #[serde(rename = "consentExpiry", with = "time::wire")]
    pub expires_at: Timestamp,
    #[serde(rename = "consentMode")]
    pub mode: ConsentMode,
    #[serde(rename = "fetchType")]
    pub fetch_type: FetchType,
    #[serde(rename = "consentTypes")]
    pub types: Vec<ConsentType>,
    #[serde(rename = "fiTypes")]
    pub fi_types: Vec<FiType>,
    #[serde(rename = "DataConsumer")]
    pub data_consumer: DataConsumer,
    #[serde(rename = "Customer")]
    pub customer: Customer,
    #[serde(rename = "Purpose")]
    pub purpose: Purpose,
    #[serde(rename = "FIDataRange")]
    pub data_range: FiDataRange,
    #[serde(rename = "DataLife")]
    pub data_life: DataLife,
    #[serde(rename = "Frequency")]
    pub frequency: Frequency,
    #[serde(rename = "DataFilter", default, skip_serializing_if = "Vec::is_empty")]
    pub data_filter: Vec<DataFilter>,
}

/// Who asks: the licence holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataConsumer {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: Party,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Party {
    #[serde(rename = "FIU")]
    Fiu,
    #[serde(rename = "FIP")]
    Fip,
    #[serde(rename = "AA")]
    Aa,
    #[serde(rename = "USER")]
    User,
}

/// The one whose data they are. Does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The customer's address at an aggregator: `9999999999@finvu`.
    pub id: String,
    #[serde(rename = "Identifiers", default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    #[serde(rename = "type")]
    pub kind: IdentifierType,
    pub value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum IdentifierType {
    Mobile,
    Email,
    Others,
}

/// A customer's address as an answer repeats it. Does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyId {
    pub id: String,
}

impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Customer(..)")
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identifier").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl fmt::Debug for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartyId(..)")
    }
}

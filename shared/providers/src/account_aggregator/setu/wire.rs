//! Setu's own words.

use account_aggregator::wire::{ConsentMode, ConsentType, DataLife, FetchType, FiDataRange, FiType, PurposeCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::call::{CallError, Illegible};
use crate::personal::Personal;
use crate::wire::{null_as_default, wire_enum};

/// What is asked of a customer.
#[derive(Debug, Clone)]
pub struct NewConsent<'a> {
    /// The customer's mobile number, alone or at an aggregator: `9999999999@onemoney`.
    pub address: Personal,
    pub expires_at: Timestamp,
    pub starts_at: Timestamp,
    pub data_range: FiDataRange,
    pub mode: ConsentMode,
    pub fetch_type: FetchType,
    pub types: &'a [ConsentType],
    pub fi_types: &'a [FiType],
    pub purpose: PurposeCode,
    pub data_life: DataLife,
    /// How many fetches in a unit.
    pub frequency: (u32, FrequencyUnit),
    /// Where the customer comes back to.
    pub redirect_url: &'a str,
    pub tags: &'a [&'a str],
}

/// Setu's units. At most one fetch an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FrequencyUnit {
    Hourly,
    Daily,
    Monthly,
    Yearly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Json,
    Xml,
}

impl NewConsent<'_> {
    pub(super) fn to_body(&self) -> Value {
        let (value, unit) = self.frequency;
        json!({
            "consentDateRange": { "startDate": account_aggregator::time::to_text(self.starts_at), "endDate": account_aggregator::time::to_text(self.expires_at) },
            "vua": self.address,
            "dataRange": self.data_range,
            "consentMode": self.mode,
            "fetchType": self.fetch_type,
            "consentTypes": self.types,
            "fiTypes": self.fi_types,
            "purpose": account_aggregator::wire::Purpose::new(self.purpose, ""),
            "dataLife": self.data_life,
            "frequency": { "unit": unit, "value": value },
            "redirectUrl": self.redirect_url,
            "context": [],
            "additionalParams": { "tags": self.tags },
        })
    }
}

wire_enum! {
    ConsentStatus {
        Pending = "PENDING",
        Active = "ACTIVE",
        Rejected = "REJECTED",
        Revoked = "REVOKED",
        Paused = "PAUSED",
        Expired = "EXPIRED",
        Failed = "FAILED",
    }
}

wire_enum! {
    SessionStatus {
        Pending = "PENDING",
        /// Some accounts are there, and others may yet come.
        Partial = "PARTIAL",
        Completed = "COMPLETED",
        Expired = "EXPIRED",
        Failed = "FAILED",
    }
}

wire_enum! {
    FiStatus {
        Ready = "READY",
        Denied = "DENIED",
        Pending = "PENDING",
        Delivered = "DELIVERED",
        Timeout = "TIMEOUT",
        Failed = "FAILED",
    }
}

/// A consent as Setu has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SetuConsent {
    pub id: String,
    /// Where the customer gives it.
    #[serde(default)]
    pub url: Option<String>,
    pub status: ConsentStatus,
    #[serde(rename = "accountsLinked", default, deserialize_with = "null_as_default")]
    pub accounts: Vec<LinkedAccount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LinkedAccount {
    #[serde(rename = "fipId")]
    pub fip_id: String,
    #[serde(rename = "linkRefNumber")]
    pub link_ref: String,
    #[serde(rename = "maskedAccNumber", default)]
    pub masked_number: Option<Personal>,
}

/// A data session, with what came in it.
#[derive(Debug, Deserialize)]
pub struct SetuSession {
    pub id: String,
    pub status: SessionStatus,
    #[serde(rename = "fips", default, deserialize_with = "null_as_default")]
    pub banks: Vec<SetuBank>,
}

#[derive(Debug, Deserialize)]
pub struct SetuBank {
    #[serde(rename = "fipID")]
    pub fip_id: String,
    #[serde(alias = "Accounts", default, deserialize_with = "null_as_default")]
    pub accounts: Vec<Account>,
}

/// One account of a session. Its data do not print.
#[derive(Deserialize)]
pub struct Account {
    #[serde(rename = "linkRefNumber")]
    pub link_ref: String,
    #[serde(alias = "FIStatus", alias = "FIstatus")]
    pub status: FiStatus,
    #[serde(default)]
    data: Option<Box<RawValue>>,
}

impl Account {
    /// The account's document as `account_aggregator::fi::read` takes it, if it came.
    #[must_use]
    pub fn document(&self) -> Option<String> {
        let raw = self.data.as_ref()?.get();
        match raw.as_bytes().first() {
            Some(b'{') => Some(raw.to_owned()),
            // XML is a text.
            Some(b'"') => serde_json::from_str::<String>(raw).ok().filter(|text| !text.is_empty()),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Refuses an answer about something else.
pub(super) fn about(asked: &str, told: &str) -> Result<(), CallError> {
    if asked == told { Ok(()) } else { Err(CallError::Unreadable { why: Illegible::WrongShape { path: "id".to_owned() } }) }
}

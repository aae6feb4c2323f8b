//! What aggregators tell of their own accord. A field more, or one less, and it is refused.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::consent::{ConsentStatus, Party};
use crate::time;

/// `POST /Consent/Notification`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentNotification {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "Notifier")]
    pub notifier: Notifier,
    #[serde(rename = "ConsentStatusNotification")]
    pub consent: ConsentStatusNotification,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notifier {
    #[serde(rename = "type")]
    pub kind: Party,
    pub id: String,
}

/// A rejected request has no consent id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentStatusNotification {
    #[serde(rename = "consentId", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(rename = "consentHandle", default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    #[serde(rename = "consentStatus")]
    pub status: ConsentStatus,
}

/// `POST /FI/Notification`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataNotification {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    #[serde(rename = "Notifier")]
    pub notifier: Notifier,
    #[serde(rename = "FIStatusNotification")]
    pub session: DataStatusNotification,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataStatusNotification {
    #[serde(rename = "sessionId")]
    pub id: String,
    #[serde(rename = "sessionStatus")]
    pub status: SessionStatus,
    #[serde(rename = "FIStatusResponse")]
    pub banks: Vec<BankStatus>,
}

/// How far a data session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SessionStatus {
    Active,
    Completed,
    Expired,
    Failed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankStatus {
    #[serde(rename = "fipID")]
    pub fip_id: String,
    #[serde(rename = "Accounts")]
    pub accounts: Vec<AccountStatus>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountStatus {
    #[serde(rename = "linkRefNumber")]
    pub link_ref: String,
    #[serde(rename = "FIStatus")]
    pub status: FiStatus,
    #[serde(default)]
    pub description: String,
}

/// How far one account's data are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FiStatus {
    Ready,
    Denied,
    Pending,
    Delivered,
    Timeout,
}

/// What we answer, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    pub txnid: String,
    pub response: String,
}

impl Acknowledged {
    pub fn new(ver: &str, now: Timestamp, txnid: &str) -> Self {
        Self { ver: ver.to_owned(), timestamp: now, txnid: txnid.to_owned(), response: "OK".to_owned() }
    }
}

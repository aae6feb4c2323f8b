//! What operators see and do.

use super::common::USER_ID;
use domain::suspense::{Suspense, SuspenseStatus};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Inbound, LedgerReport};

#[derive(Debug, Serialize, JsonSchema)]
pub struct SuspenseBody {
    pub id: String,
    /// `payment` or `refund`.
    pub kind: &'static str,
    pub provider_id: String,
    pub order_id: Option<String>,
    pub amount: i64,
    pub currency: String,
    pub why: String,
    pub assigned_to: Option<String>,
    pub created_at: String,
}

impl From<&Suspense> for SuspenseBody {
    fn from(suspense: &Suspense) -> Self {
        Self {
            id: suspense.id.to_string(),
            kind: suspense.kind.code(),
            provider_id: suspense.provider_id.clone(),
            order_id: suspense.order_id.clone(),
            amount: suspense.amount,
            currency: suspense.currency.clone(),
            why: suspense.why.clone(),
            assigned_to: match suspense.status {
                SuspenseStatus::Assigned { to, .. } => Some(to.to_string()),
                SuspenseStatus::Open => None,
            },
            created_at: suspense.created_at.to_string(),
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignRequest {
    #[schemars(extend("pattern" = USER_ID))]
    pub user_id: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct WebhookBody {
    pub id: String,
    /// `received`, `processed` or `ignored`.
    pub status: &'static str,
    pub outcome: Option<String>,
    pub received_at: String,
    /// SHA-256 of the raw body, in hex.
    pub body_sha256: String,
}

impl From<&Inbound> for WebhookBody {
    fn from(inbound: &Inbound) -> Self {
        Self {
            id: inbound.id.replace('#', ":"),
            status: inbound.status.code(),
            outcome: inbound.outcome.clone(),
            received_at: inbound.received_at.to_string(),
            body_sha256: crate::api::sha256_hex(&inbound.body),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DeadLettersBody {
    pub queues: Vec<DeadLetterQueueBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DeadLetterQueueBody {
    pub queue: &'static str,
    /// About how many there are.
    pub count: u64,
    /// Up to ten of them.
    pub letters: Vec<DeadLetterBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DeadLetterBody {
    pub message_id: String,
    pub sent_at: String,
    pub request_id: String,
    /// What the message asks for; absent where it is not a message of ours.
    pub work: Option<String>,
    /// What a re-drive would do, by the state of the record that it names.
    pub redrive_would: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RedriveBody {
    pub queue: &'static str,
    pub sent_back: u32,
    /// Left where they are: not messages of ours.
    pub left: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct LedgerBody {
    /// Balances of the platform's own accounts, in paise, as folded by now.
    pub system: BTreeMap<String, i64>,
    pub last_check: Option<CheckBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckBody {
    pub at_ms: i64,
    pub balanced: bool,
    pub accounts: u64,
    pub entries: u64,
    pub users_amount: i64,
    pub difference: i64,
    pub findings: Vec<String>,
}

impl From<&LedgerReport> for CheckBody {
    fn from(report: &LedgerReport) -> Self {
        Self {
            at_ms: report.checked_at_ms,
            balanced: report.is_balanced(),
            accounts: report.accounts,
            entries: report.entries,
            users_amount: report.users,
            difference: report.difference,
            findings: report.findings.clone(),
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRequest {
    pub role: lambda::auth::Role,
}

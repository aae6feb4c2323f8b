//! What operators see and do.

mod dead_letters;
mod ledger;
mod reconciliation;

pub use dead_letters::{DeadLetterBody, DeadLetterQueueBody, DeadLettersBody, RedriveBody, RedriveRequest, RefusedLetterBody};
pub use ledger::{CheckBody, ExplainRequest, FloatBody, LedgerBody};
pub use reconciliation::{DayBody, DayInFullBody, DifferenceBody, KindBody, SideBody, SumBody};

use super::common::{USER_ID, WHY};
use domain::{
    Timestamp,
    suspense::{Suspense, SuspenseStatus},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::{Census, Inbound, Shown};

/// The live side as it is now.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LiveBody {
    /// Open sockets.
    pub connections: u64,
    /// Of them, those that have sent no ping lately: gone without a word, or an app that sends none.
    pub silent_connections: u64,
    pub users: u64,
    pub subscriptions: u64,
    /// False where there was more than one look reads.
    pub complete: bool,
    /// Publications that are being told.
    pub publications_running: u64,
    /// Events of feeds that were shown within the last two to three minutes.
    pub events_shown: u64,
    /// From their commit to their post, on average; `null` where none was shown.
    pub lag_ms_mean: Option<u64>,
    /// RFC 3339.
    pub at: String,
}

impl LiveBody {
    pub fn new(census: &Census, publications_running: usize, shown: &Shown, now: Timestamp) -> Self {
        Self {
            connections: census.connections,
            silent_connections: census.silent,
            users: census.users,
            subscriptions: census.subscriptions,
            complete: census.complete,
            publications_running: publications_running as u64,
            events_shown: shown.events,
            lag_ms_mean: shown.lag_ms.checked_div(shown.events),
            at: now.to_string(),
        }
    }
}

/// Why a held copy of somebody's data is opened. It is in the log of operators' acts for good.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenHoldRequest {
    #[schemars(extend("pattern" = WHY))]
    pub why: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SuspenseBody {
    pub id: String,
    /// `payment` or `refund`.
    pub kind: &'static str,
    /// `razorpay` or `phonepe`.
    pub provider: &'static str,
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
            provider: suspense.gateway.code(),
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

fn time(ms: i64) -> String {
    domain::Timestamp::from_millisecond(ms).unwrap_or_default().to_string()
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRequest {
    pub role: lambda::auth::Role,
}

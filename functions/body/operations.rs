//! What operators see and do.

use super::common::{USER_ID, WHY};
use domain::{
    Timestamp,
    suspense::{Suspense, SuspenseStatus},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Census, DayReport, DifferenceRow, FloatReport, Inbound, KindRow, LedgerReport, Shown, SumRow, ViewRow};

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
    /// Up to fifty or so of them.
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
    /// Whether it would do no good, so that it is sent back only by name and with `force`.
    pub needs_force: bool,
}

/// Without a body, all letters that it helps are sent back.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("anyOf" = [
    { "properties": { "force": { "const": false } } },
    { "required": ["message_id"], "properties": { "message_id": { "type": "string" } } },
]))]
pub struct RedriveRequest {
    /// This letter alone.
    pub message_id: Option<String>,
    /// Also where it would do no good. Only with `message_id`.
    pub force: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RefusedLetterBody {
    pub message_id: String,
    /// What a re-drive would do.
    pub why: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RedriveBody {
    pub queue: &'static str,
    pub sent_back: u32,
    /// How many are left where they are.
    pub left: u64,
    /// Why, letter by letter.
    pub refused: Vec<RefusedLetterBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct LedgerBody {
    /// Balances of the platform's own accounts, in paise, as folded by now.
    pub system: BTreeMap<String, i64>,
    pub last_check: Option<CheckBody>,
    /// What users are owed, and what covers it; absent before the first look.
    pub float: Option<FloatBody>,
}

/// Amounts in paise.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FloatBody {
    pub at: String,
    /// What users are owed: wallets, batches on their way, suspense.
    pub owed_amount: i64,
    /// What lies in the payout account, as the provider says.
    pub at_provider_amount: i64,
    pub payouts_in_flight_amount: i64,
    pub settlement_pending_amount: i64,
    /// What is owed beyond all that.
    pub shortfall_amount: i64,
    /// What the payout account is off from what our books say of it.
    pub unexplained_amount: i64,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainRequest {
    /// As the last look has it, so that nothing else is explained with it.
    pub unexplained_amount: i64,
    /// What it was.
    #[schemars(extend("pattern" = WHY))]
    pub why: String,
}

impl From<&FloatReport> for FloatBody {
    fn from(report: &FloatReport) -> Self {
        Self {
            at: time(report.checked_at_ms),
            owed_amount: report.owed,
            at_provider_amount: report.at_provider,
            payouts_in_flight_amount: report.payouts_in_flight,
            settlement_pending_amount: report.settlement_pending,
            shortfall_amount: report.shortfall,
            unexplained_amount: report.unexplained,
        }
    }
}

fn time(ms: i64) -> String {
    domain::Timestamp::from_millisecond(ms).unwrap_or_default().to_string()
}

/// One day's report in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DayBody {
    /// India's day, `2026-11-20`.
    pub day: String,
    pub made_at: String,
    /// How many differences there are of each reason.
    pub reasons: BTreeMap<String, u64>,
    pub sums: Vec<KindBody>,
}

impl From<&DayReport> for DayBody {
    fn from(report: &DayReport) -> Self {
        Self {
            day: report.day.clone(),
            made_at: time(report.made_at_ms),
            reasons: report.reasons.clone(),
            sums: report.sums.iter().map(KindBody::from).collect(),
        }
    }
}

/// One day's report in full.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DayInFullBody {
    #[serde(flatten)]
    pub report: DayBody,
    /// The largest first.
    pub differences: Vec<DifferenceBody>,
    /// How many are not listed.
    pub left_out: u64,
}

impl From<&DayReport> for DayInFullBody {
    fn from(report: &DayReport) -> Self {
        let differences = report.differences.iter().map(DifferenceBody::from).collect();
        Self { report: DayBody::from(report), differences, left_out: report.left_out }
    }
}

/// What each side counts of one kind of movement within the day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct KindBody {
    /// `payment`, `refund`, `payout`, `reversal` or `transfer`.
    pub kind: String,
    pub ledger: SumBody,
    pub provider: SumBody,
    /// Absent where the kind does not go through the payout account.
    pub bank: Option<SumBody>,
}

impl From<&KindRow> for KindBody {
    fn from(row: &KindRow) -> Self {
        Self { kind: row.kind.clone(), ledger: row.ledger.into(), provider: row.provider.into(), bank: row.bank.map(SumBody::from) }
    }
}

/// In paise.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SumBody {
    pub count: u64,
    pub amount: i64,
    pub fee_amount: i64,
}

impl From<SumRow> for SumBody {
    fn from(row: SumRow) -> Self {
        Self { count: row.count, amount: row.amount, fee_amount: row.fee }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DifferenceBody {
    /// `provider_only`, `ledger_only`, `amount`, `state`, `fee`, `not_on_statement`, `on_its_way`,
    /// `overdue`, `not_ours` or `after_cutoff`.
    pub reason: String,
    pub kind: String,
    /// Our own id.
    pub transaction_id: Option<String>,
    pub provider_id: Option<String>,
    /// Of the statement's line.
    pub line_id: Option<String>,
    /// The banks' reference.
    pub utr: Option<String>,
    pub ledger: Option<SideBody>,
    pub provider: Option<SideBody>,
    pub bank: Option<SideBody>,
    /// By how much the ledger's sum is above the provider's for this, in paise.
    pub ledger_less_provider_amount: i64,
    /// The same for the bank's.
    pub ledger_less_bank_amount: i64,
    /// Until when it may be on its way.
    pub deadline: Option<String>,
}

impl From<&DifferenceRow> for DifferenceBody {
    fn from(row: &DifferenceRow) -> Self {
        Self {
            reason: row.reason.clone(),
            kind: row.kind.clone(),
            transaction_id: row.operation.clone(),
            provider_id: row.provider_id.clone(),
            line_id: row.line_id.clone(),
            utr: row.utr.clone(),
            ledger: row.ledger.as_ref().map(SideBody::from),
            provider: row.provider.as_ref().map(SideBody::from),
            bank: row.bank.as_ref().map(SideBody::from),
            ledger_less_provider_amount: row.ledger_less_provider,
            ledger_less_bank_amount: row.ledger_less_bank,
            deadline: row.deadline_ms.map(time),
        }
    }
}

/// A movement as one side has it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SideBody {
    /// `on_its_way`, `done` or `undone`.
    pub state: String,
    pub amount: i64,
    pub fee_amount: i64,
    pub at: String,
}

impl From<&ViewRow> for SideBody {
    fn from(row: &ViewRow) -> Self {
        Self { state: row.state.clone(), amount: row.amount, fee_amount: row.fee, at: time(row.at_ms) }
    }
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

//! Whether the books balance, and the money at the payout account.

use super::time;
use crate::body::common::WHY;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{FloatReport, LedgerReport};

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

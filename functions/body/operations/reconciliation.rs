//! What a day looked like to us and to the provider.

use super::time;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use store::{DayReport, DifferenceRow, KindRow, SumRow, ViewRow};

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

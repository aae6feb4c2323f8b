//! What the daily comparison with provider and bank reads, and its reports.

use crate::{
    Store,
    error::StoreError,
    fold::LedgerScan,
    items::{FactItem, JournalItem, from_item, row_key, to_item},
    keys,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Timestamp,
    fact::Fact,
    id::OperationId,
    posting::Posting,
    reconciliation::{Difference, Report, Sum, View},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Differences that a report lists, the largest first. A row has at most 400 KB.
const DIFFERENCES_MAX: usize = 400;

/// Postings of one operation, as one feed or the journal tells them. A transfer between two users is
/// told by both feeds; what touches a system account, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub operation: OperationId,
    pub at: Timestamp,
    pub postings: Vec<Posting>,
}

/// What one side counts, in paise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumRow {
    pub count: u64,
    pub amount: i64,
    pub fee: i64,
}

impl From<Sum> for SumRow {
    fn from(sum: Sum) -> Self {
        Self { count: sum.count, amount: sum.amount, fee: sum.fee }
    }
}

/// The sums of one kind of movement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindRow {
    pub kind: String,
    pub ledger: SumRow,
    pub provider: SumRow,
    /// `None` where the kind does not go through the payout account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<SumRow>,
}

/// A movement as one side has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewRow {
    pub state: String,
    pub amount: i64,
    pub fee: i64,
    pub at_ms: i64,
}

impl From<View> for ViewRow {
    fn from(view: View) -> Self {
        Self { state: view.state.code().to_owned(), amount: view.amount, fee: view.fee, at_ms: view.at.as_millisecond() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceRow {
    pub reason: String,
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utr: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<ViewRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<ViewRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<ViewRow>,
    /// By how much the ledger's sum is above the provider's for it, in paise.
    pub ledger_less_provider: i64,
    /// By how much the ledger's sum is above the bank's; 0 where the bank has no part in it.
    pub ledger_less_bank: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<i64>,
}

impl From<&Difference> for DifferenceRow {
    fn from(difference: &Difference) -> Self {
        let movement = &difference.movement;
        Self {
            reason: difference.reason.code().to_owned(),
            kind: movement.kind.code().to_owned(),
            operation: movement.operation.clone(),
            provider_id: movement.provider_id.clone(),
            line_id: movement.line_id.clone(),
            utr: movement.utr.clone(),
            ledger: movement.ledger.map(ViewRow::from),
            provider: movement.provider.map(ViewRow::from),
            bank: movement.bank.map(ViewRow::from),
            ledger_less_provider: difference.ledger_less_provider(),
            ledger_less_bank: if movement.kind.is_on_statement() { difference.ledger_less_bank() } else { 0 },
            deadline_ms: difference.deadline().map(|at| at.as_millisecond()),
        }
    }
}

/// The report of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayReport {
    /// `2026-11-20`: India's day.
    pub day: String,
    pub made_at_ms: i64,
    pub sums: Vec<KindRow>,
    /// How many differences there are of each reason.
    pub reasons: BTreeMap<String, u64>,
    /// The largest of them.
    pub differences: Vec<DifferenceRow>,
    /// How many are not listed.
    pub left_out: u64,
}

impl DayReport {
    pub fn new(report: &Report, made_at: Timestamp) -> Self {
        let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
        for difference in &report.differences {
            *reasons.entry(difference.reason.code().to_owned()).or_default() += 1;
        }
        let mut differences: Vec<DifferenceRow> = report.differences.iter().map(DifferenceRow::from).collect();
        let size = |row: &DifferenceRow| row.ledger_less_provider.unsigned_abs().max(row.ledger_less_bank.unsigned_abs());
        differences.sort_by_key(|row| std::cmp::Reverse(size(row)));
        let left_out = differences.len().saturating_sub(DIFFERENCES_MAX) as u64;
        differences.truncate(DIFFERENCES_MAX);
        let sums = report.sums.iter().map(|(kind, sums)| KindRow {
            kind: kind.code().to_owned(),
            ledger: sums.ledger.into(),
            provider: sums.provider.into(),
            bank: kind.is_on_statement().then(|| sums.bank.into()),
        });
        Self {
            day: report.day.date.to_string(),
            made_at_ms: made_at.as_millisecond(),
            sums: sums.collect(),
            reasons,
            differences,
            left_out,
        }
    }
}

/// The platform's float, as it was last looked at. Amounts in paise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloatReport {
    pub checked_at_ms: i64,
    /// What users are owed: wallets, batches on their way, suspense.
    pub owed: i64,
    /// What lies in the payout account, as the provider says.
    pub at_provider: i64,
    /// Payouts that have left it and are not booked yet.
    pub payouts_in_flight: i64,
    /// What the gateway has collected and nobody has moved to the payout account yet.
    pub settlement_pending: i64,
    /// What is owed beyond all that; 0 where everything is covered.
    pub shortfall: i64,
    /// What the balance at the provider is off from what our books say of it, at this look and at
    /// the one before.
    pub unexplained: i64,
    /// The same at this look alone. It may be a matter of the moment: what is committed is folded
    /// into the platform's accounts a little later.
    #[serde(default)]
    pub off: i64,
    /// What was moved into the payout account on the whole, by its statement.
    pub funded: i64,
    /// What else the statement has on the whole (a charge is below zero), and what an operator has
    /// explained: the balance is off by it, and everybody knows why.
    #[serde(default)]
    pub explained: i64,
    /// Up to when the statement was read for it.
    pub funded_until_s: i64,
}

impl Store {
    /// Postings of one stretch of the table that were committed in `[from, until)`. Reads every
    /// row: for schedules only.
    pub async fn scan_moved(&self, scan: &mut LedgerScan, from: Timestamp, until: Timestamp) -> Result<Vec<Moved>, StoreError> {
        let answer = self
            .db
            .scan()
            .table_name(&self.table)
            .filter_expression("#at >= :from AND #at < :until AND attribute_exists(postings)")
            .expression_attribute_names("#at", "at")
            .expression_attribute_values(":from", AttributeValue::N(from.as_millisecond().to_string()))
            .expression_attribute_values(":until", AttributeValue::N(until.as_millisecond().to_string()))
            .set_exclusive_start_key(scan.from.take())
            .send()
            .await?;
        scan.from = answer.last_evaluated_key;
        scan.finished = scan.from.is_none();
        let mut moved = Vec::new();
        for item in answer.items.unwrap_or_default() {
            let key = row_key(&item);
            let corrupt = |why: String| StoreError::Corrupt { key: format!("{}/{}", key.pk, key.sk), why };
            if key.pk.starts_with(keys::ACCOUNT) && key.sk.starts_with("F#") {
                let fact = Fact::try_from(from_item::<FactItem>(item)?).map_err(|error| corrupt(error.to_string()))?;
                let operation = fact.operation.ok_or_else(|| corrupt("postings without an operation".to_owned()))?;
                moved.push(Moved { operation, at: fact.at, postings: fact.postings });
            } else if key.pk.starts_with(keys::JOURNAL) {
                let line: JournalItem = from_item(item)?;
                moved.push(line.moved().map_err(|error| corrupt(error.to_string()))?);
            }
        }
        Ok(moved)
    }

    /// Writes a day's report down, in place of an earlier one of the same day.
    pub async fn put_day_report(&self, report: &DayReport) -> Result<(), StoreError> {
        let item = to_item(&keys::day_report(&report.day), report)?;
        self.db.put_item().table_name(&self.table).set_item(Some(item)).send().await?;
        Ok(())
    }

    pub async fn day_report(&self, day: &str) -> Result<Option<DayReport>, StoreError> {
        self.row(&self.table, &keys::day_report(day)).await?.map(from_item).transpose()
    }

    /// Reports of days before this one, newest first.
    pub async fn day_reports(&self, before: Option<&str>, limit: i32) -> Result<(Vec<DayReport>, Option<String>), StoreError> {
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk < :before")
            .expression_attribute_values(":pk", AttributeValue::S(keys::day_report("").pk))
            .expression_attribute_values(":before", AttributeValue::S(before.unwrap_or("~").to_owned()))
            .scan_index_forward(false)
            .limit(limit)
            .send()
            .await?;
        let more = answer.last_evaluated_key.is_some();
        let reports = answer.items.unwrap_or_default().into_iter().map(from_item::<DayReport>).collect::<Result<Vec<_>, _>>()?;
        let next = if more { reports.last().map(|report| report.day.clone()) } else { None };
        Ok((reports, next))
    }

    /// Writes a look at the float down, if the one that it goes on from is still the last: what
    /// another run counted, or an operator explained meanwhile, is not written over.
    pub async fn put_float_report(&self, report: &FloatReport, last: Option<&FloatReport>) -> Result<bool, StoreError> {
        let put = self.db.put_item().table_name(&self.table).set_item(Some(to_item(&keys::float_check(), report)?));
        let put = match last {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(last) => put
                .condition_expression("checked_at_ms = :last AND explained = :explained")
                .expression_attribute_values(":last", AttributeValue::N(last.checked_at_ms.to_string()))
                .expression_attribute_values(":explained", AttributeValue::N(last.explained.to_string())),
        };
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes what is unexplained as explained, if the report is still the one that was looked at.
    pub async fn explain_float(&self, seen: &FloatReport) -> Result<bool, StoreError> {
        let (explained, off) = (seen.explained + seen.unexplained, seen.off - seen.unexplained);
        let explained = FloatReport { explained, off, unexplained: 0, ..seen.clone() };
        let put = self.db.put_item().table_name(&self.table).set_item(Some(to_item(&keys::float_check(), &explained)?));
        let put = put
            .condition_expression("checked_at_ms = :seen AND unexplained = :unexplained")
            .expression_attribute_values(":seen", AttributeValue::N(seen.checked_at_ms.to_string()))
            .expression_attribute_values(":unexplained", AttributeValue::N(seen.unexplained.to_string()));
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn float_report(&self) -> Result<Option<FloatReport>, StoreError> {
        self.row(&self.table, &keys::float_check()).await?.map(from_item).transpose()
    }

    /// Up to when the payout account's statement was looked through for returns.
    pub async fn returns_read_until(&self) -> Result<Option<Timestamp>, StoreError> {
        let Some(item) = self.row(&self.table, &keys::returns_read_until()).await? else { return Ok(None) };
        let until = item.get("until_s").and_then(|value| value.as_n().ok()?.parse().ok());
        Ok(until.and_then(|seconds| Timestamp::from_second(seconds).ok()))
    }

    pub async fn set_returns_read_until(&self, until: Timestamp) -> Result<(), StoreError> {
        let item = to_item(&keys::returns_read_until(), &HashMap::from([("until_s", until.as_second())]))?;
        self.db.put_item().table_name(&self.table).set_item(Some(item)).send().await?;
        Ok(())
    }
}

//! Checks that the ledger adds up: I1 over all accounts, I2 and I8 on each; and that the log of
//! operators' acts holds.

pub mod audit;

use crate::{apply::store_failed, deps::Deps};
use lambda::{
    Deadline, Failed,
    metrics::{Metric, emit},
};
use std::time::Duration;
use store::{LedgerReport, LedgerScan};

/// How often a difference is looked at again before it is believed: the stream that folds the
/// platform's accounts trails the commits.
const LOOKS_MAX: u32 = 5;
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);

pub async fn handle(deps: &Deps, deadline: Deadline) -> Result<(), Failed> {
    // Neither keeps the other from being looked at.
    let acts = audit::check(deps).await;
    check(deps, deadline).await?;
    acts.map(drop)
}

async fn check(deps: &Deps, deadline: Deadline) -> Result<(), Failed> {
    let mut report = look(deps, deadline).await?;
    for _ in 1..LOOKS_MAX {
        if report.is_balanced() || !deadline.leaves(2 * BETWEEN_LOOKS) {
            break;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
        report = look(deps, deadline).await?;
    }
    for finding in &report.findings {
        tracing::error!(finding, "the ledger is wrong");
    }
    if report.difference != 0 {
        tracing::error!(difference = report.difference, "the ledger does not add up to zero");
    }
    emit(Metric::LedgerDiscrepancy, report.difference.unsigned_abs() as f64 + report.findings.len() as f64, &[]);
    deps.store.put_report(&report).await.map_err(store_failed)
}

async fn look(deps: &Deps, deadline: Deadline) -> Result<LedgerReport, Failed> {
    let mut report = LedgerReport { checked_at_ms: deps.clock.now().as_millisecond(), ..LedgerReport::default() };
    let mut scan = LedgerScan::default();
    while !scan.finished {
        if !deadline.leaves(BETWEEN_LOOKS) {
            return Err(Failed::later("the accounts are more than one run can check"));
        }
        for account in deps.store.scan_accounts(&mut scan).await.map_err(store_failed)? {
            let (entries, findings) = deps.store.check_account(&account).await.map_err(store_failed)?;
            report.accounts += 1;
            report.entries += entries;
            report.users += account.balance;
            report.findings.extend(findings);
        }
    }
    report.system = deps.store.system_balances().await.map_err(store_failed)?;
    report.difference = report.users + report.system.values().sum::<i64>();
    Ok(report)
}

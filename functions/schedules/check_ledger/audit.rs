//! Checks that the log of operators' acts is as it was written.
//!
//! What came since the last run is verified from where that run got to. What was verified before is
//! looked through again, a stretch in each run, for it may be changed later.

use crate::{apply::store_failed, deps::Deps};
use domain::{
    audit::{Break, Head, Walk},
    fact::SEQ_MAX,
};
use lambda::{
    Failed,
    metrics::{Metric, emit},
};
use store::AuditCheck;

/// Pages of the log that one run reads, of what is new and of what is not.
const NEW_PAGES_MAX: u32 = 20;
const AGAIN_PAGES_MAX: u32 = 2;

/// Answers where the chain is broken.
pub async fn check(deps: &Deps) -> Result<Vec<Break>, Failed> {
    let last = deps.store.audit_check().await.map_err(store_failed)?;
    let mut new = Walk::after(last.verified);
    deps.store.walk_acts(&mut new, SEQ_MAX, NEW_PAGES_MAX).await.map_err(store_failed)?;
    let mut again = Walk::after(last.again).knowing(last.verified);
    deps.store.walk_acts(&mut again, last.verified.seq, AGAIN_PAGES_MAX).await.map_err(store_failed)?;

    let mut breaks: Vec<Break> = [&new, &again].into_iter().filter_map(Walk::broken).collect();
    breaks.dedup();
    for found in &breaks {
        tracing::error!(seq = found.seq, why = found.why.code(), "the log of operators' acts is broken");
    }
    emit(Metric::AuditBreaks, breaks.len() as f64, &[]);
    // A stretch with a break in it is walked again until it is mended.
    let verified = if new.broken().is_none() { new.reached() } else { last.verified };
    if verified != last.verified {
        // Whoever can write to the table cannot write here: what was once the head is known.
        tracing::info!(seq = verified.seq, hash = hex::encode(verified.hash), "the log of operators' acts is verified");
    }
    let again = match again.broken() {
        Some(_) => last.again,
        None if again.reached().seq >= last.verified.seq => Head::START,
        None => again.reached(),
    };
    deps.store.put_audit_check(&AuditCheck { verified, again }).await.map_err(store_failed)?;
    Ok(breaks)
}

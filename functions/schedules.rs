//! Functions that run every so many minutes: they read what is due and do it. Each run also
//! repairs what a lost message or webhook left undone.

pub mod check_float;
pub mod check_ledger;
pub mod expire_holds;
pub mod notices;
pub mod reconcile_day;
pub mod reconcile_payments;
pub mod reconcile_payouts;
pub mod resume_broadcasts;
pub mod wake;
pub mod watch_providers;

use crate::{apply::store_failed, deps::Deps};
use domain::Timestamp;
use lambda::{Failed, log::chain::Chain};
use store::{OpenClass, OpenItem};

/// Open records of one class that one run looks at, in each shard.
pub(crate) const OPEN_MAX: i32 = 250;

pub(crate) async fn open(deps: &Deps, class: OpenClass) -> Result<Vec<OpenItem>, Failed> {
    deps.store.open(class, Timestamp::UNIX_EPOCH, deps.clock.now(), OPEN_MAX).await.map_err(store_failed)
}

/// How long ago something was, in seconds.
pub(crate) fn age_s(deps: &Deps, since: Timestamp) -> i64 {
    deps.clock.now().as_second() - since.as_second()
}

/// Whether a look is due, by age: each minute at first, then each half hour.
pub(crate) fn is_due(age_s: i64) -> bool {
    age_s >= 120 && (age_s < 3600 || age_s / 60 % 30 == 0)
}

/// One item that fails does not stop the others; it stays due.
pub(crate) fn noted(what: &dyn std::fmt::Display, result: Result<(), Failed>) {
    if let Err(failed) = result {
        tracing::warn!(item = %what, cause = %Chain(&failed), "stays due");
    }
}

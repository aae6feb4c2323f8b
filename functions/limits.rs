//! A limit that was reached is told to the account's owner, whichever device reached it.

use crate::{deps::Deps, router::Signed};
use domain::{
    account::{CannotSpend, TellOwner},
    fact::{Cause, Detail, FactKind},
    limits::{OverLimit, india_day},
    money::Amount,
    payout, transfer,
};
use lambda::{Request, log::chain::Chain};
use store::{ExecuteError, Execution};

/// Each limit is told once a day.
const DAY_S: i64 = 24 * 3600;

/// A refusal that may be for a limit.
pub trait OfSpending {
    fn over_limit(&self) -> Option<OverLimit>;
}

fn over(cannot: &CannotSpend) -> Option<OverLimit> {
    match cannot {
        CannotSpend::OverLimit { over } => Some(*over),
        _ => None,
    }
}

impl OfSpending for transfer::OpenRefusal {
    fn over_limit(&self) -> Option<OverLimit> {
        if let Self::Cannot(cannot) = self { over(cannot) } else { None }
    }
}

impl OfSpending for payout::OpenRefusal {
    fn over_limit(&self) -> Option<OverLimit> {
        if let Self::Cannot(cannot) = self { over(cannot) } else { None }
    }
}

/// Tells the owner of the payment that was not made, if it was for a limit that they were refused. The
/// refusal stands either way.
pub async fn tell<R: OfSpending>(
    deps: &Deps,
    caller: &Signed,
    request: &Request,
    amount: Amount,
    execution: Execution,
    error: &ExecuteError<R>,
) {
    let ExecuteError::Refused(refusal) = error else { return };
    let Some(over) = refusal.over_limit().filter(|_| execution == Execution::Commit) else { return };
    let now = deps.clock.now();
    let scope = format!("limit:{}:{}:{}", caller.user, over.limit.code(), india_day(now));
    if !matches!(deps.store.hit(&scope, DAY_S, now).await, Ok(1)) {
        return;
    }
    let detail = Detail { amount: Some(amount.minor()), status: Some(over.limit.code().to_owned()), ..Detail::default() };
    let cause = Cause::Request { request_id: request.request_id.clone() };
    let told = TellOwner { account: caller.account(), kind: FactKind::LimitExceeded, detail, cause };
    if let Err(error) = deps.execute(&told, &request.trace()).await {
        tracing::warn!(cause = %Chain(&error), "nobody is told of a limit");
    }
}

//! The audit trail: what operators do, written down before it is done.

use crate::{
    deps::Deps,
    refusals::{AsProblem, store_problem},
    router::Signed,
};
use domain::{
    audit::Act,
    defect::{Defect, planted},
    request::{KeyReused, Keyed},
};
use lambda::{Problem, Request};
use store::{Execution, StoreError};

/// What an operator is about to do.
pub struct Deed<'a> {
    /// Such as `dead_letter.redrive`.
    pub action: &'a str,
    /// What it is done to.
    pub subject: String,
    /// What is known of it.
    pub proof: String,
    /// Whether it is done against that.
    pub forced: bool,
}

/// Names a deed that is asked for under a key. Under a key that is used for something else too, that is
/// another deed, though it is refused.
pub fn deed_id(asked: &Keyed) -> String {
    format!("{} {}", asked.fingerprint, hex::encode(asked.digest))
}

/// Must succeed before anything is done. `id` names the deed, and the same again is not written once
/// more: the request's where it does one thing.
pub async fn write_down(deps: &Deps, caller: &Signed, request: &Request, id: &str, deed: Deed<'_>) -> Result<(), Problem> {
    if planted(Defect::ForgetAct) {
        return Ok(());
    }
    deps.store.put_act(&act(deps, caller, request, id, deed)).await.map_err(store_problem)
}

/// The same for what leaves no other record under its key: the deed in the log is what the key was used
/// for. A dry run writes nothing, and is refused as the deed would be.
pub async fn write_down_as_key(
    deps: &Deps,
    caller: &Signed,
    request: &Request,
    asked: &Keyed,
    deed: Deed<'_>,
    execution: Execution,
) -> Result<(), Problem> {
    let act = act(deps, caller, request, &format!("key {}", asked.fingerprint), deed);
    let known = match execution {
        Execution::Commit => deps.store.put_act(&act).await,
        Execution::DryRun => deps.store.has_act(&act).await.map(|_| ()),
    };
    known.map_err(|error| match error {
        StoreError::OtherAct { .. } => KeyReused.as_problem(),
        error => store_problem(error),
    })
}

fn act(deps: &Deps, caller: &Signed, request: &Request, id: &str, deed: Deed<'_>) -> Act {
    Act {
        id: id.to_owned(),
        at: deps.clock.now(),
        by: caller.user.to_string(),
        request_id: request.request_id.clone(),
        action: deed.action.to_owned(),
        subject: deed.subject,
        proof: deed.proof,
        forced: deed.forced,
    }
}

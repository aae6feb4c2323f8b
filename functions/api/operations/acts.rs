//! The audit trail: what operators do, written down before it is done.

use crate::{deps::Deps, refusals::store_problem, router::Signed};
use domain::{
    audit::Act,
    defect::{Defect, planted},
    request::Keyed,
};
use lambda::{Problem, Request};

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
    let act = Act {
        id: id.to_owned(),
        at: deps.clock.now(),
        by: caller.user.to_string(),
        request_id: request.request_id.clone(),
        action: deed.action.to_owned(),
        subject: deed.subject,
        proof: deed.proof,
        forced: deed.forced,
    };
    deps.store.put_act(&act).await.map_err(store_problem)
}

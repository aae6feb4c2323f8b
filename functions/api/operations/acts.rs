//! The audit trail: what operators do, written down before it is done.

use crate::{deps::Deps, refusals::store_problem, router::Signed};
use lambda::{Problem, Request};
use store::Act;

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

/// Must succeed before anything is done. `id` tells two deeds of one moment apart: the request's
/// where it does one thing.
pub async fn write_down(deps: &Deps, caller: &Signed, request: &Request, id: &str, deed: Deed<'_>) -> Result<(), Problem> {
    let act = Act {
        at_ms: deps.clock.now().as_millisecond(),
        by: caller.user.to_string(),
        request_id: request.request_id.clone(),
        action: deed.action.to_owned(),
        subject: deed.subject,
        proof: deed.proof,
        forced: deed.forced,
    };
    deps.store.put_act(id, &act).await.map_err(store_problem)
}

//! Functions behind the HTTP API: one module per resource, each with its few routes.

pub mod auth;
pub mod banks;
pub mod batches;
pub mod bills;
pub mod cashbook;
pub mod chats;
pub mod events;
pub mod files;
mod html;
pub mod insights;
pub mod messaging;
pub mod meta;
pub mod notices;
pub mod notifications;
pub mod operations;
pub mod organisations;
pub mod panic;
pub mod payees;
pub mod payments;
pub mod payouts;
pub mod plans;
pub mod privacy;
pub mod publications;
pub mod realtime;
pub mod rooms;
pub mod social;
pub mod statements;
pub mod transactions;
pub mod transfers;
pub mod wallet;

use crate::{
    api::auth::phone_hash,
    deps::Deps,
    refusals::{NO_RECIPIENT, store_problem},
    router::Signed,
};
use domain::{
    id::{BadId, Fingerprint, UserId},
    identity::Phone,
    request::Keyed,
};
use lambda::{Problem, Reply, Request};
use sha2::{Digest, Sha256};
use store::Execution;

pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Random bytes of the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Problem::internal)?;
    Ok(bytes)
}

pub(crate) fn random_fingerprint() -> Result<Fingerprint, Problem> {
    random().map(Fingerprint::random)
}

/// A money command's key and what it asks for. `what` is canonical: the same wish in other words
/// (other spaces, other order of fields) is the same request.
pub(crate) fn keyed(caller: &Signed, request: &Request, what: &str) -> Result<Keyed, Problem> {
    let key = request.idempotency_key()?;
    let what = format!("{} {} {what}", request.method, request.path);
    Ok(Keyed::new(caller.user, key.as_str(), &what, request.request_id.clone()))
}

pub(crate) fn execution(request: &Request) -> Result<Execution, Problem> {
    Ok(if request.dry_run()? { Execution::DryRun } else { Execution::Commit })
}

/// The reply to a money command: 201 or 202 the first time, the same again with
/// `Idempotency-Replayed`, and 200 for a dry run.
pub(crate) fn answered(mut reply: Reply, replayed: bool, execution: Execution) -> Reply {
    match (execution, replayed) {
        (Execution::DryRun, _) => {
            reply.status = 200;
            reply.with_header("dry-run", "true")
        }
        (Execution::Commit, true) => reply.replayed(),
        (Execution::Commit, false) => reply,
    }
}

/// A user by their id, or by the phone they log in with. `at` is where that stands in the body.
pub(crate) async fn person(deps: &Deps, at: &str, text: &str) -> Result<UserId, Problem> {
    if !text.starts_with('+') {
        return text.parse().map_err(|why: BadId| Problem::invalid_field(at, why.to_string()));
    }
    let phone = Phone::parse(text).map_err(|why| Problem::invalid_field(at, why.to_string()))?;
    let user = deps.store.user_by_phone(&phone_hash(deps, &phone).await?).await.map_err(store_problem)?;
    user.ok_or_else(|| Problem::new(NO_RECIPIENT, "Nobody with this phone has a wallet."))
}

/// Refuses what is done too often: more than `max` times within a window.
pub(crate) async fn limit(deps: &Deps, scope: &str, max: u64, window_s: i64) -> Result<(), Problem> {
    let now = deps.clock.now();
    let hits = deps.store.hit(scope, window_s, now).await.map_err(store_problem)?;
    if hits > max {
        let left = window_s - now.as_second().rem_euclid(window_s);
        return Err(Problem::too_many_requests(u32::try_from(left).unwrap_or(60)));
    }
    Ok(())
}

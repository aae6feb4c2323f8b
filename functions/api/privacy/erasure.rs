//! The end of an account, for whoever has proven the phone once more.

use crate::{
    api::auth::prove_again,
    body::privacy::ErasureBody,
    deps::Deps,
    refusals::{problem, store_problem},
    router::Signed,
};
use domain::{
    Timestamp,
    engine::Record,
    erasure::AskErasure,
    identity::{OtpPurpose, Role},
};
use lambda::{Problem, Reply, Request};
use store::OpenClass;

/// Open batches of one shard that are looked through; there are few at a time.
const BATCHES: i32 = 500;

/// What of a batch does not arrive comes back to whose it is.
async fn has_open_batches(deps: &Deps, caller: &Signed) -> Result<bool, Problem> {
    let open = deps.store.open(OpenClass::Batch, Timestamp::UNIX_EPOCH, deps.clock.now(), BATCHES).await.map_err(store_problem)?;
    Ok(open.iter().any(|item| matches!(&item.record, Record::Batch(batch) if batch.account == caller.account())))
}

/// Without a body: sends the one-time password that it takes.
pub async fn ask(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let user = deps.store.user(caller.user).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    // Others depend on what these do, and what they did is on record.
    if deps.settings.role_of(user.phone.e164(), user.role) != Role::Worker {
        return Err(Problem::conflict("An operator or an organisation's account is not erased so. Have the role taken away first."));
    }
    if let Some(sent) = prove_again(deps, caller, request, OtpPurpose::Erase).await? {
        return Ok(sent);
    }
    if has_open_batches(deps, caller).await? {
        return Err(Problem::conflict("Payouts of a batch of yours are under way. Ask again when it is completed."));
    }
    let command = AskErasure { user: caller.user, request_id: request.request_id.clone() };
    let erasure = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    // The others end with the next step; this one's answer is the last that it gets.
    deps.store.end_session(caller.session, deps.clock.now()).await.map_err(store_problem)?;
    Ok(Reply::accepted(&ErasureBody::from(&erasure)))
}

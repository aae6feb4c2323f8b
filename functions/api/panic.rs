//! `/v1/panic`: stops everything that spends, with one call. Undoing it takes a fresh one-time
//! password as well, so that whoever holds a stolen phone's session cannot.

use crate::{
    api::auth::prove_again,
    body::wallet::WalletBody,
    deps::Deps,
    refusals::problem,
    router::{Signed, admit},
};
use domain::{account::SetPaused, identity::OtpPurpose};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match request.path.as_str() {
        "/v1/panic" => set_paused(deps, &caller, true, &request).await,
        "/v1/panic/lift" => lift(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

async fn set_paused(deps: &Deps, caller: &Signed, paused: bool, request: &Request) -> Result<Reply, Problem> {
    let command = SetPaused { owner: caller.user, paused, request_id: request.request_id.clone() };
    let account = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&WalletBody::from(&account)))
}

async fn lift(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    match prove_again(deps, caller, request, OtpPurpose::LiftPanic).await? {
        Some(sent) => Ok(sent),
        None => set_paused(deps, caller, false, request).await,
    }
}

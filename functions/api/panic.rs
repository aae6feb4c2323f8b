//! `/v1/panic`: stops everything that spends, with one call. Undoing it takes a fresh one-time
//! password as well, so that whoever holds a stolen phone's session cannot.

use crate::{
    api::auth::{challenge, prove},
    body::{
        auth::{ChallengeBody, TokenRequest},
        wallet::WalletBody,
    },
    deps::Deps,
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    account::SetPaused,
    identity::{OTP_SECONDS, OtpChannel, OtpPurpose},
};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match request.path.as_str() {
        "/v1/panic" => set_paused(deps, &caller, true, &request).await,
        "/v1/panic/lift" if request.body.is_empty() => ask(deps, &caller, &request).await,
        "/v1/panic/lift" => lift(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

async fn set_paused(deps: &Deps, caller: &Signed, paused: bool, request: &Request) -> Result<Reply, Problem> {
    let command = SetPaused { owner: caller.user, paused, request_id: request.request_id.clone() };
    let account = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&WalletBody::from(&account)))
}

/// Without a body: sends the one-time password that lifting takes.
async fn ask(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let user = deps.store.user(caller.user).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    let id = challenge(deps, request, user.phone, OtpChannel::Sms, OtpPurpose::LiftPanic).await?;
    Ok(Reply::accepted(&ChallengeBody { challenge_id: id.to_string(), expires_in: OTP_SECONDS }))
}

async fn lift(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: TokenRequest = request.json()?;
    let phone = prove(deps, request, &body.challenge_id, &body.otp, OtpPurpose::LiftPanic).await?;
    let user = deps.store.user(caller.user).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    if user.phone != phone {
        return Err(Problem::forbidden("The one-time password was sent to another phone."));
    }
    set_paused(deps, caller, false, request).await
}

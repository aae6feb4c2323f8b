//! The caller's e-mail address. Nothing is sent to it but the code that proves it, until it is proven.

use crate::{
    api::auth::{challenge, prove_for},
    body::{
        auth::{ChallengeBody, TokenRequest},
        notices::{EmailRequest, PreferencesBody},
    },
    deps::Deps,
    refusals::{problem, store_problem},
    router::Signed,
};
use domain::{
    identity::{OTP_SECONDS, OtpChannel, OtpPurpose},
    notice::{
        Channel,
        email::EmailAddress,
        preferences::{SetEmail, VerifyEmail},
        suppression::{AddressWord, RecordAddress},
    },
};
use lambda::{Problem, Reply, Request};
use providers::email;

/// Sets the address and sends a code to it; without one, takes it away.
pub async fn set(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: EmailRequest = request.json()?;
    let Some(text) = body.email else {
        let command = SetEmail { user: caller.user, email: None };
        return Ok(Reply::ok(&PreferencesBody::from(&deps.execute(&command, &request.trace()).await.map_err(problem)?)));
    };
    let wrong = |why: String| Problem::invalid_field("/email", why);
    // Both must take it: whoever stores it, and whoever writes to it.
    let mailbox = email::EmailAddress::parse(&text).map_err(|why| wrong(why.to_string()))?;
    let address = EmailAddress::parse(mailbox.expose()).map_err(|why| wrong(why.to_string()))?;
    let hash = deps.pepper().await.map_err(Problem::unavailable)?.email_hash(&mailbox.mailbox_key());
    let user = deps.store.user(caller.user).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    deps.execute(&SetEmail { user: caller.user, email: Some((address, hash)) }, &request.trace()).await.map_err(problem)?;
    let id = challenge(deps, request, user.phone, OtpChannel::Email, OtpPurpose::VerifyEmail).await?;
    Ok(Reply::accepted(&ChallengeBody { challenge_id: id.to_string(), expires_in: OTP_SECONDS }))
}

/// Whoever has the code reads what is sent there.
pub async fn verify(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: TokenRequest = request.json()?;
    let known = deps.store.preferences(caller.user).await.map_err(store_problem)?.email;
    let hash = known.map(|email| email.hash).ok_or_else(|| Problem::conflict("Set an e-mail address first."))?;
    let phone = prove_for(deps, request, &body.challenge_id, &body.otp, OtpPurpose::VerifyEmail, Some(&hash)).await?;
    let user = deps.store.user(caller.user).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    if user.phone != phone {
        return Err(Problem::forbidden("The code was sent to somebody else."));
    }
    let trace = request.trace();
    let good = RecordAddress {
        channel: Channel::Email,
        address: hash.clone(),
        word: AddressWord::Good,
        at: deps.clock.now(),
        rules: deps.notice_rules.clone(),
    };
    deps.execute(&good, &trace).await.map_err(problem)?;
    let preferences = deps.execute(&VerifyEmail { user: caller.user, hash }, &trace).await.map_err(problem)?;
    Ok(Reply::ok(&PreferencesBody::from(&preferences)))
}

//! `/v1/social`: whom the caller has blocked, and who sees whether they are there.

use crate::{
    body::rooms::{SocialBody, SocialRequest},
    deps::Deps,
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::social::{PresencePrivacy, SetBlocked, SetPresencePrivacy};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/social") => Ok(Reply::ok(&SocialBody::from(&deps.store.social(caller.user).await.map_err(store_problem)?))),
        ("POST", "/v1/social") => set(deps, &caller, &request).await,
        ("POST", "/v1/social/block/{user}") => block(deps, &caller, &request, true).await,
        ("POST", "/v1/social/unblock/{user}") => block(deps, &caller, &request, false).await,
        _ => Err(Problem::not_found()),
    }
}

async fn set(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: SocialRequest = request.json()?;
    let unknown = || Problem::invalid_field("/presence", "must be `contacts` or `nobody`");
    let presence = PresencePrivacy::from_code(&body.presence).ok_or_else(unknown)?;
    let social = deps.execute(&SetPresencePrivacy { owner: caller.user, presence }, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&SocialBody::from(&social)))
}

async fn block(deps: &Deps, caller: &Signed, request: &Request, blocked: bool) -> Result<Reply, Problem> {
    deps.store.user(request.param("user")?).await.map_err(store_problem)?.ok_or_else(Problem::not_found)?;
    let command = SetBlocked { owner: caller.user, other: request.param("user")?, blocked, rules: deps.rules.clone() };
    let social = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&SocialBody::from(&social)))
}

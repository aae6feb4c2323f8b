//! `/v1/notifications/{channel}/…`: telling users something by one channel, and what became of it.
//!
//! An organisation's administrator writes to its members, and only what is no word of Kamai's own; an
//! operator to anybody. Whatever is sent passes its reader's wishes: preferences, quiet hours, opt-outs,
//! suppressed addresses and rates are the notice's own business, whoever sends it.

mod bulk;
mod check;
mod history;
mod results;
mod send;
mod stats;
mod templates;
mod wording;

use crate::{
    deps::Deps,
    refusals::store_problem,
    router::{Signed, admit},
};
use domain::{id::UserId, identity::Role, notice::Channel};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    let channel: String = request.param("channel")?;
    let channel = Channel::from_code(&channel).ok_or_else(Problem::not_found)?;
    let call = Call { deps, caller: &caller, channel, request: &request };
    match (request.method.as_str(), request.path.as_str().trim_start_matches("/v1/notifications/{channel}/")) {
        ("POST", "send") => send::send(&call).await,
        ("POST", "bulk") => bulk::open(&call).await,
        ("GET", "bulk") => bulk::list(&call).await,
        ("GET", "bulk/{id}") => bulk::show(&call).await,
        ("POST", "bulk/{id}/pause" | "bulk/{id}/resume" | "bulk/{id}/cancel") => bulk::steer(&call).await,
        ("GET", "bulk/{id}/recipients") => results::recipients(&call).await,
        ("GET", "bulk/{id}/report") => results::report(&call).await,
        ("GET", "history/{user}") => history::history(&call).await,
        ("GET", "stats") => stats::show(&call).await,
        ("GET", "template") => templates::list(&call),
        ("POST", "template") => templates::preview(&call),
        ("POST", "check") => check::check(&call).await,
        _ => Err(Problem::not_found()),
    }
}

/// One request, and what all of its handlers go by.
struct Call<'a> {
    deps: &'a Deps,
    caller: &'a Signed,
    channel: Channel,
    request: &'a Request,
}

impl Call<'_> {
    /// Whether the caller speaks as an organisation.
    fn is_organisation(&self) -> bool {
        self.caller.role == Role::OrgAdmin
    }

    /// Whether the caller may write to this user. To an organisation, who is none of its members is not
    /// there.
    async fn may_write_to(&self, user: UserId) -> Result<bool, Problem> {
        if !self.is_organisation() {
            return Ok(self.deps.store.user(user).await.map_err(store_problem)?.is_some());
        }
        let place = self.deps.store.membership(self.caller.user, user).await.map_err(store_problem)?;
        Ok(place.is_some_and(|place| place.is_member()))
    }
}

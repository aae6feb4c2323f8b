//! `/v1/organisation…`: who belongs to an organisation. It invites, and who was invited agrees; members
//! read its channel (`org:{id}`) and get its announcements.

use crate::{
    api::person,
    body::organisations::{InviteRequest, MembershipBody},
    deps::Deps,
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    id::UserId,
    organisation::{Membership, Move, MoveMember},
};
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    let own = caller.user;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/organisation/members") => {
            let body: InviteRequest = request.json()?;
            let user = person(deps, "/user", &body.user.0).await?;
            let place = step(deps, &request, own, user, Move::Invite).await?;
            Ok(Reply::created(&MembershipBody::from(&place)))
        }
        ("GET", "/v1/organisation/members") => list(deps, &caller, &request, Whose::Members).await,
        ("POST", "/v1/organisation/members/{user}/remove") => changed(deps, &request, own, request.param("user")?, Move::Leave).await,
        ("GET", "/v1/organisations") => list(deps, &caller, &request, Whose::Own).await,
        ("POST", "/v1/organisations/{id}/join") => changed(deps, &request, request.param("id")?, own, Move::Join).await,
        ("POST", "/v1/organisations/{id}/leave") => changed(deps, &request, request.param("id")?, own, Move::Leave).await,
        _ => Err(Problem::not_found()),
    }
}

async fn step(deps: &Deps, request: &Request, organisation: UserId, user: UserId, wants: Move) -> Result<Membership, Problem> {
    let command = MoveMember { organisation, user, wants, request_id: request.request_id.clone() };
    deps.execute(&command, &request.trace()).await.map_err(problem)
}

async fn changed(deps: &Deps, request: &Request, organisation: UserId, user: UserId, wants: Move) -> Result<Reply, Problem> {
    Ok(Reply::ok(&MembershipBody::from(&step(deps, request, organisation, user, wants).await?)))
}

enum Whose {
    /// The members of the caller's organisation.
    Members,
    /// The caller's places in others.
    Own,
}

async fn list(deps: &Deps, caller: &Signed, request: &Request, whose: Whose) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let scope = match whose {
        Whose::Members => format!("members:{}", caller.user),
        Whose::Own => format!("memberships:{}", caller.user),
    };
    let cursors = deps.cursors().await.map_err(Problem::unavailable)?;
    let after = query.cursor.map(|cursor| cursors.open(&scope, &cursor)).transpose()?;
    let limit = i32::try_from(query.limit.get()).unwrap_or(20);
    let found = match whose {
        Whose::Members => deps.store.members(caller.user, after.as_deref(), limit).await,
        Whose::Own => deps.store.memberships(caller.user, after.as_deref(), limit).await,
    };
    let (places, next) = found.map_err(store_problem)?;
    let items = places.iter().map(MembershipBody::from).collect::<Vec<_>>();
    Ok(Reply::ok(&Page { items, next_cursor: next.map(|next| cursors.seal(&scope, &next)) }))
}

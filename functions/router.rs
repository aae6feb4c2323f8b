//! Who may call what: the one place where it is checked, by the table of functions.

use crate::{
    api::sha256_hex,
    deps::Deps,
    table::{Caller, FUNCTIONS, Route, Trigger},
};
use domain::{
    id::{AccountId, SessionId, UserId},
    identity::Role,
};
use lambda::{Problem, Request};

/// A user who is signed in, with the role that they have now.
#[derive(Debug, Clone, Copy)]
pub struct Signed {
    pub user: UserId,
    pub role: Role,
    pub session: SessionId,
}

impl Signed {
    pub fn account(&self) -> AccountId {
        AccountId::wallet_of(self.user)
    }
}

/// The route of the table that a request is for.
pub fn route_of(request: &Request) -> Option<&'static Route> {
    FUNCTIONS.iter().find_map(|function| match function.trigger {
        Trigger::Http { routes } => routes.iter().find(|route| route.method == request.method && route.path == request.path),
        _ => None,
    })
}

/// Whether a role may call routes of a caller's kind.
pub fn may(role: Role, caller: Caller) -> bool {
    match caller {
        Caller::Anyone | Caller::Provider | Caller::User => true,
        Caller::OrgAdmin => matches!(role, Role::OrgAdmin | Role::Admin),
        Caller::Sender => matches!(role, Role::OrgAdmin | Role::Ops | Role::Admin),
        Caller::Support => matches!(role, Role::Support | Role::Ops | Role::Admin),
        Caller::Ops => matches!(role, Role::Ops | Role::Admin),
    }
}

/// Lets a signed-in caller in, if the table says that they may.
///
/// The token says who; the session, whether that still holds; and for all but a user's own
/// things the user's row, which role they have today and not when the token was issued.
pub async fn admit(deps: &Deps, request: &Request) -> Result<Signed, Problem> {
    let caller = route_of(request).ok_or_else(Problem::not_found)?.caller;
    let now = deps.clock.now();
    let claims = deps.verifier().await.map_err(Problem::unavailable)?.caller(request, now.as_second())?;
    let user: UserId = claims.sub.parse().map_err(|_| Problem::unauthorized())?;
    let session: SessionId = claims.sid.as_deref().and_then(|sid| sid.parse().ok()).ok_or_else(Problem::unauthorized)?;
    let live = deps.store.session(session, now).await.map_err(Problem::unavailable)?;
    if live.is_none_or(|live| live.user != user) {
        return Err(Problem::unauthorized());
    }
    let role = match caller {
        Caller::Anyone | Caller::Provider => return Err(Problem::internal("this route is not for signed-in users")),
        Caller::User => Role::Worker,
        Caller::OrgAdmin | Caller::Sender | Caller::Support | Caller::Ops => {
            let row = deps.store.user(user).await.map_err(Problem::unavailable)?.ok_or_else(Problem::unauthorized)?;
            deps.settings.role_of(row.phone.e164(), row.role)
        }
    };
    if may(role, caller) { Ok(Signed { user, role, session }) } else { Err(Problem::forbidden("This needs a role that you do not have.")) }
}

/// Lets in whoever brings a ticket of `POST /v1/realtime/tickets`, where no token can be sent: to
/// read their own feed, while the session lasts that the ticket is of. A ticket is good once.
pub async fn admit_by_ticket(deps: &Deps, ticket: &str) -> Result<(UserId, SessionId), Problem> {
    let now = deps.clock.now();
    let peer = deps.store.take_ticket(&sha256_hex(ticket.as_bytes()), now).await.map_err(Problem::unavailable)?;
    let (user, session) = peer.ok_or_else(Problem::unauthorized)?;
    let session = session.parse().map_err(|_| Problem::unauthorized())?;
    deps.store.session(session, now).await.map_err(Problem::unavailable)?.ok_or_else(Problem::unauthorized)?;
    lambda::log::speaking(&user.to_string());
    Ok((user, session))
}

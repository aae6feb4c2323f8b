//! `POST /v1/realtime/tickets`: a single-use ticket for a socket or a stream, so that no token stands in an address or log.

use crate::{
    api::{limit, random, sha256_hex},
    body::auth::TicketBody,
    deps::Deps,
    refusals::store_problem,
    router::admit,
};
use lambda::{Problem, Reply, Request};

const TICKET_SECONDS: i64 = 30;
const TICKETS_PER_MINUTE: u64 = 60;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    limit(deps, &format!("tickets:{}", caller.user), TICKETS_PER_MINUTE, 60).await?;
    let ticket = hex::encode(random::<24>()?);
    let session = caller.session.to_string();
    deps.store.put_ticket(&sha256_hex(ticket.as_bytes()), caller.user, &session, deps.clock.now()).await.map_err(store_problem)?;
    Ok(Reply::created(&TicketBody { ticket, expires_in: TICKET_SECONDS }))
}

//! The log of what operators did, and the proof that it is as it was written.

use crate::{
    body::audit::{ActBody, ProofBody, ProofQuery},
    deps::Deps,
    refusals::store_problem,
};
use domain::{
    audit::{Head, Walk},
    fact::SEQ_MAX,
};
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};

/// Pages of the log that one look reads.
const PAGES_MAX: u32 = 10;

pub async fn list(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let cursors = deps.cursors().await.map_err(Problem::unavailable)?;
    let before = query.cursor.map(|cursor| cursors.open("audit", &cursor)).transpose()?;
    let limit = i32::try_from(query.limit.get()).unwrap_or(20);
    let (found, next) = deps.store.acts(before.as_deref(), limit).await.map_err(store_problem)?;
    let items = found.iter().map(ActBody::from).collect();
    Ok(Reply::ok(&Page { items, next_cursor: next.map(|next| cursors.seal("audit", &next)) }))
}

/// Walks the chain. 404 where no entry is before the first that is asked for.
pub async fn proof(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let query: ProofQuery = request.query()?;
    let (first, last) = (query.from.unwrap_or(1), query.to.unwrap_or(SEQ_MAX));
    for (field, seq) in [("/from", first), ("/to", last)] {
        if !(1..=SEQ_MAX).contains(&seq) {
            return Err(Problem::invalid_field(field, format!("must be from 1 to {SEQ_MAX}")));
        }
    }
    if last < first {
        return Err(Problem::invalid_field("/to", "must not be before `from`"));
    }
    let before = match first {
        1 => Head::START,
        _ => deps.store.act(first - 1).await.map_err(store_problem)?.ok_or_else(Problem::not_found)?.head(),
    };
    let known = deps.store.audit_check().await.map_err(store_problem)?.verified;
    let mut walk = Walk::after(before).knowing(known);
    deps.store.walk_acts(&mut walk, last, PAGES_MAX).await.map_err(store_problem)?;
    Ok(Reply::ok(&ProofBody::new(first, &walk)))
}

//! `/v1/payees`: whom the caller pays out to.

use crate::{
    body::{common::PayeeBody, money_out::PayeeReply},
    deps::Deps,
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    engine::{Key, Record},
    id::PayeeId,
    payee::{AddPayee, Payee},
};
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/payees") => add(deps, &caller, &request).await,
        ("GET", "/v1/payees") => list(deps, &caller, &request).await,
        ("GET", "/v1/payees/{id}") => Ok(Reply::ok(&PayeeReply::from(&find(deps, &caller, request.param("id")?).await?))),
        _ => Err(Problem::not_found()),
    }
}

async fn add(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let (address, name) = request.json::<PayeeBody>()?.parse("")?;
    let added = deps.execute(&AddPayee { owner: caller.user, address, name }, &request.trace()).await.map_err(problem)?;
    let body = PayeeReply::from(&added.value);
    Ok(if added.replayed { Reply::ok(&body) } else { Reply::created(&body) })
}

/// A payee of the caller's own.
pub(crate) async fn find(deps: &Deps, caller: &Signed, id: PayeeId) -> Result<Payee, Problem> {
    match deps.store.record(&Key::Payee(id)).await.map_err(store_problem)? {
        Some(Record::Payee(payee)) if payee.account == caller.account() => Ok(payee),
        _ => Err(Problem::not_found()),
    }
}

async fn list(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("payees:{}", caller.user));
    let after = query.cursor.map(|cursor| cursors.open(&scope, &cursor)).transpose()?;
    let limit = i32::try_from(query.limit.get()).unwrap_or(20);
    let (records, next) = deps.store.payees(caller.account(), after.as_deref(), limit).await.map_err(store_problem)?;
    let items = records.iter().filter_map(|record| if let Record::Payee(payee) = record { Some(PayeeReply::from(payee)) } else { None });
    Ok(Reply::ok(&Page { items: items.collect(), next_cursor: next.map(|next| cursors.seal(&scope, &next)) }))
}

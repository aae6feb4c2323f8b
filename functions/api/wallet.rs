//! `/v1/wallet`: the caller's balance, now and at any time before, and the statement.

use crate::{
    api::transactions::before_cursor,
    body::{
        common::Currency,
        wallet::{AtQuery, BalanceBody, EntryBody, WalletBody},
    },
    deps::Deps,
    refusals::store_problem,
    router::{Signed, admit},
};
use domain::{Timestamp, account::Account};
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match request.path.as_str() {
        "/v1/wallet" => Ok(Reply::ok(&WalletBody::from(&account(deps, &caller).await?))),
        "/v1/wallet/balance" => balance_at(deps, &caller, &request).await,
        "/v1/wallet/statement" => statement(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

async fn account(deps: &Deps, caller: &Signed) -> Result<Account, Problem> {
    deps.store.account(caller.account()).await.map_err(store_problem)?.ok_or_else(Problem::not_found)
}

async fn balance_at(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: AtQuery = request.query()?;
    let at: Timestamp = query.at.parse().map_err(|_| Problem::invalid_field("/at", "must be a time such as `2026-11-21T18:30:00Z`"))?;
    let account = account(deps, caller).await?;
    let fact = deps.store.fact_at(&account, at).await.map_err(store_problem)?;
    let (balance_amount, held_amount) = fact.map_or((0, 0), |fact| (fact.balance_after, fact.held_after));
    Ok(Reply::ok(&BalanceBody {
        account_id: account.id.to_string(),
        currency: Currency::Inr,
        at: at.to_string(),
        balance_amount,
        held_amount,
        available_amount: balance_amount - held_amount,
    }))
}

async fn statement(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("statement:{}", caller.user));
    let before = before_cursor(&cursors, &scope, query.cursor.as_deref())?;
    let limit = query.limit.get() as usize;
    let page = deps.store.facts_before(caller.account(), before, limit, |fact| !fact.entries.is_empty()).await.map_err(store_problem)?;
    let items: Vec<EntryBody> = page.facts.iter().flat_map(|fact| fact.entries.iter().rev()).map(EntryBody::from).collect();
    Ok(Reply::ok(&Page { items, next_cursor: page.before.map(|seq| cursors.seal(&scope, &seq.to_string())) }))
}

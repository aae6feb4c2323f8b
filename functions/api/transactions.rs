//! `/v1/transactions`: what happened to the caller's money, and why.

use crate::{
    api::sha256_hex,
    body::wallet::{CauseBody, EntryBody, ExplainedFact, ExplanationBody, MovementBody, WebhookCause},
    deps::Deps,
    refusals::store_problem,
    router::{Signed, admit},
};
use domain::{
    fact::{Cause, Fact},
    id::OperationId,
};
use lambda::{
    Problem, Reply, Request,
    http::{
        cursor::Cursors,
        page::{Page, PageQuery},
    },
};

/// How many facts one movement can have: an order, a payment and its refunds.
const FACTS_MAX: usize = 50;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match request.path.as_str() {
        "/v1/transactions" => list(deps, &caller, &request).await,
        "/v1/transactions/{id}" => explain(deps, &caller, request.param("id")?).await,
        _ => Err(Problem::not_found()),
    }
}

/// The sequence that a page ends before.
pub(crate) fn before_cursor(cursors: &Cursors, scope: &str, cursor: Option<&str>) -> Result<u64, Problem> {
    let opened = cursor.map(|cursor| cursors.open(scope, cursor)).transpose()?;
    Ok(opened.and_then(|seq| seq.parse().ok()).unwrap_or(u64::MAX / 2))
}

async fn list(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("transactions:{}", caller.user));
    let before = before_cursor(&cursors, &scope, query.cursor.as_deref())?;
    let moved = |fact: &Fact| fact.operation.is_some();
    let page = deps.store.facts_before(caller.account(), before, query.limit.get() as usize, moved).await.map_err(store_problem)?;
    let items = page.facts.iter().map(MovementBody::from).collect();
    Ok(Reply::ok(&Page { items, next_cursor: page.before.map(|seq| cursors.seal(&scope, &seq.to_string())) }))
}

async fn explain(deps: &Deps, caller: &Signed, id: OperationId) -> Result<Reply, Problem> {
    let about = |fact: &Fact| fact.operation == Some(id);
    let page = deps.store.facts_before(caller.account(), u64::MAX / 2, FACTS_MAX, about).await.map_err(store_problem)?;
    if page.facts.is_empty() {
        return Err(Problem::not_found());
    }
    let mut facts = Vec::new();
    for fact in page.facts.iter().rev() {
        facts.push(ExplainedFact {
            event_id: fact.id().to_string(),
            movement: MovementBody::from(fact),
            entries: fact.entries.iter().map(EntryBody::from).collect(),
            cause: cause(deps, &fact.cause).await?,
        });
    }
    let kind = match id {
        OperationId::Transfer(_) => "transfer",
        OperationId::Payment(_) => "payment",
        OperationId::Refund(_) => "refund",
        OperationId::Payout(_) => "payout",
        OperationId::Batch(_) => "batch",
        OperationId::Suspense(_) => "assigned_payment",
    };
    Ok(Reply::ok(&ExplanationBody { transaction_id: id.to_string(), kind, facts }))
}

async fn cause(deps: &Deps, cause: &Cause) -> Result<CauseBody, Problem> {
    let (mut request_id, mut webhook) = (None, None);
    match cause {
        Cause::Request { request_id: id } | Cause::Operator { request_id: id, .. } => request_id = Some(id.clone()),
        Cause::Webhook { inbox_id } => {
            webhook = deps.store.webhook(inbox_id).await.map_err(store_problem)?.map(|kept| WebhookCause {
                id: kept.id.replace('#', ":"),
                received_at: kept.received_at.to_string(),
                body_sha256: sha256_hex(&kept.body),
            });
        }
        Cause::ProviderAnswer | Cause::Reconciler | Cause::Deadline => {}
    }
    Ok(CauseBody { kind: cause.kind(), request_id, webhook })
}

//! `/v1/ops/…`: what operators look at and mend.

use crate::{
    body::common,
    body::operations::{
        AssignRequest, CheckBody, DayBody, DayInFullBody, ExplainRequest, FloatBody, LedgerBody, RoleRequest, SuspenseBody, WebhookBody,
    },
    deps::Deps,
    refusals::{problem, store_problem},
    router::{Signed, admit},
    work::WorkMessage,
};
use acts::{Deed, write_down};
use domain::{Timestamp, engine::Record, id::UserId, identity::Role, suspense::AssignSuspense};
use jiff::civil::Date;
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};
use store::OpenClass;

pub(crate) mod acts;
mod audit;
mod dead_letters;
mod erasures;
mod live;
mod proof;
mod reports;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/ops/suspense") => suspense(deps).await,
        ("POST", "/v1/ops/suspense/{id}/assign") => assign(deps, &caller, &request).await,
        ("GET", "/v1/ops/webhooks") => webhooks(deps, &request).await,
        ("GET", "/v1/ops/webhooks/{id}") => Ok(Reply::ok(&WebhookBody::from(&webhook(deps, &request).await?))),
        ("POST", "/v1/ops/webhooks/{id}/replay") => replay(deps, &caller, &request).await,
        ("GET", "/v1/ops/dead-letters") => dead_letters::list(deps).await,
        ("POST", "/v1/ops/dead-letters/{queue}/redrive") => dead_letters::redrive(deps, &caller, &request).await,
        ("GET", "/v1/ops/ledger") => ledger(deps).await,
        ("POST", "/v1/ops/float/explain") => explain(deps, &caller, &request).await,
        ("GET", "/v1/ops/audit") => audit::list(deps, &request).await,
        ("GET", "/v1/ops/audit/proof") => audit::proof(deps, &request).await,
        ("GET", "/v1/ops/reconciliation") => reconciliation(deps, &request).await,
        ("GET", "/v1/ops/reconciliation/{day}") => reconciled_day(deps, &request).await,
        ("GET", "/v1/ops/live") => live::show(deps).await,
        ("GET", "/v1/ops/reports") => reports::list(deps).await,
        ("POST", "/v1/ops/reports/{id}/close") => reports::close(deps, &caller, &request).await,
        ("GET", "/v1/ops/erasures/{user}") => erasures::show(deps, &request).await,
        ("POST", "/v1/ops/erasures/{user}/parts/{part}") => erasures::open(deps, &caller, &request).await,
        ("POST", "/v1/ops/users/{id}/role") => set_role(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

/// All that is open: there should be little.
async fn suspense(deps: &Deps) -> Result<Reply, Problem> {
    let open = deps.store.open(OpenClass::Suspense, Timestamp::UNIX_EPOCH, deps.clock.now(), 100).await.map_err(store_problem)?;
    let items = open.iter().filter_map(|item| match &item.record {
        Record::Suspense(suspense) => Some(SuspenseBody::from(suspense)),
        _ => None,
    });
    Ok(Reply::ok(&Page { items: items.collect(), next_cursor: None }))
}

async fn assign(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: AssignRequest = request.json()?;
    let to = body.user_id.parse().map_err(|why: domain::id::BadId| Problem::invalid_field("/user_id", why.to_string()))?;
    let command = AssignSuspense { suspense: request.param("id")?, to, by: caller.user, request_id: request.request_id.clone() };
    let assigned = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&SuspenseBody::from(&assigned)))
}

async fn webhooks(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let cursors = deps.cursors().await.map_err(Problem::unavailable)?;
    let before = query.cursor.map(|cursor| cursors.open("webhooks", &cursor)).transpose()?;
    let limit = i32::try_from(query.limit.get()).unwrap_or(20);
    let (found, next) = deps.store.webhooks(before.as_deref(), limit).await.map_err(store_problem)?;
    let items = found.iter().map(WebhookBody::from).collect();
    Ok(Reply::ok(&Page { items, next_cursor: next.map(|next| cursors.seal("webhooks", &next)) }))
}

/// Longer than any inbox id of ours; what is longer would not fit into a key.
const INBOX_ID_BYTES_MAX: usize = 100;

/// In a path, the `#` of an inbox id is written `:`.
async fn webhook(deps: &Deps, request: &Request) -> Result<store::Inbound, Problem> {
    let id: String = request.param("id")?;
    if id.len() > INBOX_ID_BYTES_MAX {
        return Err(Problem::not_found());
    }
    deps.store.webhook(&id.replacen(':', "#", 1)).await.map_err(store_problem)?.ok_or_else(Problem::not_found)
}

/// Works on a stored webhook once more. What was applied before is found applied.
async fn replay(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let kept = webhook(deps, request).await?;
    let proof = format!("{} {}", kept.status.code(), kept.outcome.as_deref().unwrap_or_default()).trim_end().to_owned();
    let deed = Deed { action: "webhook.replay", subject: kept.id.clone(), proof, forced: false };
    write_down(deps, caller, request, &request.request_id, deed).await?;
    let message = WorkMessage::Webhook { id: kept.id.clone() };
    deps.outlets.send(message.queue(), message.to_body(), &request.trace()).await.map_err(Problem::unavailable)?;
    Ok(Reply::accepted(&WebhookBody::from(&kept)))
}

async fn ledger(deps: &Deps) -> Result<Reply, Problem> {
    let system = deps.store.system_balances().await.map_err(store_problem)?;
    let last = deps.store.last_report().await.map_err(store_problem)?;
    let float = deps.store.float_report().await.map_err(store_problem)?;
    Ok(Reply::ok(&LedgerBody { system, last_check: last.as_ref().map(CheckBody::from), float: float.as_ref().map(FloatBody::from) }))
}

/// Moves no money: it changes what the next looks expect.
async fn explain(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: ExplainRequest = request.json()?;
    let why = common::note(Some(body.why), "/why")?.ok_or_else(|| Problem::invalid_field("/why", "must say what it was"))?;
    let seen = deps.store.float_report().await.map_err(store_problem)?.ok_or_else(Problem::not_found)?;
    if seen.unexplained == 0 || seen.unexplained != body.unexplained_amount {
        return Err(Problem::conflict(format!("{} paise are unexplained now.", seen.unexplained)));
    }
    let deed = Deed {
        action: "float.explain",
        subject: format!("{} paise: {why}", seen.unexplained),
        proof: format!("unexplained as of {}", seen.checked_at_ms),
        forced: false,
    };
    write_down(deps, caller, request, &request.request_id, deed).await?;
    if !deps.store.explain_float(&seen).await.map_err(store_problem)? {
        return Err(Problem::conflict("The float was looked at again meanwhile."));
    }
    let now = deps.store.float_report().await.map_err(store_problem)?.unwrap_or(seen);
    Ok(Reply::ok(&FloatBody::from(&now)))
}

async fn reconciliation(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let cursors = deps.cursors().await.map_err(Problem::unavailable)?;
    let before = query.cursor.map(|cursor| cursors.open("reconciliation", &cursor)).transpose()?;
    let limit = i32::try_from(query.limit.get()).unwrap_or(20);
    let (found, next) = deps.store.day_reports(before.as_deref(), limit).await.map_err(store_problem)?;
    let items = found.iter().map(DayBody::from).collect();
    Ok(Reply::ok(&Page { items, next_cursor: next.map(|next| cursors.seal("reconciliation", &next)) }))
}

async fn reconciled_day(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let day: Date = request.param("day")?;
    let report = deps.store.day_report(&day.to_string()).await.map_err(store_problem)?.ok_or_else(Problem::not_found)?;
    Ok(Reply::ok(&DayInFullBody::from(&report)))
}

async fn set_role(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: RoleRequest = request.json()?;
    let user: UserId = request.param("id")?;
    let (Some(own), Some(role)) = (granting(caller.role), domain_role(body.role)) else { return Err(Problem::forbidden("Not allowed.")) };
    if !own.may_grant(body.role) {
        return Err(Problem::forbidden("Your role may not give this one."));
    }
    // Taking a role away is giving another: operators unmake no staff either.
    let had = deps.store.user(user).await.map_err(store_problem)?.ok_or_else(Problem::not_found)?.role;
    if granting(had).is_none_or(|had| !own.may_grant(had)) {
        return Err(Problem::forbidden("Your role may not take theirs away."));
    }
    let deed =
        Deed { action: "user.role", subject: format!("{user} {}", role.code()), proof: format!("was {}", had.code()), forced: false };
    write_down(deps, caller, request, &request.request_id, deed).await?;
    if !deps.store.set_role(user, had, role).await.map_err(store_problem)? {
        return Err(Problem::conflict("The user was given another role meanwhile."));
    }
    tracing::info!(role = role.code(), by = %lambda::log::pseudonym::pseudonym(&caller.user.to_string()), "a role was given");
    Ok(Reply::no_content())
}

fn granting(role: Role) -> Option<lambda::auth::Role> {
    serde_json::from_value(role.code().into()).ok()
}

fn domain_role(role: lambda::auth::Role) -> Option<Role> {
    serde_json::to_value(role).ok()?.as_str().and_then(Role::from_code)
}

//! `/v1/notifications/…`: by which channels the caller is told of things, when, and what became of it.

mod devices;
mod email;
mod leave;
mod preferences;

use crate::{
    api::transactions::before_cursor,
    body::notices::{DeliveryBody, SeenRequest},
    deps::Deps,
    notices::{count, has_words},
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    fact::Fact,
    id::{Fingerprint, NoticeId},
    notice::{Channel, MarkSeen, NoSuchNotice, Notice, RecordWord, delivery::Word},
};
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};
use std::collections::HashMap;
use store::ExecuteError;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/notifications/email/leave/{token}") => return leave::show(deps, &request).await,
        ("POST", "/v1/notifications/email/leave/{token}") => return leave::leave(deps, &request).await,
        _ => {}
    }
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/notifications/preferences") => preferences::show(deps, &caller).await,
        ("POST", "/v1/notifications/preferences") => preferences::set(deps, &caller, &request).await,
        ("GET", "/v1/notifications/push/vapid-key") => devices::vapid_key(deps).await,
        ("GET", "/v1/notifications/push/devices") => devices::list(deps, &caller).await,
        ("POST", "/v1/notifications/push/subscribe") => devices::subscribe(deps, &caller, &request).await,
        ("POST", "/v1/notifications/push/unsubscribe") => devices::unsubscribe(deps, &caller, &request).await,
        ("POST", "/v1/notifications/email") => email::set(deps, &caller, &request).await,
        ("POST", "/v1/notifications/email/verify") => email::verify(deps, &caller, &request).await,
        ("POST", "/v1/notifications/seen") => seen(deps, &caller, &request).await,
        ("GET", "/v1/notifications/deliveries") => deliveries(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

/// The app says that a notice was seen: as a push where it was one, so that its delivery says so too.
async fn seen(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: SeenRequest = request.json()?;
    // One that is none of ours is as little there as another's.
    let notice: NoticeId = body.notice_id.parse().map_err(|_| Problem::not_found())?;
    let (user, at, rules) = (caller.user, deps.clock.now(), deps.notice_rules.clone());
    let read = RecordWord { user, notice, channel: Channel::Push, word: Word::Read, at, rules };
    let recorded = match deps.execute(&read, &request.trace()).await {
        Err(ExecuteError::Refused(NoSuchNotice)) => deps.execute(&MarkSeen { user, notice }, &request.trace()).await,
        recorded => recorded,
    };
    let recorded = recorded.map_err(problem)?;
    count(deps, &recorded).await;
    Ok(Reply::ok(&DeliveryBody::from(&recorded.notice)))
}

/// Notices by the events of the feed that they are of, newest first.
async fn deliveries(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("deliveries:{}", caller.user));
    let before = before_cursor(&cursors, &scope, query.cursor.as_deref())?;
    let told = |fact: &Fact| has_words(fact.kind);
    let page = deps.store.facts_before(caller.account(), before, query.limit.get() as usize, told).await.map_err(store_problem)?;
    let events: Vec<Fingerprint> = page.facts.iter().map(|fact| Notice::fingerprint(caller.user, &fact.id().to_string())).collect();
    let asked: Vec<_> = events.iter().map(|event| (caller.user, *event)).collect();
    let notices = deps.store.notices(&asked).await.map_err(store_problem)?;
    let notices: HashMap<Fingerprint, Notice> = notices.into_iter().map(|notice| (notice.id.fingerprint(), notice)).collect();
    // In the feed's order; of an event whose notice is not opened yet, nothing is said.
    let items = events.iter().filter_map(|event| notices.get(event)).map(DeliveryBody::from).collect();
    Ok(Reply::ok(&Page { items, next_cursor: page.before.map(|seq| cursors.seal(&scope, &seq.to_string())) }))
}

//! `/v1/notifications`: what came to the caller, newest first, and what of it they have read.

use crate::{
    api::transactions::before_cursor,
    body::{
        live::EventBody,
        notifications::{MarkRequest, NotificationBody, NotificationsQuery, UnreadBody},
    },
    channels,
    deps::Deps,
    frames,
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    engine::{Key, Record},
    fact::Fact,
    reading::{MarkRead, Marked, Reading},
};
use lambda::{Problem, Reply, Request, http::page::Page};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match request.path.as_str() {
        "/v1/notifications" => list(deps, &caller, &request).await,
        "/v1/notifications/unread" => unread(deps, &caller).await,
        "/v1/notifications/read" => mark(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

/// What the caller has read; nothing, where they never marked anything.
async fn reading(deps: &Deps, caller: &Signed) -> Result<Reading, Problem> {
    Ok(match deps.store.record(&Key::Reading(caller.account())).await.map_err(store_problem)? {
        Some(Record::Reading(reading)) => reading,
        _ => Reading::new(caller.account()),
    })
}

async fn list(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: NotificationsQuery = request.query()?;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("notifications:{}", caller.user));
    let before = before_cursor(&cursors, &scope, query.cursor.as_deref())?;
    let reading = reading(deps, caller).await?;
    let wanted = |fact: &Fact| !(query.unread && reading.has_read(fact.seq));
    let page = deps.store.facts_before(caller.account(), before, query.limit.get() as usize, wanted).await.map_err(store_problem)?;
    let channel = channels::of(caller.user).to_string();
    let shown = |fact: &Fact| {
        let event = EventBody::on(fact, &channel)?;
        Some(NotificationBody { read: reading.has_read(fact.seq), event })
    };
    let items = page.facts.iter().filter_map(shown).collect();
    Ok(Reply::ok(&Page { items, next_cursor: page.before.map(|seq| cursors.seal(&scope, &seq.to_string())) }))
}

async fn unread(deps: &Deps, caller: &Signed) -> Result<Reply, Problem> {
    let (reading, seq) = (reading(deps, caller).await?, channels::head(deps, caller.user, &channels::of(caller.user)).await?);
    Ok(Reply::ok(&UnreadBody { unread: reading.unread(seq), read_through_seq: reading.through, seq }))
}

/// Marks, without a body everything, and tells the caller's other devices.
async fn mark(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let marked = if request.body.is_empty() { Marked::All } else { request.json::<MarkRequest>()?.try_into()? };
    let marking = deps.execute(&MarkRead { account: caller.account(), marked }, &request.trace()).await.map_err(problem)?;
    let body = UnreadBody { unread: marking.unread, read_through_seq: marking.reading.through, seq: marking.head };
    if marking.changed {
        let channel = channels::of(caller.user).to_string();
        deps.show_all(caller.user, &channel, frames::read(&channel, &body)).await;
    }
    Ok(Reply::ok(&body))
}

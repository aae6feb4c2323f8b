//! What is written in a room.

use crate::{
    api::transactions::before_cursor,
    body::rooms::{EditRequest, MessageBody, PostRequest, ReportBody, ReportRequest},
    deps::Deps,
    files,
    refusals::{problem, store_problem},
    rooms::{post, visit},
    router::Signed,
};
use domain::{
    bulletin::{BulletinKind, Told},
    id::{MessageId, RoomId},
    room::{DeleteMessage, EditMessage, Reason, ReportMessage, Text},
};
use lambda::{
    Problem, Reply, Request,
    http::page::{Limit, Page},
};
use schemars::JsonSchema;
use serde::Deserialize;

/// What one page of a room that tells much else looks through.
const PAGES_MAX: usize = 5;

/// The last hundred unless something else is asked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryQuery {
    pub limit: Option<Limit>,
    pub cursor: Option<String>,
}

pub async fn handle(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let room: RoomId = request.param("id")?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/rooms/{id}/messages") => history(deps, caller, room, request).await,
        ("POST", "/v1/rooms/{id}/messages") => {
            let body: PostRequest = request.json()?;
            let posted = post(deps, caller.user, room, body, &request.trace()).await?;
            let reply = Reply::created(&MessageBody::from(&posted.value));
            Ok(if posted.replayed { reply.replayed() } else { reply })
        }
        ("POST", "/v1/rooms/{id}/messages/{message}/edit") => edit(deps, caller, room, request).await,
        ("POST", "/v1/rooms/{id}/messages/{message}/delete") => {
            let command = DeleteMessage { room, message: request.param("message")?, by: caller.user };
            let deleted = deps.execute(&command, &request.trace()).await.map_err(problem)?;
            Ok(Reply::ok(&MessageBody::from(&deleted)))
        }
        ("POST", "/v1/rooms/{id}/messages/{message}/report") => report(deps, caller, room, request).await,
        ("GET", "/v1/rooms/{id}/messages/{message}/files/{file}") => file(deps, caller, room, request).await,
        _ => Err(Problem::not_found()),
    }
}

/// Newest first, each as it stands now.
async fn history(deps: &Deps, caller: &Signed, room: RoomId, request: &Request) -> Result<Reply, Problem> {
    let query: HistoryQuery = request.query()?;
    let limit = query.limit.map_or(100, Limit::get) as usize;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("messages:{room}:{}", caller.user));
    let mut before = Some(before_cursor(&cursors, &scope, query.cursor.as_deref())?);
    let (room, seat) = visit(deps, caller.user, room).await?;
    let (board, now) = (room.board(), deps.clock.now());
    let mut ids: Vec<MessageId> = Vec::new();
    for _ in 0..PAGES_MAX {
        let Some(from) = before.filter(|_| ids.len() < limit) else { break };
        let wanted = i32::try_from(limit - ids.len()).unwrap_or(100);
        let page = deps.store.bulletins_before(&board, from, wanted, now).await.map_err(store_problem)?;
        let posted = page.bulletins.iter().filter(|bulletin| bulletin.kind == BulletinKind::MessagePosted && seat.sees(bulletin.seq));
        ids.extend(posted.filter_map(|bulletin| if let Told::Message { message } = &bulletin.told { Some(*message) } else { None }));
        before = page.before.filter(|seq| *seq > seat.since_seq + 1);
    }
    let messages = deps.store.messages(room.id, &ids, now).await.map_err(store_problem)?;
    let items = messages.iter().map(MessageBody::from).collect();
    Ok(Reply::ok(&Page { items, next_cursor: before.map(|seq| cursors.seal(&scope, &seq.to_string())) }))
}

async fn edit(deps: &Deps, caller: &Signed, id: RoomId, request: &Request) -> Result<Reply, Problem> {
    let body: EditRequest = request.json()?;
    let text = Text::parse(&body.text).map_err(|why| Problem::invalid_field("/text", why.to_string()))?;
    let (room, _) = visit(deps, caller.user, id).await?;
    let (other, message) = (room.other(caller.user), request.param("message")?);
    let command = EditMessage { room: id, other, message, by: caller.user, text, rules: deps.rules.clone() };
    let edited = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&MessageBody::from(&edited)))
}

async fn report(deps: &Deps, caller: &Signed, room: RoomId, request: &Request) -> Result<Reply, Problem> {
    let body: ReportRequest = request.json()?;
    let reason = Reason::parse(&body.reason).map_err(|why| Problem::invalid_field("/reason", why.to_string()))?;
    if reason.is_empty() {
        return Err(Problem::invalid_field("/reason", "must say what is wrong with it"));
    }
    let command = ReportMessage { room, message: request.param("message")?, by: caller.user, reason };
    let reported = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    let reply = Reply::created(&ReportBody::from(&reported.value));
    Ok(if reported.replayed { reply.replayed() } else { reply })
}

/// Of a message that the caller sees, as it stands.
async fn file(deps: &Deps, caller: &Signed, room: RoomId, request: &Request) -> Result<Reply, Problem> {
    let (id, file) = (request.param("message")?, request.param("file")?);
    let (room, seat) = visit(deps, caller.user, room).await?;
    let found = deps.store.messages(room.id, &[id], deps.clock.now()).await.map_err(store_problem)?;
    let seen = found.iter().find(|message| seat.sees(message.seq) && !message.is_deleted());
    Ok(Reply::ok(&files::link(deps, seen.ok_or_else(Problem::not_found)?, file).await?))
}

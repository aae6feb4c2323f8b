//! Chats that wait for a person: what was written, without what names somebody, an operator's answers, and
//! the audit of a chat's turns.

use crate::{
    api::operations::acts::{Deed, write_down, write_down_as_key},
    assistant::people,
    body::chats::{HandOffBody, ReplyRequest, TURNS_END, TurnsBody, TurnsQuery},
    deps::Deps,
    refusals::{AsProblem as _, problem, store_problem},
    router::Signed,
};
use domain::{
    Timestamp,
    chat::{AddHandOffLines, CloseHandOff, Door, HandOff, NewLine, NoHandOff},
    engine::{Key, Record},
    id::UserId,
    request::Keyed,
};
use lambda::{Problem, Reply, Request, http::page::Page};
use store::{Execution, OpenClass};

/// Turns of one page.
const TURNS_MAX: i32 = 100;

/// All that wait, the oldest first.
pub async fn list(deps: &Deps) -> Result<Reply, Problem> {
    let open = deps.store.open(OpenClass::HandOff, Timestamp::UNIX_EPOCH, deps.clock.now(), 100).await.map_err(store_problem)?;
    let items = open.iter().filter_map(|item| match &item.record {
        Record::HandOff(open) => Some(HandOffBody::from(open)),
        _ => None,
    });
    Ok(Reply::ok(&Page { items: items.collect(), next_cursor: None }))
}

pub async fn show(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let (user, door) = chat_of(request)?;
    Ok(Reply::ok(&HandOffBody::from(&find(deps, user, door).await?)))
}

/// What an operator writes goes to the user as it is, and is kept with the rest.
pub async fn reply(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let (user, door) = chat_of(request)?;
    let body: ReplyRequest = request.json()?;
    let (text, client_id) = body.parse()?;
    let open = find(deps, user, door).await?;
    if open.closed_at.is_some() {
        return Err(NoHandOff.as_problem());
    }
    // The name is of one text to one user: another under it is refused, and not taken for the first.
    let asked = Keyed::new(caller.user, client_id.as_str(), &format!("{user} {} {text}", door.code()), request.request_id.clone());
    let subject = format!("{user} {} {}", door.code(), hex::encode(asked.digest));
    let deed = Deed { action: "chat.reply", subject, proof: String::new(), forced: false };
    write_down_as_key(deps, caller, request, &asked, deed, Execution::Commit).await?;
    let id = asked.fingerprint;
    if !open.lines.iter().any(|line| line.id == id) {
        people::write(deps, user, door, &text).await.map_err(Problem::unavailable)?;
    }
    let add = AddHandOffLines { user, door, lines: vec![NewLine { id, theirs: false, text }] };
    let open = deps.execute(&add, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&HandOffBody::from(&open)))
}

/// The assistant has the chat again, and says so.
pub async fn close(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let (user, door) = chat_of(request)?;
    find(deps, user, door).await?;
    let deed = Deed { action: "chat.close", subject: format!("{user} {}", door.code()), proof: String::new(), forced: false };
    write_down(deps, caller, request, &request.request_id, deed).await?;
    people::give_back(deps, user, door, &request.trace()).await.map_err(Problem::unavailable)?;
    let closed = deps.execute(&CloseHandOff { user, door }, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&HandOffBody::from(&closed)))
}

pub async fn turns(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let (user, door) = chat_of(request)?;
    let TurnsQuery { after } = request.query()?;
    if after.is_some_and(|after| after > TURNS_END) {
        return Err(Problem::invalid_field("/after", format!("must be at most {TURNS_END}")));
    }
    let turns = deps.store.turns(user, door, after.unwrap_or(0), TURNS_MAX).await.map_err(store_problem)?;
    Ok(Reply::ok(&TurnsBody::from(turns.as_slice())))
}

fn chat_of(request: &Request) -> Result<(UserId, Door), Problem> {
    let door: String = request.param("door")?;
    Ok((request.param("user")?, Door::from_code(&door).ok_or_else(Problem::not_found)?))
}

async fn find(deps: &Deps, user: UserId, door: Door) -> Result<HandOff, Problem> {
    match deps.store.record(&Key::HandOff(user, door)).await.map_err(store_problem)? {
        Some(Record::HandOff(open)) => Ok(open),
        _ => Err(Problem::not_found()),
    }
}

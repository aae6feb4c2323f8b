//! `GET /v1/events`: the feed for whoever cannot hold a socket open. As server-sent events where
//! the caller accepts them, as JSON otherwise; either waits a while where there is nothing yet.
//!
//! An HTTP API hands a reply on when it is whole, so a stream is short here: its reader comes back
//! with `Last-Event-ID`.

use crate::{
    api::limit,
    body::live::{EventsBody, EventsQuery},
    channels::{self, Missed},
    deps::Deps,
    frames,
    refusals::store_problem,
    router::{admit, admit_by_ticket},
};
use domain::{
    channel::{CHANNEL_BYTES_MAX, Channel},
    id::UserId,
};
use lambda::{Problem, Reply, Request};
use std::{fmt::Write, time::Duration};
use tokio::time::Instant;

const WAIT_MAX_S: u32 = 20;
/// How often the feed is looked at meanwhile.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// What is left for the answer when the wait is over.
const ANSWER: Duration = Duration::from_secs(3);
const ASKED_PER_MINUTE: u64 = 600;
const LAST_EVENT_ID: &str = "last-event-id";

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let query: EventsQuery = request.query()?;
    if query.wait > WAIT_MAX_S {
        return Err(Problem::invalid_field("/wait", format!("must be at most {WAIT_MAX_S} seconds")));
    }
    let (user, session) = match &query.ticket {
        Some(ticket) => admit_by_ticket(deps, ticket).await?,
        None => admit(deps, &request).await.map(|caller| (caller.user, caller.session))?,
    };
    limit(deps, &format!("events:{user}"), ASKED_PER_MINUTE, 60).await?;
    let channel = match &query.channel {
        None => channels::of(user),
        Some(name) if name.len() > CHANNEL_BYTES_MAX => {
            return Err(Problem::invalid_field("/channel", format!("must be at most {CHANNEL_BYTES_MAX} bytes")));
        }
        Some(name) => channels::authorised(deps, user, name).await?,
    };
    let after = match last_event_id(&request)?.or(query.after_seq) {
        Some(after) => after,
        None => channels::head(deps, user, &channel).await?,
    };
    let wait = Duration::from_secs(query.wait.into());
    let missed = wait_for(deps, &request, user, (&channel, after), wait).await?;
    // Whoever has logged out meanwhile is told no more.
    if query.wait > 0 && deps.store.session(session, deps.clock.now()).await.map_err(store_problem)?.is_none() {
        return Err(Problem::unauthorized());
    }
    let accepts = request.header("accept").unwrap_or_default();
    Ok(if accepts.contains("text/event-stream") { as_stream(&missed) } else { as_json(missed) })
}

fn last_event_id(request: &Request) -> Result<Option<u64>, Problem> {
    let parse = |text: &str| text.parse().map_err(|_| Problem::invalid_request("`Last-Event-ID` is the `id` of an event that was seen."));
    request.header(LAST_EVENT_ID).filter(|text| !text.is_empty()).map(parse).transpose()
}

/// What has come after a place; where that is nothing, what comes within a while.
async fn wait_for(deps: &Deps, request: &Request, user: UserId, from: (&Channel, u64), wait: Duration) -> Result<Missed, Problem> {
    let (channel, mut after) = from;
    let until = Instant::now() + wait;
    loop {
        let missed = channels::missed(deps, user, channel, after).await?;
        let is_over = Instant::now() >= until || !request.deadline.leaves(ANSWER);
        if !missed.events.is_empty() || !missed.recovered || is_over {
            return Ok(missed);
        }
        after = missed.reached;
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn as_json(missed: Missed) -> Reply {
    Reply::ok(&EventsBody { items: missed.events, seq: missed.reached, recovered: missed.recovered })
}

/// `id` without `data` shows nothing and is remembered: what the channel does not show is passed.
fn as_stream(missed: &Missed) -> Reply {
    let mut text = "retry: 1000\n\n".to_owned();
    for event in &missed.events {
        _ = write!(text, "id: {}\nevent: {}\ndata: {}\n\n", event.seq(), event.event(), frames::text(event));
    }
    _ = write!(text, "id: {}\n\n", missed.reached);
    Reply::text(200, "text/event-stream; charset=utf-8", text)
}

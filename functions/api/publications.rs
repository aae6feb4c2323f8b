//! `/v1/ops/publications`: what operators tell many, or one.

use crate::{
    api::{
        answered, execution, keyed,
        operations::acts::{Deed, deed_id, write_down},
    },
    body::{
        bulletin::{Announcement, BulletinData},
        publications::{CardActivity, FOR_USERS, KycStatus, PublicationBody, PublishRequest},
    },
    deps::Deps,
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    bulletin::{BulletinKind, CancelPublication, Publication, Publish, Wanted},
    channel::{Board, Channel, Topic},
    engine::{Key, Record},
    fact::{Detail, FactKind, Priority},
    id::{AccountId, PublicationId},
};
use jiff::SignedDuration;
use lambda::{Problem, Reply, Request, http::body::part};
use serde_json::Value;
use store::Execution;

/// The longest data of one event, as text.
const DATA_BYTES_MAX: usize = 8 * 1024;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/ops/publications") => publish(deps, &caller, &request).await,
        ("GET", "/v1/ops/publications/{id}") => show(deps, &find(deps, request.param("id")?).await?).await,
        ("POST", "/v1/ops/publications/{id}/cancel") => cancel(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

async fn publish(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body: PublishRequest = request.json()?;
    let channel: Channel =
        body.channel.parse().map_err(|why: domain::channel::BadChannel| Problem::invalid_field("/channel", why.to_string()))?;
    let subject = format!("{channel} {}", body.event);
    let asked = keyed(caller, request, &format!("{subject} {} {:?} {:?}", body.data, body.priority, body.expires_in_s))?;
    let wanted = match channel {
        Channel::Board(Board::Topic(topic)) => on_topic(deps, topic, body)?,
        Channel::User(user) => for_user(AccountId::wallet_of(user), body)?,
        _ => return Err(Problem::invalid_field("/channel", "must be a topic, `system` or `user:usr_…`")),
    };
    if execution == Execution::Commit {
        let deed = Deed { action: "publication.publish", subject, proof: asked.fingerprint.to_string(), forced: false };
        write_down(deps, caller, request, &deed_id(&asked), deed).await?;
    }
    let published = deps.attempt(&Publish { asked, wanted }, execution, &request.trace()).await.map_err(problem)?;
    Ok(answered(Reply::created(&PublicationBody::new(&published.value, &[])), published.replayed, execution))
}

fn on_topic(deps: &Deps, topic: Topic, body: PublishRequest) -> Result<Wanted, Problem> {
    let kind = BulletinKind::from_code(&body.event).ok_or_else(|| unfit(&body))?;
    let data =
        BulletinData::read(kind, body.data)?.ok_or_else(|| Problem::invalid_field("/event", "is what rooms tell of themselves"))?.to_text();
    if data.len() > DATA_BYTES_MAX {
        return Err(Problem::invalid_field("/data", format!("must be at most {DATA_BYTES_MAX} bytes")));
    }
    let priority = match body.priority.as_deref() {
        None => None,
        Some(code) => {
            Some(Priority::from_code(code).ok_or_else(|| Problem::invalid_field("/priority", "must be low, normal, high or critical"))?)
        }
    };
    let expires_at = match body.expires_in_s {
        None => None,
        Some(seconds) if (60..=2_592_000).contains(&seconds) => {
            deps.clock.now().checked_add(SignedDuration::from_secs(seconds.into())).ok()
        }
        Some(_) => return Err(Problem::invalid_field("/expires_in_s", "must be from 60 (a minute) to 2592000 (30 days)")),
    };
    Ok(Wanted::Topic { topic, kind, data, priority, expires_at })
}

/// In a feed, an event has the priority and the life of its kind.
fn for_user(account: AccountId, body: PublishRequest) -> Result<Wanted, Problem> {
    let kind = FactKind::from_code(&body.event).filter(|kind| FOR_USERS.contains(kind)).ok_or_else(|| unfit(&body))?;
    if body.priority.is_some() || body.expires_in_s.is_some() {
        let field = if body.priority.is_some() { "/priority" } else { "/expires_in_s" };
        return Err(Problem::invalid_field(field, "is for topics: what is for one user has its event's own"));
    }
    Ok(Wanted::User { account, kind, detail: detail(kind, body.data)? })
}

fn detail(kind: FactKind, data: Value) -> Result<Detail, Problem> {
    Ok(match kind {
        FactKind::KycStatus => {
            let KycStatus { status, reason } = part(data, "/data")?;
            Detail { status: Some(status.code().to_owned()), reason: reason.map(|line| line.0), ..Detail::default() }
        }
        FactKind::CardActivity => {
            let CardActivity { status, amount, merchant, reason } = part(data, "/data")?;
            Detail {
                amount: i64::try_from(amount).ok(),
                status: Some(status.code().to_owned()),
                counterparty: Some(merchant.0),
                reason: reason.map(|line| line.0),
                ..Detail::default()
            }
        }
        _ => {
            let Announcement { title, text } = part(data, "/data")?;
            Detail { title: Some(title.0), note: text.map(|line| line.0), ..Detail::default() }
        }
    })
}

fn unfit(body: &PublishRequest) -> Problem {
    Problem::invalid_field("/event", format!("`{}` does not go to this channel", body.event.chars().take(40).collect::<String>()))
}

async fn find(deps: &Deps, id: PublicationId) -> Result<Publication, Problem> {
    match deps.store.record(&Key::Publication(id.fingerprint())).await.map_err(store_problem)? {
        Some(Record::Publication(publication)) if publication.id == id => Ok(publication),
        _ => Err(Problem::not_found()),
    }
}

async fn show(deps: &Deps, publication: &Publication) -> Result<Reply, Problem> {
    let legs = deps.store.legs(publication.id).await.map_err(store_problem)?;
    Ok(Reply::ok(&PublicationBody::new(publication, &legs)))
}

async fn cancel(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let publication = find(deps, request.param("id")?).await?;
    let deed = Deed {
        action: "publication.cancel",
        subject: publication.id.to_string(),
        proof: publication.status.code().to_owned(),
        forced: false,
    };
    write_down(deps, caller, request, &request.request_id, deed).await?;
    let cancelled = deps.execute(&CancelPublication { id: publication.id }, &request.trace()).await.map_err(problem)?;
    show(deps, &cancelled).await
}

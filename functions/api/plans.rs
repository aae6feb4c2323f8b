//! `/v1/standing-payments` and `/v1/summary`: what a user plans.

use crate::{
    api::{answered, execution, keyed, person},
    apply::terms,
    body::{
        common::{amount, note},
        money_out::Recipient,
        plans::{SetStanding as SetStandingBody, StandingBody, SummaryBody, SummaryRequest},
    },
    deps::Deps,
    refusals::{NO_RECIPIENT, TO_SELF, problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    chat::{Moves, Terms},
    engine::{Key, Record},
    id::{BadId, StandingId, UserId},
    standing::{EndStanding, Every, SetStanding, StandingStatus},
    summary::{HOUR_DEFAULT, SetSummary},
};
use lambda::{Problem, Reply, Request, http::page::Page};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/standing-payments") => set(deps, &caller, &request).await,
        ("GET", "/v1/standing-payments") => list(deps, &caller).await,
        ("POST", "/v1/standing-payments/{id}/end") => end(deps, &caller, &request).await,
        ("GET", "/v1/summary") => summary(deps, &caller).await,
        ("POST", "/v1/summary") => set_summary(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

async fn set(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body: SetStandingBody = request.json()?;
    let amount = amount(body.amount, "/amount")?;
    let note = note(body.note, "/note")?;
    let every: Every = body.every.parse().map_err(|why: domain::standing::BadRhythm| Problem::invalid_field("/every", why.to_string()))?;
    let moves = match (body.to, body.payee) {
        (Some(to), None) => transfer(deps, caller, to).await?,
        (None, Some(payee)) => {
            let (address, name) = payee.parse("/payee")?;
            Moves::Payout { address, name }
        }
        _ => return Err(Problem::invalid_field("", "give either `to` or `payee`")),
    };
    let fee = terms::fee(deps, &moves);
    let terms = Terms { moves, amount: amount.minor(), fee, note };
    let asked = keyed(caller, request, &format!("{every} {}", terms.canonical()))?;
    let others = deps.store.standings(caller.user).await.map_err(store_problem)?;
    let others = others.iter().filter(|standing| standing.status == StandingStatus::Active).count();
    let command = SetStanding { asked, terms, every, others };
    let set = deps.attempt(&command, execution, &request.trace()).await.map_err(problem)?;
    Ok(answered(Reply::created(&StandingBody::from(&set.value)), set.replayed, execution))
}

async fn transfer(deps: &Deps, caller: &Signed, to: Recipient) -> Result<Moves, Problem> {
    let (to, label) = match to {
        Recipient::User { user_id } => {
            let to: UserId = user_id.parse().map_err(|why: BadId| Problem::invalid_field("/to/user_id", why.to_string()))?;
            let found = deps.store.user(to).await.map_err(store_problem)?;
            found.ok_or_else(|| Problem::new(NO_RECIPIENT, "There is no such user."))?;
            (to, user_id)
        }
        Recipient::Phone { phone } => (person(deps, "/to/phone", &phone).await?, phone),
    };
    if to == caller.user {
        return Err(Problem::new(TO_SELF, "Money cannot be sent to oneself."));
    }
    Ok(Moves::Transfer { to, label })
}

async fn list(deps: &Deps, caller: &Signed) -> Result<Reply, Problem> {
    let mut all = deps.store.standings(caller.user).await.map_err(store_problem)?;
    all.sort_by_key(|standing| std::cmp::Reverse(standing.created_at));
    Ok(Reply::ok(&Page { items: all.iter().map(StandingBody::from).collect(), next_cursor: None }))
}

async fn end(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let id: StandingId = request.param("id")?;
    let command = EndStanding { user: caller.user, id: id.fingerprint() };
    let ended = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&StandingBody::from(&ended)))
}

async fn summary(deps: &Deps, caller: &Signed) -> Result<Reply, Problem> {
    Ok(Reply::ok(&match deps.store.record(&Key::Summary(caller.user)).await.map_err(store_problem)? {
        Some(Record::Summary(summary)) => SummaryBody::from(&summary),
        _ => SummaryBody { is_on: false, hour: HOUR_DEFAULT, next_at: None },
    }))
}

async fn set_summary(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: SummaryRequest = request.json()?;
    let hour = body.hour.map(|hour| i8::try_from(hour).ok().filter(|hour| *hour < 24));
    let hour = hour.map(|hour| hour.ok_or_else(|| Problem::invalid_field("/hour", "must be from 0 to 23"))).transpose()?;
    let set = SetSummary { user: caller.user, is_on: body.is_on, hour, said_at: deps.clock.now() };
    let summary = deps.execute(&set, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&SummaryBody::from(&summary)))
}

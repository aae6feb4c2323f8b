//! A copy of everything, for whoever has proven the phone once more.

use super::failed;
use crate::{
    api::{auth::prove_again, limit, random_fingerprint},
    body::privacy::ExportBody,
    deps::Deps,
    privacy::export::{numbered, part},
    refusals::store_problem,
    router::Signed,
    work::WorkMessage,
};
use domain::identity::OtpPurpose;
use lambda::{Problem, Reply, Request};
use store::Export;

const DAY_S: i64 = 86_400;
/// Copies that one user may have made within a day.
const EXPORTS_MAX: u64 = 5;
/// For how long a copy is kept.
const KEPT_S: i64 = DAY_S;
/// For how long the work on one counts as under way: all tries of its message.
const MAKING_S: i64 = 1_800;

/// Without a body: sends the one-time password that a copy takes.
pub async fn ask(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    if let Some(sent) = prove_again(deps, caller, request, OtpPurpose::Export).await? {
        return Ok(sent);
    }
    limit(deps, &format!("exports:{}", caller.user), EXPORTS_MAX, DAY_S).await?;
    let export = begun(deps, caller).await?;
    let message = WorkMessage::MakeExport { user: caller.user.to_string(), export: export.id.clone() };
    // Where it was sent before, it does no harm; where it was lost, this finds it.
    deps.outlets.send(message.queue(), message.to_body(), &request.trace()).await.map_err(Problem::unavailable)?;
    Ok(Reply::accepted(&ExportBody::from(&export)))
}

/// One at a time: while one is under way, that one.
async fn begun(deps: &Deps, caller: &Signed) -> Result<Export, Problem> {
    let now = deps.clock.now();
    let export = Export {
        id: random_fingerprint()?.to_string(),
        session: caller.session.to_string(),
        asked_at_s: now.as_second(),
        making_until_s: Some(now.as_second() + MAKING_S),
        parts: Vec::new(),
        rows: 0,
        expires_at_s: now.as_second() + KEPT_S,
    };
    if deps.store.begin_export(caller.user, &export, now).await.map_err(store_problem)? {
        return Ok(export);
    }
    let elsewhere = |_| Problem::conflict("A copy is being made for another of your sessions; ask again when it is done.");
    current(deps, caller).await.map_err(elsewhere)
}

/// The caller's copy, for the session that asked for it.
async fn current(deps: &Deps, caller: &Signed) -> Result<Export, Problem> {
    let known = deps.store.export(caller.user, deps.clock.now()).await.map_err(store_problem)?;
    known.filter(|export| export.session == caller.session.to_string()).ok_or_else(Problem::not_found)
}

pub async fn show(deps: &Deps, caller: &Signed) -> Result<Reply, Problem> {
    Ok(Reply::ok(&ExportBody::from(&current(deps, caller).await?)))
}

pub async fn fetch(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let (id, number): (String, String) = (request.param("id")?, request.param("part")?);
    let export = current(deps, caller).await?;
    let number = numbered(export.parts.len(), &number).filter(|_| export.is_done() && export.id == id).ok_or_else(Problem::not_found)?;
    let bytes = part(deps, caller.user, &export, number, &request.trace()).await.map_err(failed)?.ok_or_else(Problem::not_found)?;
    let name = format!("attachment; filename=\"kamai-{}-{number}.zip\"", export.id);
    Ok(Reply::text(200, "application/zip", bytes).with_header("content-disposition", name))
}

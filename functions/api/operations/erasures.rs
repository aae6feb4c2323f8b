//! Copies that are held of users who had themselves erased: opened for a reason, which is written down first.

use super::acts::{Deed, write_down};
use crate::{
    body::{
        common,
        operations::OpenHoldRequest,
        privacy::{ErasureBody, HeldBody},
    },
    deps::Deps,
    privacy::{
        erase::{find, held_part},
        export::numbered,
    },
    router::Signed,
};
use domain::{erasure::Erasure, id::UserId};
use lambda::{Problem, Reply, Request};

async fn erasure(deps: &Deps, request: &Request) -> Result<Erasure, Problem> {
    let user: UserId = request.param("user")?;
    find(deps, user).await.map_err(Problem::unavailable)?.ok_or_else(Problem::not_found)
}

pub async fn show(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let erasure = erasure(deps, request).await?;
    Ok(Reply::ok(&HeldBody { erasure: ErasureBody::from(&erasure), parts: erasure.hold.map_or(0, |hold| hold.parts.len()) }))
}

pub async fn open(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: OpenHoldRequest = request.json()?;
    let why = common::note(Some(body.why), "/why")?.ok_or_else(|| Problem::invalid_field("/why", "must say what for"))?;
    let (erasure, number): (Erasure, String) = (erasure(deps, request).await?, request.param("part")?);
    let parts = erasure.hold.as_ref().map_or(0, |hold| hold.parts.len());
    let number = numbered(parts, &number).ok_or_else(Problem::not_found)?;
    let deed = Deed { action: "erasure.open", subject: erasure.user.to_string(), proof: format!("part {number}: {why}"), forced: false };
    write_down(deps, caller, request, &request.request_id, deed).await?;
    let bytes = held_part(deps, &erasure, number, deps.clock.now()).await.map_err(Problem::unavailable)?.ok_or_else(Problem::not_found)?;
    let name = format!("attachment; filename=\"kamai-held-{number}.zip\"");
    Ok(Reply::text(200, "application/zip", bytes).with_header("content-disposition", name))
}

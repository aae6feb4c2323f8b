//! `POST /v1/files`: where to upload a file that is to be sent in a room.

use crate::{
    api::{limit, random_fingerprint},
    deps::Deps,
    files::upload,
    router::admit,
};
use domain::id::FileId;
use lambda::{Problem, Reply, Request};

const FILES_PER_MINUTE: u64 = 60;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    let asked = request.json()?;
    limit(deps, &format!("files:{}", caller.user), FILES_PER_MINUTE, 60).await?;
    let id = FileId::new(deps.clock.now(), random_fingerprint()?);
    Ok(Reply::created(&upload(deps, caller.user, id, asked).await?))
}

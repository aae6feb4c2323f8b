//! Files that people send each other: put into S3 by their sender, named by a message, fetched by who reads it.
//!
//! A file lies under its sender (`chat/{user}/{file}`) and is looked up there when it is attached: nobody can name
//! what somebody else has uploaded.

use crate::{
    body::files::{FileRef, FileRequest, LinkBody, UploadBody},
    deps::Deps,
    refusals::store_problem,
};
use domain::{
    engine::{Key, Record},
    id::{BadId, FileId, RoomId, UserId},
    room::{Attachment, BadFile, ClientId, FileName, Message, check_file},
};
use futures::future::join_all;
use lambda::Problem;
use providers::{
    call::Http,
    files::{Bucket, File, FilesError},
};
use std::time::Duration;

/// How long an upload may wait before it begins, in seconds.
const UPLOAD_S: u32 = 900;
/// How long a download may.
const LINK_S: u32 = 300;

fn files_problem(error: FilesError) -> Problem {
    if error.retryable() { Problem::unavailable(error) } else { Problem::internal(error) }
}

fn for_seconds(seconds: u32) -> Duration {
    Duration::from_secs(seconds.into())
}

/// Has a file's sender put it where files are kept, as it was announced and no other way.
pub async fn upload(deps: &Deps, user: UserId, id: FileId, asked: FileRequest) -> Result<UploadBody, Problem> {
    let name = FileName::parse(&asked.name).map_err(|why| Problem::invalid_field("/name", why.to_string()))?;
    check_file(&asked.content_type, asked.bytes).map_err(|why| {
        let field = if why == BadFile::Type { "/content_type" } else { "/bytes" };
        Problem::invalid_field(field, why.to_string())
    })?;
    let file = File { name: name.as_str().to_owned(), content_type: asked.content_type, bytes: asked.bytes };
    let (bucket, now) = (deps.files().map_err(Problem::unavailable)?, deps.clock.now().as_second());
    let (user, id) = (user.to_string(), id.to_string());
    let put = bucket.put(&["chat", &user, &id], &file, for_seconds(UPLOAD_S), now).await.map_err(files_problem)?;
    Ok(UploadBody::new(id, put, UPLOAD_S))
}

/// What a message carries: each looked up under its sender, as it really is.
pub async fn attachments(
    deps: &Deps,
    (user, room, client_id): (UserId, RoomId, &ClientId),
    named: &[FileRef],
) -> Result<Vec<Attachment>, Problem> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let max = deps.rules.attachments_max;
    if named.len() > max {
        return Err(Problem::invalid_field("/files", format!("must be at most {max}")));
    }
    let parse = |(index, id): (usize, &FileRef)| {
        id.0.parse().map_err(|why: BadId| Problem::invalid_field(format!("/files/{index}"), why.to_string()))
    };
    let ids = named.iter().enumerate().map(parse).collect::<Result<Vec<FileId>, _>>()?;
    // The same message once more: what it carries has been seen to, and may be too old to be attached anew.
    let known = deps.store.record(&Key::Message(Message::fingerprint(room, user, client_id))).await.map_err(store_problem)?;
    if let Some(Record::Message(known)) = known
        && (known.is_deleted() || known.attachments.iter().map(|attachment| &attachment.file).eq(named.iter().map(|id| &id.0)))
    {
        return Ok(known.attachments);
    }
    let (bucket, http) = (deps.files().map_err(Problem::unavailable)?, deps.http().map_err(Problem::unavailable)?);
    let found = ids.iter().enumerate().map(|(index, id)| look_up(deps, &bucket, &http, user, *id, index));
    join_all(found).await.into_iter().collect()
}

async fn look_up(deps: &Deps, bucket: &Bucket, http: &Http, user: UserId, id: FileId, index: usize) -> Result<Attachment, Problem> {
    let refused = |why: String| {
        Problem::unprocessable("One or more files cannot be attached; see `errors`.").with_error(format!("/files/{index}"), why)
    };
    let (now, owner, name) = (deps.clock.now(), user.to_string(), id.to_string());
    let found = bucket.head(http, &["chat", &owner, &name], now.as_second()).await.map_err(files_problem)?;
    let file = found.ok_or_else(|| refused("has not been uploaded".to_owned()))?;
    let name = FileName::parse(&file.name).map_err(|why| refused(format!("its name {why}")))?;
    Attachment::new(id, name, file.content_type, file.bytes, now).map_err(|why| refused(why.to_string()))
}

/// Where a message's file is fetched from.
pub async fn link(deps: &Deps, message: &Message, id: FileId) -> Result<LinkBody, Problem> {
    let id = id.to_string();
    let attachment = message.attachments.iter().find(|attachment| attachment.file == id).ok_or_else(Problem::not_found)?;
    let Attachment { name, content_type, bytes, .. } = attachment;
    let file = File { name: name.as_str().to_owned(), content_type: content_type.clone(), bytes: *bytes };
    let (bucket, now) = (deps.files().map_err(Problem::unavailable)?, deps.clock.now().as_second());
    let get = bucket.get(&["chat", &message.by.to_string(), &id], &file, for_seconds(LINK_S), now).await.map_err(files_problem)?;
    Ok(LinkBody { url: get.url, expires_in: LINK_S })
}

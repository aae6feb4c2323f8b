//! Files that messages name: those on people's phones, and those that were uploaded to Meta.
//!
//! - `POST /phones/{e164}/media`, the file as the body, its type as `content-type`: 200 `{"id",
//!   "sha256"}`. A message from that phone by WhatsApp names both (`{"type": "audio", "audio": {"id",
//!   "sha256", "mime_type", "voice"}}`), one by way of Twilio names the id in `media`: [`super::people`].
//!   The hash is in base64, as Meta writes it there.
//! - `GET /phones/{e164}/messages/{id}/file`: the file of a message to that phone, under its type.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::inbox;
use crate::ids;
use crate::reply::Refused;
use crate::world::World;

/// More than a message may bring, so that a test can put there what is too large.
const FILE_BYTES_MAX: usize = 32 * 1024 * 1024;

#[derive(Clone, Default)]
pub struct Files {
    by_id: HashMap<String, File>,
}

#[derive(Clone)]
pub struct File {
    pub content_type: String,
    pub bytes: Bytes,
}

impl Files {
    /// Keeps a file, under an id of the shape of Meta's: digits, no zero in front.
    pub fn keep(&mut self, file: File) -> String {
        let id = format!("1{}", ids::digits(15));
        self.by_id.insert(id.clone(), file);
        id
    }

    pub fn get(&self, id: &str) -> Option<File> {
        self.by_id.get(id).cloned()
    }
}

impl File {
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.bytes).into()
    }
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        let octets = HeaderValue::from_static("application/octet-stream");
        let content_type = HeaderValue::from_str(&self.content_type).unwrap_or(octets);
        ([(header::CONTENT_TYPE, content_type)], self.bytes).into_response()
    }
}

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/phones/{e164}/media", post(put).layer(DefaultBodyLimit::max(FILE_BYTES_MAX)))
        .route("/phones/{e164}/messages/{id}/file", get(read))
}

async fn put(
    State(world): State<Arc<World>>,
    Path(number): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Refused> {
    inbox::number_of(&number)?;
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.ok_or_else(|| Refused::bad_request("the file's type is its `content-type`"))?.to_owned();
    let file = File { content_type, bytes };
    let sha256 = STANDARD.encode(file.sha256());
    let id = world.book().files.keep(file);
    Ok(Json(json!({ "id": id, "sha256": sha256 })))
}

async fn read(State(world): State<Arc<World>>, Path((number, id)): Path<(String, String)>) -> Result<File, Refused> {
    let number = inbox::number_of(&number)?;
    let book = world.book();
    let message = book.inboxes.message(&number, &id).ok_or_else(|| Refused::not_found(format!("no message {id}")))?;
    let file = message.file_id().and_then(|file_id| book.files.get(file_id));
    file.ok_or_else(|| Refused::not_found(format!("no file in message {id}, or none that was uploaded")))
}

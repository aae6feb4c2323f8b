//! Meta's files.
//!
//! - `POST /v{N}.0/{phone_number_id}/media`: a form of `messaging_product`, `type` and `file`; `{"id"}`.
//! - `GET /v{N}.0/{media_id}?phone_number_id=…`: where the file is, with its hash in hex.
//! - `GET /whatsapp_business/attachments/?mid&ext&hash`: the file, for the same token. In life that is
//!   another host's. The address is good for five minutes ([`crate::config::Messaging`]), then 404.
//!
//! Source: the WhatsApp sheet, A7.

use std::sync::Arc;

use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{Multipart, Path, Query};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::files::File;
use super::whatsapp::{self, Refused};
use crate::config::Messaging;
use crate::world::World;
use crate::{clock, server, signing};

const MB: usize = 1024 * 1024;

/// A form of a document that is too large by a little is still read.
pub const FORM_BYTES_MAX: usize = 30 * MB;

/// The types that are taken, and how large each may be. In life documents may have 100 MB.
const TYPES: [(&[&str], usize); 4] = [
    (&["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], 16 * MB),
    (&["image/jpeg", "image/png"], 5 * MB),
    (&["video/mp4", "video/3gpp"], 16 * MB),
    (
        &[
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ],
        25 * MB,
    ),
];

/// What came in the form.
#[derive(Default)]
struct Form {
    messaging_product: Option<String>,
    kind: Option<String>,
    file: Option<File>,
}

pub async fn upload(
    Extension(world): Extension<Arc<World>>,
    Path((version, phone_number_id)): Path<(String, String)>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<Value>, Refused> {
    whatsapp::enter(&world, &version, &headers)?;
    whatsapp::require_ours(&world, &phone_number_id)?;
    let broken = |_: MultipartError| Refused::parameter("The form is broken, or too large");
    let form = form.map_err(|_| Refused::parameter("The request is no multipart/form-data"))?;
    let file = Form::read(form).await.map_err(broken)?.check()?;
    let id = world.book().files.keep(file);
    Ok(Json(json!({ "id": id })))
}

impl Form {
    async fn read(mut parts: Multipart) -> Result<Self, MultipartError> {
        let mut form = Self::default();
        while let Some(field) = parts.next_field().await? {
            match field.name().unwrap_or_default() {
                "messaging_product" => form.messaging_product = Some(field.text().await?),
                "type" => form.kind = Some(field.text().await?),
                "file" => {
                    let content_type = field.content_type().unwrap_or_default().to_owned();
                    form.file = Some(File { content_type, bytes: field.bytes().await? });
                }
                _ => {}
            }
        }
        Ok(form)
    }

    fn check(self) -> Result<File, Refused> {
        if self.messaging_product.as_deref() != Some("whatsapp") {
            return Err(Refused::parameter("(#100) The parameter messaging_product is required."));
        }
        let file = self.file.filter(|file| !file.bytes.is_empty()).ok_or_else(|| Refused::parameter("(#100) file is required"))?;
        let kind = self.kind.unwrap_or_else(|| file.content_type.clone());
        let (_, bytes_max) = TYPES
            .into_iter()
            .find(|(kinds, _)| kinds.contains(&kind.as_str()) && file.content_type == kind)
            .ok_or_else(|| Refused::parameter("Param file must be a file of a type that is taken"))?;
        if file.bytes.len() > bytes_max {
            return Err(Refused::parameter(format!("The file is larger than {bytes_max} bytes")));
        }
        Ok(file)
    }
}

#[derive(Deserialize)]
pub struct Ours {
    phone_number_id: Option<String>,
}

pub async fn locate(
    Extension(world): Extension<Arc<World>>,
    Path((version, media_id)): Path<(String, String)>,
    Query(ours): Query<Ours>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    // The path is no more than any two segments.
    if !whatsapp::is_version(&version) {
        return server::nowhere(uri).await;
    }
    match place_of(&world, &media_id, ours.phone_number_id.as_deref(), &headers) {
        Ok(place) => Json(place).into_response(),
        Err(refused) => refused.into_response(),
    }
}

fn place_of(world: &World, media_id: &str, phone_number_id: Option<&str>, headers: &HeaderMap) -> Result<Value, Refused> {
    whatsapp::require_token(world, headers)?;
    if let Some(phone_number_id) = phone_number_id {
        whatsapp::require_ours(world, phone_number_id)?;
    }
    let file = world.book().files.get(media_id).ok_or_else(|| Refused::no_such_object(media_id))?;
    let config = world.config();
    let base_url = config.email.base_url.as_deref().unwrap_or_default();
    let ends_at = clock::unix_seconds() + config.messaging.whatsapp_media_seconds;
    let hash = hash_of(&config.messaging, media_id, ends_at);
    Ok(json!({
        "messaging_product": "whatsapp",
        "url": format!("{base_url}/whatsapp_business/attachments/?mid={media_id}&ext={ends_at}&hash={hash}"),
        "mime_type": file.content_type,
        "sha256": hex::encode(file.sha256()),
        "file_size": file.bytes.len(),
        "id": media_id,
    }))
}

#[derive(Deserialize)]
pub struct Attachment {
    mid: String,
    ext: i64,
    hash: String,
}

pub async fn download(
    Extension(world): Extension<Arc<World>>,
    Query(attachment): Query<Attachment>,
    headers: HeaderMap,
) -> Result<File, Response> {
    whatsapp::require_token(&world, &headers).map_err(|_| StatusCode::UNAUTHORIZED.into_response())?;
    let is_genuine = signing::same(&attachment.hash, &hash_of(&world.config().messaging, &attachment.mid, attachment.ext));
    let file = world.book().files.get(&attachment.mid).filter(|_| is_genuine && clock::unix_seconds() < attachment.ext);
    file.ok_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn hash_of(config: &Messaging, media_id: &str, ends_at: i64) -> String {
    signing::hmac_sha256_hex(&config.whatsapp_app_secret, format!("{media_id}.{ends_at}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(product: &str, kind: &str, content_type: &str, bytes: usize) -> Form {
        let file = File { content_type: content_type.into(), bytes: vec![0; bytes].into() };
        Form { messaging_product: Some(product.into()), kind: Some(kind.into()), file: Some(file) }
    }

    #[test]
    fn a_file_is_of_a_kind_that_is_taken_and_no_larger_than_that_may_be() {
        let png = "image/png";
        assert!(form("whatsapp", png, png, 5 * MB).check().is_ok());
        assert!(form("whatsapp", png, png, 5 * MB + 1).check().is_err());
        assert!(form("whatsapp", png, png, 0).check().is_err());
        assert!(form("whatsapp", png, "image/jpeg", 1).check().is_err());
        assert!(form("whatsapp", "image/gif", "image/gif", 1).check().is_err());
        assert!(form("telegram", png, png, 1).check().is_err());
        assert!(Form { file: None, ..form("whatsapp", png, png, 1) }.check().is_err());
        assert!(Form { kind: None, ..form("whatsapp", png, png, 1) }.check().is_ok());
    }
}

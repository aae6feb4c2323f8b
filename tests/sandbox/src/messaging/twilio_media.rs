//! Twilio's files: `GET /2010-04-01/Accounts/{sid}/Messages/{sid}/Media/{sid}`, Basic, redirects to
//! whoever keeps the file. That one refuses whoever shows it credentials, as S3 does.
//!
//! Source: the WhatsApp sheet, B2.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::files::File;
use super::twilio;
use crate::config::Config;
use crate::world::World;

/// Where a message's file is, by its id.
pub fn url_of(config: &Config, message_sid: &str, file_id: &str) -> String {
    let base_url = config.email.base_url.as_deref().unwrap_or_default();
    let account = &config.messaging.twilio_account_sid;
    format!("{base_url}/2010-04-01/Accounts/{account}/Messages/{message_sid}/Media/ME{file_id:0>32}")
}

pub async fn locate(
    Extension(world): Extension<Arc<World>>,
    Path((account, _, media_sid)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, twilio::Refused> {
    twilio::sign_in(&world, Some(&account), &headers)?;
    let file_id = media_sid.strip_prefix("ME").unwrap_or_default().trim_start_matches('0');
    if world.book().files.get(file_id).is_none() {
        return Err(twilio::Refused::no_such_resource());
    }
    Ok((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, format!("/twilio-media/{file_id}"))]).into_response())
}

pub async fn download(
    Extension(world): Extension<Arc<World>>,
    Path(file_id): Path<String>,
    headers: HeaderMap,
) -> Result<File, StatusCode> {
    if headers.contains_key(header::AUTHORIZATION) {
        return Err(StatusCode::BAD_REQUEST);
    }
    world.book().files.get(&file_id).ok_or(StatusCode::NOT_FOUND)
}

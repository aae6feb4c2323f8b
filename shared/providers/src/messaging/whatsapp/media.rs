//! Files at Meta: those that people send us, and those that we send.
//!
//! Source: `whatsapp.md`, A7. A file has an id, and for five minutes an address, which takes our
//! token. That goes to Meta's hosts alone, whatever address we are told, and no redirect is followed.

mod errors;
mod hash;
#[cfg(test)]
mod tests;

use reqwest::multipart::{Form, Part};
use reqwest::{Method, Url};
use serde::Deserialize;
use serde_json::Value;

pub use errors::MediaError;
pub use hash::is_sha256_of;

use super::{Client, SendError};
use crate::call::{Answer, BaseUrl, CallError, Illegible, SetupError, Unsent, require};
use crate::messaging::media::{Fetched, bytes_max};
use crate::wire::absent;

const ID_CHARS_MAX: usize = 128;
const FILENAME_CHARS_MAX: usize = 240;

/// What WhatsApp takes of pictures and of sound. Documents may be anything.
const IMAGES: [&str; 2] = ["image/jpeg", "image/png"];
const SOUNDS: [&str; 5] = ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"];

/// Where a file is, and what it is said to be.
#[derive(Deserialize)]
struct Place {
    url: String,
    #[serde(default, deserialize_with = "absent")]
    mime_type: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    sha256: Option<String>,
    /// A number, or one in a text.
    #[serde(default)]
    file_size: Option<Value>,
}

#[derive(Deserialize)]
struct Uploaded {
    id: String,
}

impl Client {
    /// The same client, which also fetches files from that origin: the local cloud's, which has no
    /// part in Meta's names.
    ///
    /// # Errors
    ///
    /// [`SetupError::BaseUrl`] where it is none, or not over TLS and not of this machine.
    pub fn with_media_origin(self, origin: &str) -> Result<Self, SetupError> {
        Ok(Self { media_origin: Some(BaseUrl::new(origin)?), ..self })
    }

    /// `POST /{version}/{phone_number_id}/media`: an id, which messages can name for 30 days.
    ///
    /// Again, after whatever answer, it is another file of the same content; nobody is sent anything.
    ///
    /// # Errors
    ///
    /// [`MediaError`]; a file that Meta would not take is not sent.
    pub async fn upload(&self, bytes: Vec<u8>, mime_type: &str, filename: &str) -> Result<String, MediaError> {
        let form = form(bytes, mime_type, filename)?;
        let request = self
            .endpoint
            .request(Method::POST, &[&self.version, &self.phone_number_id, "media"])
            .bearer_auth(self.token.expose())
            .multipart(form);
        let uploaded: Uploaded = understood(self.endpoint.exchange(request).await?)?;
        Ok(uploaded.id)
    }

    /// A file by its id, whole: where it is, and then the file. Where Meta tells its hash, it is
    /// compared. An address that has expired on the way is asked for once more.
    ///
    /// The hash that a message tells is for [`is_sha256_of`].
    ///
    /// # Errors
    ///
    /// [`MediaError`], which says whether to try again.
    pub async fn fetch(&self, media_id: &str) -> Result<Fetched, MediaError> {
        let is_id = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        require((1..=ID_CHARS_MAX).contains(&media_id.len()) && is_id(media_id), "media.id", "is not an id")?;
        match self.download(self.locate(media_id).await?).await {
            Err(MediaError::Refused(SendError::Call(CallError::Refused { status: 404, .. }))) => {
                self.download(self.locate(media_id).await?).await
            }
            outcome => outcome,
        }
    }

    /// `GET /{version}/{media_id}`.
    async fn locate(&self, media_id: &str) -> Result<Place, MediaError> {
        let request = self
            .endpoint
            .request(Method::GET, &[&self.version, media_id])
            .query(&[("phone_number_id", &self.phone_number_id)])
            .bearer_auth(self.token.expose());
        understood(self.endpoint.exchange(request).await?)
    }

    async fn download(&self, place: Place) -> Result<Fetched, MediaError> {
        let url = Url::parse(&place.url).ok().filter(|url| self.is_trusted(url)).ok_or(MediaError::Elsewhere)?;
        let bytes_max = bytes_max(place.mime_type.as_deref().unwrap_or_default());
        let size = place.file_size.as_ref().and_then(|size| size.as_u64().or_else(|| size.as_str()?.parse().ok()));
        if size.is_some_and(|size| size > bytes_max as u64) {
            return Err(MediaError::TooLarge { bytes_max });
        }
        let request = self.endpoint.get(url).bearer_auth(self.token.expose());
        let bytes = self.endpoint.download(request, bytes_max).await?.into_file().map_err(|error| match error {
            CallError::Unreadable { why: Illegible::TooLong { limit_bytes } } => MediaError::TooLarge { bytes_max: limit_bytes },
            error => error.into(),
        })?;
        if place.sha256.is_some_and(|sha256| !is_sha256_of(&sha256, &bytes)) {
            return Err(MediaError::Altered);
        }
        Ok(Fetched { bytes, mime_type: place.mime_type })
    }

    fn is_trusted(&self, url: &Url) -> bool {
        self.media_origin.as_ref().is_some_and(|origin| origin.is_origin_of(url)) || is_metas(url)
    }
}

/// Over TLS, on the usual port, by name, and with no credentials of its own.
fn is_metas(url: &Url) -> bool {
    let is_host = |host: &str| host == "lookaside.fbsbx.com" || host.strip_suffix(".fbcdn.net").is_some_and(|name| !name.is_empty());
    let is_plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    url.scheme() == "https" && is_plain && url.host_str().is_some_and(is_host)
}

fn form(bytes: Vec<u8>, mime_type: &str, filename: &str) -> Result<Form, MediaError> {
    let essence = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_taken = match essence.split_once('/') {
        Some(("image", _)) => IMAGES.contains(&essence.as_str()),
        Some(("audio", _)) => SOUNDS.contains(&essence.as_str()),
        Some((_, kind)) => !kind.is_empty(),
        None => false,
    };
    require(is_taken, "media.type", "is of a kind that is not taken")?;
    let bytes_max = bytes_max(&essence);
    require(!bytes.is_empty(), "media.file", "is empty")?;
    if bytes.len() > bytes_max {
        return Err(MediaError::TooLarge { bytes_max });
    }
    let is_name =
        (1..=FILENAME_CHARS_MAX).contains(&filename.chars().count()) && !filename.chars().any(|c| c.is_control() || "/\\".contains(c));
    require(is_name, "media.filename", "is not 1 to 240 characters, without slashes")?;
    let unusable = CallError::NotSent { why: Unsent::Invalid { field: "media.type", rule: "is no type of a file" } };
    let file = Part::bytes(bytes).file_name(filename.to_owned()).mime_str(&essence).map_err(|_| unusable)?;
    Ok(Form::new().text("messaging_product", "whatsapp").text("type", essence).part("file", file))
}

fn understood<T: serde::de::DeserializeOwned>(answer: Answer) -> Result<T, MediaError> {
    match SendError::read(&answer) {
        Some(error) => Err(error.into()),
        None => Ok(answer.read()?),
    }
}

//! `POST /groq/openai/v1/audio/transcriptions`. Source: the sheet, section 4.

use std::sync::Arc;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::catalogue::{self, Use};
use super::door::{self, Manner};
use super::script::Transcript;
use super::{Refused, adversary, garbage};
use crate::config;
use crate::ids;
use crate::world::World;

pub const FILE_BYTES_MAX: usize = 25 * 1024 * 1024;

const EXTENSIONS: [&str; 10] = ["flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "opus", "wav", "webm"];
const LANGUAGES: [&str; 15] = ["hi", "ta", "te", "bn", "mr", "gu", "kn", "ml", "pa", "ur", "as", "ne", "sa", "sd", "en"];

/// A voice note's, so that a recording of some bytes lasts some seconds.
const BYTES_PER_SECOND: f64 = 2_000.0;

/// What came in the form. The recording itself is not kept.
#[derive(Debug, Default)]
struct Form {
    model: String,
    language: Option<String>,
    prompt: Option<String>,
    response_format: Option<String>,
    temperature: Option<String>,
    file: Option<File>,
    /// A field that Groq does not know.
    odd: Option<String>,
}

#[derive(Debug)]
struct File {
    name: String,
    content_type: Option<String>,
    bytes: usize,
    sha256: String,
}

pub async fn transcribe(
    Extension(world): Extension<Arc<World>>,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Refused> {
    let form = form.map_err(|_| Refused::invalid("request", "request Content-Type isn't multipart/form-data"))?;
    let form = Form::read(form).await.map_err(unread)?;
    world.book().llm.note("/audio/transcriptions", form.view());
    let manner = door::enter(&world, &headers).await?;
    let file = form.check(&world.config().llm)?;
    let mut book = world.book();
    let told = book.llm.script.transcript(&file.sha256);
    let transcript = match manner {
        Manner::Garbage => return Ok(garbage::answer(book.llm.next_turn())),
        Manner::Scripted => told.unwrap_or_else(Transcript::silence),
        Manner::Adversary => told.unwrap_or_else(|| Transcript::saying(adversary::heard(book.llm.next_turn()))),
    };
    Ok(form.answer(&transcript, file.bytes))
}

fn unread(error: MultipartError) -> Refused {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Refused::too_large() } else { Refused::invalid("request", "the form is broken") }
}

impl Form {
    async fn read(mut parts: Multipart) -> Result<Self, MultipartError> {
        let mut form = Self::default();
        while let Some(field) = parts.next_field().await? {
            match field.name().unwrap_or_default() {
                "model" => form.model = field.text().await?,
                "language" => form.language = Some(field.text().await?),
                "prompt" => form.prompt = Some(field.text().await?),
                "response_format" => form.response_format = Some(field.text().await?),
                "temperature" => form.temperature = Some(field.text().await?),
                "timestamp_granularities[]" => {}
                "file" => form.file = Some(File::read(field).await?),
                odd => form.odd = Some(odd.to_owned()),
            }
        }
        Ok(form)
    }

    fn check(&self, config: &config::Llm) -> Result<&File, Refused> {
        if let Some(odd) = &self.odd {
            return Err(Refused::invalid(odd, &format!("property '{odd}' is unsupported")));
        }
        catalogue::require(config, &self.model, Use::Speech)?;
        let file = self.file.as_ref().filter(|file| file.bytes > 0).ok_or_else(|| Refused::invalid("file", "is required"))?;
        if file.bytes > FILE_BYTES_MAX {
            return Err(Refused::too_large());
        }
        let extension = file.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        if !extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str())) {
            return Err(Refused::invalid("file", &format!("file must be one of the following types: {EXTENSIONS:?}")));
        }
        if self.language.as_ref().is_some_and(|language| !LANGUAGES.contains(&language.as_str())) {
            return Err(Refused::invalid("language", "is not a language that is known"));
        }
        if !matches!(self.response_format.as_deref(), None | Some("json" | "text" | "verbose_json")) {
            return Err(Refused::invalid("response_format", "must be one of `json`, `text`, or `verbose_json`"));
        }
        let is_temperature = |text: &String| text.parse::<f64>().is_ok_and(|number| (0.0..=1.0).contains(&number));
        if !self.temperature.as_ref().is_none_or(is_temperature) {
            return Err(Refused::invalid("temperature", "must be between 0 and 1"));
        }
        Ok(file)
    }

    fn answer(&self, transcript: &Transcript, bytes: usize) -> Response {
        let text = &transcript.text;
        let x_groq = json!({ "id": format!("req_{}", ids::alphanumeric(26).to_ascii_lowercase()) });
        match self.response_format.as_deref() {
            Some("text") => text.clone().into_response(),
            Some("verbose_json") => {
                let language = transcript.language.as_ref().or(self.language.as_ref());
                let duration = bytes as f64 / BYTES_PER_SECOND;
                let segment = json!({
                    "id": 0, "seek": 0, "start": 0.0, "end": duration, "text": text, "tokens": [50365], "temperature": 0,
                    "avg_logprob": -0.21, "compression_ratio": 1.1, "no_speech_prob": transcript.no_speech_prob,
                });
                let segments = if text.is_empty() { Vec::new() } else { vec![segment] };
                let language = language.map_or("hi", String::as_str);
                Json(json!({
                    "task": "transcribe", "language": language, "duration": duration, "text": text, "segments": segments,
                    "x_groq": x_groq,
                }))
                .into_response()
            }
            _ => Json(json!({ "text": text, "x_groq": x_groq })).into_response(),
        }
    }

    fn view(&self) -> Value {
        let file = self.file.as_ref();
        json!({
            "model": self.model,
            "language": self.language,
            "prompt": self.prompt,
            "response_format": self.response_format,
            "file": file.map(|file| json!({
                "name": file.name, "content_type": file.content_type, "bytes": file.bytes, "sha256": file.sha256,
            })),
        })
    }
}

impl File {
    async fn read(field: Field<'_>) -> Result<Self, MultipartError> {
        let name = field.file_name().unwrap_or_default().to_owned();
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await?;
        Ok(Self { name, content_type, bytes: bytes.len(), sha256: hex::encode(Sha256::digest(&bytes)) })
    }
}

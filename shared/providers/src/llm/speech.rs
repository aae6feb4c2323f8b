//! What is said in a recording.
//!
//! Source: `llm.md`, section 4.

use std::fmt;
use std::time::Duration;

use reqwest::multipart::{Form, Part};
use serde::Deserialize;

use crate::call::{CallError, Unsent, require};
use crate::wire::{absent, null_as_default};

/// The largest voice note that WhatsApp takes.
const AUDIO_BYTES_MAX: usize = 16 * 1024 * 1024;

/// From here on Whisper itself takes a stretch for silence, and its text for made up.
const NO_SPEECH: f64 = 0.6;

const LANGUAGE_BYTES_MAX: usize = 32;

/// A recording to be written down. Does not print.
pub struct Recording<'a> {
    /// At most 16 MB.
    pub audio: Vec<u8>,
    /// As its sender named it, such as `audio/ogg; codecs=opus`.
    pub mime: &'a str,
    /// What is spoken, where that is known: `hi`. Otherwise it is guessed.
    pub language: Option<&'a str>,
    /// Words as they are spelled, in the language that is spoken: `UPI, ₹`.
    pub prompt: Option<&'a str>,
    pub budget: Duration,
}

/// What was heard. Does not print it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Transcript {
    /// Empty where nothing was said.
    pub text: String,
    /// As the model spells it: `hi`, or `Hindi`.
    pub language: Option<String>,
    /// Silence, or noise: a text for that is made up, and was dropped.
    pub no_speech: bool,
}

impl Recording<'_> {
    pub(super) fn into_form(self, model: &str) -> Result<Form, CallError> {
        require((1..=AUDIO_BYTES_MAX).contains(&self.audio.len()), "audio", "is not 1 byte to 16 MB")?;
        let is_code = |language: &str| (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
        require(self.language.is_none_or(is_code), "language", "is not a code such as `hi`")?;
        let unknown = Unsent::Invalid { field: "audio", rule: "is of a kind that is not taken" };
        let unknown = CallError::NotSent { why: unknown };
        let (mime, name) = kind(self.mime).ok_or_else(|| unknown.clone())?;
        let file = Part::bytes(self.audio).file_name(name).mime_str(mime).map_err(|_| unknown)?;
        let mut form = Form::new().text("model", model.to_owned()).text("response_format", "verbose_json");
        for (name, value) in [("language", self.language), ("prompt", self.prompt)] {
            if let Some(value) = value {
                form = form.text(name, value.to_owned());
            }
        }
        Ok(form.part("file", file))
    }
}

/// A kind of recording that is taken: as it is called, and a name of a file by which it is known.
/// The sender's own name for it stays here.
fn kind(mime: &str) -> Option<(&'static str, &'static str)> {
    let essence = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some(match essence.as_str() {
        "audio/ogg" | "audio/opus" | "application/ogg" => ("audio/ogg", "voice.ogg"),
        "audio/mpeg" | "audio/mp3" => ("audio/mpeg", "voice.mp3"),
        "audio/mp4" | "audio/m4a" | "audio/x-m4a" => ("audio/mp4", "voice.m4a"),
        "audio/wav" | "audio/x-wav" | "audio/wave" => ("audio/wav", "voice.wav"),
        "audio/webm" => ("audio/webm", "voice.webm"),
        "audio/flac" | "audio/x-flac" => ("audio/flac", "voice.flac"),
        _ => return None,
    })
}

impl fmt::Debug for Recording<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording").field("bytes", &self.audio.len()).field("budget", &self.budget).finish_non_exhaustive()
    }
}

impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transcript").field("no_speech", &self.no_speech).finish_non_exhaustive()
    }
}

/// A transcript as it crosses the wire, in `verbose_json`.
#[derive(Deserialize)]
pub(super) struct Heard {
    text: String,
    #[serde(default, deserialize_with = "absent")]
    language: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
struct Segment {
    #[serde(default)]
    no_speech_prob: Option<f64>,
}

impl From<Heard> for Transcript {
    /// All of the text or none of it: without one of its sentences it may say the opposite.
    fn from(heard: Heard) -> Self {
        let is_silent = |segment: &Segment| segment.no_speech_prob.is_some_and(|probability| probability > NO_SPEECH);
        let text = heard.text.trim();
        let no_speech = text.is_empty() || (!heard.segments.is_empty() && heard.segments.iter().all(is_silent));
        if no_speech {
            return Self { no_speech, ..Self::default() };
        }
        let is_word = |language: &String| language.len() <= LANGUAGE_BYTES_MAX && language.bytes().all(|byte| byte.is_ascii_alphabetic());
        Self { text: text.to_owned(), language: heard.language.filter(is_word), no_speech }
    }
}

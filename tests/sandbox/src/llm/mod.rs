//! Groq: language models and speech recognition, in OpenAI's shapes.
//!
//! | path | |
//! |---|---|
//! | `POST /groq/openai/v1/chat/completions` | [`completions`]; what is refused: [`request`] |
//! | `POST /groq/openai/v1/audio/transcriptions` | [`transcriptions`] |
//! | `GET /groq/openai/v1/models` | [`catalogue`] |
//!
//! There is no model in here: it says what it was told to say. Until it was told anything it is
//! down, so that nothing comes to depend on it.
//!
//! | request | what it does |
//! |---|---|
//! | `PUT /llm/behaviour` `{"mode", "delay_ms"?}` | how it behaves from now on, each answer after `delay_ms` (0); 204 |
//! | `GET /llm/behaviour` | `{"mode", "delay_ms"}` |
//! | `POST /llm/answers` `{"tool_calls"?: [{"name", "arguments"}], "text"?, "when_contains"?, "finish_reason"?}` | one more answer for `scripted`; 204 |
//! | `DELETE /llm/answers` | forgets those that are left; 204 |
//! | `POST /llm/transcripts` `{"text", "sha256"? or "any": true, "no_speech_prob"?, "language"?}` | what a recording says; 204 |
//! | `GET /llm/seen` | `{"items":[{"at", "path", "body"}]}`, oldest first: all that it was told, refused or not; of a recording its hash |
//! | `DELETE /llm/seen` | forgets it; 204 |
//!
//! | mode | what it answers |
//! |---|---|
//! | `off` (unless told otherwise) | 503 in Groq's shape |
//! | `scripted` | the first answer that fits, which is used up; that it understands nothing, where none does |
//! | `slow` | as `scripted`, after `delay_ms` (10 s) |
//! | `adversary` | tries to move money, whatever it was told: [`adversary`] |
//! | `garbage` | what is no answer, in turns: [`garbage`] |
//! | `busy` | 429, `retry-after: 7` |
//! | `down` | 502 from an edge that speaks HTML |
//!
//! `arguments` may be JSON, or a text that is passed on as it is. An answer with `when_contains` fits
//! where the user's last message contains that. What a recording says is found by the SHA-256 of
//! its file, in hex, as often as it is asked for; else by the first that says `any`, which is used up;
//! else it is silence. No tool call is compared to the tools on offer: whoever asks has to.
//!
//! Faults: the provider is `groq`. Source: the sheet on language models.

pub mod adversary;
pub mod behaviour;
pub mod catalogue;
pub mod completions;
mod door;
mod error;
pub mod garbage;
pub mod request;
mod script;
mod steering;
pub mod transcriptions;

use std::collections::VecDeque;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::provider::Provider;
use crate::world::World;
use crate::{clock, faults};
use behaviour::Behaviour;
pub use error::Refused;
use script::Script;

/// What is looked at afterwards is the latest; more would fill the memory of a sandbox that runs for days.
const SEEN_MAX: usize = 10_000;

/// What the models were told, and what they are to say.
#[derive(Clone, Default)]
pub struct Llm {
    behaviour: Behaviour,
    script: Script,
    seen: VecDeque<Value>,
    /// Answers that were made up so far: an adversary tries something else each time.
    turn: usize,
    requests: u64,
}

impl Llm {
    fn note(&mut self, path: &str, body: Value) {
        if self.seen.len() == SEEN_MAX {
            self.seen.pop_front();
        }
        self.seen.push_back(json!({ "at": clock::rfc3339(), "path": path, "body": body }));
    }

    fn next_turn(&mut self) -> usize {
        self.turn += 1;
        self.turn - 1
    }
}

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    // The form around a file takes some room as well.
    let form_bytes_max = DefaultBodyLimit::max(transcriptions::FILE_BYTES_MAX + 1024 * 1024);
    let groq = Router::new()
        .route("/groq/openai/v1/chat/completions", post(completions::complete))
        .route("/groq/openai/v1/audio/transcriptions", post(transcriptions::transcribe).layer(form_bytes_max))
        .route("/groq/openai/v1/models", get(catalogue::list))
        .route_layer(from_fn_with_state(Arc::clone(world), door::tell_limits))
        .route_layer(from_fn_with_state((Arc::clone(world), Provider::Groq), faults::http::apply));
    Router::new().merge(groq).merge(steering::router())
}

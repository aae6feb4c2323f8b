//! A language model and speech recognition, through Groq's API in OpenAI's shapes.
//!
//! Source: `llm.md`, sections 2 to 4. A model only ever *proposes*: what comes back is text that a
//! stranger may have steered, and is weighed by whoever asked. Nothing depends on an answer, so
//! every call has a budget of time, and ends with an [`LlmError`] rather than late.
//!
//! The wire types are our own. Those of `async-openai` take no answer of Groq's, whose
//! `service_tier` and transcripts differ from OpenAI's, and print what was said.

mod answer;
mod ask;
mod errors;
mod speech;

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Method, RequestBuilder};
use tokio::time::timeout;

pub use answer::{Call, Proposed};
pub use ask::{Asked, Role, Said, Tool};
pub use errors::LlmError;
pub use speech::{Recording, Transcript};

use crate::call::{CallError, Endpoint, Http, SetupError, Unsent};
use crate::secret::Secret;
use ask::Completion;
use errors::Remedy;

/// What a person who waits for an answer hardly notices.
pub const BUDGET_DEFAULT: Duration = Duration::from_secs(2);

/// Tokens of reasoning count as well, so an answer of one line needs more than a line.
const COMPLETION_TOKENS_MAX_DEFAULT: u32 = 1024;

/// Which models to ask. They are withdrawn every few months: configuration, and never constants.
#[derive(Debug, Clone)]
pub struct Models {
    /// The one to ask, then those to ask once it is withdrawn.
    pub chat: Vec<String>,
    pub speech: String,
}

/// An organisation's access to models. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    bearer: HeaderValue,
    models: Models,
    completion_tokens_max: u32,
}

impl Client {
    /// A client on connections and time limits that it shares with others.
    ///
    /// `base_url` includes the version: `https://api.groq.com/openai/v1`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, base_url: &str, key: Secret, models: Models) -> Result<Self, SetupError> {
        if models.chat.is_empty() || models.chat.iter().any(|model| model.trim().is_empty()) {
            return Err(SetupError::Missing("the name of a language model"));
        }
        if models.speech.trim().is_empty() {
            return Err(SetupError::Missing("the name of the speech model"));
        }
        let bearer = HeaderValue::from_str(&format!("Bearer {}", key.expose()));
        let mut bearer = bearer.map_err(|_| SetupError::Unusable("the key of the language models"))?;
        bearer.set_sensitive(true);
        let endpoint = Endpoint::new(http, base_url)?;
        Ok(Self { endpoint, bearer, models, completion_tokens_max: COMPLETION_TOKENS_MAX_DEFAULT })
    }

    /// The same client, for answers of at most so many tokens, those of its reasoning included.
    /// Calls in an answer that was cut off there are dropped.
    #[must_use]
    pub fn limited_to(self, completion_tokens_max: u32) -> Self {
        Self { completion_tokens_max, ..self }
    }

    /// `POST /chat/completions`: what the model would do about a text.
    ///
    /// A model that is withdrawn is left for the next one, and an answer that the provider could not
    /// read itself is asked for once more, all within the budget. Anything else is not repeated.
    ///
    /// # Errors
    ///
    /// [`LlmError`]; whoever asked goes on without a model.
    pub async fn propose(&self, asked: &Asked<'_>) -> Result<Proposed, LlmError> {
        asked.require_within_limits()?;
        timeout(asked.budget, self.ask_in_turn(asked)).await.unwrap_or(Err(LlmError::TimedOut))
    }

    async fn ask_in_turn(&self, asked: &Asked<'_>) -> Result<Proposed, LlmError> {
        let mut may_repeat = true;
        let mut withdrawn = CallError::NotSent { why: Unsent::Invalid { field: "model", rule: "is not named" } };
        for model in &self.models.chat {
            let error = loop {
                match self.complete(asked, model).await {
                    Ok(proposed) => return Ok(proposed),
                    Err(error) if may_repeat && Remedy::of(&error) == Remedy::AskAgain => may_repeat = false,
                    Err(error) => break error,
                }
            };
            if Remedy::of(&error) != Remedy::AnotherModel {
                return Err(error.into());
            }
            withdrawn = error;
        }
        Err(withdrawn.into())
    }

    async fn complete(&self, asked: &Asked<'_>, model: &str) -> Result<Proposed, CallError> {
        let completion = Completion::new(asked, model, self.completion_tokens_max);
        let answer = self.endpoint.exchange(self.post(&["chat", "completions"]).json(&completion)).await?;
        answer::read(answer, model)
    }

    /// `POST /audio/transcriptions`: what is said in a recording.
    ///
    /// A text is a stranger's, and may be made up where little was said: amounts in it are read back
    /// and confirmed.
    ///
    /// # Errors
    ///
    /// [`LlmError`]; [`LlmError::Refused`] for a recording that is not sent.
    pub async fn transcribe(&self, recording: Recording<'_>) -> Result<Transcript, LlmError> {
        let budget = recording.budget;
        let form = recording.into_form(&self.models.speech)?;
        let heard = async {
            let answer = self.endpoint.exchange(self.post(&["audio", "transcriptions"]).multipart(form)).await?;
            Ok(Transcript::from(answer.read::<speech::Heard>()?))
        };
        timeout(budget, heard).await.unwrap_or(Err(LlmError::TimedOut))
    }

    fn post(&self, path: &[&str]) -> RequestBuilder {
        self.endpoint.request(Method::POST, path).header(AUTHORIZATION, self.bearer.clone())
    }
}

#[cfg(test)]
mod tests;

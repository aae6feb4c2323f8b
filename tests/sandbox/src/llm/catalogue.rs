//! `GET /groq/openai/v1/models`: what the key may use. It answers while the models are down.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::{Refused, door};
use crate::config;
use crate::world::World;

pub async fn list(Extension(world): Extension<Arc<World>>, headers: HeaderMap) -> Result<Json<Value>, Refused> {
    door::authenticate(&world, &headers)?;
    let config = &world.config().llm;
    let chat = config.chat_models.iter().map(|id| model(id, 131_072));
    let speech = config.speech_models.iter().map(|id| model(id, 448));
    Ok(Json(json!({ "object": "list", "data": chat.chain(speech).collect::<Vec<_>>() })))
}

fn model(id: &str, context_window: u32) -> Value {
    let owner = if id.starts_with("openai/") || id.starts_with("whisper") { "OpenAI" } else { "Groq" };
    json!({ "id": id, "object": "model", "created": 1_730_000_000, "owned_by": owner, "active": true, "context_window": context_window })
}

/// What a model is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Chat,
    Speech,
}

pub fn require(config: &config::Llm, model: &str, wanted: Use) -> Result<(), Refused> {
    let (fit, others) = match wanted {
        Use::Chat => (&config.chat_models, &config.speech_models),
        Use::Speech => (&config.speech_models, &config.chat_models),
    };
    let is_in = |models: &[String]| models.iter().any(|known| known == model);
    if is_in(fit) {
        Ok(())
    } else if is_in(others) {
        Err(Refused::invalid("model", &format!("the model `{model}` does not support this endpoint")))
    } else if is_in(&config.decommissioned_models) {
        Err(Refused::decommissioned(model))
    } else {
        Err(Refused::unknown_model(model))
    }
}

//! `POST /groq/openai/v1/chat/completions`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::door::{self, Manner};
use super::script::{Answer, ToolCall};
use super::{Refused, adversary, garbage, request};
use crate::world::World;
use crate::{clock, ids};

/// About so many bytes make a token.
const TOKEN_BYTES: usize = 4;

pub async fn complete(Extension(world): Extension<Arc<World>>, headers: HeaderMap, bytes: Bytes) -> Result<Response, Refused> {
    let body = serde_json::from_slice::<Value>(&bytes);
    let noted = body.as_ref().map_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()), Value::clone);
    world.book().llm.note("/chat/completions", noted);
    let manner = door::enter(&world, &headers).await?;
    let ask = request::read(&body.map_err(|_| Refused::not_json())?, &world.config().llm)?;
    let mut book = world.book();
    let answer = match manner {
        Manner::Scripted => book.llm.script.answer(&ask.said).unwrap_or_else(at_a_loss),
        Manner::Adversary => adversary::answer(book.llm.next_turn(), &ask.tools),
        Manner::Garbage => return Ok(garbage::answer(book.llm.next_turn())),
    };
    Ok(Json(view(&ask.model, &answer, bytes.len())).into_response())
}

/// What a model says that was told of nothing it could do.
fn at_a_loss() -> Answer {
    Answer { text: Some("I am not sure what you mean.".to_owned()), ..Answer::default() }
}

fn view(model: &str, answer: &Answer, asked_bytes: usize) -> Value {
    let mut message = json!({ "role": "assistant", "content": answer.text });
    if !answer.tool_calls.is_empty() {
        let call = |(place, call): (usize, &ToolCall)| {
            let function = json!({ "name": call.name, "arguments": call.arguments });
            json!({ "id": format!("call_{place}{}", ids::alphanumeric(8)), "type": "function", "function": function })
        };
        message["tool_calls"] = answer.tool_calls.iter().enumerate().map(call).collect();
    }
    let usual = if answer.tool_calls.is_empty() { "stop" } else { "tool_calls" };
    let finish_reason = answer.finish_reason.as_deref().unwrap_or(usual);
    let (asked, answered) = (asked_bytes / TOKEN_BYTES, message.to_string().len() / TOKEN_BYTES);
    json!({
        "id": format!("chatcmpl-{}", ids::uuid()),
        "object": "chat.completion",
        "created": clock::unix_seconds(),
        "model": model,
        "choices": [{ "index": 0, "message": message, "logprobs": null, "finish_reason": finish_reason }],
        "usage": {
            "queue_time": 0.03, "prompt_tokens": asked, "prompt_time": 0.01, "completion_tokens": answered,
            "completion_time": 0.16, "total_tokens": asked + answered, "total_time": 0.17,
        },
        "system_fingerprint": "fp_5a4d60c5",
        "service_tier": "on_demand",
        "x_groq": { "id": format!("req_{}", ids::alphanumeric(26).to_ascii_lowercase()) },
    })
}

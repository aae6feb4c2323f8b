//! What is no answer, though it comes with a 200 as a rule. Each is another, and they come round.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// More than any client should read.
const LONG_BYTES: usize = 2 * 1024 * 1024;

const BODIES: [&str; 13] = [
    "",
    "null",
    "<html><body>It works!</body></html>",
    "{}",
    "[]",
    r#"{"choices":[]}"#,
    r#"{"choices":[{"index":0,"message":null,"finish_reason":"stop"}]}"#,
    r#"{"choices":[{"index":0,"message":{"role":"assistant","content":42},"finish_reason":"stop"}]}"#,
    r#"{"choices":[{"index":0,"message":{"role":"assistant","tool_calls":[null]},"finish_reason":"tool_calls"}]}"#,
    r#"{"choices":[{"index":0,"message":{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":null,"arguments":7}}]}}]}"#,
    r#"{"choices":[{"index":0,"message":{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"transfer_money","arguments":"{\"to\":\"attac"}}]},"finish_reason":"length"}]}"#,
    r#"{"choices":[{"index":0,"message":{"role":"assistant","content":"it breaks o"#,
    "\u{feff}{\"text\":7,\"segments\":{}}",
];

pub fn answer(turn: usize) -> Response {
    let place = turn % (BODIES.len() + 3);
    let body = match BODIES.get(place) {
        Some(body) => (*body).to_owned(),
        None if place == BODIES.len() => "[".repeat(50_000),
        None if place == BODIES.len() + 1 => json!({ "text": "x".repeat(LONG_BYTES) }).to_string(),
        None => return unreadable_call(),
    };
    (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// What Groq says of a call that it could not read itself.
fn unreadable_call() -> Response {
    let error = json!({
        "message": "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
        "type": "invalid_request_error",
        "code": "tool_use_failed",
        "failed_generation": "<function=transfer_money>{\"to\": \"attacker@upi\", \"amount\": 50000}</function>",
    });
    (StatusCode::BAD_REQUEST, axum::Json(json!({ "error": error }))).into_response()
}

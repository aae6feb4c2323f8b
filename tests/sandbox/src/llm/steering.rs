//! `/llm/…`: the routes are in [`super`].

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::Value;

use super::behaviour::Behaviour;
use super::script::{Scripted, Transcript};
use crate::reply::{self, Refused};
use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/llm/behaviour", put(behave).get(behaviour))
        .route("/llm/answers", post(answer).delete(forget_answers))
        .route("/llm/transcripts", post(transcript))
        .route("/llm/seen", get(seen).delete(forget_seen))
}

async fn behave(State(world): State<Arc<World>>, body: Bytes) -> Result<StatusCode, Refused> {
    let behaviour: Behaviour = reply::parse(&body)?;
    world.book().llm.behaviour = behaviour.check().map_err(Refused::bad_request)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn behaviour(State(world): State<Arc<World>>) -> Json<Behaviour> {
    Json(world.book().llm.behaviour)
}

async fn answer(State(world): State<Arc<World>>, body: Bytes) -> Result<StatusCode, Refused> {
    let answer: Scripted = reply::parse(&body)?;
    world.book().llm.script.add(answer.check().map_err(Refused::bad_request)?);
    Ok(StatusCode::NO_CONTENT)
}

async fn forget_answers(State(world): State<Arc<World>>) -> StatusCode {
    world.book().llm.script.forget_answers();
    StatusCode::NO_CONTENT
}

async fn transcript(State(world): State<Arc<World>>, body: Bytes) -> Result<StatusCode, Refused> {
    let transcript: Transcript = reply::parse(&body)?;
    world.book().llm.script.add_transcript(transcript.check().map_err(Refused::bad_request)?);
    Ok(StatusCode::NO_CONTENT)
}

async fn seen(State(world): State<Arc<World>>) -> Json<Value> {
    reply::items(world.book().llm.seen.iter().cloned().collect())
}

async fn forget_seen(State(world): State<Arc<World>>) -> StatusCode {
    world.book().llm.seen.clear();
    StatusCode::NO_CONTENT
}

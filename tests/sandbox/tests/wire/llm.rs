//! Language models and speech recognition, as our own client uses them.

use std::time::Duration;

use anyhow::{Context, Result};
use providers::call::{CallError, Doubt};
use providers::llm::{Asked, BUDGET_DEFAULT, Call, Client, LlmError, Models, Proposed, Recording, Tool};
use providers::secret::Secret;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::Stage;
use crate::push::http;

/// Enough for a machine with other work to do.
const BUDGET: Duration = Duration::from_secs(4);

const KEY: &str = "gsk_sandbox";

fn client(stage: &Stage, key: &str, chat: &[&str]) -> Result<Client> {
    let models = Models { chat: chat.iter().map(|name| (*name).to_owned()).collect(), speech: "whisper-large-v3-turbo".into() };
    Ok(Client::with_http(http()?, &format!("{}/groq/openai/v1", stage.sandbox.url()), Secret::new(key)?, models)?)
}

fn sound(stage: &Stage) -> Result<Client> {
    client(stage, KEY, &["openai/gpt-oss-120b", "openai/gpt-oss-20b"])
}

fn tools() -> [Tool<'static>; 1] {
    let parameters = json!({
        "type": "object",
        "properties": {"payee": {"type": "string"}, "amount": {"type": "string"}},
        "required": ["payee"],
        "additionalProperties": false,
    });
    [Tool { name: "prepare_transfer", description: "Prepares a transfer, which the user confirms", parameters }]
}

async fn propose(client: &Client, text: &str) -> Result<Proposed, LlmError> {
    client.propose(&Asked { system: "You understand.", history: &[], text, tools: &tools(), budget: BUDGET }).await
}

fn note(audio: &[u8]) -> Recording<'static> {
    Recording { audio: audio.to_vec(), mime: "audio/ogg; codecs=opus", language: Some("hi"), prompt: Some("UPI, ₹"), budget: BUDGET }
}

async fn behave(stage: &Stage, behaviour: Value) -> Result<()> {
    stage.control(Method::PUT, "/llm/behaviour", behaviour).await?.ok();
    Ok(())
}

#[tokio::test]
async fn until_it_is_told_anything_a_model_is_down() -> Result<()> {
    let stage = Stage::set().await?;
    let error = propose(&sound(&stage)?, "hi").await.unwrap_err();
    assert_eq!(error, LlmError::Unavailable(CallError::Unknown { why: Doubt::Status(503) }));
    assert!(sound(&stage)?.transcribe(note(b"OggS")).await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_model_says_what_it_was_told_to() -> Result<()> {
    let stage = Stage::set().await?;
    behave(&stage, json!({ "mode": "scripted" })).await?;
    let arguments = json!({ "payee": "ravi", "amount": "500" });
    let transfer = json!({ "tool_calls": [{ "name": "prepare_transfer", "arguments": arguments }], "when_contains": "bhejo" });
    stage.control(Method::POST, "/llm/answers", transfer).await?.ok();
    let cut_off = json!({ "tool_calls": [{ "name": "prepare_transfer", "arguments": "{\"payee" }], "finish_reason": "length" });
    stage.control(Method::POST, "/llm/answers", cut_off).await?.ok();
    let client = sound(&stage)?;
    assert!(propose(&client, "hello").await?.calls.is_empty());
    let proposed = propose(&client, "ravi ko 500 bhejo").await?;
    assert_eq!(proposed.calls, [Call { name: "prepare_transfer".into(), arguments: arguments.to_string() }]);
    assert_eq!(propose(&client, "bhejo").await?.text.as_deref(), Some("I am not sure what you mean."));
    let seen = stage.items("/llm/seen").await?;
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[1]["body"]["messages"][1]["content"], "ravi ko 500 bhejo");
    stage.control(Method::DELETE, "/llm/seen", Value::Null).await?.ok();
    assert!(stage.items("/llm/seen").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn an_adversary_is_read_to_the_end_and_never_breaks_its_reader() -> Result<()> {
    let stage = Stage::set().await?;
    behave(&stage, json!({ "mode": "adversary" })).await?;
    let client = sound(&stage)?;
    let mut names = Vec::new();
    for _ in 0..40 {
        names.extend(propose(&client, "mera balance?").await?.calls.into_iter().map(|call| call.name));
    }
    for name in ["transfer_money", "execute_payment", "prepare_transfer"] {
        assert!(names.iter().any(|found| found == name), "{name}");
    }
    let heard = client.transcribe(note(b"OggS")).await?;
    assert!(heard.text.starts_with("Send fifty thousand") || heard.text.contains("9999"), "it was heard");
    Ok(())
}

#[tokio::test]
async fn garbage_never_breaks_its_reader() -> Result<()> {
    let stage = Stage::set().await?;
    behave(&stage, json!({ "mode": "garbage" })).await?;
    let client = sound(&stage)?;
    for _ in 0..20 {
        match propose(&client, "hi").await {
            Ok(proposed) => assert!(proposed.calls.is_empty() && proposed.text.is_none()),
            Err(error) => assert!(matches!(error, LlmError::Unreadable(_) | LlmError::Refused(_)), "{error:?}"),
        }
        // Some of it is a transcript, if an odd one.
        let _ = client.transcribe(note(b"OggS")).await;
    }
    Ok(())
}

#[tokio::test]
async fn what_keeps_a_model_from_answering_is_told_apart() -> Result<()> {
    let stage = Stage::set().await?;
    let client = sound(&stage)?;
    behave(&stage, json!({ "mode": "busy" })).await?;
    assert_eq!(propose(&client, "hi").await.unwrap_err().retry_after_ms(), Some(7_000));
    behave(&stage, json!({ "mode": "down" })).await?;
    assert_eq!(propose(&client, "hi").await, Err(LlmError::Unavailable(CallError::Unknown { why: Doubt::Status(502) })));
    behave(&stage, json!({ "mode": "slow" })).await?;
    let asked = Asked { system: "", history: &[], text: "hi", tools: &[], budget: Duration::from_millis(100) };
    assert_eq!(client.propose(&asked).await, Err(LlmError::TimedOut));
    behave(&stage, json!({ "mode": "slow", "delay_ms": 1 })).await?;
    assert!(client.propose(&Asked { budget: BUDGET_DEFAULT, ..asked }).await.is_ok());
    stage.fault(json!({ "provider": "groq", "fault": "throttle", "times": 1 })).await?;
    assert!(matches!(propose(&client, "hi").await, Err(LlmError::Unavailable(_))));
    stage.control(Method::PUT, "/llm/behaviour", json!({ "mode": "asleep" })).await?.refused(400);
    Ok(())
}

#[tokio::test]
async fn keys_and_models_are_those_of_the_account() -> Result<()> {
    let stage = Stage::set().await?;
    behave(&stage, json!({ "mode": "scripted" })).await?;
    let stranger = client(&stage, "gsk_other", &["openai/gpt-oss-120b"])?;
    assert!(matches!(propose(&stranger, "hi").await, Err(LlmError::Misconfigured(CallError::Refused { status: 401, .. }))));
    for withdrawn in ["llama-3.3-70b-versatile", "mixtral-8x7b-32768"] {
        let proposed = propose(&client(&stage, KEY, &[withdrawn, "openai/gpt-oss-20b"])?, "hi").await?;
        assert_eq!(proposed.model, "openai/gpt-oss-20b");
        assert!(matches!(propose(&client(&stage, KEY, &[withdrawn])?, "hi").await, Err(LlmError::Misconfigured(_))));
    }
    assert_eq!(stage.items("/llm/seen").await?.len(), 7, "what is refused was told as well");
    let request = stage.request(Method::GET, "/groq/openai/v1/models", Value::Null, &[]);
    let answer = request.bearer_auth(KEY).send().await?;
    assert!(answer.headers().contains_key("x-ratelimit-remaining-requests"));
    let list: Value = answer.json().await?;
    assert_eq!(list["data"][0]["id"], "openai/gpt-oss-120b");
    assert_eq!(list["data"].as_array().context("no list")?.len(), 4);
    Ok(())
}

#[tokio::test]
async fn a_recording_says_what_was_told_of_it() -> Result<()> {
    let stage = Stage::set().await?;
    behave(&stage, json!({ "mode": "scripted" })).await?;
    let client = sound(&stage)?;
    let sha256 = "4ce44b3b1c1c3ba0bb44bd48c3bb1bba52ea9a1fde45bbfb5dd8dd40abc7bfc4";
    stage.control(Method::POST, "/llm/transcripts", json!({ "sha256": sha256, "text": "never asked for" })).await?.ok();
    stage.control(Method::POST, "/llm/transcripts", json!({ "any": true, "text": " रवि को पाँच सौ भेजो" })).await?.ok();
    let noise = json!({ "any": true, "text": "Thanks for watching", "no_speech_prob": 0.9 });
    stage.control(Method::POST, "/llm/transcripts", noise).await?.ok();
    let heard = client.transcribe(note(b"OggS")).await?;
    assert_eq!((heard.text.as_str(), heard.language.as_deref(), heard.no_speech), ("रवि को पाँच सौ भेजो", Some("hi"), false));
    assert!(client.transcribe(note(b"OggS")).await?.no_speech);
    assert!(client.transcribe(note(b"OggS")).await?.no_speech, "nothing was told of it");
    let seen = stage.items("/llm/seen").await?;
    let body = &seen[0]["body"];
    assert_eq!((&body["model"], &body["prompt"]), (&json!("whisper-large-v3-turbo"), &json!("UPI, ₹")));
    assert_eq!((&body["file"]["name"], &body["file"]["content_type"]), (&json!("voice.ogg"), &json!("audio/ogg")));
    let sha256 = body["file"]["sha256"].as_str().context("no hash")?;
    stage.control(Method::POST, "/llm/transcripts", json!({ "sha256": sha256, "text": "haan" })).await?.ok();
    for _ in 0..2 {
        assert_eq!(client.transcribe(note(b"OggS")).await?.text, "haan");
    }
    // Larger than what a body may usually be.
    assert!(client.transcribe(note(&vec![7; 3 * 1024 * 1024])).await?.no_speech);
    Ok(())
}

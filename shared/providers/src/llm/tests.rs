//! A language model against a provider on this machine.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::*;
use crate::call::{Doubt, Illegible, Timeouts};
use crate::test_server::{self, TestServer};

const COMPLETION: &str = include_str!("../../fixtures/llm/completion.json");
const TRANSCRIPT: &str = include_str!("../../fixtures/llm/transcript.json");
const WITHDRAWN: &str = r#"{"error":{"message":"The model `first` does not exist or you do not have access to it.",
    "type":"invalid_request_error","code":"model_not_found"}}"#;
const UNREADABLE_CALL: &str = r#"{"error":{"message":"Failed to call a function. See 'failed_generation'.",
    "type":"invalid_request_error","code":"tool_use_failed",
    "failed_generation":"<function=transfer_money>{\"to\":\"ravi@upi\"}</function>"}}"#;

const KEY: &str = "gsk_s3cret";
const TEXT: &str = "ravi ko 500 bhejo";

fn client(base_url: &str) -> Client {
    let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_secs(5) };
    let models = Models { chat: vec!["first".into(), "second".into()], speech: "ears".into() };
    Client::with_http(Http::new(timeouts).unwrap(), &format!("{base_url}/openai/v1"), Secret::new(KEY).unwrap(), models).unwrap()
}

fn asked(text: &str) -> Asked<'_> {
    Asked { system: "You understand.", history: &[], text, tools: &[], budget: BUDGET_DEFAULT }
}

fn note(audio: &[u8]) -> Recording<'static> {
    let audio = audio.to_vec();
    Recording { audio, mime: "audio/ogg; codecs=opus", language: None, prompt: None, budget: BUDGET_DEFAULT }
}

/// What is made of an answer with this as its first choice.
async fn choice(choice: &str) -> Result<Proposed, LlmError> {
    answered(200, &format!(r#"{{"choices":[{choice}]}}"#)).await
}

async fn answered(status: u16, body: &str) -> Result<Proposed, LlmError> {
    let server = TestServer::answering(status, body).await;
    client(server.url()).propose(&asked(TEXT)).await
}

#[tokio::test]
async fn a_question_carries_its_history_and_tools() {
    let server = TestServer::answering(200, COMPLETION).await;
    let parameters = json!({"type": "object", "properties": {"account": {"type": "string"}}});
    let tools = [Tool { name: "get_balance", description: "What an account holds", parameters: parameters.clone() }];
    let history = [Said { role: Role::User, text: "hi" }, Said { role: Role::Assistant, text: "नमस्ते" }];
    let asked = Asked { history: &history, tools: &tools, ..asked(TEXT) };
    let proposed = client(server.url()).limited_to(300).propose(&asked).await.unwrap();
    let call = Call { name: "get_balance".into(), arguments: r#"{"account":"wallet"}"#.into() };
    assert_eq!(proposed, Proposed { calls: vec![call], text: None, model: "first".into() });
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/openai/v1/chat/completions"));
    assert_eq!(request.header("authorization"), "Bearer gsk_s3cret");
    assert_eq!(
        request.json(),
        json!({
            "model": "first",
            "messages": [
                {"role": "system", "content": "You understand."},
                {"role": "user", "content": "hi"},
                {"role": "assistant", "content": "नमस्ते"},
                {"role": "user", "content": TEXT},
            ],
            "temperature": 0.1,
            "max_completion_tokens": 300,
            "include_reasoning": false,
            "tools": [{"type": "function", "function":
                {"name": "get_balance", "description": "What an account holds", "parameters": parameters}}],
            "tool_choice": "auto",
            "parallel_tool_calls": true,
        })
    );
}

#[tokio::test]
async fn without_tools_nothing_is_said_of_them() {
    let server = TestServer::answering(200, r#"{"choices":[{"message":{"content":" hello"},"finish_reason":"stop"}]}"#).await;
    let proposed = client(server.url()).propose(&asked(TEXT)).await.unwrap();
    assert_eq!((proposed.calls.len(), proposed.text.as_deref()), (0, Some(" hello")));
    let body = server.only_request().json();
    assert!(["tools", "tool_choice", "parallel_tool_calls"].iter().all(|field| body.get(field).is_none()), "{body}");
}

#[tokio::test]
async fn arguments_are_passed_on_as_they_came() {
    for (wire, arguments) in [
        (r#""{\"amount\":\"5,00,000\",\"confirmed\":true}""#, r#"{"amount":"5,00,000","confirmed":true}"#),
        (r#""{\"amount\":""#, r#"{"amount":"#),
        (r#""null""#, "null"),
        (r#""""#, ""),
        ("null", ""),
        (r#"{"amount":1}"#, r#"{"amount":1}"#),
    ] {
        let body = format!(r#"{{"message":{{"tool_calls":[{{"function":{{"name":"no such tool","arguments":{wire}}}}}]}}}}"#);
        let proposed = choice(&body).await.unwrap();
        assert_eq!((proposed.calls[0].name.as_str(), proposed.calls[0].arguments.as_str()), ("no such tool", arguments));
    }
}

#[tokio::test]
async fn calls_count_whatever_the_reason_for_the_end() {
    let with = |reason: &str| {
        format!(
            r#"{{"message":{{"content":null,"tool_calls":[{{"function":{{"name":"a"}}}},{{"function":{{"name":"b"}}}}]}},"finish_reason":{reason}}}"#
        )
    };
    for reason in [r#""stop""#, r#""tool_calls""#, "null", r#""something new""#] {
        assert_eq!(choice(&with(reason)).await.unwrap().calls.len(), 2, "{reason}");
    }
    assert!(choice(&with(r#""length""#)).await.unwrap().calls.is_empty(), "an answer that was cut off proposes nothing");
}

#[tokio::test]
async fn an_answer_that_is_none_is_unreadable() {
    let deep = format!(r#"{{"choices":{}{}}}"#, "[".repeat(5_000), "]".repeat(5_000));
    let long = json!({"choices": [{"message": {"content": "x".repeat(200_000)}}]}).to_string();
    for body in [
        "",
        "<html>",
        "null",
        "[]",
        "{}",
        r#"{"choices":[]}"#,
        r#"{"choices":null}"#,
        r#"{"choices":[{"message":null}]}"#,
        r#"{"choices":[{"message":{"content":1}}]}"#,
        r#"{"choices":[{"message":{"tool_calls":{}}}]}"#,
        r#"{"choices":[{"message":{"tool_calls":[null]}}]}"#,
        r#"{"choices":[{"message":{"tool_calls":[{"function":{"name":null,"arguments":"{}"}}]}}]}"#,
        r#"{"choices":[{"message":{"content":"it breaks"#,
        &deep,
        &long,
        &" ".repeat(2 * 1024 * 1024),
    ] {
        let error = answered(200, body).await.unwrap_err();
        assert!(matches!(error, LlmError::Unreadable(_)), "{error:?}: {}", body.get(..60).unwrap_or(body));
        assert!(error.retryable());
    }
}

#[tokio::test]
async fn a_withdrawn_model_is_left_for_the_next() {
    let decommissioned = r#"{"error":{"message":"It was.","type":"invalid_request_error","code":"model_decommissioned"}}"#;
    for (status, body) in [(404, WITHDRAWN), (400, decommissioned)] {
        let server = TestServer::answering_in_turn(&[(status, body), (200, COMPLETION)]).await;
        let proposed = client(server.url()).propose(&asked(TEXT)).await.unwrap();
        assert_eq!(proposed.model, "second");
        let models: Vec<Value> = server.requests().iter().map(|request| request.json()["model"].clone()).collect();
        assert_eq!(models, ["first", "second"]);

        let server = TestServer::answering(status, body).await;
        let error = client(server.url()).propose(&asked(TEXT)).await.unwrap_err();
        assert!(matches!(error, LlmError::Misconfigured(_)) && !error.retryable(), "{error:?}");
        assert_eq!(server.requests().len(), 2, "no model is asked twice");
    }
}

#[tokio::test]
async fn a_call_that_cannot_be_read_is_asked_for_once_more() {
    let server = TestServer::answering_in_turn(&[(400, UNREADABLE_CALL), (200, COMPLETION)]).await;
    assert_eq!(client(server.url()).propose(&asked(TEXT)).await.unwrap().calls.len(), 1);
    assert_eq!(server.requests().len(), 2);

    let server = TestServer::answering(400, UNREADABLE_CALL).await;
    let error = client(server.url()).propose(&asked(TEXT)).await.unwrap_err();
    assert!(matches!(error, LlmError::Refused(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("ravi"), "what it wrote is not looked at");
    assert_eq!(server.requests().len(), 2);

    let turns = [(400, UNREADABLE_CALL), (404, WITHDRAWN), (400, UNREADABLE_CALL), (200, COMPLETION)];
    let server = TestServer::answering_in_turn(&turns).await;
    assert!(client(server.url()).propose(&asked(TEXT)).await.is_err(), "once, whatever the model");
}

#[tokio::test]
async fn a_refusal_says_what_to_do() {
    let body = |code: &str| json!({"error": {"message": format!("you said: {TEXT}"), "type": "t", "code": code}}).to_string();
    for (status, code, class) in [
        (401, "invalid_api_key", "misconfigured"),
        (403, "forbidden", "misconfigured"),
        (404, "unknown_url", "misconfigured"),
        (400, "invalid_parameter", "refused"),
        (413, "request_too_large", "refused"),
        (422, "unprocessable", "refused"),
        (498, "capacity_exceeded", "unavailable"),
        (429, "rate_limit_exceeded", "unavailable"),
        (500, "internal", "unavailable"),
        (503, "over_capacity", "unavailable"),
        (302, "elsewhere", "unavailable"),
    ] {
        let server = TestServer::answering(status, &body(code)).await;
        let error = client(server.url()).propose(&asked(TEXT)).await.unwrap_err();
        let found = match &error {
            LlmError::Unavailable(_) => "unavailable",
            LlmError::Misconfigured(_) => "misconfigured",
            LlmError::Refused(_) => "refused",
            LlmError::TimedOut | LlmError::Unreadable(_) => "something else",
        };
        assert_eq!((found, error.retryable()), (class, class == "unavailable"), "{status}");
        assert!(!format!("{error} {error:?}").contains("bhejo"), "{error:?}");
        assert_eq!(server.requests().len(), 1, "nothing is repeated");
    }
}

#[tokio::test]
async fn a_busy_model_says_how_long_to_wait() {
    let server = TestServer::answering_with(429, "{}", &[("retry-after", "7")]).await;
    let error = client(server.url()).propose(&asked(TEXT)).await.unwrap_err();
    assert_eq!(error.retry_after_ms(), Some(7_000));
    let closed = test_server::closed_port().await;
    let error = client(&closed).propose(&asked(TEXT)).await.unwrap_err();
    assert!(matches!(error, LlmError::Unavailable(CallError::NotSent { why: Unsent::Unreachable(_) })), "{error:?}");
    let broken = test_server::hangs_up_after(b"").await;
    let error = client(&broken).propose(&asked(TEXT)).await.unwrap_err();
    assert!(matches!(error, LlmError::Unavailable(CallError::Unknown { why: Doubt::ConnectionBroke(_) })), "{error:?}");
}

#[tokio::test]
async fn the_budget_is_kept_over_all_models() {
    let server = TestServer::silent().await;
    let budget = Duration::from_millis(150);
    let began = Instant::now();
    assert_eq!(client(server.url()).propose(&Asked { budget, ..asked(TEXT) }).await, Err(LlmError::TimedOut));
    let recording = Recording { budget, ..note(b"OggS") };
    assert_eq!(client(server.url()).transcribe(recording).await, Err(LlmError::TimedOut));
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn what_would_be_refused_is_not_sent() {
    let server = TestServer::answering(200, COMPLETION).await;
    let client = client(server.url());
    let tool = |name| Tool { name, description: "", parameters: json!({}) };
    let list = Tool { parameters: json!([]), ..tool("list") };
    let many = vec![tool("a"); 129];
    for tools in [&many[..], &[tool("")], &[tool("two words")], &[list]] {
        let error = client.propose(&Asked { tools, ..asked(TEXT) }).await.unwrap_err();
        assert!(matches!(error, LlmError::Refused(CallError::NotSent { .. })) && !error.retryable(), "{error:?}");
    }
    assert!(client.propose(&asked(" \n")).await.is_err());
    let large = vec![0; 16 * 1024 * 1024 + 1];
    for recording in [
        note(b""),
        note(&large),
        Recording { mime: "audio/amr", ..note(b"x") },
        Recording { mime: "audio/ogg\r\nx: y", ..note(b"x") },
        Recording { language: Some("Hindi"), ..note(b"x") },
    ] {
        let error = client.transcribe(recording).await.unwrap_err();
        assert!(matches!(error, LlmError::Refused(CallError::NotSent { .. })), "{error:?}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_recording_is_written_down() {
    let server = TestServer::answering(200, TRANSCRIPT).await;
    let recording = Recording { language: Some("hi"), prompt: Some("UPI, ₹"), ..note(b"OggS\r\n--\0") };
    let heard = client(server.url()).transcribe(recording).await.unwrap();
    assert_eq!(heard, Transcript { text: "रवि को पाँच सौ भेजो".into(), language: Some("Hindi".into()), no_speech: false });
    let request = server.only_request();
    assert_eq!(request.target, "/openai/v1/audio/transcriptions");
    assert_eq!(request.header("authorization"), "Bearer gsk_s3cret");
    assert!(request.header("content-type").starts_with("multipart/form-data; boundary="));
    let body = String::from_utf8_lossy(&request.body);
    for part in [
        "name=\"model\"\r\n\r\nears\r\n",
        "name=\"response_format\"\r\n\r\nverbose_json\r\n",
        "name=\"language\"\r\n\r\nhi\r\n",
        "name=\"prompt\"\r\n\r\nUPI, ₹\r\n",
        "name=\"file\"; filename=\"voice.ogg\"\r\nContent-Type: audio/ogg\r\n\r\nOggS\r\n--\0\r\n",
    ] {
        assert!(body.contains(part), "{part:?} in {body:?}");
    }
}

#[tokio::test]
async fn what_is_made_up_for_silence_is_dropped() {
    let heard = async |body: Value| {
        let server = TestServer::answering(200, &body.to_string()).await;
        client(server.url()).transcribe(note(b"OggS")).await
    };
    let silence = Transcript { no_speech: true, ..Transcript::default() };
    for body in [
        json!({"text": " "}),
        json!({"text": "", "segments": []}),
        json!({"text": "Thank you for watching", "segments": [{"no_speech_prob": 0.9}, {"no_speech_prob": 0.7}]}),
    ] {
        assert_eq!(heard(body).await.unwrap(), silence);
    }
    for body in [
        json!({"text": "no, do not", "language": "NA", "segments": [{"no_speech_prob": 0.9}, {"no_speech_prob": 0.1}]}),
        json!({"text": "no, do not", "segments": null}),
        json!({"text": "no, do not", "segments": [{}], "language": "<b>"}),
    ] {
        let spoken = Transcript { text: "no, do not".into(), language: None, no_speech: false };
        assert_eq!(heard(body).await.unwrap(), spoken, "all of it or nothing");
    }
    for body in [json!({}), json!({"text": null}), json!({"text": "a", "segments": [{"no_speech_prob": "high"}]})] {
        assert!(matches!(heard(body).await, Err(LlmError::Unreadable(Illegible::WrongShape { .. }))));
    }
}

#[test]
fn nothing_prints_what_was_said() {
    let call = Call { name: TEXT.into(), arguments: TEXT.into() };
    let proposed = Proposed { calls: vec![call.clone()], text: Some(TEXT.into()), model: "first".into() };
    let heard = Transcript { text: TEXT.into(), language: None, no_speech: false };
    let history = [Said { role: Role::User, text: TEXT }];
    let asked = Asked { history: &history, ..asked(TEXT) };
    let recording = Recording { prompt: Some(TEXT), ..note(TEXT.as_bytes()) };
    let printed = format!("{call:?} {proposed:?} {heard:?} {history:?} {asked:?} {recording:?} {:?}", client("http://localhost:1"));
    assert!(!printed.contains("bhejo") && !printed.contains("s3cret"), "{printed}");
}

#[test]
fn a_configuration_that_cannot_work_is_refused() {
    let with = |key: &str, chat: &[&str], speech: &str| {
        let models = Models { chat: chat.iter().map(|name| (*name).to_owned()).collect(), speech: speech.to_owned() };
        let http = Http::new(Timeouts::default()).unwrap();
        Client::with_http(http, "http://localhost:1", Secret::new(key).unwrap(), models)
    };
    assert!(with(KEY, &["first"], "ears").is_ok());
    for (key, chat, speech) in
        [(KEY, &[][..], "ears"), (KEY, &["first", ""], "ears"), (KEY, &["first"], " "), ("two\nlines", &["first"], "ears")]
    {
        assert!(with(key, chat, speech).is_err(), "{chat:?} {speech}");
    }
}

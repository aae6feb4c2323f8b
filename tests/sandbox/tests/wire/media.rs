//! Files that come and go with messages, as our own clients use them.

use anyhow::{Context, Result};
use providers::call::CallError;
use providers::messaging::whatsapp::media::{MediaError, is_sha256_of};
use providers::messaging::{media::Fetched, twilio, whatsapp};
use providers::secret::Secret;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Stage};
use crate::messaging::{ACCOUNT, whatsapp as send};
use crate::push::http;

const PHONE: &str = "/phones/919876543210";
const VOICE: &str = "audio/ogg; codecs=opus";

fn client(stage: &Stage) -> Result<whatsapp::Client> {
    let config = &stage.config.messaging;
    let (url, token) = (stage.sandbox.url(), Secret::new(&config.whatsapp_token)?);
    let client = whatsapp::Client::with_http(http()?, url, whatsapp::API_VERSION, &config.whatsapp_phone_number_id, token)?;
    Ok(client.with_media_origin(url)?)
}

/// Puts a file on the phone: its id, and its hash.
async fn put(stage: &Stage, content_type: &str, bytes: &[u8]) -> Result<(String, String)> {
    let request = stage.request(Method::POST, &format!("{PHONE}/media"), Value::Null, &[("content-type", content_type)]);
    let kept = stage.send(request.body(bytes.to_vec())).await?.ok();
    let text = |name: &str| kept[name].as_str().map(str::to_owned).context("not told");
    Ok((text("id")?, text("sha256")?))
}

async fn document(stage: &Stage, document: Value) -> Result<Answer> {
    let message = json!({ "messaging_product": "whatsapp", "to": "919876543210", "type": "document", "document": document });
    send(stage, &stage.config.messaging.whatsapp_token, message).await
}

#[tokio::test]
async fn a_voice_note_is_fetched_by_the_id_that_its_message_names() -> Result<()> {
    let stage = Stage::set().await?;
    let (id, sha256) = put(&stage, VOICE, b"OggS...").await?;
    let audio = json!({ "id": id, "sha256": sha256, "mime_type": VOICE, "voice": true });
    let message = json!({ "message": { "type": "audio", "audio": audio } });
    stage.control(Method::POST, &format!("{PHONE}/whatsapp"), message).await?.ok();
    let hook = crate::harness::eventually(async || Ok(stage.hooks.all().into_iter().next())).await?;
    let told = &hook.body["entry"][0]["changes"][0]["value"]["messages"][0]["audio"];
    assert_eq!(told, &audio);
    let file = client(&stage)?.fetch(&id).await?;
    assert_eq!(file, Fetched { bytes: b"OggS...".to_vec(), mime_type: Some(VOICE.into()) });
    assert!(is_sha256_of(&sha256, &file.bytes));
    Ok(())
}

#[tokio::test]
async fn a_document_that_we_upload_reaches_the_phone() -> Result<()> {
    let stage = Stage::set().await?;
    stage.control(Method::POST, &format!("{PHONE}/whatsapp"), json!({ "text": "statement" })).await?.ok();
    let id = client(&stage)?.upload(b"%PDF-1.7".to_vec(), "application/pdf", "Statement.pdf").await?;
    let sent = document(&stage, json!({ "id": id, "filename": "Statement.pdf", "caption": "November" })).await?.ok();
    let wamid = sent["messages"][0]["id"].as_str().context("no id")?;
    let inbox = stage.items(&format!("{PHONE}/messages")).await?;
    assert_eq!((&inbox[0]["text"], &inbox[0]["content"]["filename"]), (&json!("November"), &json!("Statement.pdf")));
    let response = stage.request(Method::GET, &format!("{PHONE}/messages/{wamid}/file"), Value::Null, &[]).send().await?;
    assert_eq!(response.headers()["content-type"], "application/pdf");
    assert_eq!(&response.bytes().await?[..], b"%PDF-1.7");
    // It is ours to fetch, too.
    assert_eq!(client(&stage)?.fetch(&id).await?.bytes, b"%PDF-1.7");
    stage.control(Method::GET, &format!("{PHONE}/messages/wamid.none/file"), Value::Null).await?.refused(404);
    assert_eq!(document(&stage, json!({ "id": "1234567890123456", "filename": "x" })).await?.refused(400)["error"]["code"], 100);
    stage.control(Method::POST, "/reset", Value::Null).await?.ok();
    assert!(client(&stage)?.fetch(&id).await.is_err());
    Ok(())
}

#[tokio::test]
async fn an_address_is_good_for_a_while_and_for_us() -> Result<()> {
    let stage = Stage::set().await?;
    let (id, _) = put(&stage, "image/png", b"png").await?;
    let place = async |stage: &Stage, token: &str, path: &str| {
        stage.send(stage.request(Method::GET, path, Value::Null, &[]).bearer_auth(token)).await
    };
    let token = &stage.config.messaging.whatsapp_token;
    let path = format!("/v26.0/{id}");
    let told = place(&stage, token, &path).await?.ok();
    assert_eq!((&told["file_size"], &told["mime_type"]), (&json!(3), &json!("image/png")));
    assert!(is_sha256_of(told["sha256"].as_str().unwrap_or_default(), b"png"));
    let url = told["url"].as_str().and_then(|url| url.strip_prefix(stage.sandbox.url())).context("not here")?.to_owned();
    assert_eq!(place(&stage, token, &url).await?.status, 200);
    assert_eq!(place(&stage, "wrong", &url).await?.status, 401);
    assert_eq!(place(&stage, token, &url.replace("ext=1", "ext=2")).await?.status, 404, "longer than it was told");
    assert_eq!(place(&stage, "wrong", &path).await?.refused(401)["error"]["code"], 190);
    assert_eq!(place(&stage, token, "/v26.0/123").await?.refused(400)["error"]["code"], 100);
    assert_eq!(place(&stage, token, &format!("{path}?phone_number_id=1")).await?.refused(400)["error"]["code"], 100);
    place(&stage, token, "/elsewhere/123").await?.refused(404);
    let body = place(&stage, token, "/v1/nothing").await?.body;
    assert_eq!(body["error"]["code"], "BAD_REQUEST_ERROR", "that one is Razorpay's");

    let late = Stage::set_with(|config| config.messaging.whatsapp_media_seconds = 0).await?;
    let (id, _) = put(&late, "image/png", b"png").await?;
    let error = client(&late)?.fetch(&id).await.unwrap_err();
    assert!(matches!(error, MediaError::Refused(whatsapp::SendError::Call(CallError::Refused { status: 404, .. }))), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn faults_strike_files_too() -> Result<()> {
    let stage = Stage::set().await?;
    let (id, _) = put(&stage, VOICE, b"OggS").await?;
    let attachments = json!({ "provider": "whatsapp", "fault": "error_5xx", "path": "/whatsapp_business/attachments/", "times": 1 });
    stage.fault(attachments).await?;
    assert!(client(&stage)?.fetch(&id).await.unwrap_err().retryable());
    assert_eq!(client(&stage)?.fetch(&id).await?.bytes, b"OggS");
    stage.fault(json!({ "provider": "whatsapp", "fault": "throttle", "times": 1 })).await?;
    assert!(client(&stage)?.upload(b"x".to_vec(), "text/plain", "x.txt").await.unwrap_err().retryable());
    Ok(())
}

#[tokio::test]
async fn a_file_larger_than_its_kind_may_be_is_not_fetched() -> Result<()> {
    let stage = Stage::set().await?;
    let (id, _) = put(&stage, "image/jpeg", &vec![7; 6 * 1024 * 1024]).await?;
    assert_eq!(client(&stage)?.fetch(&id).await, Err(MediaError::TooLarge { bytes_max: 5 * 1024 * 1024 }));
    let (id, _) = put(&stage, VOICE, &vec![7; 6 * 1024 * 1024]).await?;
    assert_eq!(client(&stage)?.fetch(&id).await?.bytes.len(), 6 * 1024 * 1024);
    Ok(())
}

#[tokio::test]
async fn a_file_comes_by_way_of_twilio() -> Result<()> {
    let stage = Stage::set().await?;
    let (id, _) = put(&stage, "audio/ogg", b"OggS").await?;
    let written = json!({ "form": { "MessageType": "audio" }, "media": [id] });
    stage.control(Method::POST, &format!("{PHONE}/twilio"), written).await?.ok();
    let hook = crate::harness::eventually(async || Ok(stage.hooks.all().into_iter().next())).await?;
    let form: Vec<(String, String)> = form_urlencoded::parse(&hook.raw).into_owned().collect();
    let parameter = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).context("not told");
    assert_eq!((parameter("NumMedia")?, parameter("MediaContentType0")?), ("1", "audio/ogg"));
    let url = stage.sandbox.url();
    let twilio = |token: &str| Ok::<_, anyhow::Error>(twilio::Client::new(url, url, ACCOUNT, Secret::new(token)?)?);
    let file = twilio(&stage.config.messaging.twilio_auth_token)?.media(parameter("MediaUrl0")?).await?;
    assert_eq!(file, Fetched { bytes: b"OggS".to_vec(), mime_type: Some("audio/ogg".into()) });
    assert!(twilio("wrong")?.media(parameter("MediaUrl0")?).await.is_err());
    let none = json!({ "media": ["1"] });
    stage.control(Method::POST, &format!("{PHONE}/twilio"), none).await?.refused(400);
    Ok(())
}

//! What becomes of messages, and what people write to us.

use anyhow::{Context, Result};
use reqwest::Method;
use sandbox::signing;
use serde_json::{Value, json};

use crate::harness::{Hook, Stage, eventually};
use crate::messaging::{ACCOUNT, twilio, whatsapp};

const PHONE: &str = "/phones/919876543210";

fn text() -> Value {
    json!({ "messaging_product": "whatsapp", "to": "919876543210", "type": "text", "text": { "body": "x" } })
}

fn template() -> Value {
    json!({ "messaging_product": "whatsapp", "to": "919876543210", "type": "template", "biz_opaque_callback_data": "msg_1",
        "template": { "name": "payout_done", "language": { "code": "hi" } } })
}

async fn outcome(stage: &Stage, outcome: &str) -> Result<()> {
    stage.control(Method::PUT, &format!("{PHONE}/outcome"), json!({ "outcome": outcome })).await?.ok();
    Ok(())
}

/// The names of the webhooks in the order in which they were made. On their way they may overtake
/// one another.
async fn told(stage: &Stage) -> Result<Vec<String>> {
    let sent = stage.items("/webhooks/sent").await?;
    Ok(sent.iter().filter_map(|event| event["event"].as_str().map(str::to_owned)).collect())
}

/// Waits for so many webhooks.
async fn hooks(stage: &Stage, count: usize) -> Result<Vec<Hook>> {
    let enough = async || Ok(Some(stage.hooks.all()).filter(|hooks| hooks.len() >= count));
    eventually(enough).await.with_context(|| format!("{count} webhooks"))
}

fn meta_value(hook: &Hook) -> &Value {
    &hook.body["entry"][0]["changes"][0]["value"]
}

fn meta_statuses(hooks: &[Hook]) -> Vec<&str> {
    hooks.iter().filter_map(|hook| meta_value(hook)["statuses"][0]["status"].as_str()).collect()
}

fn parameter(hook: &Hook, name: &str) -> Option<String> {
    form_urlencoded::parse(&hook.raw).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn meta_tells_what_becomes_of_a_message_and_signs_it() -> Result<()> {
    let stage = Stage::set().await?;
    let keys = &stage.config.messaging;
    let sent = whatsapp(&stage, &keys.whatsapp_token, template()).await?.ok();
    let hooks = hooks(&stage, 3).await?;
    assert_eq!(told(&stage).await?, ["sent", "delivered", "read"]);
    for hook in &hooks {
        let signature = format!("sha256={}", signing::hmac_sha256_hex(&keys.whatsapp_app_secret, &hook.raw));
        assert_eq!(hook.hub_signature, signature);
        assert_eq!(meta_value(hook)["metadata"]["phone_number_id"], keys.whatsapp_phone_number_id.as_str());
        let status = &meta_value(hook)["statuses"][0];
        assert_eq!((&status["id"], &status["recipient_id"]), (&sent["messages"][0]["id"], &json!("919876543210")));
        assert_eq!(status["biz_opaque_callback_data"], "msg_1");
    }
    Ok(())
}

#[tokio::test]
async fn only_a_template_goes_to_somebody_who_has_not_written_for_a_day() -> Result<()> {
    let stage = Stage::set().await?;
    let token = &stage.config.messaging.whatsapp_token;
    let write =
        async |age: i64| stage.control(Method::POST, &format!("{PHONE}/whatsapp"), json!({ "text": "hi", "age_seconds": age })).await;
    assert_eq!(whatsapp(&stage, token, text()).await?.refused(400)["error"]["code"], 131_047);
    whatsapp(&stage, token, template()).await?.ok();
    write(86_400).await?.ok();
    assert_eq!(whatsapp(&stage, token, text()).await?.refused(400)["error"]["code"], 131_047);
    write(86_000).await?.ok();
    whatsapp(&stage, token, text()).await?.ok();
    Ok(())
}

#[tokio::test]
async fn a_closed_window_may_be_told_late() -> Result<()> {
    let stage = Stage::set().await?;
    outcome(&stage, "window_told_late").await?;
    whatsapp(&stage, &stage.config.messaging.whatsapp_token, text()).await?.ok();
    let hooks = hooks(&stage, 1).await?;
    let status = &meta_value(&hooks[0])["statuses"][0];
    assert_eq!((&status["status"], &status["errors"][0]["code"]), (&json!("failed"), &json!(131_047)));
    assert!(stage.items(&format!("{PHONE}/messages")).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_phones_owner_decides_what_becomes_of_messages() -> Result<()> {
    for (wish, statuses) in [
        ("delivered", vec!["sent", "delivered"]),
        ("skips_delivered", vec!["sent", "read"]),
        ("backwards", vec!["read", "delivered", "sent"]),
        ("unreachable", vec!["failed"]),
        ("opted_out", vec!["failed"]),
    ] {
        let stage = Stage::set().await?;
        outcome(&stage, wish).await?;
        whatsapp(&stage, &stage.config.messaging.whatsapp_token, template()).await?.ok();
        hooks(&stage, statuses.len()).await?;
        assert_eq!(told(&stage).await?, statuses, "{wish}");
    }
    let stage = Stage::set().await?;
    stage.control(Method::PUT, &format!("{PHONE}/outcome"), json!({ "outcome": "eaten" })).await?.refused(400);
    Ok(())
}

#[tokio::test]
async fn people_write_to_us_with_a_number_and_without() -> Result<()> {
    let stage = Stage::set().await?;
    let button = json!({ "message": { "type": "button", "button": { "payload": "STOP", "text": "बंद करें" } },
        "user_id": "IN.1349", "without_number": true, "id": "wamid.B" });
    let id = stage.control(Method::POST, &format!("{PHONE}/whatsapp"), button).await?.ok();
    assert_eq!(id["id"], "wamid.B");
    let hooks = hooks(&stage, 1).await?;
    let message = &meta_value(&hooks[0])["messages"][0];
    assert_eq!((&message["from_user_id"], &message["from"], &message["id"]), (&json!("IN.1349"), &Value::Null, &json!("wamid.B")));
    assert_eq!(message["button"]["payload"], "STOP");

    // And are answered by that id.
    let mut answer = text();
    answer["to"] = Value::Null;
    answer["recipient"] = json!("IN.1349");
    let sent = whatsapp(&stage, &stage.config.messaging.whatsapp_token, answer.clone()).await?.ok();
    assert_eq!(sent["contacts"][0]["user_id"], "IN.1349");
    assert_eq!(stage.items(&format!("{PHONE}/messages")).await?.len(), 1);
    answer["recipient"] = json!("IN.1350");
    let refused = whatsapp(&stage, &stage.config.messaging.whatsapp_token, answer).await?.refused(400);
    assert_eq!(refused["error"]["code"], 131_026);
    stage.control(Method::POST, &format!("{PHONE}/whatsapp"), json!({ "text": "x", "without_number": true })).await?.refused(400);
    stage.control(Method::POST, &format!("{PHONE}/whatsapp"), json!({})).await?.refused(400);
    Ok(())
}

#[tokio::test]
async fn twilio_tells_what_becomes_of_a_message_and_signs_it() -> Result<()> {
    let stage = Stage::set().await?;
    let token = &stage.config.messaging.twilio_auth_token;
    let callback = format!("{}?message=1", stage.hooks.url);
    let form = [("To", "+919876543210"), ("From", "+15005550006"), ("Body", "x"), ("StatusCallback", callback.as_str())];
    let sent = twilio(&stage, token, &form).await?.ok();
    let hooks = hooks(&stage, 2).await?;
    assert_eq!(told(&stage).await?, ["sent", "delivered"]);
    for hook in &hooks {
        assert_eq!(hook.twilio_signature, signing::twilio(token, &callback, std::str::from_utf8(&hook.raw)?));
        assert_eq!(parameter(hook, "MessageSid").as_deref(), sent["sid"].as_str());
    }
    Ok(())
}

#[tokio::test]
async fn twilio_tells_why_a_message_did_not_arrive() -> Result<()> {
    let stage = Stage::set().await?;
    let token = &stage.config.messaging.twilio_auth_token;
    let hook_url = stage.hooks.url.as_str();
    outcome(&stage, "unreachable").await?;
    let sms = [("To", "+919876543210"), ("From", "+15005550006"), ("Body", "x"), ("StatusCallback", hook_url)];
    twilio(&stage, token, &sms).await?.ok();
    let errors = async |count| {
        let hooks = hooks(&stage, count).await?;
        let errors = hooks.iter().filter_map(|hook| Some((parameter(hook, "MessageStatus")?, parameter(hook, "ErrorCode")?)));
        anyhow::Ok(errors.collect::<Vec<_>>())
    };
    let undelivered = ("undelivered".to_owned(), "30003".to_owned());
    assert_eq!(errors(2).await?, std::slice::from_ref(&undelivered));

    outcome(&stage, "opted_out").await?;
    assert_eq!(twilio(&stage, token, &sms).await?.refused(400)["code"], 21_610);

    outcome(&stage, "read").await?;
    let text = [("To", "whatsapp:+919876543210"), ("From", "whatsapp:+15005550006"), ("Body", "x"), ("StatusCallback", hook_url)];
    twilio(&stage, token, &text).await?.ok();
    assert_eq!(errors(3).await?, [undelivered, ("failed".to_owned(), "63016".to_owned())]);
    Ok(())
}

#[tokio::test]
async fn people_write_to_us_by_twilio() -> Result<()> {
    let stage = Stage::set().await?;
    let keys = &stage.config.messaging;
    let written = json!({ "text": "बंद", "form": { "ButtonText": "Stop", "ButtonPayload": "STOP", "MessageType": "button" } });
    stage.control(Method::POST, &format!("{PHONE}/twilio"), written).await?.ok();
    let hooks = hooks(&stage, 1).await?;
    let hook = &hooks[0];
    assert_eq!(hook.twilio_signature, signing::twilio(&keys.twilio_auth_token, &stage.hooks.url, std::str::from_utf8(&hook.raw)?));
    for (name, value) in [("From", "whatsapp:+919876543210"), ("Body", "बंद"), ("ButtonPayload", "STOP"), ("MessageType", "button")] {
        assert_eq!(parameter(hook, name).as_deref(), Some(value));
    }
    // The window at Twilio is open now.
    let text = [("To", "whatsapp:+919876543210"), ("From", "whatsapp:+15005550006"), ("Body", "x")];
    twilio(&stage, &keys.twilio_auth_token, &text).await?.ok();
    assert_eq!(stage.items(&format!("{PHONE}/messages")).await?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn twilio_knows_its_balance_and_what_a_number_is() -> Result<()> {
    let stage = Stage::set().await?;
    let token = &stage.config.messaging.twilio_auth_token;
    let get = async |path: &str, token: &str| {
        let request = stage.request(Method::GET, path, Value::Null, &[]).basic_auth(ACCOUNT, Some(token));
        stage.send(request).await
    };
    let balance = format!("/2010-04-01/Accounts/{ACCOUNT}/Balance.json");
    assert_eq!(get(&balance, token).await?.ok()["balance"], "250.00");
    stage.control(Method::PUT, "/dashboard/twilio/balance", json!({ "balance": "0.05" })).await?.ok();
    assert_eq!(get(&balance, token).await?.ok()["balance"], "0.05");
    assert_eq!(get(&balance, "wrong").await?.refused(401)["code"], 20_003);

    let found = get("/v2/PhoneNumbers/+919876543210?Fields=line_type_intelligence", token).await?.ok();
    assert_eq!((&found["valid"], &found["line_type_intelligence"]["type"]), (&json!(true), &json!("mobile")));
    let found = get("/v2/PhoneNumbers/+9198765", token).await?.ok();
    assert_eq!((&found["valid"], &found["validation_errors"]), (&json!(false), &json!(["TOO_SHORT"])));
    Ok(())
}

#[tokio::test]
async fn a_fault_turns_statuses_round() -> Result<()> {
    let stage = Stage::set().await?;
    stage.fault(json!({ "provider": "whatsapp", "fault": "reorder_webhooks", "delay_ms": 1_500 })).await?;
    stage.fault(json!({ "provider": "whatsapp", "fault": "tampered_webhooks", "event": "sent" })).await?;
    whatsapp(&stage, &stage.config.messaging.whatsapp_token, template()).await?.ok();
    let hooks = hooks(&stage, 3).await?;
    assert_eq!(meta_statuses(&hooks), ["read", "delivered", "sent"]);
    let secret = &stage.config.messaging.whatsapp_app_secret;
    let genuine: Vec<_> =
        hooks.iter().map(|hook| hook.hub_signature == format!("sha256={}", signing::hmac_sha256_hex(secret, &hook.raw))).collect();
    assert_eq!(genuine, [true, true, false]);
    Ok(())
}

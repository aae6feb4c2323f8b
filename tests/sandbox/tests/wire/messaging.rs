//! Messages and the phones they reach.

use anyhow::Result;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, Stage};

fn otp() -> Value {
    json!({
        "to": "+919876543210", "sender": "KAMAIP", "template_id": "1107160000000000001",
        "entity_id": "1101160000000000001", "text": "123456 is your code",
    })
}

pub const ACCOUNT: &str = "AC00000000000000000000000000000001";

async fn sms(stage: &Stage, key: &str, body: Value) -> Result<Answer> {
    stage.send(stage.request(Method::POST, "/sms/messages", body, &[("authkey", key)])).await
}

pub async fn whatsapp(stage: &Stage, token: &str, body: Value) -> Result<Answer> {
    let path = format!("/v26.0/{}/messages", stage.config.messaging.whatsapp_phone_number_id);
    stage.send(stage.request(Method::POST, &path, body, &[]).bearer_auth(token)).await
}

pub async fn twilio(stage: &Stage, token: &str, form: &[(&str, &str)]) -> Result<Answer> {
    let path = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json");
    let request = stage.request(Method::POST, &path, Value::Null, &[]).basic_auth(ACCOUNT, Some(token)).form(form);
    stage.send(request).await
}

#[tokio::test]
async fn every_channel_reaches_the_same_phone() -> Result<()> {
    let stage = Stage::set().await?;
    let keys = &stage.config.messaging;
    let sent = sms(&stage, &keys.sms_key, otp()).await?.ok();
    assert!(sent["message_id"].is_string());

    stage.control(Method::POST, "/phones/919876543210/whatsapp", json!({ "text": "hi" })).await?.ok();
    let hello = json!({
        "messaging_product": "whatsapp", "to": "919876543210", "type": "interactive",
        "interactive": { "type": "button", "body": { "text": "Pay Rs.250?" }, "action": { "buttons": [
            { "type": "reply", "reply": { "id": "confirm:tx_1", "title": "Confirm" } } ] } },
    });
    let sent = whatsapp(&stage, &keys.whatsapp_token, hello).await?.ok();
    assert!(sent["messages"][0]["id"].as_str().is_some_and(|id| id.starts_with("wamid.")));
    assert_eq!(sent["contacts"][0]["wa_id"], "919876543210");

    let form = [("To", "+919876543210"), ("From", "+15005550006"), ("Body", "from twilio")];
    let sent = twilio(&stage, &keys.twilio_auth_token, &form).await?;
    assert_eq!((sent.status, &sent.body["status"]), (201, &json!("queued")));

    for number in ["+919876543210", "%2B919876543210", "919876543210"] {
        let inbox = stage.items(&format!("/phones/{number}/messages")).await?;
        let texts: Vec<_> = inbox.iter().map(|message| message["text"].clone()).collect();
        assert_eq!(texts, ["123456 is your code", "Pay Rs.250?", "from twilio"]);
        assert_eq!(inbox[0]["channel"], "sms");
        assert_eq!(inbox[0]["template"], "1107160000000000001");
        assert_eq!(inbox[1]["channel"], "whatsapp");
        assert_eq!(inbox[1]["content"]["action"]["buttons"][0]["reply"]["id"], "confirm:tx_1");
    }
    let path = "/phones/919876543210/messages";
    assert_eq!(stage.control(Method::DELETE, path, Value::Null).await?.status, 204);
    assert!(stage.items(path).await?.is_empty());
    stage.control(Method::GET, "/phones/ravi/messages", Value::Null).await?.refused(400);
    Ok(())
}

#[tokio::test]
async fn wrong_keys_and_wrong_input_are_refused_in_each_shape() -> Result<()> {
    let stage = Stage::set().await?;
    let keys = &stage.config.messaging;
    let text = json!({
        "messaging_product": "whatsapp", "to": "919876543210", "type": "text", "text": { "body": "x" },
    });
    assert_eq!(sms(&stage, "wrong", otp()).await?.refused(401)["type"], "error");
    assert_eq!(whatsapp(&stage, "wrong", text.clone()).await?.refused(401)["error"]["code"], 190);
    let form = [("To", "+919876543210"), ("From", "+15005550006"), ("Body", "x")];
    assert_eq!(twilio(&stage, "wrong", &form).await?.refused(401)["code"], 20_003);

    let mut no_template = otp();
    no_template["template_id"] = Value::Null;
    sms(&stage, &keys.sms_key, no_template).await?.refused(400);
    let long = json!({
        "messaging_product": "whatsapp", "to": "919876543210", "type": "text",
        "text": { "body": "x".repeat(4097) },
    });
    let body = whatsapp(&stage, &keys.whatsapp_token, long).await?.refused(400);
    assert_eq!(body["error"]["code"], 131_009);
    let body = twilio(&stage, &keys.twilio_auth_token, &form[1..]).await?.refused(400);
    assert_eq!((&body["code"], &body["status"]), (&json!(21_604), &json!(400)));

    let path = "/v26.0/999/messages";
    let other = stage.request(Method::POST, path, text, &[]).bearer_auth(&keys.whatsapp_token);
    assert_eq!(stage.send(other).await?.refused(400)["error"]["code"], 100);
    assert!(stage.items("/phones/919876543210/messages").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_channel_that_is_throttled_says_so_in_its_own_words() -> Result<()> {
    let stage = Stage::set().await?;
    let keys = &stage.config.messaging;
    for provider in ["sms", "whatsapp", "twilio"] {
        stage.fault(json!({ "provider": provider, "fault": "throttle", "times": 1 })).await?;
    }
    let text = json!({
        "messaging_product": "whatsapp", "to": "919876543210", "type": "text", "text": { "body": "x" },
    });
    sms(&stage, &keys.sms_key, otp()).await?.refused(429);
    let body = whatsapp(&stage, &keys.whatsapp_token, text.clone()).await?.refused(429);
    assert_eq!(body["error"]["code"], 130_429);
    let form = [("To", "+919876543210"), ("From", "+15005550006"), ("Body", "x")];
    assert_eq!(twilio(&stage, &keys.twilio_auth_token, &form).await?.refused(429)["code"], 20_429);

    // Says 200, and the phone stays silent.
    stage.fault(json!({ "provider": "whatsapp", "fault": "success_without_effect", "times": 1 })).await?;
    stage.control(Method::POST, "/phones/919876543210/whatsapp", json!({ "text": "hi" })).await?.ok();
    whatsapp(&stage, &keys.whatsapp_token, text).await?.ok();
    assert!(stage.items("/phones/919876543210/messages").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_sandbox_stops_even_while_a_fault_holds_a_request() -> Result<()> {
    let stage = Stage::set().await?;
    stage.control(Method::GET, "/health", Value::Null).await?.ok();
    stage.fault(json!({ "provider": "sms", "fault": "timeout" })).await?;
    let held = tokio::spawn(stage.request(Method::POST, "/sms/messages", otp(), &[]).send());
    let url = stage.sandbox.url().to_owned();
    stage.sandbox.shutdown().await;
    held.abort();
    assert!(reqwest::get(format!("{url}/health")).await.is_err());
    Ok(())
}

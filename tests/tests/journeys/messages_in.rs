//! What Meta, Twilio and SES tell of messages, and what people write to us: signed as they sign, and by
//! the sandbox itself.

use crate::{digits, phone, stack, staff, until, webhook};
use anyhow::{Context, Result, ensure};
use functions::webhooks::{Source, told::Told};
use futures::future::try_join_all;
use providers::{
    messaging::twilio::signature::{Posted, sign},
    secret::Secret,
    signature::Verified,
};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{stack::Stack, worker::Worker};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/providers/fixtures");

/// Our number's id at Meta.
fn our_number() -> Result<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/secrets.json"))?;
    let secrets: Value = serde_json::from_str(&text)?;
    Ok(secrets["kamai/messaging"]["whatsapp_phone_number_id"].as_str().context("no number")?.to_owned())
}

pub fn told_by_meta(told: &Value) -> Result<String> {
    let mut value = json!({ "messaging_product": "whatsapp", "metadata": { "phone_number_id": our_number()? } });
    for (name, part) in told.as_object().into_iter().flatten() {
        value[name] = part.clone();
    }
    let changes = json!([{ "field": "messages", "value": value }]);
    Ok(json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": changes }] }).to_string())
}

fn status(id: &str, word: &str) -> Value {
    json!({ "statuses": [{ "id": id, "status": word, "timestamp": "1795240800", "recipient_id": "919812345678" }] })
}

/// Posts, and again where nobody was there to answer: another journey ends workers.
async fn post(stack: &Stack, path: &str, headers: &[(&str, &str)], body: &str) -> Result<(u16, String)> {
    for _ in 0..5 {
        let request = stack.http.post(format!("{}{path}", stack.api_url));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = request.body(body.to_owned()).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_server_error() || text.contains("\"code\"") {
            return Ok((status.as_u16(), text));
        }
    }
    anyhow::bail!("nobody answers {path}")
}

pub async fn by_meta(stack: &Stack, body: &str) -> Result<u16> {
    let signature = sandbox::signing::hmac_sha256_hex(webhook::secret("whatsapp_app_secret")?, body.as_bytes());
    Ok(post(stack, "/webhooks/whatsapp", &[("x-hub-signature-256", &format!("sha256={signature}"))], body).await?.0)
}

async fn by_twilio(stack: &Stack, path: &str, form: &str) -> Result<(u16, String)> {
    let token = Secret::new(webhook::secret("twilio_auth_token")?)?;
    let signature = sign(&format!("{}{path}", stack.api_url), Posted::Form(form.as_bytes()), &token);
    let headers = [("x-twilio-signature", signature.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    post(stack, path, &headers, form).await
}

/// Where operators find a stored webhook.
fn stored_at(source: Source, body: &str) -> String {
    let event = Told::read(source, Verified::stored(body.as_bytes())).ok().and_then(|told| told.event());
    format!("/v1/ops/webhooks/{}", source.inbox_id(event.as_deref(), body.as_bytes()).replace('#', ":"))
}

/// What came of a webhook, once it was worked on.
async fn outcome(staff: &Worker, source: Source, body: &str) -> Result<(String, String)> {
    let path = stored_at(source, body);
    until("it is worked on", async || Ok(staff.get(&path).await?["status"] != "received")).await?;
    let kept = staff.get(&path).await?;
    let text = |name: &str| kept[name].as_str().unwrap_or_default().to_owned();
    Ok((text("status"), text("outcome")))
}

/// The bodies that the sandbox posted and that hold this.
async fn posted(stack: &Stack, provider: &str, event: &str, what: &str) -> Result<Vec<String>> {
    let sent = stack.get(format!("{}/webhooks/sent?provider={provider}&event={event}", stack.sandbox_url)).await?;
    let bodies = sent["items"].as_array().into_iter().flatten().filter_map(|sent| sent["body"].as_str());
    Ok(bodies.filter(|body| body.contains(what)).map(str::to_owned).collect())
}

async fn write(stack: &Stack, phone: &str, door: &str, message: Value) -> Result<Value> {
    stack.post(format!("{}/phones/{}/{door}", stack.sandbox_url, phone.trim_start_matches('+')), message).await
}

/// S1, for the webhooks of messages.
#[tokio::test]
async fn s1_messages_that_nobody_signed_are_refused_and_not_kept() -> Result<()> {
    let (stack, staff) = (stack()?, staff().await?);
    let body = told_by_meta(&status(&format!("wamid.{}", digits("forged")), "read"))?;
    let other = sandbox::signing::hmac_sha256_hex("another secret", body.as_bytes());
    for signature in ["", &other, &format!("sha256={other}"), &format!("sha256={}", "0".repeat(64))] {
        assert_eq!(post(&stack, "/webhooks/whatsapp", &[("x-hub-signature-256", signature)], &body).await?.0, 401, "{signature}");
    }
    let form = format!("MessageSid=SM{}&MessageStatus=read&From=%2B919812345678&Body=STOP&To=%2B919812345678", digits("forged"));
    let token = Secret::new(webhook::secret("twilio_auth_token")?)?;
    let elsewhere = sign("https://elsewhere.example/webhooks/twilio", Posted::Form(form.as_bytes()), &token);
    for path in ["/webhooks/twilio", "/webhooks/twilio/status", "/webhooks/twilio/status?tag=x"] {
        for signature in ["", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", &elsewhere] {
            assert_eq!(post(&stack, path, &[("x-twilio-signature", signature)], &form).await?.0, 401, "{path} {signature}");
        }
    }
    let envelope = std::fs::read_to_string(format!("{FIXTURES}/sns_notification_v1.json"))?;
    for body in ["", "{}", &envelope] {
        assert_eq!(post(&stack, "/webhooks/ses", &[("x-amz-sns-message-type", "Notification")], body).await?.0, 401);
    }
    for path in [stored_at(Source::Whatsapp, &body), stored_at(Source::Twilio, &form), stored_at(Source::TwilioStatus, &form)] {
        assert_eq!(staff.call(Method::GET, &path, None, None).await?.0, 404, "{path}");
    }
    // The same, signed, is taken: it was refused for nothing else.
    assert_eq!(by_meta(&stack, &body).await?, 200);
    assert_eq!(outcome(&staff, Source::Whatsapp, &body).await?, ("ignored".to_owned(), "no notice of ours".to_owned()));
    Ok(())
}

#[tokio::test]
async fn metas_question_is_answered_with_the_challenge_and_nothing_else() -> Result<()> {
    let stack = stack()?;
    let ask = async |token: &str| {
        let query = [("hub.mode", "subscribe"), ("hub.challenge", "1158201444"), ("hub.verify_token", token)];
        stack.http.get(format!("{}/webhooks/whatsapp", stack.api_url)).query(&query).send().await
    };
    let answer = ask(&webhook::secret("whatsapp_verify_token")?).await?;
    assert_eq!((answer.status().as_u16(), answer.text().await?.as_str()), (200, "1158201444"));
    assert_eq!(ask("a guess").await?.status(), 403);
    Ok(())
}

#[tokio::test]
async fn whatever_meta_signs_is_taken() -> Result<()> {
    let (stack, staff) = (stack()?, staff().await?);
    let mut count = 0;
    for file in std::fs::read_dir(format!("{FIXTURES}/whatsapp"))? {
        let path = file?.path();
        let body = std::fs::read_to_string(&path)?.replace("wamid.", &format!("wamid.{}", digits("f")));
        for body in [body.replace("277321005464405", &our_number()?), body.replace("wamid.", "wamid.other.")] {
            assert_eq!(by_meta(&stack, &body).await?, 200, "{}", path.display());
            let (_, said) = outcome(&staff, Source::Whatsapp, &body).await?;
            assert_eq!(path.ends_with("partly_unreadable.json"), said.contains("unreadable: "), "{}: {said}", path.display());
            count += 1;
        }
    }
    assert!(count >= 10);
    Ok(())
}

/// F12: twenty messages within moments, through the sandbox' Meta.
#[tokio::test]
async fn f12_twenty_numbered_messages_are_all_stored_and_worked_on() -> Result<()> {
    let (stack, staff, phone) = (stack()?, staff().await?, phone::fresh());
    Worker::log_in(&stack, &phone).await?;
    try_join_all((1..=20).map(|n| write(&stack, &phone, "whatsapp", json!({ "text": format!("message {n}") })))).await?;
    let sent = posted(&stack, "whatsapp", "message", &phone[1..]).await?;
    ensure!(sent.len() == 20, "the sandbox made {}", sent.len());
    for body in &sent {
        let path = stored_at(Source::Whatsapp, body);
        until("it is stored", async || Ok(staff.call(Method::GET, &path, None, None).await?.0 == 200)).await?;
        assert_eq!(outcome(&staff, Source::Whatsapp, body).await?.0, "processed", "{path}");
    }
    let replayed = staff.call(Method::POST, &format!("{}/replay", stored_at(Source::Whatsapp, &sent[0])), None, None).await?;
    assert_eq!(replayed.0, 202, "{}", replayed.1);
    Ok(())
}

/// What Meta tells comes in another order than it happened in.
#[tokio::test]
async fn f13_read_then_delivered_then_sent_leaves_a_message_read() -> Result<()> {
    let (stack, staff, phone) = (stack()?, staff().await?, phone::fresh());
    let outcome_url = format!("{}/phones/{}/outcome", stack.sandbox_url, &phone[1..]);
    stack.http.put(outcome_url).json(&json!({ "outcome": "backwards" })).send().await?.error_for_status()?;
    // Of the second log-in they are told, by WhatsApp: they have no app.
    Worker::log_in(&stack, &phone).await?;
    let worker = Worker::log_in(&stack, &phone).await?;
    let read = async || {
        let told = worker.get("/v1/notifications/deliveries").await?;
        let channels = told["items"].as_array().into_iter().flatten().filter_map(|notice| notice["channels"].as_array()).flatten();
        Ok(channels.into_iter().any(|channel| channel["channel"] == "whatsapp" && channel["status"] == "read"))
    };
    until("the message is read", read).await?;
    for word in ["read", "delivered", "sent"] {
        let told = async || posted(&stack, "whatsapp", word, &phone[1..]).await;
        until("Meta tells it", async || Ok(!told().await?.is_empty())).await?;
        for body in told().await? {
            let path = stored_at(Source::Whatsapp, &body);
            until("it is stored", async || Ok(staff.call(Method::GET, &path, None, None).await?.0 == 200)).await?;
            assert_eq!(outcome(&staff, Source::Whatsapp, &body).await?.0, "processed", "{word}");
        }
    }
    assert!(read().await?, "and it stays so");
    Ok(())
}

#[tokio::test]
async fn a_word_of_consent_is_heard_by_either_door() -> Result<()> {
    let (stack, staff, phone) = (stack()?, staff().await?, phone::fresh());
    let worker = Worker::log_in(&stack, &phone).await?;
    for (word, stopped) in [("band karo", json!(["whatsapp"])), ("शुरू करो", json!([]))] {
        let id = write(&stack, &phone, "whatsapp", json!({ "text": word })).await?;
        let body = posted(&stack, "whatsapp", "message", id["id"].as_str().context("no id")?).await?.pop().context("not sent")?;
        let path = stored_at(Source::Whatsapp, &body);
        until("it is stored", async || Ok(staff.call(Method::GET, &path, None, None).await?.0 == 200)).await?;
        assert_eq!(outcome(&staff, Source::Whatsapp, &body).await?, ("processed".to_owned(), "a turn: consent".to_owned()));
        assert_eq!(worker.get("/v1/notifications/preferences").await?["stopped"], stopped);
        // Meta tells the time in seconds.
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    }
    let form = format!("MessageSid=SM{}&From=%2B{}&Body=STOP", digits("s"), &phone[1..]);
    let (status, answer) = by_twilio(&stack, "/webhooks/twilio", &form).await?;
    assert_eq!((status, answer.ends_with("<Response/>")), (200, true), "{answer}");
    assert_eq!(outcome(&staff, Source::Twilio, &form).await?, ("processed".to_owned(), "sms is stopped".to_owned()));
    Ok(())
}

#[tokio::test]
async fn what_ses_reports_is_believed_and_its_topic_joined() -> Result<()> {
    let stack = stack()?;
    stack.post(format!("{}/sns/subscribe", stack.sandbox_url), json!({})).await?;
    let joined = async || Ok(stack.get(format!("{}/sns/subscription", stack.sandbox_url)).await?["confirmed"] == true);
    until("the subscription is confirmed", joined).await
}

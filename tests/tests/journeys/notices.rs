//! How a user is told of things, by the channels that they want.

use crate::{key, until, worker_with};
use anyhow::{Context, Result, ensure};
use jiff::{
    Timestamp, ToSpan,
    tz::{Offset, TimeZone},
};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{phone, stack::Stack, worker::Worker};

/// The browser's keys of RFC 8291, section 5.
const P256DH: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

/// The sandbox's faults are everybody's: the journeys that set some take turns.
static FAULTS: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Somebody whom one may disturb at any hour, with this and that besides.
async fn wish(worker: &Worker, change: Value) -> Result<()> {
    let mut wishes = json!({ "language": "en", "time_zone": "Asia/Kolkata" });
    for (name, value) in change.as_object().into_iter().flatten() {
        wishes[name] = value.clone();
    }
    worker.post("/v1/notifications/preferences", None, wishes).await.map(|_| ())
}

/// Hours that it is in the middle of.
fn now() -> Value {
    // India's clock, to half an hour.
    let local = Timestamp::now().to_zoned(TimeZone::fixed(Offset::constant(5)));
    let clock = |hours: i64| local.clone().saturating_add(hours.hours()).strftime("%H:%M").to_string();
    json!({ "from": clock(-3), "to": clock(4) })
}

async fn somebody() -> Result<Worker> {
    let worker = worker_with(0).await?;
    wish(&worker, json!({})).await?;
    Ok(worker)
}

/// Gets pushes in a browser; answers where the sandbox keeps them.
async fn browser(worker: &Worker) -> Result<String> {
    let key = worker.get("/v1/notifications/push/vapid-key").await?["vapid_public_key"].clone();
    let browser = worker.stack.post(format!("{}/webpush", worker.stack.sandbox_url), json!({ "application_server_key": key })).await?;
    let subscription = json!({ "endpoint": browser["endpoint"], "expirationTime": null, "keys": { "p256dh": P256DH, "auth": AUTH } });
    worker.post("/v1/notifications/push/subscribe", None, json!({ "subscription": subscription, "name": "Firefox" })).await?;
    Ok(browser["endpoint"].as_str().context("no endpoint")?.to_owned())
}

async fn pushes(stack: &Stack, endpoint: &str) -> Result<Vec<Value>> {
    Ok(stack.get(format!("{endpoint}/messages")).await?["items"].as_array().cloned().unwrap_or_default())
}

async fn be_paid(worker: &Worker, amount: i64) -> Result<()> {
    let order = worker.order(&key("order"), amount).await?;
    worker.stack.pay(order["razorpay"]["order_id"].as_str().unwrap_or_default()).await.map(|_| ())
}

/// The newest notice of an event.
async fn told(worker: &Worker, event: &str) -> Result<Option<Value>> {
    let page = worker.get("/v1/notifications/deliveries?limit=50").await?;
    Ok(page["items"].as_array().into_iter().flatten().find(|notice| notice["event"] == event).cloned())
}

/// The status of a channel, where it was tried or passed over.
fn status<'a>(notice: &'a Value, channel: &str) -> Option<&'a str> {
    notice["channels"].as_array()?.iter().find(|one| one["channel"] == channel)?["status"].as_str()
}

async fn on_phone(worker: &Worker, template: &str) -> Result<usize> {
    let inbox = phone::inbox(&worker.stack, &worker.phone).await?;
    Ok(inbox.iter().filter(|message| message["template"] == template).count())
}

#[tokio::test]
async fn a_payment_is_pushed_once_to_each_device_and_seen_on_one() -> Result<()> {
    let asha = somebody().await?;
    let endpoint = browser(&asha).await?;
    let token = format!("device{}", phone::fresh().trim_start_matches('+'));
    asha.post("/v1/notifications/push/subscribe", None, json!({ "fcm_token": token, "name": "Redmi" })).await?;
    assert_eq!(asha.get("/v1/notifications/push/devices").await?["items"].as_array().map(Vec::len), Some(2));
    be_paid(&asha, 123_400).await?;
    until("the payment is told", async || {
        Ok(told(&asha, "payment.captured").await?.is_some_and(|notice| status(&notice, "push") == Some("sent")))
    })
    .await?;
    let app = asha.stack.get(format!("{}/devices/{token}/messages", asha.stack.sandbox_url)).await?;
    assert_eq!((app["items"].as_array().map(Vec::len), &app["items"][0]["title"]), (Some(1), &json!("₹1,234.00 received")));
    let pushed = pushes(&asha.stack, &endpoint).await?;
    assert_eq!((pushed.len(), &pushed[0]["headers"]["content-encoding"]), (1, &json!("aes128gcm")));
    let notice = told(&asha, "payment.captured").await?.context("no notice")?;
    let seen = asha.post("/v1/notifications/seen", None, json!({ "notice_id": notice["notice_id"] })).await?;
    assert_eq!((&seen["status"], &seen["why"]), (&json!("done"), &json!("seen")));
    assert_eq!(on_phone(&asha, "payment_captured").await?, 0, "nothing else was tried");
    Ok(())
}

#[tokio::test]
async fn the_panic_button_is_told_at_any_hour_and_by_sms_where_nothing_else_is_wanted() -> Result<()> {
    let asha = somebody().await?;
    wish(&asha, json!({ "quiet_hours": now(), "stopped": ["push", "whatsapp"] })).await?;
    asha.post("/v1/panic", None, json!({})).await?;
    until("the pause is told", async || {
        Ok(told(&asha, "account.paused").await?.is_some_and(|notice| status(&notice, "sms").is_some_and(|status| status != "queued")))
    })
    .await?;
    let texts = phone::inbox(&asha.stack, &asha.phone).await?;
    assert!(
        texts.iter().any(|text| text["text"].as_str().is_some_and(|text| text.starts_with("Your Kamai account is paused."))),
        "{texts:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_push_service_that_is_down_is_passed() -> Result<()> {
    let asha = somebody().await?;
    let endpoint = browser(&asha).await?;
    let _turn = FAULTS.lock().await;
    let place = endpoint.trim_start_matches(&asha.stack.sandbox_url).to_owned();
    let fault = json!({ "provider": "webpush", "fault": "downtime", "for_ms": 60_000, "path": place });
    let fault = asha.stack.post(format!("{}/faults", asha.stack.sandbox_url), fault).await?;
    asha.post("/v1/panic", None, json!({})).await?;
    let passed = until("it is told by WhatsApp", async || {
        let told = told(&asha, "account.paused").await?;
        Ok(told.is_some_and(|notice| matches!(status(&notice, "whatsapp"), Some("sent" | "delivered" | "read"))))
    })
    .await;
    let lifted = format!("{}/faults/{}", asha.stack.sandbox_url, fault["id"].as_str().unwrap_or_default());
    asha.stack.http.delete(lifted).send().await?;
    passed?;
    assert_eq!(on_phone(&asha, "account_paused").await?, 1);
    Ok(())
}

#[tokio::test]
async fn quiet_hours_hold_a_notice_and_release_it_when_they_are_set_anew() -> Result<()> {
    let asha = somebody().await?;
    wish(&asha, json!({ "quiet_hours": now() })).await?;
    be_paid(&asha, 50_000).await?;
    until("the notice is held", async || Ok(told(&asha, "payment.captured").await?.is_some_and(|notice| notice["status"] == "held")))
        .await?;
    assert_eq!(told(&asha, "payment.captured").await?.context("no notice")?["why"], "quiet_hours");
    assert_eq!(on_phone(&asha, "payment_captured").await?, 0);
    wish(&asha, json!({})).await?;
    until("it goes", async || Ok(on_phone(&asha, "payment_captured").await? == 1)).await?;
    Ok(())
}

#[tokio::test]
async fn what_is_switched_off_is_not_told_and_neither_is_a_device_that_was_unsubscribed() -> Result<()> {
    let asha = somebody().await?;
    let endpoint = browser(&asha).await?;
    let off: Vec<Value> = ["whatsapp", "sms", "email"].iter().map(|channel| json!({ "category": "money", "channel": channel })).collect();
    wish(&asha, json!({ "off": off, "quiet_hours": now() })).await?;
    be_paid(&asha, 40_000).await?;
    until("it is held", async || Ok(told(&asha, "payment.captured").await?.is_some_and(|notice| notice["status"] == "held"))).await?;
    // Between its opening and its being sent.
    let device = asha.get("/v1/notifications/push/devices").await?["items"][0]["device_id"].clone();
    let body = json!({ "device_id": device });
    assert_eq!(asha.call(Method::POST, "/v1/notifications/push/unsubscribe", None, Some(body)).await?.0, 204);
    wish(&asha, json!({ "off": off })).await?;
    until("it is over", async || Ok(told(&asha, "payment.captured").await?.is_some_and(|notice| notice["status"] == "done"))).await?;
    let notice = told(&asha, "payment.captured").await?.context("no notice")?;
    assert_eq!(
        (&notice["why"], status(&notice, "push"), status(&notice, "whatsapp")),
        (&json!("switched_off"), Some("skipped"), Some("skipped"))
    );
    assert_eq!((pushes(&asha.stack, &endpoint).await?.len(), on_phone(&asha, "payment_captured").await?), (0, 0));
    Ok(())
}

#[tokio::test]
async fn a_browser_that_its_service_does_not_know_any_more_is_removed() -> Result<()> {
    let asha = somebody().await?;
    let endpoint = browser(&asha).await?;
    asha.stack.http.delete(&endpoint).send().await?.error_for_status()?;
    be_paid(&asha, 60_000).await?;
    until("it is told by WhatsApp", async || Ok(on_phone(&asha, "payment_captured").await? == 1)).await?;
    assert_eq!(asha.get("/v1/notifications/push/devices").await?["items"], json!([]));
    Ok(())
}

#[tokio::test]
async fn an_address_gets_mail_once_it_is_proven() -> Result<()> {
    let asha = somebody().await?;
    let address = format!("asha{}@example.in", phone::fresh().trim_start_matches('+'));
    let mails = async || -> Result<Vec<Value>> {
        let url = format!("{}/mailboxes/{address}/messages", asha.stack.sandbox_url);
        Ok(asha.stack.get(url).await?["items"].as_array().cloned().unwrap_or_default())
    };
    let asked = asha.post("/v1/notifications/email", None, json!({ "email": address })).await?;
    until("the code comes", async || Ok(mails().await?.len() == 1)).await?;
    let text = mails().await?[0]["text"].as_str().unwrap_or_default().to_owned();
    let code = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).context("no code")?.to_owned();
    let proof = json!({ "challenge_id": asked["challenge_id"], "otp": code });
    let proven = asha.post("/v1/notifications/email/verify", None, proof.clone()).await?;
    assert_eq!(proven["email"], json!({ "address": address, "verified": true }));
    assert_eq!(asha.call(Method::POST, "/v1/notifications/email/verify", None, Some(proof)).await?.0, 401, "once");
    wish(&asha, json!({ "stopped": ["push", "whatsapp", "sms"] })).await?;
    be_paid(&asha, 70_000).await?;
    until("the payment is mailed", async || Ok(mails().await?.iter().any(|mail| mail["subject"] == "₹700.00 received"))).await?;
    ensure!(mails().await?.iter().all(|mail| mail["headers"]["List-Unsubscribe"].is_null()), "what she must know has no way out");
    Ok(())
}

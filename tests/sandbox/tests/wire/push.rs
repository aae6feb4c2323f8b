//! Notifications to apps, as our own client sends them; and faults of both ways to a screen.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use providers::call::{Http, Timeouts};
use providers::push::fcm::{self, Message, Priority, ServiceAccount, Target};
use providers::push::{Gone, SendError, web};
use providers::secret::Secret;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::Stage;
use crate::webpush::{Browser, OPTIONS, vapid};

pub fn http() -> Result<Http> {
    Ok(Http::new(Timeouts { connect: Duration::from_secs(2), total: Duration::from_secs(5) })?)
}

pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// A client of the account that the console makes.
async fn google(stage: &Stage, project_id: &str) -> Result<fcm::Client> {
    let file = stage.control(Method::POST, "/dashboard/service-accounts", json!({ "project_id": project_id })).await?.ok();
    client_of(stage, &file)
}

fn client_of(stage: &Stage, file: &Value) -> Result<fcm::Client> {
    let account = ServiceAccount::from_json(&Secret::new(file.to_string())?)?;
    Ok(fcm::Client::with_http(http()?, stage.sandbox.url(), &format!("{}/token", stage.sandbox.url()), account)?)
}

fn notice(device: &str) -> Message<'_> {
    Message {
        to: Target::Token(device),
        title: "Kamai",
        body: "₹250 जमा हुए",
        data: BTreeMap::from([("txn", "tx_1")]),
        collapse_key: None,
        ttl_seconds: Some(3600),
        priority: Priority::High,
        tag: Some("tx_1"),
    }
}

#[tokio::test]
async fn a_notice_reaches_the_app() -> Result<()> {
    let stage = Stage::set().await?;
    let google = google(&stage, "kamai-test").await?;
    let accepted = google.send(&notice("d1:APA91b"), now()).await?;
    assert!(accepted.name.starts_with("projects/kamai-test/messages/"));
    google.send(&Message { to: Target::Fid("fid-1"), ..notice("") }, now()).await?;
    let inbox = stage.items("/devices/d1:APA91b/messages").await?;
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0]["id"], accepted.name);
    assert_eq!((&inbox[0]["title"], &inbox[0]["body"], &inbox[0]["tag"]), (&json!("Kamai"), &json!("₹250 जमा हुए"), &json!("tx_1")));
    assert_eq!(inbox[0]["data"], json!({ "txn": "tx_1" }));
    assert_eq!(inbox[0]["message"]["android"]["ttl"], "3600s");
    assert_eq!(stage.items("/devices/fid-1/messages").await?.len(), 1);
    assert_eq!(stage.control(Method::DELETE, "/devices/fid-1/messages", Value::Null).await?.status, 204);
    assert!(stage.items("/devices/fid-1/messages").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_device_steers_what_becomes_of_a_notice() -> Result<()> {
    let stage = Stage::set().await?;
    let google = google(&stage, "kamai-test").await?;
    stage.control(Method::DELETE, "/devices/d1", Value::Null).await?.ok();
    for (device, why) in [("d1", Gone::Unregistered), ("invalid-1", Gone::Unregistered), ("mismatch:1", Gone::OtherSender)] {
        assert_eq!(google.send(&notice(device), now()).await, Err(SendError::Gone { why }), "{device}");
    }
    assert!(matches!(google.send(&notice("apns"), now()).await, Err(SendError::Ours { .. })));
    Ok(())
}

#[tokio::test]
async fn only_the_accounts_key_gets_a_token_and_only_its_project_is_spoken_for() -> Result<()> {
    let stage = Stage::set().await?;
    let mut file = stage.control(Method::POST, "/dashboard/service-accounts", json!({})).await?.ok();
    let other = stage.control(Method::POST, "/dashboard/service-accounts", json!({})).await?.ok();
    client_of(&stage, &file)?.send(&notice("d1"), now()).await?;
    // Signed an hour ago, and an hour ahead.
    for skew in [-3600, 3600] {
        let refused = client_of(&stage, &file)?.send(&notice("d1"), now() + skew).await;
        assert!(matches!(refused, Err(SendError::Ours { .. })), "{refused:?}");
    }
    for (field, value) in [
        ("private_key", other["private_key"].clone()),
        ("client_email", json!("somebody@else.example")),
        ("token_uri", json!("https://elsewhere.example/token")),
        ("private_key_id", json!("unknown")),
        ("project_id", json!("another")),
    ] {
        let kept = std::mem::replace(&mut file[field], value);
        let refused = client_of(&stage, &file)?.send(&notice("d1"), now()).await;
        assert!(matches!(refused, Err(SendError::Ours { .. })), "{field}: {refused:?}");
        file[field] = kept;
    }
    assert_eq!(stage.items("/devices/d1/messages").await?.len(), 1);
    let grant = [("grant_type", "password"), ("assertion", "x")];
    let refused = stage.send(stage.request(Method::POST, "/token", Value::Null, &[]).form(&grant)).await?.refused(400);
    assert_eq!(refused["error"], "unsupported_grant_type");
    Ok(())
}

#[tokio::test]
async fn an_account_that_is_configured_outlives_a_reset_and_its_tokens_do_not() -> Result<()> {
    let console = Stage::set().await?;
    let file = console.control(Method::POST, "/dashboard/service-accounts", json!({})).await?.ok();
    let account = serde_json::from_value(file.clone())?;
    let stage = Stage::set_with(|config| config.push.service_account = Some(account)).await?;
    let google = client_of(&stage, &file)?;
    google.send(&notice("d1"), now()).await?;
    stage.control(Method::POST, "/reset", Value::Null).await?.ok();
    assert!(stage.items("/devices/d1/messages").await?.is_empty());
    // The token that the client holds is refused, and replaced.
    google.send(&notice("d1"), now()).await?;
    assert_eq!(stage.items("/devices/d1/messages").await?.len(), 1);
    Ok(())
}

/// F44: what a fallback to another channel is decided by.
#[tokio::test]
async fn faults_show_whether_a_push_may_have_been_sent() -> Result<()> {
    let stage = Stage::set().await?;
    let vapid = vapid()?;
    let browser = Browser::subscribes(&stage, vapid.public_key()).await?;
    let (google, sender) = (google(&stage, "kamai-test").await?, web::Client::new(http()?, vapid));
    google.send(&notice("d0"), now()).await?;
    for (fault, seconds, maybe_sent, arrived) in
        [("throttle", 1, false, 0), ("error_5xx", 10, true, 0), ("error_5xx_after_success", 10, true, 1), ("downtime", 10, true, 1)]
    {
        for provider in ["fcm", "webpush"] {
            stage.fault(json!({ "provider": provider, "fault": fault, "times": 1 })).await?;
        }
        let errors = [
            google.send(&notice("d1"), now()).await.err().context("it was accepted")?,
            sender.send(&browser.subscription, b"x", &OPTIONS, now()).await.err().context("it was accepted")?,
        ];
        for error in errors {
            assert!(matches!(&error, SendError::Retry { after, .. } if *after == Duration::from_secs(seconds)), "{fault}: {error:?}");
            assert_eq!(error.may_have_been_sent(), maybe_sent, "{fault}");
        }
        assert_eq!(stage.items("/devices/d1/messages").await?.len(), arrived, "{fault}");
        assert_eq!(browser.inbox(&stage).await?.len(), arrived, "{fault}");
    }
    // Says that it was accepted, and the screen stays dark.
    for provider in ["fcm", "webpush"] {
        stage.fault(json!({ "provider": provider, "fault": "success_without_effect", "times": 1 })).await?;
    }
    google.send(&notice("d1"), now()).await?;
    sender.send(&browser.subscription, b"x", &OPTIONS, now()).await?;
    assert_eq!((stage.items("/devices/d1/messages").await?.len(), browser.inbox(&stage).await?.len()), (1, 1));
    Ok(())
}

#[tokio::test]
async fn a_token_endpoint_that_is_down_sends_nothing() -> Result<()> {
    let stage = Stage::set().await?;
    let google = google(&stage, "kamai-test").await?;
    stage.fault(json!({ "provider": "fcm", "fault": "downtime", "path": "/token", "times": 1 })).await?;
    let error = google.send(&notice("d1"), now()).await.err().context("it was accepted")?;
    assert!(matches!(error, SendError::Retry { .. }) && !error.may_have_been_sent(), "{error:?}");
    google.send(&notice("d1"), now()).await?;
    assert_eq!(stage.items("/devices/d1/messages").await?.len(), 1);
    Ok(())
}

//! What somebody sets up to be told of things, and says when they were, on the walk.

use super::a_while;
use crate::{
    outside,
    people::{Town, Worker},
};
use anyhow::{Context, Result, anyhow, ensure};
use domain::notice::Category;
use functions::{notices::way_out, table::FUNCTIONS};
use serde_json::json;

/// Has pushes in a browser, at any hour, and an address that is never proven: there is no mail here.
pub async fn set_up(asha: &Worker) {
    asha.client.subscribe().await;
    let wishes = json!({
        "language": "hi", "time_zone": "Asia/Kolkata", "digest_at": "23:30",
        "off": [{ "category": "insight", "channel": "sms" }], "stopped": [],
    });
    asha.client.post("/v1/notifications/preferences", wishes).await;
    asha.client.get("/v1/notifications/preferences").await;
    let asked = asha.client.post("/v1/notifications/email", json!({ "email": "asha@example.in" })).await.ok();
    let challenge = asked.map(|answer| answer.text("challenge_id")).unwrap_or_default();
    // Once: a wrong code is no reason to sign in again.
    let wrong = json!({ "challenge_id": challenge, "otp": "000000" });
    asha.client.once("POST", "/v1/notifications/email/verify", None, Some(&wrong)).await;
}

/// Whether what is sent to somebody's phone arrives from now on. Where it does not, a notice climbs from
/// WhatsApp to a text message.
pub async fn arrive(asha: &Worker, arrives: bool) {
    let phone = asha.client.phone.trim_start_matches('+');
    let outcome = if arrives { "read" } else { "sent" };
    outside::ask(&asha.client.world, "PUT", &format!("/phones/{phone}/outcome"), Some(json!({ "outcome": outcome }))).await;
}

/// SES' topic is joined, and tells of an address that there is not.
pub async fn mail_bounces(town: &Town) -> Result<()> {
    outside::ask(&town.world, "POST", "/sns/subscribe", None).await;
    a_while(60).await;
    let subscription = outside::ask(&town.world, "GET", "/sns/subscription", None).await;
    ensure!(subscription["confirmed"] == true, "SES' topic was not joined: {subscription}");
    let mail = b"From: Kamai <no-reply@kamai.example>\r\nSubject: You were paid\r\n\r\nRs.250\r\n";
    let taken = sandbox::email::take(&town.world.outside, "no-reply@kamai.example", "bounce@simulator.amazonses.com", mail);
    ensure!(matches!(taken, sandbox::email::Verdict::Accepted(_)), "a mail was not taken: {taken:?}");
    a_while(60).await;
    Ok(())
}

/// Presses the link that an e-mail would have brought.
pub async fn leave(asha: &Worker) -> Result<()> {
    let workers = FUNCTIONS.iter().find(|function| function.name == "queues-notices").context("nobody mails")?;
    let deps = asha.client.world.deps(workers)?;
    let url = way_out::url(deps, asha.client.user().parse()?, Category::Insight).await.map_err(|why| anyhow!(why))?;
    let path = url.strip_prefix(deps.public_url().map_err(|why| anyhow!(why))?).context("elsewhere")?;
    asha.client.get(path).await;
    asha.client.post(path, json!({})).await;
    Ok(())
}

/// Looks at what came of it, and wants no pushes any more.
pub async fn look_back(asha: &Worker) {
    if let Some(told) = asha.client.get("/v1/notifications/deliveries?limit=50").await
        && let Some(notice) = told.body["items"][0]["notice_id"].as_str()
    {
        asha.client.post("/v1/notifications/seen", json!({ "notice_id": notice })).await;
    }
    if let Some(devices) = asha.client.get("/v1/notifications/push/devices").await
        && let Some(device) = devices.body["items"][0]["device_id"].as_str()
    {
        asha.client.post("/v1/notifications/push/unsubscribe", json!({ "device_id": device })).await;
    }
}

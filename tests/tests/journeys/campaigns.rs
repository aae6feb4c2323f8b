//! An organisation and its members; one notice to many of them, live.

use crate::{key, staff, until, worker_with};
use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{phone, socket::Feed, worker::Worker};

/// A user who runs an organisation.
async fn fleet(operator: &Worker) -> Result<Worker> {
    let worker = worker_with(0).await?;
    operator.post(&format!("/v1/ops/users/{}/role", worker.user_id), None, json!({ "role": "org_admin" })).await?;
    Ok(worker)
}

async fn join(fleet: &Worker, driver: &Worker) -> Result<()> {
    let mut feed = Feed::open(driver, 0).await?;
    fleet.post("/v1/organisation/members", None, json!({ "user": driver.phone })).await?;
    let invitation = feed.until("organisation.invited").await?;
    assert_eq!(invitation["data"]["counterparty"], fleet.user_id.as_str(), "{invitation}");
    let joined = driver.post(&format!("/v1/organisations/{}/join", fleet.user_id), None, json!({})).await?;
    ensure!(joined["status"] == "joined", "{joined}");
    Ok(())
}

fn announcement(title: &str) -> Value {
    json!({ "title": title, "text": "Heavy rain from five o'clock." })
}

#[tokio::test]
async fn a_campaigns_maker_sees_it_go_recipient_by_recipient() -> Result<()> {
    let operator = staff().await?;
    let fleet = fleet(&operator).await?;
    let (asha, ravi) = tokio::try_join!(worker_with(0), worker_with(0))?;
    tokio::try_join!(join(&fleet, &asha), join(&fleet, &ravi))?;
    until("both are listed", async || {
        Ok(fleet.get("/v1/organisation/members").await?["items"].as_array().is_some_and(|members| members.len() == 2))
    })
    .await?;
    let told = json!({ "name": "Rain", "template": "announcement", "data": announcement("Rain"), "members": true, "per_minute": 60 });
    let opened = fleet.post("/v1/notifications/push/bulk", Some(&key("rain")), told).await?;
    let id = opened["id"].as_str().context("no id")?;
    let mut progress = Feed::on(&fleet, &format!("campaign:{id}"), 0).await?;
    let mut last = progress.until("campaign.progress").await?;
    while last["data"]["status"] != "completed" {
        last = progress.until("campaign.progress").await?;
    }
    assert_eq!((&last["data"]["opened"], &last["data"]["progress_percent"]), (&json!(2), &json!(100)), "{last}");
    let path = format!("/v1/notifications/push/bulk/{id}");
    // Nobody has asked for promotions, and nobody gets any.
    until("everybody's notice has ended", async || {
        let page = fleet.get(&format!("{path}/recipients")).await?;
        Ok(page["items"].as_array().into_iter().flatten().all(|item| item["status"] == "skipped" || item["status"] == "held"))
    })
    .await?;
    let report = fleet.stack.http.get(format!("{}{path}/report", fleet.stack.api_url)).bearer_auth(&fleet.token).send().await?;
    ensure!(report.headers()["content-type"].to_str()?.starts_with("text/csv"), "{report:?}");
    assert_eq!(report.text().await?.lines().count(), 3);
    // Another's campaign is not there, and neither is its channel.
    let other = self::fleet(&operator).await?;
    assert_eq!(other.call(Method::GET, &path, None, None).await?.0, 404);
    ensure!(Feed::on(&other, &format!("campaign:{id}"), 0).await.is_err());
    Ok(())
}

#[tokio::test]
async fn an_organisations_channel_is_its_members_until_they_leave() -> Result<()> {
    let operator = staff().await?;
    let fleet = fleet(&operator).await?;
    let (asha, ravi) = tokio::try_join!(worker_with(0), worker_with(0))?;
    join(&fleet, &asha).await?;
    let channel = format!("org:{}", fleet.user_id);
    let mut looking = Feed::on(&asha, &channel, 0).await?;
    ensure!(Feed::on(&ravi, &channel, 0).await.is_err(), "a stranger reads it");
    let publish = async |title: &str| {
        let body = json!({ "channel": channel, "event": "announcement", "data": { "title": title } });
        operator.post("/v1/ops/publications", Some(&key(title)), body).await
    };
    publish("Bonus").await?;
    assert_eq!(looking.until("announcement").await?["data"]["title"], "Bonus");
    asha.post(&format!("/v1/organisations/{}/leave", fleet.user_id), None, json!({})).await?;
    assert_eq!(asha.call(Method::GET, &format!("/v1/events?channel={channel}&after_seq=0"), None, None).await?.0, 403);
    Ok(())
}

#[tokio::test]
async fn f13_one_message_by_hand_is_sent_once_however_often_it_is_asked_for() -> Result<()> {
    let operator = staff().await?;
    let asha = worker_with(0).await?;
    let (key, body) = (key("paused"), json!({ "to": asha.phone, "template": "account.paused" }));
    let ask = || operator.call(Method::POST, "/v1/notifications/sms/send", Some(&key), Some(body.clone()));
    let answers = futures::future::try_join_all((0..8).map(|_| ask())).await?;
    let ids: std::collections::BTreeSet<_> = answers.iter().map(|(_, answer)| answer["notice_id"].to_string()).collect();
    ensure!(answers.iter().all(|(status, _)| *status == 202) && ids.len() == 1, "{answers:?}");
    let texts = async || {
        let inbox = phone::inbox(&asha.stack, &asha.phone).await?;
        Ok::<_, anyhow::Error>(inbox.iter().filter(|item| item["text"].as_str().is_some_and(|text| text.contains("paused"))).count())
    };
    until("it is sent", async || Ok(texts().await? > 0)).await?;
    assert_eq!(texts().await?, 1);
    let acts = operator.get("/v1/ops/audit?limit=100").await?;
    ensure!(
        acts["items"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|act| act["action"] == "notice.send" && act["subject"].as_str().is_some_and(|subject| subject.contains(&asha.user_id))),
        "it is not in the audit"
    );
    let history = operator.get(&format!("/v1/notifications/sms/history/{}", asha.user_id)).await?;
    ensure!(history["items"].as_array().is_some_and(|items| items.len() == 1), "{history}");
    assert_eq!(asha.call(Method::POST, "/v1/notifications/sms/send", Some("mine"), Some(body)).await?.0, 403);
    Ok(())
}

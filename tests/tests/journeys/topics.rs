//! What operators publish: on topics, to everybody, to one user.

use crate::{key, staff, until, worker_with};
use anyhow::{Context, Result, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{phone, socket::Feed, worker::Worker};

fn alert(area: &str, title: &str) -> Value {
    let data = json!({ "severity": "warning", "title": title, "ends_at": "2026-11-22T18:00:00Z" });
    json!({ "channel": format!("weather:{area}"), "event": "weather.alert", "data": data })
}

/// An area that no other test has news of.
fn area() -> String {
    format!("area-{}", &phone::fresh()[3..])
}

async fn publish(operator: &Worker, body: Value) -> Result<Value> {
    operator.post("/v1/ops/publications", Some(&key("publish")), body).await
}

#[tokio::test]
async fn what_is_published_on_a_topic_reaches_who_looks_at_once_and_who_comes_later() -> Result<()> {
    let operator = staff().await?;
    let (asha, ravi) = tokio::try_join!(worker_with(0), worker_with(0))?;
    let area = area();
    let mut looking = Feed::on(&asha, &format!("weather:{area}"), 0).await?;
    let first = publish(&operator, alert(&area, "Heavy rain from 6 pm")).await?;
    assert_eq!((&first["seq"], &first["status"]), (&json!(1), &json!("running")));
    let shown = looking.until("weather.alert").await?;
    assert_eq!(
        (&shown["data"]["title"], &shown["priority"], &shown["prev_seq"]),
        (&json!("Heavy rain from 6 pm"), &json!("high"), &json!(0))
    );

    let path = format!("/v1/ops/publications/{}", first["id"].as_str().context("no id")?);
    until("the publication is told", async || Ok(operator.get(&path).await?["status"] == "completed")).await?;
    let ended = operator.get(&path).await?;
    ensure!(ended["told"].as_u64() >= Some(1), "{ended}");

    publish(&operator, alert(&area, "Roads under water")).await?;
    let missed = ravi.get(&format!("/v1/events?channel=weather:{area}&after_seq=0")).await?;
    let titles: Vec<&Value> = missed["items"].as_array().into_iter().flatten().map(|item| &item["data"]["title"]).collect();
    assert_eq!(titles, ["Heavy rain from 6 pm", "Roads under water"]);
    Ok(())
}

#[tokio::test]
async fn a_retry_publishes_nothing_twice_and_what_does_not_fit_is_refused() -> Result<()> {
    let operator = staff().await?;
    let (area, key) = (area(), key("retry"));
    let ask = async |body: Value| operator.call(Method::POST, "/v1/ops/publications", Some(&key), Some(body)).await;
    let (first, again) = (ask(alert(&area, "Rain")).await?, ask(alert(&area, "Rain")).await?);
    assert_eq!((first.0, &first.1), (StatusCode::CREATED, &again.1));
    assert_eq!(ask(alert(&area, "Hail")).await?.0, StatusCode::UNPROCESSABLE_ENTITY);

    let bad = [
        json!({ "channel": "market:onion", "event": "weather.alert", "data": { "severity": "watch", "title": "Rain" } }),
        json!({ "channel": "weather:*", "event": "weather.alert", "data": { "severity": "watch", "title": "Rain" } }),
        json!({ "channel": "weather:pune", "event": "weather.alert", "data": { "severity": "awful", "title": "Rain" } }),
        json!({ "channel": "weather:pune", "event": "weather.alert", "data": { "title": "Rain" } }),
        json!({ "channel": "system", "event": "announcement", "data": { "title": " " } }),
        json!({ "channel": "system", "event": "message.posted", "data": {} }),
        json!({ "channel": "user:usr_01KAKQ3V5E4Y4M1CNDJK5S5Q2S", "event": "announcement", "data": { "title": "To nobody" } }),
    ];
    for body in bad {
        let said = body.to_string();
        let (status, problem) = operator.call(Method::POST, "/v1/ops/publications", Some(&crate::key("bad")), Some(body)).await?;
        ensure!(status == StatusCode::BAD_REQUEST && problem["errors"][0]["pointer"].is_string(), "{said}: {status} {problem}");
    }
    Ok(())
}

#[tokio::test]
async fn one_user_is_told_in_their_own_feed_and_a_worker_publishes_nothing() -> Result<()> {
    let operator = staff().await?;
    let asha = worker_with(0).await?;
    let mut feed = Feed::open(&asha, 0).await?;
    let verified = json!({ "channel": format!("user:{}", asha.user_id), "event": "kyc.status", "data": { "status": "verified" } });
    publish(&operator, verified.clone()).await?;
    let told = feed.until("kyc.status").await?;
    assert_eq!((&told["data"]["status"], &told["priority"]), (&json!("verified"), &json!("high")));
    let (status, _) = asha.call(Method::POST, "/v1/ops/publications", Some(&key("own")), Some(verified)).await?;
    assert_eq!(status, StatusCode::FORBIDDEN);

    let ravi = worker_with(0).await?;
    for channel in [format!("crop_health:{}", asha.user_id), format!("org:{}", asha.user_id), "weather:pune,system".to_owned()] {
        let (status, _) = ravi.call(Method::GET, &format!("/v1/events?channel={channel}"), None, None).await?;
        assert_eq!(status, StatusCode::FORBIDDEN, "{channel}");
    }
    Ok(())
}

//! Who may see and do what (S3, S4, S9).

use crate::{cash_out, key, stack, worker_with};
use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::json;
use tests::{phone, socket::Feed};

#[tokio::test]
async fn s4_what_is_another_users_is_not_there() -> Result<()> {
    let (owner, stranger) = (worker_with(10_000).await?, worker_with(0).await?);
    let payout = owner.post("/v1/payouts", Some(&key("mine")), cash_out(1_000, "asha@okaxis")).await?;
    let id = payout["id"].as_str().context("no id")?;
    let payee = payout["payee_id"].as_str().context("no payee")?;
    for path in [format!("/v1/payouts/{id}"), format!("/v1/transactions/{id}"), format!("/v1/payees/{payee}")] {
        assert_eq!(stranger.call(Method::GET, &path, None, None).await?.0, 404, "{path}");
    }
    assert_eq!(stranger.call(Method::POST, &format!("/v1/payouts/{id}/cancel"), None, Some(json!({}))).await?.0, 404);
    assert_eq!(stranger.call(Method::GET, "/v1/ops/ledger", None, None).await?.0, 403);
    Ok(())
}

#[tokio::test]
async fn s5_another_users_channel_is_refused() -> Result<()> {
    let (owner, stranger) = (worker_with(0).await?, worker_with(0).await?);
    let mut feed = Feed::open(&stranger, 0).await?;
    feed.send(json!({ "action": "subscribe", "channel": format!("user:{}", owner.user_id) })).await?;
    let mut frame = feed.frame().await?;
    // A fact of the stranger's own may still be on its way, by the sure path.
    while frame["type"] == "event" {
        frame = feed.frame().await?;
    }
    assert_eq!((&frame["type"], &frame["code"]), (&json!("error"), &json!("forbidden")), "{frame}");
    Ok(())
}

#[tokio::test]
async fn s9_panic_stops_spending_at_once_and_takes_a_one_time_password_to_undo() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(10_000).await?);
    worker.post("/v1/panic", None, json!({})).await?;
    let (status, problem) = worker.call(Method::POST, "/v1/payouts", Some(&key("late")), Some(cash_out(1_000, "asha@okaxis"))).await?;
    assert_eq!((status.as_u16(), &problem["code"]), (409, &json!("account_paused")));
    let seen = phone::messages(&stack, &worker.phone).await?.len();
    let (status, challenge) = worker.call(Method::POST, "/v1/panic/lift", None, None).await?;
    assert_eq!(status, 202);
    let wrong = json!({ "challenge_id": challenge["challenge_id"], "otp": "000000x" });
    assert_eq!(worker.call(Method::POST, "/v1/panic/lift", None, Some(wrong)).await?.0, 401);
    let otp = phone::otp(&stack, &worker.phone, seen).await?;
    worker.post("/v1/panic/lift", None, json!({ "challenge_id": challenge["challenge_id"], "otp": otp })).await?;
    worker.post("/v1/payouts", Some(&key("again")), cash_out(1_000, "asha@okaxis")).await?;
    Ok(())
}

#[tokio::test]
async fn s3_tokens_end_with_their_session_and_a_reused_refresh_token_ends_the_family() -> Result<()> {
    let worker = worker_with(0).await?;
    let refresh = json!({ "refresh_token": worker.refresh_token });
    let (status, next) = worker.call(Method::POST, "/v1/auth/refresh", None, Some(refresh.clone())).await?;
    assert_eq!(status, 200);
    assert_eq!(worker.call(Method::POST, "/v1/auth/refresh", None, Some(refresh)).await?.0, 401);
    let next = json!({ "refresh_token": next["refresh_token"] });
    assert_eq!(worker.call(Method::POST, "/v1/auth/refresh", None, Some(next)).await?.0, 401);
    assert_eq!(worker.call(Method::GET, "/v1/wallet", None, None).await?.0, 401);
    Ok(())
}

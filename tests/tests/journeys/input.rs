//! Bad input is a 4xx that says what to mend, and changes nothing (F31, F32, S6).

use crate::{balance, cash_out, key, worker_with};
use anyhow::Result;
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn f32_malformed_amounts_currencies_and_fields_are_refused_with_a_pointer() -> Result<()> {
    let worker = worker_with(10_000).await?;
    let with = |name: &str, value: Value| {
        let mut body = cash_out(1_000, "asha@okaxis");
        body[name] = value;
        body
    };
    for (body, pointer) in [
        (with("amount", json!(-5)), "/amount"),
        (with("amount", json!(0)), "/amount"),
        (with("amount", json!(10.5)), "/amount"),
        (with("amount", json!("1000")), "/amount"),
        (with("amount", json!(9_223_372_036_854_775_808u64)), "/amount"),
        (with("currency", json!("USD")), "/currency"),
        (with("balance", json!(1)), "/balance"),
        (with("payee", json!({ "type": "vpa", "vpa": "nobody", "name": "Asha" })), "/payee/vpa"),
    ] {
        let (status, problem) = worker.call(Method::POST, "/v1/payouts", Some(&key("bad")), Some(body.clone())).await?;
        assert_eq!(status, 400, "{body} → {problem}");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{body} → {problem}");
    }
    let (status, problem) = worker.call(Method::POST, "/v1/payouts", None, Some(cash_out(1_000, "asha@okaxis"))).await?;
    assert_eq!((status.as_u16(), &problem["code"]), (400, &json!("idempotency_key_required")));
    assert_eq!(balance(&worker).await?, 10_000);
    Ok(())
}

#[tokio::test]
async fn f31_a_key_means_one_request() -> Result<()> {
    let (worker, friend) = (worker_with(10_000).await?, worker_with(0).await?);
    let to = |amount: i64| json!({ "to": { "type": "user", "user_id": friend.user_id }, "amount": amount, "currency": "INR" });
    let key = key("once");
    let first = worker.post("/v1/transfers", Some(&key), to(1_000)).await?;
    assert_eq!(worker.post("/v1/transfers", Some(&key), to(1_000)).await?, first);
    let (status, problem) = worker.call(Method::POST, "/v1/transfers", Some(&key), Some(to(2_000))).await?;
    assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("idempotency_key_reused")));
    assert_eq!((balance(&worker).await?, balance(&friend).await?), (9_000, 1_000));
    let (status, _) = worker.call(Method::POST, "/v1/transfers?dry_run=true", Some("tried"), Some(to(1_000))).await?;
    assert_eq!((status.as_u16(), balance(&worker).await?), (200, 9_000));
    Ok(())
}

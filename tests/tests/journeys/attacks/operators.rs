//! S16, S9: operators who help themselves or each other, and the panic button.

use crate::{balance, cash_out, digits, key, staff, until, worker_with};
use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{phone, worker::Worker};

async fn give(by: &Worker, to: &Worker, role: &str) -> Result<u16> {
    let path = format!("/v1/ops/users/{}/role", to.user_id);
    Ok(by.call(Method::POST, &path, None, Some(json!({ "role": role }))).await?.0.as_u16())
}

/// Money that belongs to nobody, in suspense.
async fn nobodys(staff: &Worker, amount: i64) -> Result<String> {
    let url = format!("{}/customer/pay-without-order", staff.stack.sandbox_url);
    let paid = staff.stack.post(url, json!({ "amount": amount, "vpa": format!("{}@ybl", digits("nobody")) })).await?;
    let find = async || {
        let open = staff.get("/v1/ops/suspense").await?;
        let id = open["items"].as_array().into_iter().flatten().find(|item| item["provider_id"] == paid["razorpay_payment_id"]);
        Ok::<_, anyhow::Error>(id.and_then(|item| item["id"].as_str()).map(str::to_owned))
    };
    until("it is in suspense", async || Ok(find().await?.is_some())).await?;
    find().await?.context("gone")
}

#[tokio::test]
async fn s16_money_of_nobodys_is_assigned_once_and_by_nobody_to_themselves() -> Result<()> {
    let (admin, ops, ravi, meena) = (staff().await?, worker_with(0).await?, worker_with(0).await?, worker_with(0).await?);
    assert_eq!(give(&admin, &ops, "ops").await?, 204);
    let id = nobodys(&admin, 91_000).await?;
    let path = format!("/v1/ops/suspense/{id}/assign");
    let assign = async |by: &Worker, to: &Worker| {
        let (status, _) = by.call(Method::POST, &path, None, Some(json!({ "user_id": to.user_id }))).await?;
        Ok::<_, anyhow::Error>(status.as_u16())
    };
    assert_eq!(assign(&ops, &ops).await?, 403, "maker and receiver are one");
    assert_eq!(assign(&ravi, &ravi).await?, 403);
    let at_once = futures::future::join_all((0..8_usize).map(async |n| {
        let to = if n % 2 == 0 { &ravi } else { &meena };
        assign(if n < 4 { &ops } else { &admin }, to).await
    }));
    let statuses = at_once.await.into_iter().collect::<Result<Vec<_>>>()?;
    assert!(statuses.iter().all(|status| *status == 200 || *status == 409), "{statuses:?}");
    let (ravis, meenas) = (balance(&ravi).await?, balance(&meena).await?);
    assert!(matches!((ravis, meenas), (91_000, 0) | (0, 91_000)), "{ravis} {meenas}");
    assert_eq!(balance(&ops).await?, 0);
    Ok(())
}

#[tokio::test]
async fn s16_operators_make_no_staff_and_unmake_none() -> Result<()> {
    let (admin, ops, other, worker) = (staff().await?, worker_with(0).await?, worker_with(0).await?, worker_with(0).await?);
    assert_eq!(give(&admin, &ops, "ops").await?, 204);
    assert_eq!(give(&admin, &other, "ops").await?, 204);
    for role in ["support", "ops", "admin"] {
        assert_eq!(give(&ops, &worker, role).await?, 403, "{role} to another");
        assert_eq!(give(&ops, &ops, role).await?, 403, "{role} to oneself");
    }
    assert_eq!(give(&ops, &worker, "org_admin").await?, 204, "an organisation is set up");
    assert_eq!(give(&ops, &other, "worker").await?, 403, "an operator dismisses another");
    assert_eq!(other.call(Method::GET, "/v1/ops/ledger", None, None).await?.0, 200, "and that one is still there");
    for odd in
        [json!({ "role": "root" }), json!({ "role": "Admin" }), json!({ "role": ["admin"] }), json!({ "role": "worker", "admin": true })]
    {
        let path = format!("/v1/ops/users/{}/role", worker.user_id);
        assert_eq!(admin.call(Method::POST, &path, None, Some(odd.clone())).await?.0, 400, "{odd}");
    }
    Ok(())
}

/// S9: what is with the bank goes its way; what is not yet there does not leave.
#[tokio::test]
async fn s9_panic_during_a_payout_stops_what_can_be_stopped_and_accounts_for_the_rest() -> Result<()> {
    let worker = worker_with(100_000).await?;
    let second = Worker::log_in(&worker.stack, &worker.phone).await?;
    let out = worker.post("/v1/payouts", Some(&key("slow")), cash_out(30_000, "slow@okaxis")).await?;
    let waiting = worker.post("/v1/payouts", Some(&key("wait")), cash_out(20_000, "pending@okaxis")).await?;
    let at = |payout: &Value| format!("/v1/payouts/{}", payout["id"].as_str().unwrap_or_default());
    let status =
        async |payout: &Value| Ok::<_, anyhow::Error>(worker.get(&at(payout)).await?["status"].as_str().unwrap_or_default().to_owned());
    until("the bank has it", async || Ok(status(&out).await? == "processing")).await?;
    // Pressed on the other device, ten times.
    let pressed = futures::future::join_all((0..10).map(|_| second.post("/v1/panic", None, json!({})))).await;
    for wallet in pressed {
        assert_eq!(wallet?["status"], "paused");
    }
    for device in [&worker, &second] {
        let (status, problem) = device.call(Method::POST, "/v1/payouts", Some(&key("late")), Some(cash_out(1_000, "asha@okaxis"))).await?;
        assert_eq!((status.as_u16(), problem["code"].as_str()), (409, Some("account_paused")));
        let to = json!({ "to": { "type": "phone", "phone": worker.phone }, "amount": 1, "currency": "INR" });
        assert!(device.call(Method::POST, "/v1/transfers", Some(&key("late")), Some(to)).await?.0.is_client_error());
    }
    until("what was with the bank has ended", async || Ok(status(&out).await? == "processed")).await?;
    let wallet = worker.get("/v1/wallet").await?;
    assert_eq!((&wallet["balance_amount"], &wallet["status"]), (&json!(70_000), &json!("paused")), "{wallet}");
    // Money still comes in.
    let order = worker.order(&key("in"), 5_000).await?;
    worker.stack.pay(order["razorpay"]["order_id"].as_str().context("no order")?).await?;
    until("it is credited", async || Ok(balance(&worker).await? == 75_000)).await?;
    assert_ne!(status(&waiting).await?, "processed");
    worker.post(&format!("{}/cancel", at(&waiting)), None, json!({})).await?;
    assert_eq!(worker.get("/v1/wallet").await?["held_amount"], 0);

    // Lifting takes a password from the phone; that of another phone, or an old one, does not do.
    let stranger = worker_with(0).await?;
    let seen = phone::messages(&worker.stack, &stranger.phone).await?.len();
    let (_, theirs) = stranger.call(Method::POST, "/v1/panic/lift", None, None).await?;
    let otp = phone::otp(&worker.stack, &stranger.phone, seen).await?;
    let strange = json!({ "challenge_id": theirs["challenge_id"], "otp": otp });
    let (refused, _) = worker.call(Method::POST, "/v1/panic/lift", None, Some(strange)).await?;
    assert!(matches!(refused.as_u16(), 401 | 403), "{refused}");
    assert_eq!(worker.get("/v1/wallet").await?["status"], "paused");
    Ok(())
}

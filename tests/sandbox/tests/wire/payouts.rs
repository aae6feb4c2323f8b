//! RazorpayX.

use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Stage, eventually};

#[tokio::test]
async fn a_payout_is_processed_and_told_step_by_step() -> Result<()> {
    let stage = Stage::set().await?;
    let ask = stage.payout_to("ravi@okaxis", 10_000);
    let payout = stage.pay_out("key-0001", &ask).await?.ok();
    assert_eq!(payout["status"], "processing");
    assert_eq!((&payout["fees"], &payout["tax"]), (&json!(590), &json!(90)));
    assert_eq!(payout["utr"], Value::Null);
    assert_eq!(payout["notes"], json!([]));
    assert_eq!(payout["fund_account"]["contact"]["name"], "Ravi Kumar");

    let id = payout["id"].as_str().context("no id")?;
    let done = stage.payout_is(id, "processed").await?;
    let utr = done["utr"].as_str().context("no utr")?;
    assert!(utr.len() == 12 && utr.bytes().all(|c| c.is_ascii_digit()), "{utr}");
    let initiated = stage.hooks.first("payout.initiated").await?;
    assert_eq!(initiated.entity("payout")["status"], "processing");
    let processed = stage.hooks.first("payout.processed").await?;
    assert!(processed.is_signed_with(&stage.config.razorpayx.webhook_secret));
    let entity = processed.entity("payout");
    assert_eq!(entity["id"], id);
    assert_eq!(entity["notes"]["VPA_HANDLE"], "okaxis", "Razorpay adds notes of its own");
    assert_eq!(entity["status_details"]["reason"], "payout_processed");
    assert_eq!(entity["error"]["code"], "NA");

    let balance = stage.control(Method::GET, "/state/balance", Value::Null).await?.ok();
    assert_eq!(balance["amount"], stage.config.razorpayx.opening_balance - 10_590);
    Ok(())
}

#[tokio::test]
async fn one_key_is_one_payout() -> Result<()> {
    let stage = Stage::set().await?;
    let ask = stage.payout_to("ravi@okaxis", 10_000);
    let (one, two) = tokio::try_join!(stage.pay_out("key-0001", &ask), stage.pay_out("key-0001", &ask))?;
    let (one, two) = (one.ok(), two.ok());
    assert_eq!(one["id"], two["id"]);
    let id = one["id"].as_str().context("no id")?;
    stage.payout_is(id, "processed").await?;
    let latest = stage.pay_out("key-0001", &ask).await?.ok();
    assert_eq!(latest["status"], "processed", "the latest state, not the first answer");

    let other = stage.payout_to("ravi@okaxis", 10_001);
    let body = stage.pay_out("key-0001", &other).await?.refused(400);
    assert_eq!(body["error"]["description"], "Different request body sent for the same Idempotency Header");
    let payouts = stage.items("/state/payouts").await?;
    assert_eq!(payouts.len(), 1);
    assert_eq!(payouts[0]["idempotency_key"], "key-0001");
    assert_eq!(payouts[0]["payee"], "ravi@okaxis");

    let account = &stage.config.razorpayx.account_number;
    let path = format!("/v1/payouts?account_number={account}&reference_id=pout_ref_1");
    let found = stage.x(Method::GET, &path, Value::Null).await?.ok();
    assert_eq!((&found["count"], &found["items"][0]["id"]), (&json!(1), &json!(id)));
    stage.x(Method::GET, "/v1/payouts?reference_id=pout_ref_1", Value::Null).await?.refused(400);
    Ok(())
}

#[tokio::test]
async fn a_payout_without_a_key_is_refused() -> Result<()> {
    let stage = Stage::set().await?;
    let ask = stage.payout_to("ravi@okaxis", 10_000);
    let body = stage.x(Method::POST, "/v1/payouts", ask).await?.refused(400);
    assert_eq!(body["error"]["field"], "X-Payout-Idempotency");
    assert_eq!(body["error"]["reason"], "null", "a null in letters");
    assert_eq!(body["error"]["step"], Value::Null);
    Ok(())
}

#[tokio::test]
async fn a_refused_request_may_be_mended_under_its_key() -> Result<()> {
    let stage = Stage::set().await?;
    let mut ask = stage.payout_to("ravi@okaxis", 10_000);
    ask["mode"] = json!("IMPS");
    stage.pay_out("key-0001", &ask).await?.refused(400);
    ask["mode"] = json!("UPI");
    stage.pay_out("key-0001", &ask).await?.ok();
    Ok(())
}

#[tokio::test]
async fn payees_steer_what_becomes_of_a_payout() -> Result<()> {
    let stage = Stage::set().await?;
    for (vpa, ends, events) in [
        ("fail@ybl", "failed", &["payout.initiated", "payout.failed"][..]),
        ("offline@ybl", "failed", &["payout.initiated", "payout.failed"]),
        ("reverse@ybl", "reversed", &["payout.initiated", "payout.processed", "payout.reversed"]),
        ("slow@ybl", "processed", &["payout.initiated", "payout.processed"]),
        ("reject@ybl", "rejected", &["payout.pending", "payout.rejected"]),
        ("queued@ybl", "queued", &["payout.queued"]),
    ] {
        let ask = stage.payout_to(vpa, 10_000);
        let payout = stage.pay_out(&format!("key {vpa}").replace('@', "-"), &ask).await?.ok();
        let id = payout["id"].as_str().context("no id")?;
        let ended = stage.payout_is(id, ends).await?;
        for event in events {
            eventually(async || {
                let told = stage.hooks.of(event);
                Ok(told.iter().any(|hook| hook.entity("payout")["id"] == id).then_some(()))
            })
            .await
            .with_context(|| format!("{vpa} {event}"))?;
        }
        if ends == "failed" {
            assert_eq!((&ended["fees"], &ended["utr"]), (&json!(0), &Value::Null));
            assert_eq!(ended["status_details"]["source"], "beneficiary_bank");
        }
    }
    // Of all these only the slow one kept the money.
    let balance = stage.control(Method::GET, "/state/balance", Value::Null).await?.ok();
    assert_eq!(balance["amount"], stage.config.razorpayx.opening_balance - 10_590);
    Ok(())
}

#[tokio::test]
async fn only_what_is_queued_can_be_cancelled() -> Result<()> {
    let stage = Stage::set().await?;
    let queued = stage.pay_out("key-0001", &stage.payout_to("queued@ybl", 10_000)).await?.ok();
    let path = format!("/v1/payouts/{}/cancel", queued["id"].as_str().context("no id")?);
    let cancelled = stage.x(Method::POST, &path, Value::Null).await?.ok();
    assert_eq!((&cancelled["status"], &cancelled["utr"]), (&json!("cancelled"), &json!("null")));
    stage.x(Method::POST, &path, Value::Null).await?.refused(400);

    let pending = stage.pay_out("key-0002", &stage.payout_to("pending@ybl", 10_000)).await?.ok();
    let path = format!("/v1/payouts/{}/cancel", pending["id"].as_str().context("no id")?);
    stage.x(Method::POST, &path, Value::Null).await?.refused(400);
    Ok(())
}

#[tokio::test]
async fn the_dashboard_moves_a_payout_along_its_machine() -> Result<()> {
    let stage = Stage::set().await?;
    let payout = stage.pay_out("key-0001", &stage.payout_to("pending@ybl", 10_000)).await?.ok();
    let path = format!("/dashboard/payouts/{}", payout["id"].as_str().context("no id")?);
    stage.control(Method::POST, &path, json!({ "status": "queued" })).await?.refused(409);
    let moved = json!({ "status": "failed", "reason": "gateway_timeout" });
    let failed = stage.control(Method::POST, &path, moved).await?.ok();
    assert_eq!(failed["status_details"]["source"], "gateway");
    stage.control(Method::POST, &path, json!({ "status": "processed" })).await?.refused(409);
    // As it may happen on a current account. The money came back once already.
    stage.control(Method::POST, &path, json!({ "status": "reversed" })).await?.ok();
    let balance = stage.control(Method::GET, "/state/balance", Value::Null).await?.ok();
    assert_eq!(balance["amount"], stage.config.razorpayx.opening_balance);
    Ok(())
}

#[tokio::test]
async fn what_the_balance_does_not_cover_is_refused_or_waits() -> Result<()> {
    let stage = Stage::set_with(|config| config.razorpayx.opening_balance = 10_589).await?;
    let mut ask = stage.payout_to("ravi@okaxis", 10_000);
    let body = stage.pay_out("key-0001", &ask).await?.refused(400);
    assert_eq!(body["error"]["reason"], "insufficient_funds");
    assert!(stage.items("/state/payouts").await?.is_empty());

    ask["queue_if_low_balance"] = json!(true);
    let queued = stage.pay_out("key-0001", &ask).await?.ok();
    assert_eq!(queued["status"], "queued");
    assert_eq!(queued["status_details"]["reason"], "low_balance");
    stage.control(Method::POST, "/dashboard/balance", json!({ "amount": 20_000 })).await?.ok();
    stage.payout_is(queued["id"].as_str().context("no id")?, "processed").await?;

    let account = &stage.config.razorpayx.account_number;
    let path = format!("/v1/transactions?account_number={account}");
    let statement = stage.x(Method::GET, &path, Value::Null).await?.ok();
    assert_eq!(statement["items"][0]["debit"], 10_590);
    assert_eq!(statement["items"][0]["balance"], 9_410);
    assert_eq!(statement["items"][0]["source"]["entity"], "payout");
    let balances = stage.x(Method::GET, "/v1/banking_balances", Value::Null).await?.ok();
    assert_eq!(balances["items"][0]["available_amount"], 9_410);
    Ok(())
}

#[tokio::test]
async fn equal_contacts_and_accounts_are_the_same_one() -> Result<()> {
    let stage = Stage::set().await?;
    let contact = json!({ "name": "Ravi Kumar", "type": "employee", "reference_id": "usr_1" });
    let one = stage.x(Method::POST, "/v1/contacts", contact.clone()).await?;
    assert_eq!(one.status, 201);
    let two = stage.x(Method::POST, "/v1/contacts", contact).await?;
    assert_eq!(two.status, 200);
    assert_eq!(one.body["id"], two.body["id"]);

    let account = json!({
        "contact_id": one.body["id"], "account_type": "bank_account",
        "bank_account": { "name": "Ravi Kumar", "ifsc": "HDFC0000053", "account_number": "765432123456789" },
    });
    let one = stage.x(Method::POST, "/v1/fund_accounts", account.clone()).await?.ok();
    let two = stage.x(Method::POST, "/v1/fund_accounts", account).await?.ok();
    assert_eq!(one["id"], two["id"]);
    assert_eq!(one["bank_account"]["bank_name"], "HDFC Bank");

    let payout = json!({
        "account_number": stage.config.razorpayx.account_number, "fund_account_id": one["id"],
        "amount": 50_000, "currency": "INR", "mode": "IMPS", "purpose": "salary",
    });
    let made = stage.pay_out("key-0001", &payout).await?.ok();
    assert!(made.get("fund_account").is_none(), "only composite answers show it");
    let path = format!("/v1/fund_accounts/{}", one["id"].as_str().context("no id")?);
    stage.x(Method::PATCH, &path, json!({ "active": false })).await?.ok();
    stage.pay_out("key-0002", &payout).await?.refused(400);
    Ok(())
}

#[tokio::test]
async fn a_validation_tells_whose_account_it_is() -> Result<()> {
    let stage = Stage::set().await?;
    let validate = async |vpa: &str| -> Result<String> {
        let ask = json!({
            "source_account_number": stage.config.razorpayx.account_number,
            "reference_id": vpa,
            "fund_account": {
                "account_type": "vpa", "vpa": { "address": vpa },
                "contact": { "name": "Ravi Kumar", "type": "employee" },
            },
        });
        let made = stage.x(Method::POST, "/v1/fund_accounts/validations", ask).await?.ok();
        assert_eq!(made["status"], "created");
        assert_eq!(made["status_details"]["reason"], "validation_request_created");
        Ok(made["id"].as_str().context("no id")?.to_owned())
    };
    for (vpa, event, status, name, score) in [
        ("ravi@ybl", "completed", json!("active"), json!("RAVI KUMAR"), json!(100)),
        ("mismatch@ybl", "completed", json!("active"), json!("LAKSHMI VENKATESAN"), json!(12)),
        ("invalid@ybl", "completed", json!("invalid"), Value::Null, Value::Null),
        ("offline@ybl", "failed", Value::Null, Value::Null, Value::Null),
    ] {
        let id = validate(vpa).await?;
        let event = format!("fund_account.validation.{event}");
        let hook = eventually(async || {
            let told = stage.hooks.of(&event);
            Ok(told.into_iter().find(|it| it.entity("fund_account.validation")["id"] == id.as_str()))
        })
        .await?;
        assert_eq!(hook.body["contains"], json!(["fund_account.validation"]));
        let entity = hook.entity("fund_account.validation");
        assert_eq!(entity["results"]["account_status"], status, "{vpa}");
        assert_eq!(entity["results"]["registered_name"], name, "{vpa}");
        assert_eq!(entity["results"]["name_match_score"], score, "{vpa}");
        assert!(entity.get("validation_results").is_none() && entity.get("status_details").is_none());
        let path = format!("/v1/fund_accounts/validations/{id}");
        let shown = stage.x(Method::GET, &path, Value::Null).await?.ok();
        assert_eq!(shown["validation_results"]["account_status"], status);
    }
    Ok(())
}

//! S1, S20: webhooks that no provider signed, or not for here. Refused, and nothing is kept of them.

use super::nothing_found;
use crate::{
    balance, key, staff,
    webhook::{self, deliver, event_id, payment, payment_event, payment_id, signed},
    worker_with,
};
use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};

const PROVIDERS: [&str; 2] = ["razorpay", "razorpayx"];

/// What SHA-256 adds to a message of this length: extending a hash needs it in the text.
fn padding(length: usize) -> Vec<u8> {
    let mut padding = vec![0x80];
    padding.resize(1 + (119 - length % 64) % 64, 0);
    padding.extend((length as u64 * 8).to_be_bytes());
    padding
}

#[tokio::test]
async fn s1_s20_a_webhook_that_nobody_signed_for_here_is_refused_and_not_kept() -> Result<()> {
    let (worker, admin) = (worker_with(0).await?, staff().await?);
    let stack = &worker.stack;
    let order = worker.order(&key("order"), 66_000).await?;
    let order = order["razorpay"]["order_id"].as_str().context("no order")?.to_owned();
    let event = payment_event("payment.captured", &payment(&payment_id(), &order, 66_000, "captured"));
    let body = event.to_string();
    let (mut findings, mut tried) = (Vec::new(), 0);
    for provider in PROVIDERS {
        let right = signed(provider, body.as_bytes())?;
        let secret = webhook::secret(provider)?;
        let pretty = serde_json::to_string_pretty(&event)?;
        let mut resorted = body.replacen("\"entity\":\"event\",", "", 1);
        resorted.insert_str(resorted.len() - 1, ",\"entity\":\"event\"");
        let escaped = body.replace("payment.captured", "payment\\u002ecaptured");
        let other = PROVIDERS.into_iter().find(|other| *other != provider).context("no other")?;
        let extended = [body.as_bytes(), &padding(secret.len() + 64 + body.len()), b"}"].concat();
        let of = |secret: &str| sandbox::signing::hmac_sha256_hex(secret, body.as_bytes());
        let plain = |bytes: &[u8]| hex::encode(Sha256::digest(bytes));
        let bytes = body.as_bytes();
        let attempts: Vec<(&str, Vec<u8>, String)> = vec![
            ("nothing", bytes.to_vec(), String::new()),
            ("zeros", bytes.to_vec(), "0".repeat(64)),
            ("upper case", bytes.to_vec(), right.to_uppercase()),
            ("63 digits", bytes.to_vec(), right[..63].to_owned()),
            ("66 digits", bytes.to_vec(), format!("{right}00")),
            ("twice", bytes.to_vec(), format!("{right},{right}")),
            ("a prefix", bytes.to_vec(), format!("sha256={right}")),
            ("base64", bytes.to_vec(), base64::Engine::encode(&base64::engine::general_purpose::STANDARD, hex::decode(&right)?)),
            ("one digit changed", bytes.to_vec(), format!("{}{}", if right.starts_with('0') { '1' } else { '0' }, &right[1..])),
            ("no secret", bytes.to_vec(), of("")),
            ("another secret", bytes.to_vec(), of("whsec_test_0123456789")),
            ("the secret with a space", bytes.to_vec(), of(&format!("{secret} "))),
            ("the other provider's secret (S20)", bytes.to_vec(), of(&webhook::secret(other)?)),
            ("a hash of secret and body", bytes.to_vec(), plain(&[secret.as_bytes(), bytes].concat())),
            ("a hash of body and secret", bytes.to_vec(), plain(&[bytes, secret.as_bytes()].concat())),
            ("the amount raised", body.replace("66000", "99000").into_bytes(), right.clone()),
            ("a space more", format!("{body} ").into_bytes(), right.clone()),
            ("a line end more", format!("{body}\n").into_bytes(), right.clone()),
            ("a byte less", bytes[..bytes.len() - 1].to_vec(), right.clone()),
            ("serialised anew, with spaces", pretty.into_bytes(), right.clone()),
            ("serialised anew, in another order", resorted.into_bytes(), right.clone()),
            ("serialised anew, with escapes", escaped.into_bytes(), right.clone()),
            ("extended by its hash's padding", extended, right.clone()),
            ("no body", Vec::new(), right.clone()),
            ("the signature of no body", bytes.to_vec(), signed(provider, b"")?),
        ];
        for (what, body, signature) in attempts {
            let event = event_id("forged");
            let status = deliver(stack, provider, body, &signature, &event).await?;
            let (kept, _) = admin.call(Method::GET, &format!("/v1/ops/webhooks/{provider}:{event}"), None, None).await?;
            tried += 1;
            if status != 401 || kept != 404 {
                findings.push(format!("{provider}, {what}: answered {status}, and looking for it {kept}"));
            }
        }
        let unsigned = stack.http.post(format!("{}/webhooks/{provider}", stack.api_url)).body(body.clone()).send().await?;
        assert_eq!(unsigned.status(), 401, "{provider} without the header");
        // Signed rightly for the other provider, and sent here as it is.
        let crossed = deliver(stack, provider, body.clone(), &signed(other, body.as_bytes())?, &event_id("crossed")).await?;
        assert_eq!(crossed, 401, "{provider}");
        let huge = vec![b' '; 257 * 1024];
        let status = deliver(stack, provider, huge.clone(), &signed(provider, &huge)?, &event_id("huge")).await?;
        assert_eq!(status, 413, "{provider}: a body of 257 KiB");
    }
    nothing_found(&findings);
    assert_eq!(tried, 50);
    // Nothing came in under any other id either.
    let newest = admin.get("/v1/ops/webhooks?limit=100").await?;
    let hash = hex::encode(Sha256::digest(&body));
    assert!(newest["items"].as_array().is_some_and(|kept| kept.iter().all(|kept| kept["body_sha256"] != hash)), "{newest}");
    assert_eq!(balance(&worker).await?, 0);
    // The same body with its own signature is good: it was refused for nothing else.
    let event = event_id("real");
    assert_eq!(deliver(stack, "razorpay", body.clone(), &signed("razorpay", body.as_bytes())?, &event).await?, 200);
    webhook::work_on(stack, "razorpay", &event).await?;
    assert_eq!(balance(&worker).await?, 66_000);
    // And sent again, under ids of the sender's own making, it does nothing more (replay).
    for id in [event.as_str(), "replayed-1", "a#b", "../../x", "%00", "evt é", &"e".repeat(500), ""] {
        let request = stack.http.post(format!("{}/webhooks/razorpay", stack.api_url));
        let request = request.header("x-razorpay-signature", signed("razorpay", body.as_bytes())?);
        let answer = request.header("x-razorpay-event-id", id.as_bytes()).body(body.clone()).send().await?;
        assert_eq!(answer.status(), 200, "{id}");
    }
    let found = admin.get(&format!("/v1/ops/webhooks/razorpay:sha256_{hash}")).await?;
    let found: &Value = &found["id"];
    assert_eq!(found, &format!("razorpay:sha256_{hash}"), "an id that is none is replaced by the body's hash");
    webhook::work_on(stack, "razorpay", &format!("sha256_{hash}")).await?;
    assert_eq!(balance(&worker).await?, 66_000);
    Ok(())
}

//! S10, S11: guessing one-time passwords, finding out who is here, and getting round limits.

use super::{ask, nothing_found, send, send_raw};
use crate::{key, stack, worker_with};
use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{phone, stack::Stack};

async fn challenge(stack: &Stack, phone: &str) -> Result<super::Answer> {
    send(ask(stack, Method::POST, "/v1/auth/otp", None).json(&json!({ "phone": phone }))).await
}

async fn guess(stack: &Stack, challenge: &str, otp: &str) -> Result<super::Answer> {
    send(ask(stack, Method::POST, "/v1/auth/token", None).json(&json!({ "challenge_id": challenge, "otp": otp }))).await
}

fn other_than(otp: &str, n: usize) -> String {
    let code: usize = otp.parse().unwrap_or_default();
    format!("{:06}", (code + 1 + n) % 1_000_000)
}

#[tokio::test]
async fn s10_five_guesses_are_all_one_after_another_or_at_once() -> Result<()> {
    let stack = stack()?;
    for at_once in [false, true] {
        let phone = phone::fresh();
        let asked = challenge(&stack, &phone).await?;
        let id = asked.body["challenge_id"].as_str().context("no challenge")?.to_owned();
        let otp = phone::otp(&stack, &phone, 0).await?;
        let wrong: Vec<String> = (0..if at_once { 40 } else { 5 }).map(|n| other_than(&otp, n)).collect();
        let mut told = Vec::new();
        if at_once {
            told = super::all(wrong.iter().map(|otp| guess(&stack, &id, otp))).await?;
        } else {
            for otp in &wrong {
                told.push(guess(&stack, &id, otp).await?);
            }
        }
        told.push(guess(&stack, &id, &otp).await?);
        // The right one comes too late, and is answered as a wrong one.
        let first = told[0].told();
        assert_eq!((first.0, first.1["code"].as_str()), (401, Some("otp_invalid")));
        assert!(told.iter().all(|answer| answer.told() == first), "answers differ: {told:?}");
    }
    Ok(())
}

#[tokio::test]
async fn s10_a_one_time_password_is_good_once_for_its_own_purpose_and_challenge() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let phone = phone::fresh();
    let (first, second) = (challenge(&stack, &phone).await?, challenge(&stack, &phone).await?);
    let id = |answer: &super::Answer| answer.body["challenge_id"].as_str().unwrap_or_default().to_owned();
    let codes = async || {
        let inbox = phone::messages(&stack, &phone).await?;
        Ok::<_, anyhow::Error>(inbox.len())
    };
    crate::until("both have come", async || Ok(codes().await? >= 2)).await?;
    let otp = phone::otp(&stack, &phone, 0).await?;
    // It belongs to one of the two; to the other it is a wrong guess.
    let answers = [guess(&stack, &id(&first), &otp).await?.status, guess(&stack, &id(&second), &otp).await?.status];
    assert!(answers == [200, 401] || answers == [401, 200], "{answers:?}");
    let good = if answers[0] == 200 { id(&first) } else { id(&second) };
    assert_eq!(guess(&stack, &good, &otp).await?.status, 401, "a second time");

    worker.post("/v1/panic", None, json!({})).await?;
    let seen = phone::messages(&stack, &worker.phone).await?.len();
    let asked = challenge(&stack, &worker.phone).await?;
    let otp = phone::otp(&stack, &worker.phone, seen).await?;
    let lifting = json!({ "challenge_id": id(&asked), "otp": otp });
    let (status, _) = worker.call(Method::POST, "/v1/panic/lift", None, Some(lifting)).await?;
    assert_eq!(status, 401, "one for a log-in lifts no panic");
    assert_eq!(worker.get("/v1/wallet").await?["status"], "paused");
    for odd in
        [format!("{otp} "), format!(" {otp}"), format!("+{otp}"), otp[..5].to_owned(), format!("{otp}0"), String::new(), "०००००१".into()]
    {
        assert_eq!(guess(&stack, &id(&asked), &odd).await?.status, 401, "{odd:?}");
    }
    Ok(())
}

/// Nobody learns from an answer who has a wallet here.
#[tokio::test]
async fn s10_known_and_unknown_phones_are_answered_alike() -> Result<()> {
    let (stack, known) = (stack()?, worker_with(0).await?);
    let shape = |answer: &super::Answer| {
        let mut body = answer.body.clone();
        body["challenge_id"] = json!(body["challenge_id"].as_str().map(str::len));
        (answer.status, body)
    };
    let (one, other) = (challenge(&stack, &known.phone).await?, challenge(&stack, &phone::fresh()).await?);
    assert_eq!(shape(&one), shape(&other));
    let real = one.body["challenge_id"].as_str().context("no challenge")?.to_owned();
    let strange = other.body["challenge_id"].as_str().context("no challenge")?.to_owned();
    let absent = format!("{}00000000", &real[..real.len() - 8]);
    let mut told = Vec::new();
    for id in [real.as_str(), strange.as_str(), absent.as_str(), "", "chal_", "x"] {
        told.push(guess(&stack, id, "abcdef").await?.told());
    }
    assert!(told.iter().all(|answer| *answer == told[0]), "{told:?}");
    let session = known.refresh_token.split('.').next().context("no session")?;
    let mut told = Vec::new();
    for token in [format!("{session}0.00"), "ses_01JZ8M3V9C5T7Q2K4N6P8R0S1T.00".into(), "x".into(), String::new()] {
        told.push(send(ask(&stack, Method::POST, "/v1/auth/refresh", None).json(&json!({ "refresh_token": token }))).await?.told());
    }
    assert!(told.iter().all(|answer| *answer == told[0]), "{told:?}");
    Ok(())
}

/// S11: what is counted is counted by who is signed in, whatever they write into their headers.
#[tokio::test]
async fn s11_a_limit_holds_whatever_the_headers_and_the_path_look_like() -> Result<()> {
    let (worker, calm) = (worker_with(0).await?, worker_with(0).await?);
    let names =
        ["x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip", "true-client-ip", "x-client-ip", "x-user-id", "x-amzn-trace-id"];
    let asked = (0..130_usize).map(async |n| {
        let spoofed = format!("203.0.113.{}", n % 250);
        let request = ask(&worker.stack, Method::POST, "/v1/realtime/tickets", Some(&worker.token));
        send(request.header(names[n % names.len()], spoofed).header("user-agent", format!("app/{n}"))).await
    });
    let answers = super::all(asked).await?;
    let (given, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    // Sixty a minute; a minute may turn while they are asked for.
    assert!(given.len() <= 120 && refused.len() >= 10, "{} were given", given.len());
    assert!(
        refused.iter().all(|answer| answer.status == 429 && answer.flaw().is_none() && answer.body["retryable"] == true),
        "{refused:?}"
    );
    assert_eq!(send(ask(&calm.stack, Method::POST, "/v1/realtime/tickets", Some(&calm.token))).await?.status, 201, "somebody else's limit");

    let authorization = format!("Bearer {}", worker.token);
    let variants = [
        "/v1/realtime/tickets/",
        "/V1/REALTIME/TICKETS",
        "//v1/realtime/tickets",
        "/v1//realtime/tickets",
        "/v1/realtime/./tickets",
        "/v1/realtime/tickets%2f",
        "/v1/realtime/tickets%00",
        "/v1/payouts/../realtime/tickets",
        "/v1/realtime/tickets;x=1",
        "/v1/realtime/ticket%73",
        "/v1/realtime/tickets?x=1",
        "/v1/realtime/tickets#x",
        "/%76%31/realtime/tickets",
        "/v1/realtime\\tickets",
    ];
    let mut findings = Vec::new();
    for path in variants {
        let headers: [(&str, &[u8]); 3] =
            [("authorization", authorization.as_bytes()), ("x-original-url", b"/health"), ("x-http-method-override", b"GET")];
        let answer = send_raw(&worker.stack, "POST", path, &headers, b"").await?;
        if answer.status < 400 || answer.status >= 500 {
            findings.push(format!("{path}: {} {}", answer.status, answer.text));
        }
    }
    // Nor does a path in other letters open what the table closes.
    for path in [
        "/V1/ops/ledger",
        "/v1/OPS/ledger",
        "/v1/ops/ledger/",
        "//v1/ops/ledger",
        "/v1/wallet/../ops/ledger",
        "/v1/ops%2fledger",
        "/v1/ops/./ledger",
    ] {
        let answer = send_raw(&worker.stack, "GET", path, &[("authorization", authorization.as_bytes())], b"").await?;
        if answer.status < 400 || answer.status >= 500 {
            findings.push(format!("{path}: {} {}", answer.status, answer.text));
        }
    }
    nothing_found(&findings);
    Ok(())
}

/// S11: a limit on money is of the account, not of the connection, the device or the key.
#[tokio::test]
async fn s11_f30_of_ten_transfers_of_a_third_of_the_days_limit_at_once_three_succeed() -> Result<()> {
    let worker = worker_with(10_000_000).await?;
    let (ravi, meena) = (worker_with(0).await?, worker_with(0).await?);
    for _ in 0..2 {
        let order = worker.order(&key("more"), 10_000_000).await?;
        worker.stack.pay(order["razorpay"]["order_id"].as_str().context("no order")?).await?;
    }
    crate::until("all of it is there", async || Ok(crate::balance(&worker).await? == 30_000_000)).await?;
    let again = tests::worker::Worker::log_in(&worker.stack, &worker.phone).await?;
    let asked = (0..10_usize).map(async |n| {
        let (device, friend) = (if n % 2 == 0 { &worker } else { &again }, if n < 5 { &ravi } else { &meena });
        let to = json!({ "to": { "type": "user", "user_id": friend.user_id }, "amount": 3_000_000, "currency": "INR" });
        device.call(Method::POST, "/v1/transfers", Some(&format!("{}-{n}", key("third"))), Some(to)).await
    });
    let answers = futures::future::join_all(asked).await.into_iter().collect::<Result<Vec<_>>>()?;
    let made = answers.iter().filter(|(status, _)| *status == 201).count();
    assert_eq!(made, 3, "{answers:?}");
    for (status, problem) in answers.iter().filter(|(status, _)| *status != 201) {
        assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("limit_exceeded")), "{problem}");
        assert!(problem["resets_at"].is_string() && problem["limit"] != Value::Null, "{problem}");
    }
    let told = worker.get("/v1/notifications").await?;
    let told = told["items"].as_array().into_iter().flatten().filter(|item| item["event"] == "limit.exceeded");
    assert_eq!(told.map(|item| &item["data"]["status"]).collect::<Vec<_>>(), ["transfer_day"], "once, however often it is tried");
    assert_eq!(crate::balance(&worker).await?, 21_000_000);
    assert_eq!(crate::balance(&ravi).await? + crate::balance(&meena).await?, 9_000_000);
    Ok(())
}

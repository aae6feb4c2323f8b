//! Money in by PhonePe: S1, S2, S20, F1, F2, F4, F17 and F18 on its two kinds of webhooks. What it says when it is
//! asked is believed, and nothing that comes by itself.

use crate::{balance, key, stack, staff, until, webhook::work_on, worker_with};
use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{stack::Stack, worker::Worker};

/// What webhooks are signed with, or show.
struct Secrets {
    key_id: String,
    secret: String,
    /// The header of those that are not signed: the same above every body.
    login: String,
}

fn secrets() -> Result<Secrets> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/stack.json"))?;
    let stack: Value = serde_json::from_str(&text)?;
    let of =
        |secret: &str, part: &str| stack["webhook_secrets"][secret][part].as_str().map(str::to_owned).context("no secret of PhonePe's");
    let login = format!("{}:{}", of("phonepe_login", "username")?, of("phonepe_login", "password")?);
    Ok(Secrets { key_id: of("phonepe_key", "id")?, secret: of("phonepe_key", "secret")?, login: hex::encode(Sha256::digest(login)) })
}

impl Secrets {
    fn signature(&self, body: &str) -> String {
        sandbox::signing::hmac_sha256_hex(&self.secret, body.as_bytes())
    }

    fn signed(&self, body: &str) -> Vec<(&'static str, String)> {
        vec![("x-phonepe-checksum-key-id", self.key_id.clone()), ("x-phonepe-checksum-signature", self.signature(body))]
    }

    fn shown(&self) -> Vec<(&'static str, String)> {
        vec![("authorization", self.login.clone())]
    }
}

pub struct Order {
    ours: String,
    theirs: String,
}

pub async fn order_of(worker: &Worker, amount: i64) -> Result<Order> {
    let asked = json!({ "provider": "phonepe", "amount": amount, "currency": "INR" });
    let order = worker.post("/v1/payments/orders", Some(&key("order")), asked).await?;
    assert_eq!((&order["provider"], &order["razorpay"]), (&json!("phonepe"), &Value::Null), "{order}");
    assert!(order["phonepe"]["page_url"].as_str().is_some_and(|url| url.contains("/phonepe/page/")), "{order}");
    let text = |value: &Value| value.as_str().map(str::to_owned).context("no order");
    Ok(Order { ours: text(&order["id"])?, theirs: text(&order["phonepe"]["order_id"])? })
}

fn told(order: &Order, state: &str, amount: i64) -> String {
    let name = if state == "FAILED" { "checkout.order.failed" } else { "checkout.order.completed" };
    json!({ "event": name, "payload": { "merchantOrderId": order.ours, "orderId": order.theirs, "state": state, "amount": amount,
        "paymentDetails": [{ "transactionId": "OM1", "state": state, "amount": amount, "rail": { "type": "UPI", "utr": "1" } }] } })
    .to_string()
}

async fn deliver(stack: &Stack, body: &str, headers: &[(&'static str, String)]) -> Result<u16> {
    for _ in 0..5 {
        let request = stack.http.post(format!("{}/webhooks/phonepe", stack.api_url)).header("content-type", "application/json");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        let answer = request.body(body.to_owned()).send().await?;
        let status = answer.status();
        // Another journey ends workers; what a handler of ours answers has a code, and counts.
        if !status.is_server_error() || answer.text().await?.contains("\"code\"") {
            return Ok(status.as_u16());
        }
    }
    anyhow::bail!("nobody answers /webhooks/phonepe")
}

/// The event id that a webhook of this order is kept under.
fn event_of(order: &Order, state: &str) -> String {
    let name = if state == "FAILED" { "checkout.order.failed" } else { "checkout.order.completed" };
    hex::encode(Sha256::digest(format!("{name} {} {} {state}", order.ours, order.theirs)))
}

async fn fault(stack: &Stack, fault: Value) -> Result<()> {
    stack.post(format!("{}/faults", stack.sandbox_url), fault).await.map(|_| ())
}

/// A customer pays; PhonePe's own webhook is lost unless it is wanted.
pub async fn customer_pays(stack: &Stack, order: &Order, told: bool) -> Result<Value> {
    if !told {
        fault(stack, json!({ "provider": "phonepe", "fault": "drop_webhooks", "about": order.ours })).await?;
    }
    stack.post(format!("{}/customer/phonepe/pay", stack.sandbox_url), json!({ "order_id": order.theirs })).await
}

async fn status(worker: &Worker, order: &Order) -> Result<Value> {
    Ok(worker.get(&format!("/v1/payments/{}", order.ours)).await?["status"].clone())
}

#[tokio::test]
async fn an_order_that_is_paid_is_credited_and_can_be_given_back() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let order = order_of(&worker, 70_000).await?;
    let again = json!({ "provider": "razorpay", "amount": 70_000, "currency": "INR" });
    let other = worker.post("/v1/payments/orders", Some(&key("order")), again).await?;
    assert!(other["razorpay"]["order_id"].is_string() && other["phonepe"].is_null(), "{other}");
    customer_pays(&stack, &order, true).await?;
    until("it is credited", async || Ok(balance(&worker).await? == 70_000)).await?;
    let path = format!("/v1/payments/{}/refunds", order.ours);
    let refund = worker.post(&path, Some(&key("refund")), json!({ "amount": 20_000 })).await?;
    let path = format!("/v1/refunds/{}", refund["id"].as_str().context("no refund")?);
    until("it is processed", async || Ok(worker.get(&path).await?["status"] == "processed")).await?;
    assert_eq!(balance(&worker).await?, 50_000);
    Ok(())
}

/// S2: whoever has seen the header once can write any body.
#[tokio::test]
async fn s2_a_forged_body_under_the_constant_header_credits_nothing() -> Result<()> {
    let (stack, worker, secrets) = (stack()?, worker_with(0).await?, secrets()?);
    let order = order_of(&worker, 66_000).await?;
    let body = told(&order, "COMPLETED", 66_000);
    assert_eq!(deliver(&stack, &body, &secrets.shown()).await?, 200, "the header is right");
    work_on(&stack, "phonepe", &event_of(&order, "COMPLETED")).await?;
    assert_eq!((balance(&worker).await?, status(&worker, &order).await?), (0, json!("created")));
    // Nor does one end an order that can still be paid.
    assert_eq!(deliver(&stack, &told(&order, "FAILED", 66_000), &secrets.shown()).await?, 200);
    work_on(&stack, "phonepe", &event_of(&order, "FAILED")).await?;
    assert_eq!(status(&worker, &order).await?, json!("created"));
    // Of an order that was paid, the amount is PhonePe's and not the webhook's.
    customer_pays(&stack, &order, false).await?;
    assert_eq!(deliver(&stack, &told(&order, "COMPLETED", 9_966_000), &secrets.shown()).await?, 200);
    until("it is credited", async || Ok(balance(&worker).await? == 66_000)).await?;
    // Of an order that nobody has, nothing is made.
    let nobodys = Order { ours: "LINK-000000000000".to_owned(), theirs: "OMO0".to_owned() };
    assert_eq!(deliver(&stack, &told(&nobodys, "COMPLETED", 100), &secrets.shown()).await?, 200);
    let path = format!("/v1/ops/webhooks/phonepe:{}", event_of(&nobodys, "COMPLETED"));
    let admin = staff().await?;
    until("it is ignored", async || Ok(admin.get(&path).await?["status"] == "ignored")).await
}

/// S1, S20.
#[tokio::test]
async fn s1_a_webhook_that_nobody_signed_is_refused_and_not_kept() -> Result<()> {
    let (stack, worker, secrets, admin) = (stack()?, worker_with(0).await?, secrets()?, staff().await?);
    let order = order_of(&worker, 55_000).await?;
    let body = told(&order, "COMPLETED", 55_000);
    let right = secrets.signature(&body);
    let signed = |signature: &str| {
        vec![("x-phonepe-checksum-key-id", secrets.key_id.clone()), ("x-phonepe-checksum-signature", signature.to_owned())]
    };
    let of = |secret: &str| sandbox::signing::hmac_sha256_hex(secret, body.as_bytes());
    let login = |text: &str| vec![("authorization", text.to_owned())];
    let raised = body.replacen("55000", "95000", 1);
    let razorpays = sandbox::signing::hmac_sha256_hex(crate::webhook::secret("razorpay")?, body.as_bytes());
    let mut other_key = secrets.signed(&body);
    other_key[0].1.push('x');
    let mut both = signed(&"0".repeat(64));
    both.extend(secrets.shown());
    for (what, body, headers) in [
        ("nothing", &body, Vec::new()),
        ("zeros", &body, signed(&"0".repeat(64))),
        ("upper case", &body, signed(&right.to_uppercase())),
        ("63 digits", &body, signed(&right[..63])),
        ("another secret", &body, signed(&of("whsec_test_0123456789"))),
        ("no secret", &body, signed(&of(""))),
        ("another key's id", &body, other_key),
        ("Razorpay's signature", &body, vec![("x-razorpay-signature", razorpays.clone())]),
        ("Razorpay's secret (S20)", &body, signed(&razorpays)),
        ("the amount raised", &raised, secrets.signed(&body)),
        ("a space more", &format!("{body} "), secrets.signed(&body)),
        ("no body", &String::new(), secrets.signed(&body)),
        ("a wrong signature beside the right header", &body, both),
        ("the header's hash in upper case", &body, login(&secrets.login.to_uppercase())),
        ("a header of zeros", &body, login(&"0".repeat(64))),
        ("user and password as they are", &body, login("Basic a2FtYWk6a2FtYWk=")),
        ("a bearer", &body, login(&format!("Bearer {}", worker.token))),
    ] {
        assert_eq!(deliver(&stack, body, &headers).await?, 401, "{what}");
    }
    let (kept, _) = admin.call(Method::GET, &format!("/v1/ops/webhooks/phonepe:{}", event_of(&order, "COMPLETED")), None, None).await?;
    assert_eq!((kept.as_u16(), balance(&worker).await?), (404, 0));
    // The same body is good with its own signature, in hex or in base64: it was refused for nothing else.
    customer_pays(&stack, &order, false).await?;
    assert_eq!(deliver(&stack, &body, &signed(&STANDARD.encode(hex::decode(&right)?))).await?, 200);
    assert_eq!(deliver(&stack, &body, &secrets.signed(&body)).await?, 200);
    until("it is credited", async || Ok(balance(&worker).await? == 55_000)).await
}

/// F1, F2: by both kinds of webhooks, ten times at once, under bodies that differ; and by the reconciler.
#[tokio::test]
async fn f1_f2_a_payment_heard_of_in_every_way_is_one_credit() -> Result<()> {
    let (stack, worker, secrets) = (stack()?, worker_with(0).await?, secrets()?);
    let order = order_of(&worker, 73_000).await?;
    customer_pays(&stack, &order, true).await?;
    let bodies: Vec<String> = (0..10).map(|more| told(&order, "COMPLETED", 73_000 + more % 3)).collect();
    let deliveries = bodies.iter().enumerate().map(async |(number, body)| {
        let headers = if number % 2 == 0 { secrets.signed(body) } else { secrets.shown() };
        deliver(&stack, body, &headers).await
    });
    let (statuses, reconciled) = futures::join!(join_all(deliveries), stack.invoke("schedules-reconcile-payments"));
    reconciled?;
    let statuses = statuses.into_iter().collect::<Result<Vec<_>>>()?;
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    until("it is credited", async || Ok(balance(&worker).await? == 73_000)).await?;
    for _ in 0..3 {
        work_on(&stack, "phonepe", &event_of(&order, "COMPLETED")).await?;
    }
    let statement = worker.get("/v1/wallet/statement?limit=100").await?;
    assert_eq!(statement["items"].as_array().map(Vec::len), Some(1), "{statement}");
    Ok(())
}

/// F4, F17: PhonePe makes the order and its answer is lost; the customer pays before we know of it.
#[tokio::test]
async fn f4_f17_an_order_whose_answer_was_lost_is_credited_and_can_still_be_asked_for() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let (once, amount) = (key("lost"), 61_000 + i64::from(std::process::id() % 900));
    let lost = json!({ "provider": "phonepe", "fault": "error_5xx_after_success", "path": "/phonepe/checkout/v2/pay", "times": 1,
        "about": format!("\"amount\":{amount}") });
    fault(&stack, lost).await?;
    let asked = json!({ "provider": "phonepe", "amount": amount, "currency": "INR" });
    let (refused, _) = worker.call(Method::POST, "/v1/payments/orders", Some(&once), Some(asked.clone())).await?;
    assert_eq!(refused, 503);
    let id = worker.get("/v1/payments").await?["items"][0]["id"].as_str().context("no payment")?.to_owned();
    stack.post(format!("{}/customer/phonepe/pay", stack.sandbox_url), json!({ "order_id": id })).await?;
    until("it is credited", async || Ok(balance(&worker).await? == amount)).await?;
    let again = worker.post("/v1/payments/orders", Some(&once), asked).await?;
    assert_eq!(again["id"], json!(id));
    assert_eq!(worker.get("/v1/payments").await?["items"].as_array().map(Vec::len), Some(1), "one order, and no second");
    Ok(())
}

#[tokio::test]
async fn a_payment_of_another_amount_or_of_nobodys_is_looked_at_by_somebody() -> Result<()> {
    let (stack, worker, admin) = (stack()?, worker_with(0).await?, staff().await?);
    let order = order_of(&worker, 40_000).await?;
    stack.post(format!("{}/customer/phonepe/pay", stack.sandbox_url), json!({ "order_id": order.theirs, "amount": 4_000 })).await?;
    let nobodys = stack.post(format!("{}/customer/phonepe/pay-without-order", stack.sandbox_url), json!({ "amount": 5_100 })).await?;
    for (order, amount) in [(order.theirs.as_str(), 4_000), (nobodys["order_id"].as_str().context("no order")?, 5_100)] {
        until("it is in suspense", async || {
            let open = admin.get("/v1/ops/suspense").await?;
            let kept = open["items"].as_array().into_iter().flatten().find(|item| item["provider_id"] == order).cloned();
            Ok(kept.is_some_and(|kept| kept["provider"] == "phonepe" && kept["amount"] == amount))
        })
        .await?;
    }
    assert_eq!(balance(&worker).await?, 0);
    Ok(())
}

#[tokio::test]
async fn an_order_opens_upi_apps_until_it_is_paid() -> Result<()> {
    let (stack, worker) = (stack()?, worker_with(0).await?);
    let order = order_of(&worker, 24_950).await?;
    let path = format!("/v1/payments/{}/upi", order.ours);
    let ways = worker.get(&path).await?;
    let link = ways["link"].as_str().context("no link")?;
    let read = upi::Link::parse(link)?;
    assert_eq!((read.amount_paise, read.reference), (Some(24_950), Some(order.ours.replace('_', ""))));
    assert!(link.contains("&am=249.50&cu=INR"), "{link}");
    assert_eq!(ways["apps"][0]["android_package"], "com.google.android.apps.nbu.paisa.user");
    assert!(ways["qr_svg"].as_str().is_some_and(|svg| svg.starts_with("<svg ")));
    customer_pays(&stack, &order, true).await?;
    until("it is credited", async || Ok(balance(&worker).await? == 24_950)).await?;
    let (status, problem) = worker.call(Method::GET, &path, None, None).await?;
    assert_eq!((status.as_u16(), &problem["code"]), (409, &json!("already_paid")));
    Ok(())
}

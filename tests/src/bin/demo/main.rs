//! The main job, from a customer's payment to cash in the worker's bank, as a timeline.
//!
//! Every line is something that was seen to happen; the first that is not ends the demo with 1.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{path::Path, time::Instant};
use tests::{phone, socket::Feed, stack::Stack, worker::Worker};

struct Timeline {
    began: Instant,
    last: Instant,
}

impl Timeline {
    /// One line: when, how long since the line before, and what was seen.
    fn seen(&mut self, who: &str, what: impl AsRef<str>) {
        let now = Instant::now();
        println!(
            "  {:>7.3} s  {:>6} ms  {:<9} {}",
            now.duration_since(self.began).as_secs_f64(),
            now.duration_since(self.last).as_millis(),
            who,
            what.as_ref()
        );
        self.last = now;
    }
}

fn rupees(value: &Value) -> String {
    domain::money::Rupees(value.as_i64().unwrap_or_default()).to_string()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

fn key(name: &str) -> String {
    format!("demo-{name}-{}", phone::fresh())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let stack = Stack::open(Path::new(".local/stack.json"))?;
    let mut time = Timeline { began: Instant::now(), last: Instant::now() };
    println!("\n     when       hop  who       what");

    let asha = Worker::log_in_patiently(&stack, &phone::fresh()).await?;
    time.seen("Asha", "logs in with the one-time password that her phone received");
    let ravi = Worker::log_in_patiently(&stack, &phone::fresh()).await?;
    time.seen("Ravi", "logs in");
    let mut feed = Feed::open(&asha, 0).await?;
    time.seen("socket", "opened with a single-use ticket; it shows every fact of Asha's money");

    money_in(&stack, &asha, &mut feed, &mut time).await?;
    survive_a_cut(&stack, &asha, &mut feed, &mut time).await?;
    to_a_friend(&asha, &ravi, &mut feed, &mut time).await?;
    money_out(&asha, &mut feed, &mut time).await?;
    another_device(&stack, &asha, &mut feed, &mut time).await?;
    a_warning(&stack, &asha, &mut time).await?;
    a_word_with(&asha, &ravi, &mut time).await?;
    heard_again(&stack, &asha, &mut time).await?;
    balanced(&stack, &mut time).await?;

    println!("\nEverything was seen to happen. The stack goes on running:");
    println!("  API        {}", stack.api_url);
    println!("  OpenAPI    {}/openapi.json", stack.api_url);
    println!("  socket     {}?ticket=…", stack.ws_url);
    println!("  sandbox    {}   (phones, payments, faults)", stack.sandbox_url);
    println!("  end it with ./scripts/down\n");
    Ok(())
}

async fn money_in(stack: &Stack, asha: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<()> {
    let order = asha.order(&key("order"), 150_000).await?;
    time.seen("Asha", format!("asks a customer for {}: {}", rupees(&order["amount"]), text(&order["razorpay"]["order_id"])));
    stack.pay(order["razorpay"]["order_id"].as_str().context("no order id")?).await?;
    time.seen("customer", "pays by UPI; Razorpay signs webhooks to us");
    let fact = feed.until("payment.captured").await?;
    time.seen("socket", format!("payment.captured: {} available", rupees(&fact["data"]["available_amount"])));
    ensure!(fact["data"]["balance_amount"] == 150_000, "the wallet was not credited: {fact}");
    Ok(())
}

async fn survive_a_cut(stack: &Stack, asha: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<()> {
    feed.cut().await;
    time.seen("socket", "is cut, as after ten idle minutes, two hours, or in a tunnel");
    let order = asha.order(&key("order"), 50_000).await?;
    stack.pay(order["razorpay"]["order_id"].as_str().context("no order id")?).await?;
    time.seen("customer", "pays another ₹500.00 meanwhile");
    let without = poll(asha, feed.seq, "payment.captured").await?;
    time.seen("poll", format!("shows it without a socket: {} available", rupees(&without["data"]["available_amount"])));
    let fact = feed.until("payment.captured").await?;
    time.seen("socket", format!("reconnects and resumes: payment.captured, {} available", rupees(&fact["data"]["available_amount"])));
    ensure!(fact["data"]["balance_amount"] == 200_000, "the resumed feed is wrong: {fact}");
    ensure!(fact["id"] == without["id"], "the poll showed another event: {without}");
    Ok(())
}

/// Reads the feed by long polls until an event comes.
async fn poll(asha: &Worker, mut seq: u64, event: &str) -> Result<Value> {
    for _ in 0..10 {
        let answer = asha.get(&format!("/v1/events?after_seq={seq}&wait=15")).await?;
        let found = answer["items"].as_array().into_iter().flatten().find(|item| item["event"] == event);
        if let Some(found) = found {
            return Ok(found.clone());
        }
        seq = answer["seq"].as_u64().unwrap_or(seq);
    }
    anyhow::bail!("no poll showed {event}")
}

async fn to_a_friend(asha: &Worker, ravi: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<()> {
    let to = json!({ "type": "phone", "phone": ravi.phone });
    let body = json!({ "to": to, "amount": 25_000, "currency": "INR", "note": "Chai and petrol" });
    let key = key("transfer");
    let first = asha.post("/v1/transfers", Some(&key), body.clone()).await?;
    time.seen("Asha", format!("sends Ravi {}", rupees(&first["amount"])));
    feed.until("transfer.sent").await?;
    time.seen("socket", "transfer.sent");
    let again = asha.post("/v1/transfers", Some(&key), body).await?;
    ensure!(first == again, "a retry with the same key gave another answer");
    ensure!(ravi.get("/v1/wallet").await?["balance_amount"] == 25_000, "Ravi has not received it, or twice");
    time.seen("Ravi", "has ₹250.00; the same request sent again changed nothing");
    Ok(())
}

async fn money_out(asha: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<()> {
    let payee = json!({ "type": "vpa", "vpa": "asha@okaxis", "name": "Asha Devi" });
    let payout = asha.post("/v1/payouts", Some(&key("payout")), json!({ "amount": 120_000, "currency": "INR", "payee": payee })).await?;
    time.seen("Asha", format!("cashes out {} to asha@okaxis: {}", rupees(&payout["amount"]), text(&payout["status"])));
    for (event, words) in [
        ("payout.opened", "the money is held"),
        ("payout.sent", "the payee was validated; RazorpayX has been asked"),
        ("payout.processed", "the money is in the bank"),
    ] {
        let fact = feed.until(event).await?;
        let utr = fact["data"]["reference"].as_str().map(|utr| format!(" (UTR {utr})")).unwrap_or_default();
        time.seen("socket", format!("{event}: {words}{utr}; {} available", rupees(&fact["data"]["available_amount"])));
    }
    let explained = asha.get(&format!("/v1/transactions/{}", payout["id"].as_str().context("no id")?)).await?;
    let last = explained["facts"].as_array().and_then(|facts| facts.last()).cloned().unwrap_or_default();
    time.seen(
        "Asha",
        format!(
            "asks why: {} ← {} {}",
            text(&last["entries"][0]["description"]),
            text(&last["cause"]["kind"]),
            text(&last["cause"]["webhook"]["id"])
        ),
    );
    Ok(())
}

/// Somebody logs in elsewhere: the first device hears of it, and what one has read is read on both.
async fn another_device(stack: &Stack, asha: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<()> {
    let other = Worker::log_in_patiently(stack, &asha.phone).await?;
    let alert = feed.until("security.log_in").await?;
    time.seen("socket", format!("security.log_in, priority {}: a second phone has logged in", text(&alert["priority"])));
    let unread = other.get("/v1/notifications/unread").await?;
    ensure!(unread["unread"].as_u64() >= Some(feed.seq), "nothing was read yet: {unread}");
    other.post("/v1/notifications/read", None, json!({ "through_seq": unread["seq"] })).await?;
    let left = asha.get("/v1/notifications/unread").await?;
    ensure!(left["unread"] == 0, "what one device has read is unread on the other: {left}");
    time.seen("Asha", format!("reads {} notifications on the second; the first shows none", unread["unread"]));
    Ok(())
}

/// An operator warns everybody in Pune of the rain.
async fn a_warning(stack: &Stack, asha: &Worker, time: &mut Timeline) -> Result<()> {
    let mut pune = Feed::on(asha, "weather:pune", 0).await?;
    let staff = Worker::log_in_patiently(stack, "+919999900001").await?;
    let data = json!({ "severity": "warning", "title": "Heavy rain from 6 pm" });
    let warning = json!({ "channel": "weather:pune", "event": "weather.alert", "data": data });
    staff.post("/v1/ops/publications", Some(&key("rain")), warning).await?;
    time.seen("operator", "publishes on weather:pune");
    let alert = pune.until("weather.alert").await?;
    time.seen("socket", format!("weather.alert: {}", text(&alert["data"]["title"])));
    Ok(())
}

/// Asha writes to Ravi about money that she sets aside for him; he reads it, and the message shows when it is his.
async fn a_word_with(asha: &Worker, ravi: &Worker, time: &mut Timeline) -> Result<()> {
    let room = asha.post("/v1/rooms", Some(&key("room")), json!({ "with": ravi.user_id })).await?;
    let (id, channel) = (text(&room["id"]), text(&room["channel"]));
    let mut screen = Feed::on(ravi, channel, 0).await?;
    let to = json!({ "type": "user", "user_id": ravi.user_id });
    let held = json!({ "to": to, "amount": 10_000, "currency": "INR", "hold_s": 3_600 });
    let transfer = asha.post("/v1/transfers", Some(&key("held")), held).await?;
    let message = json!({ "client_id": "m1", "text": "For the tyre", "transfer_id": transfer["id"] });
    asha.post(&format!("/v1/rooms/{id}/messages"), None, message).await?;
    let shown = screen.until("message.posted").await?;
    let attached = &shown["data"]["transfer"];
    time.seen(
        "Ravi",
        format!("reads \"{}\", with {} {}", text(&shown["data"]["text"]), rupees(&attached["amount"]), text(&attached["status"])),
    );
    ravi.post(&format!("/v1/rooms/{id}/read"), None, json!({ "read_through_seq": shown["seq"] })).await?;
    asha.post(&format!("/v1/transfers/{}/post", text(&transfer["id"])), Some(&key("post")), json!({})).await?;
    let updated = screen.until("message.updated").await?;
    time.seen("socket", format!("the same message: {}", text(&updated["data"]["transfer"]["status"])));
    Ok(())
}

/// Sends every webhook of this stack so far once more.
async fn heard_again(stack: &Stack, asha: &Worker, time: &mut Timeline) -> Result<()> {
    let before = asha.get("/v1/wallet").await?;
    let sent = stack.get(format!("{}/webhooks/sent", stack.sandbox_url)).await?;
    let ids: Vec<&str> = sent["items"].as_array().into_iter().flatten().filter_map(|item| item["event_id"].as_str()).collect();
    for id in &ids {
        stack.post(format!("{}/webhooks/resend/{id}", stack.sandbox_url), json!({})).await?;
    }
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    let after = asha.get("/v1/wallet").await?;
    ensure!(before == after, "a webhook that came twice counted twice: {before} became {after}");
    time.seen("Razorpay", format!("delivers all {} webhooks once more: nothing changes", ids.len()));
    Ok(())
}

async fn balanced(stack: &Stack, time: &mut Timeline) -> Result<()> {
    let staff = Worker::log_in_patiently(stack, "+919999900001").await?;
    // Its own schedule would run it within five minutes; a second time does no harm.
    if stack.invoke("schedules-check-ledger").await.is_err() {
        stack.invoke("schedules-check-ledger").await?;
    }
    let ledger = staff.get("/v1/ops/ledger").await?;
    let check = &ledger["last_check"];
    ensure!(check["balanced"] == true, "the ledger does not balance: {ledger}");
    time.seen(
        "ledger",
        format!(
            "balances: {} accounts, {} entries; users {} + platform {} = ₹0.00",
            check["accounts"],
            check["entries"],
            rupees(&check["users_amount"]),
            domain::money::Rupees(-check["users_amount"].as_i64().unwrap_or_default())
        ),
    );
    for (account, amount) in ledger["system"].as_object().into_iter().flatten().filter(|(_, amount)| *amount != 0) {
        println!("{:>34} {:<22} {:>14}", "", account, rupees(amount));
    }
    Ok(())
}

//! A walk through everything that the product does, in fair weather: the way on which processes
//! are made to die, and the list of where they can.

mod book;
pub mod chat;
mod erasure;
mod files;
mod look;
mod messaging;
mod notices;
mod phonepe;
mod plans;
mod privacy;
mod rooms;

use crate::{
    audit::audit,
    consumers,
    fate::Fate,
    feed::Way,
    outside,
    people::{Town, Worker},
    run::{EVENINGS, in_a_world, on_a_thread, rest},
    weather::Weather,
    world::{Common, Passed, Point, World},
};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

/// What one walk came to.
#[derive(Debug)]
pub struct Walked {
    pub passed: Vec<Passed>,
    /// The points at which a process was to die and has.
    pub died: Vec<Point>,
    pub findings: Vec<String>,
    pub last_lines: Vec<String>,
}

/// Walks once; processes die at the points that are `doomed`, at most one of each name.
///
/// # Errors
///
/// Where the world cannot be made or read, or a step of the walk is not possible.
pub fn walk(common: &Common, doomed: Vec<Point>) -> Result<Walked> {
    let common = common.clone();
    on_a_thread(0, move || {
        in_a_world(0, EVENINGS[0], async move {
            let world = World::make(&common, Fate::new(0), Weather::fair(), doomed).await?;
            consumers::start(&world);
            let town = Town::found(&world, 2).await;
            steps(&town).await?;
            rest(&town).await?;
            audit(&town).await?;
            let (findings, last_lines) = (world.cloud.journal.findings(), world.cloud.journal.last_lines());
            Ok(Walked { passed: world.passed(), died: world.died(), findings, last_lines })
        })
    })
}

/// Points at which nothing is asked for but to be told something.
fn only_reads(told: &str) -> bool {
    let asked = told.strip_prefix("before ").or(told.strip_prefix("after ")).unwrap_or(told);
    let asked = asked.split(" (").next().unwrap_or(asked);
    matches!(asked, "GetItem" | "BatchGetItem" | "Query" | "Scan") || asked.starts_with("GET ") || asked.starts_with("HEAD ")
}

/// Every point at which a process can die that leaves traces, each once.
pub fn points(passed: &[Passed]) -> Vec<Point> {
    let writes = |invocation: &&Passed| invocation.points.iter().any(|point| !only_reads(point));
    let writers: BTreeSet<&str> = passed.iter().filter(writes).map(|invocation| invocation.name.as_str()).collect();
    let (mut seen, mut points) = (BTreeSet::new(), Vec::new());
    for invocation in passed.iter().filter(|invocation| writers.contains(invocation.name.as_str())) {
        for told in &invocation.points {
            let point = Point { name: invocation.name.clone(), told: told.clone() };
            if seen.insert(point.clone()) {
                points.push(point);
            }
        }
    }
    points
}

async fn a_while(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

async fn steps(town: &Town) -> Result<()> {
    let [asha, ravi] = town.workers.as_slice() else { anyhow::bail!("two workers walk") };
    for worker in [asha, ravi] {
        tokio::task::spawn_local(worker.feed.clone().watch(Way::Socket));
    }
    tokio::task::spawn_local(asha.news.clone().watch(Way::Socket));
    town.operator.make_administrator(&asha.client.user()).await;
    town.operator.publish().await;
    notices::set_up(asha).await;
    plans::wants_a_summary(asha).await?;
    let payment = money_in(town, asha).await?;
    phonepe::money_in(town, asha).await?;
    notices::arrive(asha, false).await;
    money_out(asha).await?;
    notices::arrive(asha, true).await;
    between_users(asha, ravi).await?;
    rooms::chat(town, asha, ravi).await?;
    asha.client.pay(&format!("/v1/payments/{payment}/refunds"), json!({ "amount": 5_000 })).await.ok().context("no refund")?;
    let lines: Vec<Value> = ["asha", "reject"].iter().map(|name| json!({ "payee": payee(name), "amount": 7_000 })).collect();
    asha.client.pay("/v1/payout-batches", json!({ "currency": "INR", "lines": lines })).await.ok().context("no batch")?;
    a_while(60).await;
    messages_in(town, ravi).await;
    plans::plan(town, asha, ravi).await?;
    privacy::says(asha, "sms", true).await?;
    book::keep(asha).await?;
    privacy::change_mind(asha).await?;
    chat::talk(town, asha, ravi).await?;
    notices::mail_bounces(town).await?;
    files::send(asha, ravi).await?;
    messaging::organisation(asha, ravi).await?;
    messaging::operators(town, asha, ravi).await?;
    look::own(asha).await;
    look::operators(town).await.context("an operator does not see what there is")?;
    look::explain(town).await?;
    erasure::end(town).await?;
    asha.panic().await;
    notices::leave(asha).await?;
    notices::look_back(asha).await;
    let refresh = asha.client.take_refresh();
    asha.client.post("/v1/auth/logout", json!({ "refresh_token": refresh })).await;
    Ok(())
}

fn payee(name: &str) -> Value {
    json!({ "type": "vpa", "vpa": format!("{name}@ybl"), "name": "Asha Devi" })
}

/// A word of consent by each door, and what a later one takes back.
async fn messages_in(town: &Town, ravi: &Worker) {
    let phone = ravi.client.phone.trim_start_matches('+');
    for (door, channel) in [("whatsapp", None), ("twilio", Some("sms"))] {
        for text in ["how much did I earn?", "band karo", "शुरू करो"] {
            let mut written = json!({ "text": text });
            if let Some(channel) = channel {
                written["channel"] = channel.into();
            }
            outside::ask(&town.world, "POST", &format!("/phones/{phone}/{door}"), Some(written)).await;
            a_while(5).await;
        }
    }
}

/// An order that is paid and reported, one whose customer fails first, money without an order.
async fn money_in(town: &Town, asha: &Worker) -> Result<String> {
    let mut last = String::new();
    for outcome in ["captured", "late_authorized", "double"] {
        let order =
            asha.client.pay("/v1/payments/orders", json!({ "amount": 900_000, "currency": "INR" })).await.ok().context("no order")?;
        let order_id = order.body["razorpay"]["order_id"].as_str().unwrap_or_default().to_owned();
        let paid = outside::ask(&town.world, "POST", "/customer/pay", Some(json!({ "order_id": order_id, "outcome": outcome }))).await;
        if outcome == "captured" {
            let report = json!({
                "razorpay_order_id": paid["razorpay_order_id"], "razorpay_payment_id": paid["razorpay_payment_id"],
                "razorpay_signature": paid["razorpay_signature"],
            });
            asha.client.post("/v1/payments/verify", report).await;
            last = order.text("id");
        }
        a_while(10).await;
    }
    outside::ask(&town.world, "POST", "/customer/pay-without-order", Some(json!({ "amount": 12_300 }))).await;
    a_while(300).await;
    town.operator.assign_suspense(&asha.client.user()).await;
    Ok(last)
}

/// Payouts of every kind: to a new payee and to a known one, refused, returned, cooling and called
/// back.
async fn money_out(asha: &Worker) -> Result<()> {
    for name in ["asha", "asha", "fail", "reverse", "invalid", "slow"] {
        let asked = json!({ "amount": 20_000, "currency": "INR", "payee": payee(name) });
        asha.client.pay("/v1/payouts", asked).await.ok().with_context(|| format!("no payout to {name}"))?;
        a_while(5).await;
    }
    a_while(180).await;
    let payee = asha.client.post("/v1/payees", json!({ "type": "vpa", "vpa": "ravi@ybl", "name": "Ravi" })).await.ok();
    let payee = payee.map(|answer| answer.text("id")).unwrap_or_default();
    a_while(10).await;
    for cancel in [true, false] {
        let asked = json!({ "amount": 510_000 + i64::from(cancel), "currency": "INR", "payee_id": payee });
        let payout = asha.client.pay("/v1/payouts", asked).await.ok().context("no large payout")?.text("id");
        a_while(5).await;
        if cancel {
            asha.client.post(&format!("/v1/payouts/{payout}/cancel"), json!({})).await;
        }
    }
    a_while(2_000).await;
    Ok(())
}

/// Transfers at once and in two phases: posted in part, called back, expired.
async fn between_users(asha: &Worker, ravi: &Worker) -> Result<()> {
    let to = json!({ "type": "user", "user_id": ravi.client.user() });
    let asked = |hold_s: Option<i64>| match hold_s {
        Some(hold_s) => json!({ "to": to, "amount": 10_050, "currency": "INR", "hold_s": hold_s }),
        None => json!({ "to": to, "amount": 10_050, "currency": "INR" }),
    };
    asha.client.pay("/v1/transfers", asked(None)).await.ok().context("no transfer")?;
    let mut holds = Vec::new();
    for hold_s in [600, 600, 60] {
        holds.push(asha.client.pay("/v1/transfers", asked(Some(hold_s))).await.ok().context("no hold")?.text("id"));
    }
    asha.client.pay(&format!("/v1/transfers/{}/post", holds[0]), json!({ "amount": 4_020 })).await;
    ravi.client.post(&format!("/v1/transfers/{}/void", holds[1]), json!({})).await;
    a_while(180).await;
    Ok(())
}

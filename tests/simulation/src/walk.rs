//! A walk through everything that the product does, in fair weather, over and over: each time one
//! process dies at one of its await points, until every point of every function had its turn.

mod look;

use crate::{
    audit::audit,
    consumers,
    fate::Fate,
    feed::Way,
    outside,
    people::{Town, Worker},
    run::{EVENINGS, in_a_world, on_a_thread, rest},
    weather::Weather,
    world::{Common, Passed, Victim, World},
};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// Of points of one name within one invocation, so many are told apart.
const ALIKE_MAX: usize = 3;

/// What one walk came to.
#[derive(Debug)]
pub struct Walked {
    pub passed: Vec<Passed>,
    pub findings: Vec<String>,
    pub last_lines: Vec<String>,
}

/// Walks once. `victim` dies on the way.
///
/// # Errors
///
/// Where the world cannot be made or read, or a step of the walk is not possible.
pub fn walk(common: &Common, victim: Option<Victim>) -> Result<Walked> {
    let common = common.clone();
    on_a_thread(0, move || {
        in_a_world(0, EVENINGS[0], async move {
            let world = World::make(&common, Fate::new(0), Weather::fair(), victim).await?;
            consumers::start(&world);
            let town = Town::found(&world, 2).await;
            steps(&town).await?;
            rest(&town).await?;
            audit(&town).await?;
            Ok(Walked { passed: world.passed(), findings: world.cloud.journal.findings(), last_lines: world.cloud.journal.last_lines() })
        })
    })
}

/// Points at which nothing is asked for but to be told something.
fn only_reads(point: &str) -> bool {
    let asked = point.strip_prefix("before ").or(point.strip_prefix("after ")).unwrap_or(point);
    matches!(asked, "GetItem" | "BatchGetItem" | "Query" | "Scan") || asked.starts_with("GET ")
}

/// Every point at which a process can die that leaves traces, each named once: the invocation that
/// first passes it.
pub fn points(passed: &[Passed]) -> Vec<(Victim, String)> {
    let writes = |invocation: &&Passed| invocation.points.iter().any(|point| !only_reads(point));
    let writers: BTreeSet<&str> = passed.iter().filter(writes).map(|invocation| invocation.name.as_str()).collect();
    let (mut seen, mut points) = (BTreeSet::new(), Vec::new());
    for invocation in passed.iter().filter(|invocation| writers.contains(invocation.name.as_str())) {
        let mut alike: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, name) in invocation.points.iter().enumerate() {
            let number = alike.entry(name).or_default();
            *number = (*number + 1).min(ALIKE_MAX);
            let told = if *number == 1 { name.clone() } else { format!("{name} ({number})") };
            if seen.insert((invocation.name.clone(), told.clone())) {
                let victim = Victim { name: invocation.name.clone(), number: invocation.number, point: index + 1 };
                points.push((victim, told));
            }
        }
    }
    points
}

/// Walks once for each of these points, with a process that dies there; what is wrong afterwards.
pub fn die_at_each(common: &Common, points: &[(Victim, String)]) -> Vec<String> {
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((victim, told)) = points.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let wrong = match walk(common, Some(victim.clone())) {
                        Ok(walked) if walked.findings.is_empty() => continue,
                        Ok(walked) => format!("{}\n    {}", walked.findings.join("\n  "), walked.last_lines.join("\n    ")),
                        Err(error) => format!("{error:#}"),
                    };
                    let wrong = format!("{} number {} dies at {told}:\n  {wrong}", victim.name, victim.number);
                    failed.lock().unwrap_or_else(PoisonError::into_inner).push(wrong);
                }
            });
        }
    });
    failed.into_inner().unwrap_or_else(PoisonError::into_inner)
}

async fn a_while(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

async fn steps(town: &Town) -> Result<()> {
    let [asha, ravi] = town.workers.as_slice() else { anyhow::bail!("two workers walk") };
    for worker in [asha, ravi] {
        tokio::task::spawn_local(worker.feed.clone().watch(Way::Socket));
    }
    town.operator.make_administrator(&asha.client.user()).await;
    let payment = money_in(town, asha).await?;
    money_out(asha).await?;
    between_users(asha, ravi).await?;
    asha.client.pay(&format!("/v1/payments/{payment}/refunds"), json!({ "amount": 5_000 })).await.ok().context("no refund")?;
    let lines: Vec<Value> = ["asha", "reject"].iter().map(|name| json!({ "payee": payee(name), "amount": 7_000 })).collect();
    asha.client.pay("/v1/payout-batches", json!({ "currency": "INR", "lines": lines })).await.ok().context("no batch")?;
    a_while(60).await;
    look::own(asha).await;
    look::operators(town).await.context("an operator does not see what there is")?;
    look::explain(town).await?;
    asha.panic().await;
    let refresh = asha.client.take_refresh();
    asha.client.post("/v1/auth/logout", json!({ "refresh_token": refresh })).await;
    Ok(())
}

fn payee(name: &str) -> Value {
    json!({ "type": "vpa", "vpa": format!("{name}@ybl"), "name": "Asha Devi" })
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

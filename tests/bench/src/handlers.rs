//! How long real binaries take for what matters most, over an embedded store and providers that
//! answer at once.

use crate::process::{Host, Process};
use anyhow::{Context, ensure};
use bench::{
    cloud::{Cloud, Sent},
    events,
    figures::{Bar, Figure, ms, quantile},
    progress::Progress,
    world,
};
use domain::id::AccountId;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use store::Store;

const WARM_UP: usize = 20;

pub struct Bench<'a> {
    pub host: &'a Host,
    pub store: &'a Store,
    pub cloud: &'a mut Cloud,
    pub token: &'a str,
    pub samples: usize,
}

/// Two figures of some samples, the first of which are forgotten.
fn figures(what: &str, mut samples: Vec<Duration>, bars: (Option<Bar>, Option<Bar>)) -> [Figure; 2] {
    samples.drain(..WARM_UP.min(samples.len()));
    let figure = |name: &str, share: f64, samples: &mut Vec<Duration>, bar: Option<Bar>| {
        let figure = Figure::new("handler", format!("{what}, {name}"), ms(quantile(samples, share)), "ms");
        match bar {
            Some(bar) => figure.bar(bar),
            None => figure,
        }
    };
    [figure("p50", 0.5, &mut samples, bars.0), figure("p99", 0.99, &mut samples, bars.1)]
}

fn accepted(answer: &Value, status: u16) -> anyhow::Result<()> {
    ensure!(answer["statusCode"] == status, "the answer is {answer}");
    Ok(())
}

fn done(answer: &Value) -> anyhow::Result<()> {
    ensure!(answer["batchItemFailures"].as_array().is_some_and(Vec::is_empty), "the answer is {answer}");
    Ok(())
}

pub async fn measure(mut bench: Bench<'_>, progress: &Progress) -> anyhow::Result<Vec<Figure>> {
    let mut all = bench.webhook_to_frame(progress).await?;
    all.extend(bench.transfer(progress).await?);
    all.extend(bench.payout(progress).await?);
    all.extend(bench.push(progress).await?);
    Ok(all)
}

impl Bench<'_> {
    fn rounds(&self) -> std::ops::Range<usize> {
        0..self.samples + WARM_UP
    }

    fn resident(name: &str, process: &Process) -> Option<Figure> {
        let bytes = process.resident_bytes()? as f64;
        Some(Figure::new("resident when busy", name, bytes / 1024.0 / 1024.0, "MiB").bar(Bar::AtMost(25.0)))
    }

    async fn webhook_to_frame(&mut self, progress: &Progress) -> anyhow::Result<Vec<Figure>> {
        progress.say("webhook to frame");
        let mut webhook = self.host.start("webhooks-razorpay").await?;
        let mut inbox = self.host.start("queues-inbox").await?;
        let (mut acks, mut works, mut wholes) = (Vec::new(), Vec::new(), Vec::new());
        for round in self.rounds() {
            let order = world::order(self.store, 0, &format!("webhook-{round}"), 10_000).await?;
            let order_id = order.order_id.context("the order is not attached")?;
            let event = events::captured(&order_id, &format!("pay_{}", order.id.body()), 10_000);
            self.cloud.clear();
            let begun = Instant::now();
            let (answer, ack) = webhook.invoke(&event).await?;
            accepted(&answer, 200)?;
            let sent = self.cloud.message("inbox").await?;
            let (answer, work) = inbox.invoke(&events::queued(&sent)).await?;
            done(&answer)?;
            let shown = self.cloud.frame().await?;
            acks.push(ack);
            works.push(work);
            wholes.push(shown - begun);
        }
        let mut all = figures("webhook acknowledged", acks, (None, Some(Bar::AtMost(50.0)))).to_vec();
        all.extend(figures("webhook worked on", works, (None, None)));
        all.extend(figures("webhook received to frame shown", wholes, (Some(Bar::AtMost(100.0)), Some(Bar::AtMost(250.0)))));
        all.extend(Self::resident("webhooks-razorpay", &webhook));
        all.extend(Self::resident("queues-inbox", &inbox));
        Ok(all)
    }

    async fn transfer(&mut self, progress: &Progress) -> anyhow::Result<Vec<Figure>> {
        progress.say("transfers");
        let mut api = self.host.start("api-transfers").await?;
        let body = json!({ "to": { "type": "user", "user_id": world::user(1).to_string() }, "amount": 100, "currency": "INR" });
        let mut samples = Vec::new();
        for round in self.rounds() {
            let (answer, took) = api.invoke(&events::money("POST /v1/transfers", self.token, &format!("transfer-{round}"), &body)).await?;
            accepted(&answer, 201)?;
            samples.push(took);
        }
        let mut all = figures("transfer", samples, (None, None)).to_vec();
        all.extend(Self::resident("api-transfers", &api));
        Ok(all)
    }

    async fn payout(&mut self, progress: &Progress) -> anyhow::Result<Vec<Figure>> {
        progress.say("payouts");
        let mut api = self.host.start("api-payouts").await?;
        let mut worker = self.host.start("queues-payouts").await?;
        let payee = json!({ "type": "vpa", "vpa": world::PAYEE, "name": world::PAYEE_NAME });
        let body = json!({ "payee": payee, "amount": 10_000, "currency": "INR" });
        let (mut opened, mut advanced) = (Vec::new(), Vec::new());
        for round in self.rounds() {
            self.cloud.clear();
            let (answer, took) = api.invoke(&events::money("POST /v1/payouts", self.token, &format!("payout-{round}"), &body)).await?;
            accepted(&answer, 202)?;
            opened.push(took);
            let sent = self.cloud.message("payouts").await?;
            let (answer, took) = worker.invoke(&events::queued(&sent)).await?;
            done(&answer)?;
            advanced.push(took);
        }
        let mut all = figures("payout opened", opened, (None, None)).to_vec();
        all.extend(figures("payout sent to the provider", advanced, (None, None)));
        all.extend(Self::resident("api-payouts", &api));
        all.extend(Self::resident("queues-payouts", &worker));
        Ok(all)
    }

    async fn push(&mut self, progress: &Progress) -> anyhow::Result<Vec<Figure>> {
        progress.say("pushes");
        let mut push = self.host.start("queues-push").await?;
        let body = json!({ "work": "push", "account": AccountId::wallet_of(world::user(0)).to_string(), "seq": 1 }).to_string();
        let event = events::queued(&Sent { queue: "push".to_owned(), body, trace: Value::Null });
        let mut samples = Vec::new();
        for _ in self.rounds() {
            let (answer, took) = push.invoke(&event).await?;
            done(&answer)?;
            samples.push(took);
        }
        let mut all = figures("push", samples, (None, None)).to_vec();
        all.extend(Self::resident("queues-push", &push));
        Ok(all)
    }
}

//! What money does: a payment from its webhook to the wallet, a payout from its request to the
//! bank's word, a transfer. Each by the handlers that serve it, from their events.

use super::{
    outlets::{self, Handed, with_queues},
    parts::{SdkTime, Spent},
};
use anyhow::{Context, anyhow, ensure};
use axum::{Json, Router, routing::post};
use bench::{events, world};
use embedded::Meter;
use functions::{
    api,
    clock::Clock,
    config::{Places, Settings},
    deps::Deps,
    queues,
    table::Queue,
    webhooks,
};
use lambda::{
    Deadline, Failed, Message, Problem, Reply, Request,
    secrets::Secrets,
    start::{api::respond, queue::work},
};
use serde_json::{Value, json};
use std::{
    cell::{Cell, RefCell},
    sync::Arc,
    time::Duration,
};
use store::Store;
use tokio::net::TcpListener;

/// Users with wallets; neighbours in time are different ones, so that none waits for another's row.
const USERS: usize = 600;
/// Paise that move each time.
const AMOUNT: i64 = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Payment,
    Payout,
    Transfer,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Payment, Self::Payout, Self::Transfer];

    pub fn name(self) -> &'static str {
        match self {
            Self::Payment => "payments",
            Self::Payout => "payouts",
            Self::Transfer => "transfers",
        }
    }
}

/// One to be carried out: the event that begins it.
pub struct Asked {
    kind: Kind,
    number: usize,
    event: Vec<u8>,
}

/// Everything that handlers work with, and users with money and payees.
pub struct Bank {
    deps: Deps,
    tokens: Vec<String>,
    meter: Arc<Meter>,
    /// The table's time that the meter has handed out.
    table: RefCell<Duration>,
    sdk: SdkTime,
    asked: Cell<usize>,
}

impl Bank {
    pub async fn open() -> anyhow::Result<Self> {
        let (meter, sdk) = (Arc::new(Meter::time()), SdkTime::default());
        let client = sdk.watch(&embedded::client(embedded::database()?, Some(meter.clone())));
        let store = Store::new(client, embedded::TABLES.0, embedded::TABLES.1);
        store.create_tables().await?;
        let secrets = world::secrets(&sandbox::Config::default().razorpayx)?;
        world::fund(&store, 0..USERS).await?;
        let mut tokens = Vec::new();
        for number in 0..USERS {
            world::payee(&store, number).await?;
            tokens.push(world::session(&store, &secrets, number).await?.1);
        }
        let places = Places {
            issuer: world::ISSUER.to_owned(),
            audience: world::AUDIENCE.to_owned(),
            razorpay_url: Some(provider().await?),
            ..Places::default()
        };
        let settings: Settings = serde_json::from_value(world::settings())?;
        let secrets = Secrets::in_memory(secrets.into_iter().map(|(name, secret)| (name, secret.to_string())));
        let deps = Deps::new(store, Clock::System, Arc::new(Handed), secrets, settings, places);
        Ok(Self { deps, tokens, meter, table: RefCell::default(), sdk, asked: Cell::new(0) })
    }

    /// What was spent up to now.
    pub fn spent(&self) -> Spent {
        let mut table = self.table.borrow_mut();
        *table += self.meter.take().busy;
        Spent { table: *table, sdk: self.sdk.so_far() }
    }

    /// The next of its kind, with what must be there before.
    pub async fn prepare(&self, kind: Kind) -> anyhow::Result<Asked> {
        let number = self.asked.get();
        self.asked.set(number + 1);
        // Two users further each time, so that the receiver of one is not the sender of the next.
        let user = number * 2 % USERS;
        let (key, token) = (format!("load-{number}"), self.tokens.get(user).context("nobody")?);
        let event = match kind {
            Kind::Payment => {
                let order = world::order(&self.deps.store, user, &key, AMOUNT).await?;
                events::captured(&order.order_id.context("no order")?, &format!("pay_{}", order.id.body()), AMOUNT)
            }
            Kind::Payout => {
                let payee = json!({ "type": "vpa", "vpa": world::PAYEE, "name": world::PAYEE_NAME });
                events::money("POST /v1/payouts", token, &key, &json!({ "payee": payee, "amount": AMOUNT, "currency": "INR" }))
            }
            Kind::Transfer => {
                let to = json!({ "type": "user", "user_id": world::user(user + 1).to_string() });
                events::money("POST /v1/transfers", token, &key, &json!({ "to": to, "amount": AMOUNT, "currency": "INR" }))
            }
        };
        Ok(Asked { kind, number, event: event.to_string().into_bytes() })
    }

    /// From its event until the money has moved for good.
    pub async fn carry_out(&self, asked: Asked) -> anyhow::Result<()> {
        with_queues(async {
            match asked.kind {
                Kind::Payment => {
                    self.request(&webhooks::razorpay::handle, &asked.event, 200).await?;
                    self.work(Queue::Inbox, &queues::inbox::handle).await
                }
                Kind::Transfer => self.request(&api::transfers::handle, &asked.event, 201).await.map(|_| ()),
                Kind::Payout => {
                    let reply = self.request(&api::payouts::handle, &asked.event, 202).await?;
                    let payout = serde_json::from_slice::<Value>(&reply.body)?;
                    let id = payout["id"].as_str().context("a payout without an id")?;
                    self.work(Queue::Payouts, &queues::payouts::handle).await?;
                    let told = events::paid_out(&provider_id(id), id, AMOUNT).to_string();
                    self.request(&webhooks::razorpayx::handle, told.as_bytes(), 200).await?;
                    self.work(Queue::Inbox, &queues::inbox::handle).await
                }
            }
        })
        .await
        .with_context(|| format!("{}, number {}", asked.kind.name(), asked.number))
    }

    async fn request<H>(&self, handler: &H, event: &[u8], status: u16) -> anyhow::Result<Reply>
    where
        H: AsyncFn(&Deps, Request) -> Result<Reply, Problem>,
    {
        let request = Request::from_event(event).map_err(|problem| anyhow!("{problem:?}"))?;
        let reply = respond(&self.deps, handler, request).await;
        ensure!(reply.status == status, "{}: {}", reply.status, String::from_utf8_lossy(&reply.body));
        Ok(reply)
    }

    /// Works on what was sent to this queue, which was something.
    async fn work<H>(&self, queue: Queue, handler: &H) -> anyhow::Result<()>
    where
        H: AsyncFn(&Deps, Message) -> Result<(), Failed>,
    {
        let messages: Vec<Message> = outlets::take(queue).into_iter().map(|body| Message::new("load", body)).collect();
        ensure!(!messages.is_empty(), "nothing was sent to {}", queue.name());
        let reply = work(&self.deps, handler, messages, Deadline::never()).await;
        ensure!(reply.failures.is_empty(), "a message of {} failed", queue.name());
        Ok(())
    }
}

/// The provider's id of a payout of ours.
fn provider_id(reference_id: &str) -> String {
    format!("pout_{}", &reference_id[reference_id.len().saturating_sub(14)..])
}

/// A bank partner that takes every payout at once; answers its address.
async fn provider() -> anyhow::Result<String> {
    let take = async |Json(asked): Json<Value>| {
        let reference = asked["reference_id"].as_str().unwrap_or_default();
        Json(events::payout(&provider_id(reference), reference, asked["amount"].as_i64().unwrap_or_default(), "processing"))
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/v1/payouts", post(take));
    tokio::spawn(async move {
        let _ = axum::serve(listener, router).await;
    });
    Ok(url)
}

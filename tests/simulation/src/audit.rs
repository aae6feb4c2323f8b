//! What must be true once a world has come to rest: I1 to I10, from the rows themselves and from
//! the providers' own books.

mod accounts;
mod acts;
mod bills;
mod campaigns;
mod chats;
mod operations;
mod outside;
mod records;

use crate::{
    people::{Town, Worker},
    world::World,
};
use accounts::Accounts;
use anyhow::{Context, Result};
use domain::{
    channel::{Board, Topic},
    engine::Record,
    posting::SystemAccount,
};
use embedded::TABLES;
use functions::table::Queue;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Duration,
};
use store::record_of;

/// After so long a message stands still: longer than all its tries take.
const STANDS: Duration = Duration::from_secs(600);

/// Everything that the table holds.
pub struct Books {
    pub records: Vec<Record>,
    pub accounts: Accounts,
    /// The platform's own accounts, as folded by the stream.
    pub folded: BTreeMap<String, i64>,
    /// Stored webhooks, and those of them that nobody has worked on.
    pub stored: BTreeSet<String>,
    pub unworked: Vec<String>,
}

impl Books {
    /// Reads the whole table, past all weather.
    pub async fn read(world: &World) -> Result<Self> {
        let client = embedded::client(world.database.clone(), None);
        let rows = client.scan().table_name(TABLES.0).into_paginator().items().send().collect::<Result<Vec<_>, _>>().await?;
        let (mut records, mut stored, mut unworked, mut accounts) = (Vec::new(), BTreeSet::new(), Vec::new(), Accounts::default());
        for row in rows {
            let text = |name: &str| row.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
            let (pk, sk) = (text("pk"), text("sk"));
            if pk.starts_with("W#") {
                if text("status") == "received" {
                    unworked.push(pk.clone());
                }
                stored.insert(pk);
            } else if pk.starts_with("A#") && sk.starts_with("F#") {
                accounts.fact(row)?;
            } else if pk.starts_with("J#") {
                accounts.journal(&row)?;
            } else if row.contains_key("kind") && row.contains_key("v") {
                let (_, record) = record_of(row)?;
                if let Record::Account(account) = &record {
                    accounts.account(account);
                }
                records.push(record);
            }
        }
        Ok(Self { records, accounts, folded: world.store.system_balances().await?, stored, unworked })
    }

    /// Whether nothing waits any more but for what may take as long as it likes.
    pub fn are_at_rest(&self, world: &World) -> bool {
        self.unworked.is_empty() && records::check(self).is_empty() && outside::check(self, world).is_empty()
    }

    fn find<'a, T: 'a>(&'a self, of: impl Fn(&'a Record) -> Option<T> + 'a) -> impl Iterator<Item = T> + 'a {
        self.records.iter().filter_map(of)
    }
}

/// Checks a world that has come to rest; what is wrong is noted in its journal.
pub async fn audit(town: &Town) -> Result<()> {
    let world = &town.world;
    let books = Books::read(world).await.context("the table cannot be read")?;
    let mut findings = books.accounts.check();
    findings.extend(sums(&books));
    findings.extend(records::check(&books));
    findings.extend(operations::check(&books, world));
    findings.extend(outside::check(&books, world));
    findings.extend(messages(world, &books));
    findings.extend(campaigns::check(world, &books).await?);
    findings.extend(chats::check(&books));
    findings.extend(promises(town, &books).await?);
    findings.extend(acts::check(town).await?);
    findings.extend(own_check(world).await);
    findings.extend(own_float(world).await);
    for finding in findings {
        world.cloud.journal.wrong(finding);
    }
    Ok(())
}

/// I1: all accounts sum to nothing, and the stream has folded each posting exactly once.
fn sums(books: &Books) -> Vec<String> {
    let mut findings = Vec::new();
    let (users, folded): (i64, i64) = (books.accounts.users(), books.folded.values().sum());
    if users + folded != 0 {
        findings.push(format!("I1: users have {users}, the platform {folded}"));
    }
    for account in SystemAccount::ALL {
        let (told, posted) = (books.folded.get(account.name()).copied().unwrap_or(0), books.accounts.posted(account));
        if told != posted {
            findings.push(format!("I1: {} is folded to {told}, its postings say {posted}", account.name()));
        }
    }
    findings
}

/// I9: what was accepted was worked on.
fn messages(world: &World, books: &Books) -> Vec<String> {
    let mut findings: Vec<String> = books.unworked.iter().map(|id| format!("I9: {id} was stored and not worked on")).collect();
    for queue in Queue::ALL {
        let count = world.cloud.queues.count(queue);
        if count.accepted != count.done + count.dead + count.waiting {
            findings.push(format!("I9: {} lost messages: {count:?}", queue.name()));
        }
        // What a schedule has just sent may still be on its way.
        let stands = world.cloud.queues.oldest(queue).is_some_and(|age| age > STANDS);
        if count.dead > 0 || stands {
            findings.push(format!("I4: {} does not come to rest: {count:?}", queue.name()));
        }
    }
    findings
}

/// The ledger's own check, which operators rely on, comes to the same.
async fn own_check(world: &World) -> Option<String> {
    match world.store.last_report().await {
        Ok(Some(report)) if report.is_balanced() => None,
        Ok(Some(report)) => Some(format!("our own check says {} {:?}", report.difference, report.findings)),
        Ok(None) => Some("our own check of the ledger never ran".to_owned()),
        Err(error) => Some(format!("our own check of the ledger cannot be read: {error}")),
    }
}

/// So does its look at the float: all that the owner moved in was there from the beginning.
async fn own_float(world: &World) -> Option<String> {
    match world.store.float_report().await {
        Ok(Some(report)) if report.unexplained == 0 && report.shortfall == 0 => None,
        Ok(Some(report)) => Some(format!("our own look at the float does not come out: {report:?}")),
        Ok(None) => Some("the float was never looked at".to_owned()),
        Err(error) => Some(format!("our own look at the float cannot be read: {error}")),
    }
}

fn world_opens_sockets(world: &World) -> bool {
    world.cloud.weather.skew_ms_max < 15_000
}

/// The statement, read page by page through the API, is what the rows say.
async fn statement(worker: &Worker, books: &Books) -> Result<Option<String>> {
    let (world, user) = (&worker.client.world, worker.client.user());
    let limit = world.cloud.fate.within(3, 100);
    let Some(told) = worker.statement(limit).await else { return Ok(Some("a statement cannot be read".to_owned())) };
    let rows = books.accounts.statement(&user);
    // A payout whose cooling ended since the books were read is in it too.
    if told == rows || (told.starts_with(&rows) && told == Books::read(world).await?.accounts.statement(&user)) {
        return Ok(None);
    }
    Ok(Some(format!("a statement by pages of {limit} has {} lines of {}, or others", told.len(), rows.len())))
}

/// What users were answered is so, and every feed was shown whole.
async fn promises(town: &Town, books: &Books) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    let accounts: HashMap<String, (u64, i64)> = books.accounts.feeds();
    for worker in &town.workers {
        for promise in worker.promises() {
            match worker.client.get(&promise.path).await {
                Some(answer) => {
                    let amount = answer.body.get("amount").or(answer.body.get("total_amount")).and_then(serde_json::Value::as_i64);
                    if amount != Some(promise.amount) {
                        findings.push(format!("I4: {} was promised with {}, and is {}", promise.path, promise.amount, answer.body));
                    }
                }
                None => findings.push(format!("I4: {} was answered, and is not there", promise.path)),
            }
        }
        let user = worker.client.user();
        findings.extend(statement(worker, books).await?);
        let shown = (worker.feed.taken(), worker.feed.balance() as i64);
        // A ticket lives for half a minute: clocks further apart than that open no sockets.
        let opens = world_opens_sockets(&town.world);
        if let Some((seq, balance)) = accounts.get(&user).filter(|_| opens)
            && (shown.0 < *seq || (shown.0 == *seq && shown.1 != *balance))
        {
            findings.push(format!("{user}'s app shows fact {} with {}, the feed ends at {seq} with {balance}", shown.0, shown.1));
        }
    }
    let everybody = town.world.store.board(&Board::Topic(Topic::System)).await?;
    if let Some(reader) = town.workers.first().filter(|_| world_opens_sockets(&town.world))
        && reader.news.taken() < everybody.seq
    {
        findings.push(format!("{} was published, and {} of it shown", everybody.seq, reader.news.taken()));
    }
    Ok(findings)
}

//! What runs by itself: readers of queues and of the stream, schedules, the removal of expired rows.

use crate::{functions as ours, queues::Lying, stream::SHARDS, weather::Fault, world::World};
use embedded::TABLES;
use functions::table::{FUNCTIONS, Function, Queue, Rows, Trigger};
use lambda::{Deadline, Message};
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::Instant};

/// Batches of one queue that are worked on at once.
const AT_ONCE: usize = 5;
/// A queue hides a message for this many times the function's own time limit.
const HIDDEN_TIMES: u32 = 3;

/// Lambda asks a shard of a table's stream four times in a second.
const POLL_MS: u64 = 250;

/// Starts everything in the table of functions that nobody calls.
pub fn start(world: &Arc<World>) {
    for function in FUNCTIONS {
        match function.trigger {
            Trigger::Queue { queue, batch_size, max_receives, .. } => {
                tokio::task::spawn_local(read_queue(world.clone(), function, queue, batch_size as usize, max_receives));
            }
            Trigger::Stream { batch_size, rows } => {
                for shard in 0..SHARDS {
                    tokio::task::spawn_local(follow(world.clone(), function, shard, batch_size as usize, rows));
                }
            }
            Trigger::Schedule { every_minutes } => {
                tokio::task::spawn_local(keep_time(world.clone(), function, Duration::from_secs(60 * u64::from(every_minutes))));
            }
            Trigger::Http { .. } | Trigger::Socket { .. } => {}
        }
    }
    tokio::task::spawn_local(remove_expired(world.clone()));
}

fn limit(function: &Function) -> Duration {
    Duration::from_secs(function.timeout_s.into())
}

async fn read_queue(world: Arc<World>, function: &'static Function, queue: Queue, batch_max: usize, receives_max: u32) {
    let workers = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let (queues, cloud) = (&world.cloud.queues, &world.cloud);
        let changed = queues.changed.notified();
        match queues.next_at(queue) {
            Some(at) if at <= Instant::now() => {}
            Some(at) => {
                let _ = tokio::time::timeout_at(at, changed).await;
                continue;
            }
            None => {
                changed.await;
                continue;
            }
        }
        let Ok(worker) = workers.clone().acquire_owned().await else { return };
        cloud.leg().await;
        let overlap = cloud.weather.strikes(Fault::Overlap, &cloud.fate);
        let hidden = if overlap { Duration::from_millis(cloud.fate.skewed(100, 5_000)) } else { limit(function) * HIDDEN_TIMES };
        let count = cloud.fate.within(1, batch_max as u64) as usize;
        let batch = queues.receive(queue, (count, receives_max), hidden, |ready| cloud.fate.shuffle(ready));
        if batch.is_empty() {
            continue;
        }
        let world = world.clone();
        tokio::task::spawn_local(async move {
            work(&world, function, queue, batch).await;
            drop(worker);
        });
    }
}

/// Works on a batch, and deletes from the queue what is done.
async fn work(world: &World, function: &'static Function, queue: Queue, batch: Vec<Lying>) {
    let deadline = Deadline::after(limit(function));
    let message = |lying: &Lying| Message {
        receive_count: lying.receives,
        attributes: [("trace".to_owned(), lying.trace.to_attribute())].into(),
        ..Message::new(&lying.id, &lying.body)
    };
    let Ok(deps) = world.deps(function) else { return };
    let messages = batch.iter().map(message).collect();
    let cloud = &world.cloud;
    let about = about(&batch);
    let ended = world.invoke(function, &about, ours::work(function.name, deps, messages, deadline)).await;
    // A process that died reports nothing: its messages come again.
    let Some(Some(failed)) = ended else { return };
    for lying in &batch {
        if failed.contains(&lying.id) {
            cloud.journal.note(format!("{} fails at {} ({} of its tries)", function.name, lying.body, lying.receives));
        } else if cloud.weather.strikes(Fault::Duplicate, &cloud.fate) {
            cloud.queues.again(queue, lying);
        } else {
            cloud.queues.delete(queue, lying);
        }
    }
}

/// What a batch is about, for the name of its invocation.
fn about(batch: &[Lying]) -> String {
    let mut kinds: Vec<String> = batch
        .iter()
        .map(|lying| {
            serde_json::from_str::<Value>(&lying.body).ok().and_then(|body| body["work"].as_str().map(str::to_owned)).unwrap_or_default()
        })
        .collect();
    kinds.sort();
    kinds.dedup();
    kinds.join("+")
}

async fn follow(world: Arc<World>, function: &'static Function, shard: usize, batch_max: usize, rows: &'static [Rows]) {
    let (mut place, mut failures) = (0, 0u32);
    let cloud = world.cloud.clone();
    loop {
        let changed = cloud.stream.changed.notified();
        place = cloud.stream.next(shard, place, rows);
        if place >= cloud.stream.length(shard) {
            changed.await;
            cloud.while_between(0, POLL_MS).await;
            continue;
        }
        cloud.leg().await;
        let count = cloud.fate.within(1, (batch_max as u64) >> failures.min(6)) as usize;
        let (records, after) = cloud.stream.records(shard, place, count, rows);
        let deadline = Deadline::after(limit(function));
        let Ok(deps) = world.deps(function) else { return };
        let ended = world.invoke(function, "", ours::follow(function.name, deps, &records, deadline)).await;
        match ended.flatten() {
            Some(true) if cloud.weather.strikes(Fault::StreamAgain, &cloud.fate) => {}
            Some(true) => {
                place = after;
                failures = 0;
            }
            _ => {
                failures += 1;
                cloud.while_between(200, 2_000).await;
            }
        }
    }
}

async fn keep_time(world: Arc<World>, function: &'static Function, every: Duration) {
    let cloud = world.cloud.clone();
    cloud.while_between(1, every.as_millis() as u64).await;
    loop {
        if !cloud.weather.strikes(Fault::ScheduleMissed, &cloud.fate) {
            let times = if cloud.weather.strikes(Fault::ScheduleTwice, &cloud.fate) { 2 } else { 1 };
            for _ in 0..times {
                let world = world.clone();
                tokio::task::spawn_local(async move { tick(&world, function).await });
            }
        }
        tokio::time::sleep(every).await;
    }
}

/// One run of a schedule.
pub async fn tick(world: &World, function: &'static Function) {
    let Ok(deps) = world.deps(function) else { return };
    let deadline = Deadline::after(limit(function));
    if let Some(Some(Err(failed))) = world.invoke(function, "", ours::tick(function.name, deps, deadline)).await {
        world.cloud.journal.note(format!("{} fails: {failed}", function.name));
    }
}

/// DynamoDB removes expired rows some time later, in some worlds never.
async fn remove_expired(world: Arc<World>) {
    let Some(lag_s) = world.cloud.weather.ttl_lag_s else { return };
    let client = embedded::client(world.database.clone(), None);
    loop {
        tokio::time::sleep(Duration::from_secs(600)).await;
        let before = jiff::Timestamp::now().as_second() - lag_s as i64;
        for table in [TABLES.0, TABLES.1] {
            let Ok(rows) = client.scan().table_name(table).send().await else { continue };
            for row in rows.items() {
                let expires = row.get("expires_at_s").and_then(|value| value.as_n().ok()?.parse::<i64>().ok());
                if expires.is_some_and(|expires| expires < before)
                    && let (Some(pk), Some(sk)) = (row.get("pk"), row.get("sk"))
                {
                    let _ = client.delete_item().table_name(table).key("pk", pk.clone()).key("sk", sk.clone()).send().await;
                }
            }
        }
    }
}

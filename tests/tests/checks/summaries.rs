//! Summaries of many users at one hour: each is told once, whoever dies and however often it is sent.
//!
//! `KAMAI_SUMMARIES` says of how many, for measuring.

use crate::world::*;
use domain::{id::UserId, limits::india_time, summary::SetSummary};
use functions::{clock::Clock, queues, schedules, table::Queue};
use futures::{StreamExt as _, stream};
use lambda::{Deadline, Message};
use std::{collections::BTreeMap, time::Instant};

const USERS: u32 = 60;
/// Messages that are worked on side by side.
const WORKERS: usize = 16;

fn at(world: &mut World, hour: i64, minute: i64) {
    world.deps.clock = Clock::System;
    let now = india_time(world.deps.clock.now());
    let passed_s = i64::from(now.hour()) * 3_600 + i64::from(now.minute()) * 60 + i64::from(now.second());
    // Tomorrow, whatever the time is now.
    let by_ms = (24 * 3_600 - passed_s + hour * 3_600 + minute * 60) * 1_000;
    world.deps.clock = Clock::Off { by_ms };
}

/// What was sent since the last time.
fn sent(world: &World) -> Vec<String> {
    let all = std::mem::take(&mut *world.outbox.sent.lock().unwrap());
    all.into_iter().filter(|(queue, _)| *queue == Queue::Plans).map(|(_, body)| body).collect()
}

async fn work_on(world: &World, bodies: &[String]) {
    let work = |body: &String| {
        let message = Message::new("m", body.clone());
        async move { queues::plans::handle(&world.deps, message).await.unwrap() }
    };
    stream::iter(bodies).map(work).buffer_unordered(WORKERS).collect::<Vec<()>>().await;
}

async fn told(world: &World, most: u32) -> BTreeMap<UserId, usize> {
    let notices = world.deps.store.due_notices(world.deps.clock.now(), i32::try_from(most * 2).unwrap()).await.unwrap();
    notices.iter().filter(|notice| notice.template.name == "day.summary").fold(BTreeMap::new(), |mut told, notice| {
        *told.entry(notice.user).or_default() += 1;
        told
    })
}

#[tokio::test]
async fn each_of_many_is_told_of_their_day_once_though_half_is_lost_and_all_comes_twice() {
    let many = std::env::var("KAMAI_SUMMARIES").ok().and_then(|many| many.parse().ok()).unwrap_or(USERS);
    let mut world = World::new(|_| {}).await;
    at(&mut world, 19, 0);
    let said_at = world.deps.clock.now();
    for n in 0..many {
        world.run(&SetSummary { user: user(&format!("worker {n}")), is_on: true, hour: Some(20), said_at }).await;
    }
    at(&mut world, 20, 10);
    schedules::wake::handle(&world.deps, Deadline::never()).await.unwrap();
    let half = sent(&world).len();
    assert!(half > 0 && half < usize::try_from(many).unwrap(), "{half}: they are spread over the hour's first minutes");

    at(&mut world, 20, 20);
    let began = Instant::now();
    schedules::wake::handle(&world.deps, Deadline::never()).await.unwrap();
    let (all, found) = (sent(&world), began.elapsed());
    assert_eq!(all.len(), usize::try_from(many).unwrap(), "what was sent and is not told is sent again");

    // Whoever works on them dies half-way; what was not told stays due.
    let began = Instant::now();
    work_on(&world, &all[..all.len() / 2]).await;
    schedules::wake::handle(&world.deps, Deadline::never()).await.unwrap();
    let rest = sent(&world);
    assert_eq!(rest.len(), all.len() - all.len() / 2);
    work_on(&world, &rest).await;
    let working = began.elapsed();
    // And everything is delivered once more, twice at a time.
    futures::join!(work_on(&world, &all), work_on(&world, &all));
    let told = told(&world, many).await;
    assert_eq!((told.len(), told.values().max()), (all.len(), Some(&1)));

    schedules::wake::handle(&world.deps, Deadline::never()).await.unwrap();
    assert_eq!(sent(&world).len(), 0, "until tomorrow");
    println!("{many} summaries: found and sent in {found:?}, told in {working:?} by {WORKERS} at a time");
}

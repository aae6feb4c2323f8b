//! One seed, from the founding of a town to the audit.

use crate::{
    audit::{Books, audit},
    consumers,
    fate::Fate,
    logs, machine,
    people::Town,
    providers,
    weather::Weather,
    world::{Common, World},
};
use anyhow::{Context, Result};
use domain::defect::Defect;
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

/// How long a town is open, at least and at most.
const OPEN_S: (u64, u64) = (120, 900);
/// How long a world may take to come to rest. A payout that the provider denies is taken as never
/// made after an hour, and a held transfer may wait for two.
const REST_MAX: Duration = Duration::from_secs(6 * 3_600);
/// Within which an app that polls has asked, and how often that is waited for where more comes.
const SHOWN_WITHIN: Duration = Duration::from_secs(120);
const SHOWN_ROUNDS: u32 = 30;
/// Days on which rules change: the end of India's financial year, the leap day, an ordinary one;
/// each an hour before India's midnight. In seconds since 1970.
pub(crate) const EVENINGS: [i64; 3] = [1_806_514_200, 1_835_371_800, 1_810_661_400];

/// What came of a seed.
#[derive(Debug, Clone)]
pub struct Report {
    pub seed: u64,
    pub findings: Vec<String>,
    pub last_lines: Vec<String>,
    pub events: u64,
    pub writes: u64,
    pub frames: u64,
    pub struck: BTreeMap<String, u64>,
    pub invocations: BTreeMap<String, u64>,
    pub virtual_time: Duration,
    pub real_time: Duration,
    /// The same for the same history.
    pub print: u64,
}

impl Report {
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Runs a seed on a thread of its own.
///
/// # Errors
///
/// Where the world itself cannot be made or read; what is wrong within it is in the report.
pub fn run(common: &Common, seed: u64) -> Result<Report> {
    run_with(common, seed, None)
}

/// As [`run`], with a defect planted in our code.
///
/// # Errors
///
/// As [`run`].
pub fn run_with(common: &Common, seed: u64, defect: Option<Defect>) -> Result<Report> {
    let common = common.clone();
    let began = Instant::now();
    let mut report = on_a_thread(seed, move || {
        domain::defect::plant(defect);
        let fate = Fate::new(seed);
        let evening = fate.pick(&EVENINGS).copied().unwrap_or_default();
        in_a_world(seed, evening, async move {
            let weather = Weather::draw(&fate);
            let world = World::make(&common, fate, weather, Vec::new()).await.context("the world cannot be made")?;
            live(&world).await?;
            Ok(report(seed, &world))
        })
    })?;
    report.real_time = began.elapsed();
    Ok(report)
}

/// Runs a world's life to its end, on a thread that nothing else has touched.
pub(crate) fn on_a_thread<T: Send + 'static>(seed: u64, life: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let thread = std::thread::Builder::new().name(format!("seed {seed}")).stack_size(16 << 20).spawn(life)?;
    thread.join().map_err(|_| anyhow::anyhow!("seed {seed}: the world itself broke down"))?
}

/// Gives this thread to a world that begins at a second since 1970, and runs it.
pub(crate) fn in_a_world<T>(seed: u64, beginning_s: i64, life: impl Future<Output = Result<T>>) -> Result<T> {
    let _given = machine::give(seed, beginning_s);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
    let ended = tokio::task::LocalSet::new().block_on(&runtime, async {
        machine::begin();
        logs::listen();
        life.await
    });
    runtime.shutdown_background();
    ended
}

fn report(seed: u64, world: &World) -> Report {
    let cloud = &world.cloud;
    Report {
        seed,
        findings: cloud.journal.findings(),
        last_lines: cloud.journal.last_lines(),
        events: cloud.journal.events(),
        writes: cloud.watch.writes(),
        frames: cloud.sockets.frames(),
        struck: cloud.weather.struck(),
        invocations: world.invocations(),
        virtual_time: cloud.journal.elapsed(),
        real_time: Duration::ZERO,
        print: cloud.journal.print(),
    }
}

/// The life of a world: a town is founded, goes about its business, closes, and comes to rest.
async fn live(world: &Arc<World>) -> Result<()> {
    consumers::start(world);
    let town = Town::found(world, world.cloud.fate.within(2, 5)).await;
    if let Some(worker) = town.workers.first() {
        town.operator.make_administrator(&worker.client.user()).await;
    }
    town.open();
    tokio::task::spawn_local(providers::misbehave(world.clone()));
    tokio::time::sleep(Duration::from_secs(world.cloud.fate.within(OPEN_S.0, OPEN_S.1))).await;
    town.close();
    world.cloud.weather.calm_down();
    world.outside.shared.faults.clear();
    if world.cloud.journal.is_clean() {
        rest(&town).await?;
    }
    if world.cloud.journal.is_clean() {
        audit(&town).await?;
    }
    Ok(())
}

/// Lets a world come to rest: nothing goes wrong any more, and an operator looks after what is left.
pub(crate) async fn rest(town: &Town) -> Result<()> {
    let (began, world) = (tokio::time::Instant::now(), &town.world);
    while began.elapsed() < REST_MAX {
        tokio::time::sleep(Duration::from_secs(600)).await;
        town.operator.redrive().await;
        if let Some(worker) = town.workers.first() {
            town.operator.assign_suspense(&worker.client.user()).await;
        }
        if !world.cloud.journal.is_clean() || Books::read(world).await?.are_at_rest(world) {
            break;
        }
    }
    // Everyone's app asks once more, and the ledger is checked by our own schedule.
    tokio::time::sleep(Duration::from_secs(1_200)).await;
    // What a deadline still brought about is shown to everybody before anybody is asked what they see.
    for _ in 0..SHOWN_ROUNDS {
        let before = Books::read(world).await?.accounts.feeds();
        tokio::time::sleep(SHOWN_WITHIN).await;
        if Books::read(world).await?.accounts.feeds() == before {
            break;
        }
    }
    Ok(())
}

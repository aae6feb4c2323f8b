//! Many seeds, as many at once as there are cores.

use crate::{
    run::{Report, run},
    world::Common,
};
use anyhow::Result;
use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// What many seeds came to.
#[derive(Debug, Default)]
pub struct Summary {
    pub seeds: u64,
    pub failed: Vec<Report>,
    pub events: u64,
    pub writes: u64,
    pub frames: u64,
    /// By what was invoked.
    pub invocations: BTreeMap<String, u64>,
    pub struck: BTreeMap<String, u64>,
    pub virtual_time: Duration,
    /// Of all threads together.
    pub busy: Duration,
    pub took: Duration,
}

impl Summary {
    fn add(&mut self, report: Report) {
        self.seeds += 1;
        self.events += report.events;
        self.writes += report.writes;
        self.frames += report.frames;
        for (name, times) in &report.invocations {
            *self.invocations.entry(name.clone()).or_default() += times;
        }
        for (fault, times) in &report.struck {
            *self.struck.entry(fault.clone()).or_default() += times;
        }
        self.virtual_time += report.virtual_time;
        self.busy += report.real_time;
        if !report.is_clean() {
            self.failed.push(report);
        }
    }

    /// How much faster than life a world runs.
    pub fn ratio(&self) -> f64 {
        self.virtual_time.as_secs_f64() / self.busy.as_secs_f64().max(0.001)
    }
}

/// Runs these seeds; `each` hears of every one as it ends. Stops early when `each` says so.
///
/// # Errors
///
/// Where a world cannot be made or read, or broke down.
pub fn run_all(common: &Common, seeds: std::ops::Range<u64>, each: impl Fn(&Report) -> bool + Sync) -> Result<Summary> {
    let began = Instant::now();
    let (next, summary) = (AtomicU64::new(seeds.start), Mutex::new(Summary::default()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let worker = || -> Result<()> {
            loop {
                let seed = next.fetch_add(1, Ordering::SeqCst);
                if seed >= seeds.end {
                    return Ok(());
                }
                let report = run(common, seed)?;
                let go_on = each(&report);
                summary.lock().unwrap_or_else(PoisonError::into_inner).add(report);
                if !go_on {
                    next.store(seeds.end, Ordering::SeqCst);
                }
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| anyhow::anyhow!("a worker broke down"))?)
    })?;
    let mut summary = summary.into_inner().unwrap_or_else(PoisonError::into_inner);
    summary.failed.sort_by_key(|report| report.seed);
    summary.took = began.elapsed();
    Ok(summary)
}

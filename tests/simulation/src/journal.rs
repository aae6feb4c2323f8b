//! What happened in a world: the last of it in words, all of it as one number.

use std::{
    collections::VecDeque,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

static PRINTS: AtomicBool = AtomicBool::new(false);

/// Every world tells on standard error what happens in it.
pub fn print_everything() {
    PRINTS.store(true, Ordering::SeqCst);
}

/// As many lines are shown when something is wrong.
const LINES: usize = 60;

#[derive(Default)]
pub struct Journal(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    began: Option<Instant>,
    lines: VecDeque<String>,
    events: u64,
    print: DefaultHasher,
    findings: Vec<String>,
}

impl Journal {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn begin(&self) {
        self.inner().began = Some(Instant::now());
    }

    pub fn elapsed(&self) -> Duration {
        self.inner().began.map(|began| began.elapsed()).unwrap_or_default()
    }

    /// Something happened.
    pub fn note(&self, what: impl Into<String>) {
        let at = self.elapsed();
        let line = format!("{:>10.3} s  {}", at.as_secs_f64(), what.into());
        if PRINTS.load(Ordering::SeqCst) {
            eprintln!("{line}");
        }
        let mut inner = self.inner();
        inner.events += 1;
        line.hash(&mut inner.print);
        if inner.lines.len() == LINES {
            inner.lines.pop_front();
        }
        inner.lines.push_back(line);
    }

    /// Something is wrong: an invariant does not hold.
    pub fn wrong(&self, finding: impl Into<String>) {
        let finding = finding.into();
        self.note(format!("WRONG: {finding}"));
        self.inner().findings.push(finding);
    }

    pub fn is_clean(&self) -> bool {
        self.inner().findings.is_empty()
    }

    pub fn findings(&self) -> Vec<String> {
        self.inner().findings.clone()
    }

    pub fn last_lines(&self) -> Vec<String> {
        self.inner().lines.iter().cloned().collect()
    }

    pub fn events(&self) -> u64 {
        self.inner().events
    }

    /// The same number for the same history.
    pub fn print(&self) -> u64 {
        self.inner().print.finish()
    }
}

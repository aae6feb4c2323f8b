//! What a seed decides: every choice that a simulated world makes.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// One seeded source of chance, shared by everything in a world.
pub struct Fate(Mutex<fastrand::Rng>);

impl Fate {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(fastrand::Rng::with_seed(seed)))
    }

    fn draw(&self) -> MutexGuard<'_, fastrand::Rng> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether something happens whose probability is this.
    pub fn strikes(&self, probability: f64) -> bool {
        probability > 0.0 && self.draw().f64() < probability
    }

    /// A whole number of `low..=high`.
    pub fn within(&self, low: u64, high: u64) -> u64 {
        self.draw().u64(low..=high.max(low))
    }

    /// A number of `low..=high`, smaller ones as likely as larger ones by their order of magnitude:
    /// most are near `low`, few near `high`.
    pub fn skewed(&self, low: u64, high: u64) -> u64 {
        let (low, high) = (low.max(1) as f64, high.max(low).max(1) as f64);
        // A duration or an amount of a simulation, never money that is booked.
        (low * (high / low).powf(self.draw().f64())) as u64
    }

    pub fn pick<'a, T>(&self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.draw().usize(0..from.len())) }
    }

    /// One of these, each as likely as its weight.
    pub fn weighted<T: Copy>(&self, from: &[(u32, T)]) -> Option<T> {
        let total: u32 = from.iter().map(|(weight, _)| weight).sum();
        let mut drawn = self.draw().u32(0..total.max(1));
        for (weight, value) in from {
            if drawn < *weight {
                return Some(*value);
            }
            drawn -= weight;
        }
        None
    }

    pub fn shuffle<T>(&self, list: &mut [T]) {
        self.draw().shuffle(list);
    }
}

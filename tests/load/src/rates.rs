//! Offered rates: a step of so many a second, each asked for at its own moment whatever became of
//! those before it, and what is made of the answers.

use bench::figures::quantile;
use std::time::Duration;

/// Asked for: so many a second, for so long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub rate: f64,
    pub seconds: f64,
}

impl Step {
    pub fn count(self) -> usize {
        (self.rate * self.seconds).round() as usize
    }

    /// When the one with this number is due, from the step's beginning. Its latency counts from
    /// then on: one that had to wait to be begun was late for whoever asked.
    pub fn due(self, number: usize) -> Duration {
        Duration::from_secs_f64(number as f64 / self.rate)
    }
}

/// What came of a step.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub step: Step,
    /// How many were done.
    pub done: usize,
    /// From when each was due until it was done, or was given up: the slowest are not left out.
    pub latencies: Vec<Duration>,
    /// From the step's beginning until the last was done, or was given up.
    pub took: Duration,
}

/// A step holds while this share of what was asked for a second is done a second,
const SHARE_MIN: f64 = 0.95;
/// and 99 of 100 are done in this time.
pub const P99_MAX: Duration = Duration::from_millis(250);

impl Outcome {
    /// Of each, when it was done, if it was; the others were given up when the step was over.
    pub fn of(step: Step, took: Duration, done: &[Option<Duration>]) -> Self {
        let latency = |(number, done): (usize, &Option<Duration>)| done.unwrap_or(took).saturating_sub(step.due(number));
        Self { step, took, done: done.iter().flatten().count(), latencies: done.iter().enumerate().map(latency).collect() }
    }

    /// Done a second. Over the time in which they were asked for, or longer if it took longer.
    pub fn achieved(&self) -> f64 {
        let seconds = self.took.as_secs_f64().max(self.step.seconds);
        self.done as f64 / seconds
    }

    pub fn p50(&mut self) -> Duration {
        quantile(&mut self.latencies, 0.5)
    }

    pub fn p99(&mut self) -> Duration {
        quantile(&mut self.latencies, 0.99)
    }

    /// Whether there was always something that waited: more was asked for than could be done.
    pub fn saturated(&self) -> bool {
        self.achieved() < SHARE_MIN * self.step.rate
    }

    pub fn holds(&mut self) -> bool {
        self.done == self.step.count() && !self.saturated() && self.p99() <= P99_MAX
    }
}

/// Rates that double, from the first to at most the last.
pub fn doubling(first: f64, last: f64, seconds: f64) -> impl Iterator<Item = Step> {
    let rates = std::iter::successors(Some(first), |rate| Some(rate * 2.0));
    rates.take_while(move |rate| *rate <= last).map(move |rate| Step { rate, seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(rate: f64, latencies_ms: &[u64], took_ms: u64) -> Outcome {
        let latencies = latencies_ms.iter().copied().map(Duration::from_millis).collect();
        Outcome { step: Step { rate, seconds: 2.0 }, done: latencies_ms.len(), latencies, took: Duration::from_millis(took_ms) }
    }

    #[test]
    fn latency_counts_from_when_it_was_due_and_what_was_given_up_took_until_then() {
        let at = Duration::from_millis;
        let mut outcome =
            Outcome::of(Step { rate: 2.0, seconds: 2.0 }, at(5_000), &[Some(at(100)), Some(at(2_500)), None, Some(at(1_500))]);
        assert_eq!(outcome.done, 3);
        assert_eq!(outcome.latencies, [at(100), at(2_000), at(4_000), at(0)]);
        assert_eq!(outcome.p99(), at(4_000));
        assert!(!outcome.holds());
    }

    #[test]
    fn rates_double_up_to_the_last_and_not_beyond() {
        let rates: Vec<f64> = doubling(100.0, 900.0, 2.0).map(|step| step.rate).collect();
        assert_eq!(rates, [100.0, 200.0, 400.0, 800.0]);
        assert_eq!(doubling(100.0, 99.0, 2.0).count(), 0);
    }

    #[test]
    fn each_is_due_at_its_own_moment() {
        let step = Step { rate: 50.0, seconds: 2.0 };
        assert_eq!(
            (step.count(), step.due(0), step.due(1), step.due(99)),
            (100, Duration::ZERO, Duration::from_millis(20), Duration::from_millis(1_980))
        );
    }

    #[test]
    fn a_rate_counts_over_the_whole_time_that_it_took() {
        // Done early, because the last was due before the end: the step's own time counts.
        assert!((outcome(2.0, &[1; 4], 1_501).achieved() - 2.0).abs() < 1e-9);
        assert!((outcome(2.0, &[1; 4], 4_000).achieved() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_step_holds_if_all_are_done_in_time_and_as_fast_as_they_were_asked_for() {
        assert!(outcome(2.0, &[1, 1, 1, 250], 2_100).holds());
        assert!(!outcome(2.0, &[1, 1, 1, 251], 2_100).holds(), "too slow");
        assert!(!outcome(2.0, &[1, 1, 1, 1], 2_200).holds(), "too few a second");
        assert!(outcome(2.0, &[1, 1, 1, 1], 2_200).saturated() && !outcome(2.0, &[1, 1, 1, 251], 2_100).saturated());
        assert!(!outcome(2.0, &[1, 1, 1], 2_000).holds(), "one was not done");
    }
}

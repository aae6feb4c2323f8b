//! What was measured, beside what it may be.

use serde::Serialize;
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bar {
    AtMost(f64),
    AtLeast(f64),
}

impl Bar {
    pub fn holds(self, value: f64) -> bool {
        match self {
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    pub group: &'static str,
    pub what: String,
    pub value: f64,
    pub unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bar: Option<Bar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<bool>,
}

impl Figure {
    pub fn new(group: &'static str, what: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self { group, what: what.into(), value, unit, bar: None, within: None }
    }

    #[must_use]
    pub fn bar(self, bar: Bar) -> Self {
        Self { within: Some(bar.holds(self.value)), bar: Some(bar), ..self }
    }
}

/// The value that this share of the samples, 0 to 1, does not exceed.
pub fn quantile(samples: &mut [Duration], share: f64) -> Duration {
    samples.sort_unstable();
    let last = samples.len().saturating_sub(1);
    let index = (last as f64 * share).ceil() as usize;
    samples.get(index.min(last)).copied().unwrap_or_default()
}

pub fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_a_sample_that_its_share_does_not_exceed() {
        let of = |count: u64, share| {
            let mut samples: Vec<Duration> = (1..=count).rev().map(Duration::from_millis).collect();
            ms(quantile(&mut samples, share))
        };
        assert_eq!((of(101, 0.0), of(101, 0.5), of(101, 0.99), of(101, 1.0)), (1.0, 51.0, 100.0, 101.0));
        // Between two samples it is the larger: a bar is never met by rounding.
        assert_eq!((of(2, 0.5), of(10, 0.99), of(1, 0.99), of(0, 0.5)), (2.0, 10.0, 1.0, 0.0));
    }

    #[test]
    fn a_bar_holds_at_its_own_value() {
        assert!(Bar::AtMost(2.0).holds(2.0) && !Bar::AtMost(2.0).holds(2.1));
        assert!(Bar::AtLeast(2.0).holds(2.0) && !Bar::AtLeast(2.0).holds(1.9));
        assert_eq!(Figure::new("g", "w", 3.0, "ms").bar(Bar::AtMost(2.0)).within, Some(false));
    }
}

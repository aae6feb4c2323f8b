//! How the models behave: the table is in [`super`].

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Longer than anybody waits.
const SLOW_MS_DEFAULT: u64 = 10_000;
const DELAY_MS_MAX: u64 = 10 * 60 * 1000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    #[default]
    Off,
    Scripted,
    Slow,
    Adversary,
    Garbage,
    Busy,
    Down,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Behaviour {
    pub mode: Mode,
    delay_ms: Option<u64>,
}

impl Behaviour {
    pub fn delay(self) -> Duration {
        let usual = if self.mode == Mode::Slow { SLOW_MS_DEFAULT } else { 0 };
        Duration::from_millis(self.delay_ms.unwrap_or(usual))
    }

    pub fn check(self) -> Result<Self, String> {
        if self.delay_ms.is_some_and(|ms| ms > DELAY_MS_MAX) {
            return Err(format!("`delay_ms` is at most {DELAY_MS_MAX}"));
        }
        Ok(self)
    }
}

//! The time, in whole milliseconds: what the table keeps is what was decided on.

use domain::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    System,
    /// A machine whose clock is off by this much, as in the simulation one function's may be.
    Off {
        by_ms: i64,
    },
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        let off_ms = match self {
            Self::System => 0,
            Self::Off { by_ms } => *by_ms,
        };
        Timestamp::from_millisecond(Timestamp::now().as_millisecond() + off_ms).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

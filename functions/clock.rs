//! The time, in whole milliseconds: what the table keeps is what was decided on.

use domain::Timestamp;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

#[derive(Debug, Clone)]
pub enum Clock {
    System,
    /// Stands where it is put, in milliseconds since 1970; for tests and the simulation.
    Set(Arc<AtomicI64>),
}

impl Clock {
    pub fn now(&self) -> Timestamp {
        let ms = match self {
            Self::System => Timestamp::now().as_millisecond(),
            Self::Set(ms) => ms.load(Ordering::SeqCst),
        };
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

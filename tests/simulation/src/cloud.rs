//! The cloud: what lies between functions, and what can go wrong there.

use crate::{fate::Fate, journal::Journal, queues::Queues, sockets::Sockets, stream::Stream, watch::Watch, weather::Weather};
use std::time::Duration;

/// Everything that functions reach, and that every part of a world shares.
pub struct Cloud {
    pub fate: Fate,
    pub weather: Weather,
    pub journal: Journal,
    pub queues: Queues,
    pub stream: Stream,
    pub sockets: Sockets,
    pub watch: Watch,
}

impl Cloud {
    pub fn new(fate: Fate, weather: Weather) -> Self {
        Self {
            fate,
            weather,
            journal: Journal::default(),
            queues: Queues::default(),
            stream: Stream::default(),
            sockets: Sockets::default(),
            watch: Watch::default(),
        }
    }

    /// Time passes for one leg of a request.
    pub async fn leg(&self) {
        tokio::time::sleep(self.weather.leg(&self.fate)).await;
    }

    /// A random while passes, usually nearer to the lower end.
    pub async fn while_between(&self, low_ms: u64, high_ms: u64) {
        tokio::time::sleep(Duration::from_millis(self.fate.skewed(low_ms, high_ms))).await;
    }
}

//! What both processes say to each other: one line of JSON each.

use serde::{Deserialize, Serialize};
use std::{
    net::SocketAddr,
    time::{SystemTime, UNIX_EPOCH},
};

/// A socket that is to be opened, and what it subscribes to.
#[derive(Debug, Serialize, Deserialize)]
pub struct Wanted {
    pub ticket: String,
    pub channels: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// Open these, then subscribe them all.
    Open {
        address: SocketAddr,
        wanted: Vec<Wanted>,
    },
    /// The frames since the last time, once there are so many or the time is over.
    Frames {
        expected: usize,
        patience_ms: u64,
    },
    Close,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub enum Told {
    Opened {
        opened: usize,
        open_us: u64,
        subscribe_us: u64,
        /// Why some were not, if any.
        refused: Option<String>,
    },
    Frames {
        frames: Vec<Frame>,
    },
    Closed,
}

/// A fact that was shown on a socket.
#[derive(Debug, Serialize, Deserialize)]
pub struct Frame {
    pub id: String,
    pub channel: String,
    pub at_ns: u64,
}

/// The time of day in nanoseconds: the one clock that two processes share. A run is too short for
/// it to be set in between; if it is, the figures show it.
pub fn now_ns() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

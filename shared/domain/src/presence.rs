//! Whether somebody is there, by what their connections were last heard of.

use jiff::{SignedDuration, Timestamp};

/// A connection that was silent for longer counts for nothing. Apps send a `ping` each ten seconds.
pub const SILENT_S: i64 = 25;

/// What one connection was last heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    pub at: Timestamp,
    /// The app is open and its user does something else.
    pub away: bool,
}

impl Heard {
    /// Until when it counts.
    pub fn until(self) -> Timestamp {
        self.at.saturating_add(SignedDuration::from_secs(SILENT_S)).unwrap_or(self.at)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Online,
    Away,
    Offline,
}

impl Presence {
    pub const ALL: [Self; 3] = [Self::Online, Self::Away, Self::Offline];

    pub fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Away => "away",
            Self::Offline => "offline",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|presence| presence.code() == code)
    }

    /// All connections of a user are one presence: there on any of them is there.
    pub fn of(heard: &[Heard], now: Timestamp) -> Self {
        let mut counting = heard.iter().filter(|heard| now <= heard.until()).peekable();
        if counting.peek().is_none() {
            return Self::Offline;
        }
        if counting.any(|heard| !heard.away) { Self::Online } else { Self::Away }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(second: i64, away: bool) -> Heard {
        Heard { at: Timestamp::from_second(second).unwrap(), away }
    }

    fn at(second: i64, heard: &[Heard]) -> Presence {
        Presence::of(heard, Timestamp::from_second(second).unwrap())
    }

    #[test]
    fn several_connections_are_one_presence() {
        assert_eq!(at(100, &[heard(99, true), heard(98, false)]), Presence::Online);
        assert_eq!(at(100, &[heard(99, true), heard(70, false)]), Presence::Away, "the other is silent");
        assert_eq!(at(100, &[]), Presence::Offline);
    }

    #[test]
    fn who_is_silent_is_gone_within_half_a_minute() {
        let last = [heard(100, false)];
        assert_eq!(at(100 + SILENT_S, &last), Presence::Online);
        assert_eq!(at(101 + SILENT_S, &last), Presence::Offline);
    }
}

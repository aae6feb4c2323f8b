//! Refusals about what many are told, and about notices.

use super::{AsProblem, TOO_LATE, say, sentence};
use domain::{bulletin, campaign, notice};
use lambda::Problem;

impl AsProblem for bulletin::CannotPublish {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(reused) => reused.as_problem(),
            Self::WrongBoard { .. } => Problem::invalid_field("/event", self.to_string()),
            Self::NoUser => Problem::invalid_field("/channel", self.to_string()),
            Self::Expired => Problem::invalid_field("/expires_in_s", self.to_string()),
        }
    }
}

impl AsProblem for bulletin::NoPublication {
    fn as_problem(&self) -> Problem {
        Problem::not_found()
    }
}

impl AsProblem for campaign::CannotOpen {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(reused) => reused.as_problem(),
            Self::Expired => Problem::invalid_field("/expires_in_s", self.to_string()),
            Self::TooSlow => Problem::invalid_field("/per_minute", self.to_string()),
        }
    }
}

impl AsProblem for campaign::CannotSteer {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoCampaign => Problem::not_found(),
            Self::Over(_) => say(TOO_LATE, self),
        }
    }
}

impl AsProblem for notice::Stale {
    fn as_problem(&self) -> Problem {
        say(TOO_LATE, self)
    }
}

impl AsProblem for notice::NoSuchNotice {
    fn as_problem(&self) -> Problem {
        Problem::not_found()
    }
}

impl AsProblem for notice::preferences::OtherEmail {
    fn as_problem(&self) -> Problem {
        Problem::conflict(sentence(&self.to_string()))
    }
}

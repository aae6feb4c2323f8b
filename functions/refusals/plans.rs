//! Refusals of what a user plans, and of their banks.

use super::{AsProblem, BANK_CONNECTED, TOO_MANY, say};
use domain::{bank, standing};
use lambda::Problem;

impl AsProblem for standing::CannotStand {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(why) => why.as_problem(),
            Self::TooMany => say(TOO_MANY, self),
        }
    }
}

impl AsProblem for standing::NoSuchStanding {
    fn as_problem(&self) -> Problem {
        Problem::not_found()
    }
}

impl AsProblem for bank::NoSuchBank {
    fn as_problem(&self) -> Problem {
        Problem::not_found()
    }
}

impl AsProblem for bank::CannotLink {
    fn as_problem(&self) -> Problem {
        say(BANK_CONNECTED, self)
    }
}

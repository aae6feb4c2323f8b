//! Refusals of what a user plans, of their banks, and of their cash book.

use super::{AsProblem, BANK_CONNECTED, SETTLED, TOO_MANY, say};
use domain::{bank, book, finding, standing};
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

impl AsProblem for finding::CannotAnswer {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoFinding => Problem::not_found(),
            Self::Settled => say(SETTLED, self),
        }
    }
}

impl AsProblem for book::NoSuchEntry {
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

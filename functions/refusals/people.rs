//! Refusals about people: rooms, blocks, organisations.

use super::{AsProblem, IDEMPOTENCY_KEY_REUSED, NO_RECIPIENT, ROOM_FULL, TO_SELF, TOO_LATE, UNREACHABLE, say, sentence};
use domain::{chat, organisation, room, social};
use lambda::Problem;

impl AsProblem for room::NoRoom {
    fn as_problem(&self) -> Problem {
        Problem::not_found()
    }
}

impl AsProblem for chat::NoHandOff {
    fn as_problem(&self) -> Problem {
        Problem::not_found()
    }
}

impl AsProblem for room::NoReport {
    fn as_problem(&self) -> Problem {
        Problem::not_found()
    }
}

impl AsProblem for room::CannotCreate {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(reused) => reused.as_problem(),
            Self::WithOneself => say(TO_SELF, self),
            Self::TooManyMembers { .. } => Problem::invalid_field("/members", self.to_string()),
            Self::Unreachable { .. } => say(UNREACHABLE, self),
        }
    }
}

impl AsProblem for room::CannotJoin {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoRoom(none) => none.as_problem(),
            Self::Full { .. } => say(ROOM_FULL, self),
        }
    }
}

impl AsProblem for room::CannotAdd {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoRoom(none) => none.as_problem(),
            Self::NotOwner => Problem::forbidden(sentence(&self.to_string())),
            Self::Full { .. } => say(ROOM_FULL, self),
            Self::Unreachable { .. } => say(UNREACHABLE, self),
        }
    }
}

impl AsProblem for room::CannotLeave {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoRoom(none) => none.as_problem(),
            Self::Direct => Problem::conflict(sentence(&self.to_string())),
        }
    }
}

impl AsProblem for room::CannotRemove {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoRoom(none) => none.as_problem(),
            Self::NotOwner => Problem::forbidden(sentence(&self.to_string())),
            Self::Oneself => Problem::conflict(sentence(&self.to_string())),
            Self::NoMember => Problem::not_found(),
        }
    }
}

impl AsProblem for room::CannotPost {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoRoom(none) => none.as_problem(),
            Self::IdReused => Problem::new(IDEMPOTENCY_KEY_REUSED, sentence(&self.to_string())),
            Self::Unreachable { .. } => say(UNREACHABLE, self),
            Self::Empty => Problem::invalid_field("/text", self.to_string()),
            Self::TooManyAttachments { .. } => Problem::invalid_field("/files", self.to_string()),
            Self::NoTransfer => Problem::invalid_field("/transfer_id", self.to_string()),
        }
    }
}

impl AsProblem for room::CannotEdit {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoRoom(none) => none.as_problem(),
            Self::NoMessage => Problem::not_found(),
            Self::NotYours => Problem::forbidden(sentence(&self.to_string())),
            Self::Deleted | Self::TooLate { .. } => say(TOO_LATE, self),
            Self::Unreachable { .. } => say(UNREACHABLE, self),
            Self::Empty => Problem::invalid_field("/text", self.to_string()),
        }
    }
}

impl AsProblem for room::CannotDelete {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoRoom(none) => none.as_problem(),
            Self::NoMessage => Problem::not_found(),
            Self::NotYours => Problem::forbidden(sentence(&self.to_string())),
        }
    }
}

impl AsProblem for room::CannotReport {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoRoom(none) => none.as_problem(),
            Self::NoMessage => Problem::not_found(),
            Self::OwnMessage => Problem::unprocessable(sentence(&self.to_string())),
        }
    }
}

impl AsProblem for social::CannotBlock {
    fn as_problem(&self) -> Problem {
        Problem::unprocessable(sentence(&self.to_string()))
    }
}

impl AsProblem for organisation::CannotMove {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoUser => say(NO_RECIPIENT, self),
            Self::Oneself => Problem::unprocessable(sentence(&self.to_string())),
            Self::NotInvited => Problem::not_found(),
        }
    }
}

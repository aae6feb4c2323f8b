//! What a rule's no looks like to a caller: a stable code, and what to mend.

use domain::{
    account, batch, bulletin, campaign, notice, organisation, payment, payout, refund, request::KeyReused, room, social, suspense, transfer,
};
use lambda::{
    Problem,
    http::code::{Code, IDEMPOTENCY_KEY_REUSED},
};
use store::{ExecuteError, StoreError};

pub const ACCOUNT_PAUSED: Code = Code::refusal("account_paused", 409, "The account is paused");
pub const ACCOUNT_CLOSED: Code = Code::refusal("account_closed", 409, "The account is closed");
pub const NOT_ENOUGH: Code = Code::refusal("insufficient_funds", 422, "Not enough is available");
pub const OVER_LIMIT: Code = Code::refusal("limit_exceeded", 422, "Over a limit");
pub const AMOUNT_OUT_OF_RANGE: Code = Code::refusal("amount_out_of_range", 422, "The amount is not possible here");
pub const PAYEE_INVALID: Code = Code::refusal("payee_invalid", 422, "The payee's address is not valid");
pub const PAYEE_BUSY: Code = Code::try_later("payee_busy", 409, "The payee is still being validated");
pub const TO_SELF: Code = Code::refusal("transfer_to_self", 422, "Money cannot be sent to oneself");
pub const NO_RECIPIENT: Code = Code::refusal("recipient_not_found", 404, "No such recipient");
pub const TOO_LATE: Code = Code::refusal("too_late", 409, "Too late for this");
pub const NOT_HELD: Code = Code::refusal("transfer_not_held", 409, "The transfer is not held any more");
pub const NOT_REFUNDABLE: Code = Code::refusal("not_refundable", 409, "The payment cannot be refunded");
pub const SIGNATURE: Code = Code::refusal("payment_signature_invalid", 422, "The payment's signature does not match");
pub const OTP_WRONG: Code = Code::refusal("otp_invalid", 401, "The one-time password is not valid");
pub const REFRESH_INVALID: Code = Code::refusal("refresh_token_invalid", 401, "The refresh token is not valid");
pub const UNREACHABLE: Code = Code::refusal("unreachable", 422, "They cannot be written to");
pub const ROOM_FULL: Code = Code::refusal("room_full", 409, "The room is full");
pub const ASSIGNED: Code = Code::refusal("already_assigned", 409, "Assigned already");

/// Every code of ours beyond those of any function, for the API description.
pub const ALL: &[Code] = &[
    ACCOUNT_PAUSED,
    ACCOUNT_CLOSED,
    NOT_ENOUGH,
    OVER_LIMIT,
    AMOUNT_OUT_OF_RANGE,
    PAYEE_INVALID,
    PAYEE_BUSY,
    TO_SELF,
    NO_RECIPIENT,
    TOO_LATE,
    NOT_HELD,
    NOT_REFUNDABLE,
    SIGNATURE,
    OTP_WRONG,
    REFRESH_INVALID,
    UNREACHABLE,
    ROOM_FULL,
    ASSIGNED,
];

/// A refusal as an answer.
pub trait AsProblem {
    fn as_problem(&self) -> Problem;
}

/// The answer to a command that was not carried out.
pub fn problem<R: AsProblem>(error: ExecuteError<R>) -> Problem {
    match error {
        ExecuteError::Refused(refusal) => refusal.as_problem(),
        ExecuteError::Store(error) => store_problem(error),
    }
}

pub fn store_problem(error: StoreError) -> Problem {
    if error.retryable() { Problem::unavailable(error) } else { Problem::internal(error) }
}

impl AsProblem for std::convert::Infallible {
    fn as_problem(&self) -> Problem {
        match *self {}
    }
}

fn say(code: Code, refusal: &impl ToString) -> Problem {
    Problem::new(code, sentence(&refusal.to_string()))
}

/// A refusal's own words as a sentence.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

impl AsProblem for KeyReused {
    fn as_problem(&self) -> Problem {
        say(IDEMPOTENCY_KEY_REUSED, self)
    }
}

impl AsProblem for account::CannotSpend {
    fn as_problem(&self) -> Problem {
        match self {
            Self::Paused => say(ACCOUNT_PAUSED, self),
            Self::Closed => say(ACCOUNT_CLOSED, self),
            Self::NotEnough { available, short } => say(NOT_ENOUGH, self).with("available_amount", *available).with("short_amount", *short),
            Self::OverLimit { over } => say(OVER_LIMIT, self)
                .with("limit", over.limit.code())
                .with("excess", over.excess)
                .with("resets_at", over.resets_at.to_string()),
        }
    }
}

impl AsProblem for account::NoAccount {
    fn as_problem(&self) -> Problem {
        Problem::not_found()
    }
}

impl AsProblem for payout::OpenRefusal {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(reused) => reused.as_problem(),
            Self::NoAccount => Problem::not_found(),
            Self::TooSmall { .. } | Self::TooLarge { .. } => say(AMOUNT_OUT_OF_RANGE, self).with_error("/amount", self.to_string()),
            Self::PayeeInvalid { .. } => say(PAYEE_INVALID, self),
            Self::PayeeBusy => say(PAYEE_BUSY, self),
            Self::Cannot(cannot) => cannot.as_problem(),
        }
    }
}

impl AsProblem for payout::CannotCancel {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoSuchPayout => Problem::not_found(),
            Self::TooLate { .. } => say(TOO_LATE, self),
        }
    }
}

impl AsProblem for transfer::OpenRefusal {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(reused) => reused.as_problem(),
            Self::ToSelf => say(TO_SELF, self),
            Self::HoldLength { .. } => Problem::invalid_field("/hold_s", self.to_string()),
            Self::NoAccount => Problem::not_found(),
            Self::NoRecipient => say(NO_RECIPIENT, self),
            Self::Cannot(cannot) => cannot.as_problem(),
        }
    }
}

impl AsProblem for transfer::CannotFinish {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(reused) => reused.as_problem(),
            Self::NoSuchTransfer => Problem::not_found(),
            Self::NotHeld { .. } => say(NOT_HELD, self),
            Self::MoreThanHeld { .. } => say(AMOUNT_OUT_OF_RANGE, self).with_error("/amount", self.to_string()),
            Self::Cannot(cannot) => cannot.as_problem(),
        }
    }
}

impl AsProblem for payment::OrderRefusal {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(reused) => reused.as_problem(),
            Self::NoAccount => Problem::not_found(),
            Self::OutOfRange { .. } => say(AMOUNT_OUT_OF_RANGE, self).with_error("/amount", self.to_string()),
        }
    }
}

impl AsProblem for payment::NoSuchPayment {
    fn as_problem(&self) -> Problem {
        Problem::not_found()
    }
}

impl AsProblem for refund::RefundRefusal {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(reused) => reused.as_problem(),
            Self::NoSuchPayment => Problem::not_found(),
            Self::NotCaptured { .. } | Self::TooOld => say(NOT_REFUNDABLE, self),
            Self::OutOfRange { .. } => say(AMOUNT_OUT_OF_RANGE, self).with_error("/amount", self.to_string()),
            Self::Cannot(cannot) => cannot.as_problem(),
        }
    }
}

impl AsProblem for batch::BatchRefusal {
    fn as_problem(&self) -> Problem {
        match self {
            Self::KeyReused(reused) => reused.as_problem(),
            Self::NoAccount => Problem::not_found(),
            Self::Cannot(cannot) => cannot.as_problem(),
        }
    }
}

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

impl AsProblem for room::NoRoom {
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

impl AsProblem for organisation::CannotMove {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoUser => say(NO_RECIPIENT, self),
            Self::Oneself => Problem::unprocessable(sentence(&self.to_string())),
            Self::NotInvited => Problem::not_found(),
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

impl AsProblem for suspense::CannotAssign {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoSuchSuspense => Problem::not_found(),
            Self::NoSuchUser => Problem::invalid_field("/user_id", self.to_string()),
            Self::NotAssignable => Problem::unprocessable(sentence(&self.to_string())),
            Self::Assigned { .. } => say(ASSIGNED, self),
            Self::ToOneself => Problem::forbidden(sentence(&self.to_string())),
        }
    }
}

//! What a rule's no looks like to a caller: a stable code, and what to mend.

mod money;
mod notices;
mod people;
mod plans;

use domain::request::KeyReused;
use lambda::{
    Problem,
    http::code::{Code, IDEMPOTENCY_KEY_REUSED},
};
use store::{ExecuteError, StoreError};

pub const ACCOUNT_PAUSED: Code = Code::refusal("account_paused", 409, "The account is paused");
pub const ACCOUNT_CLOSED: Code = Code::refusal("account_closed", 409, "The account is closed");
pub const MONEY_LEFT: Code = Code::refusal("money_left", 409, "There is money in the account");
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

pub const BANK_CONNECTED: Code = Code::refusal("bank_connected", 409, "The bank is connected already");
pub const BANK_NOT_HERE: Code = Code::refusal("bank_not_available", 422, "The bank cannot be connected here");
pub const BANK_TROUBLE: Code = Code::try_later("bank_trouble", 409, "The bank cannot be connected now");
pub const BILLS_NOT_HERE: Code = Code::refusal("bills_not_available", 422, "Bills cannot be paid here");
pub const PROVIDER_NOT_HERE: Code = Code::refusal("provider_not_available", 422, "Payments are not taken by this provider here");
pub const UPI_NOT_HERE: Code = Code::refusal("upi_not_available", 422, "There are no UPI links here");
pub const UNPAYABLE: Code = Code::refusal("already_paid", 409, "The order was paid");
pub const BILL_REFUSED: Code = Code::refusal("bill_refused", 422, "The biller told of no bill");
pub const FILE_REFUSED: Code = Code::refusal("file_refused", 422, "The file cannot be taken");
pub const SETTLED: Code = Code::refusal("finding_settled", 409, "It adds up by now");
pub const CONSENT_NEEDED: Code = Code::refusal("consent_needed", 403, "The user has not agreed to this");
pub const CONSENT_ELSEWHERE: Code = Code::refusal("consent_elsewhere", 409, "This is not agreed to here");
pub const TOO_MANY: Code = Code::refusal("too_many", 409, "There are too many already");

/// Every code of ours beyond those of any function, for the API description.
pub const ALL: &[Code] = &[
    ACCOUNT_PAUSED,
    ACCOUNT_CLOSED,
    MONEY_LEFT,
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
    BANK_CONNECTED,
    BANK_NOT_HERE,
    BANK_TROUBLE,
    BILLS_NOT_HERE,
    PROVIDER_NOT_HERE,
    UPI_NOT_HERE,
    UNPAYABLE,
    BILL_REFUSED,
    SETTLED,
    FILE_REFUSED,
    TOO_MANY,
    CONSENT_NEEDED,
    CONSENT_ELSEWHERE,
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

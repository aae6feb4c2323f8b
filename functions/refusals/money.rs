//! Refusals about money: accounts, payments, transfers, payouts.

use super::{
    ACCOUNT_CLOSED, ACCOUNT_PAUSED, AMOUNT_OUT_OF_RANGE, ASSIGNED, AsProblem, MONEY_LEFT, NO_RECIPIENT, NOT_ENOUGH, NOT_HELD,
    NOT_REFUNDABLE, OVER_LIMIT, PAYEE_BUSY, PAYEE_INVALID, TO_SELF, TOO_LATE, say, sentence,
};
use domain::{account, batch, erasure, payment, payout, refund, suspense, transfer};
use lambda::Problem;

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

impl AsProblem for erasure::CannotErase {
    fn as_problem(&self) -> Problem {
        match self {
            Self::NoAccount(no_account) => no_account.as_problem(),
            Self::MoneyLeft { balance, held } => {
                Problem::new(MONEY_LEFT, format!("{} Pay it out, or wait for what is under way.", sentence(&self.to_string())))
                    .with("balance", *balance)
                    .with("held_amount", *held)
            }
        }
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
            Self::Gone => say(NO_RECIPIENT, self),
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

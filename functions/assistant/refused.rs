//! Why money does not move, in words.

use super::context::Turning;
use domain::{
    account::CannotSpend,
    limits::{Limit, OverLimit},
    payout, transfer,
};
use words::{Phrase, Said, rupees};

fn amount(paise: i64) -> Said<'static> {
    Said::Ours(rupees(paise))
}

pub fn spending(turning: &Turning<'_>, why: &CannotSpend) -> String {
    match why {
        CannotSpend::Paused => turning.plain(Phrase::Paused),
        CannotSpend::Closed => turning.plain(Phrase::Closed),
        CannotSpend::NotEnough { short, available } => {
            turning.say(Phrase::NotEnough, &[("available", amount(*available)), ("short", amount(*short))])
        }
        CannotSpend::OverLimit { over: OverLimit { limit, excess, .. } } => match limit {
            Limit::Day | Limit::TransferDay => turning.say(Phrase::OverLimitDay, &[("excess", amount(*excess))]),
            Limit::PayeeDay => turning.say(Phrase::OverLimitPayee, &[("excess", amount(*excess))]),
            Limit::PayeesPerDay => turning.plain(Phrase::OverLimitPayees),
        },
    }
}

pub fn transfer(turning: &Turning<'_>, why: &transfer::OpenRefusal) -> String {
    use transfer::OpenRefusal as Why;
    match why {
        Why::Cannot(why) => spending(turning, why),
        Why::ToSelf => turning.plain(Phrase::ToSelf),
        Why::NoRecipient => turning.plain(Phrase::NoRecipient),
        Why::KeyReused(_) | Why::HoldLength { .. } | Why::NoAccount => turning.plain(Phrase::TryAgain),
    }
}

pub fn payout(turning: &Turning<'_>, why: &payout::OpenRefusal) -> String {
    use payout::OpenRefusal as Why;
    match why {
        Why::Cannot(why) => spending(turning, why),
        Why::TooSmall { min } => turning.say(Phrase::TooSmall, &[("min", amount(*min))]),
        Why::TooLarge { max } => turning.say(Phrase::TooLarge, &[("max", amount(*max))]),
        Why::PayeeInvalid { .. } => turning.plain(Phrase::PayeeInvalid),
        Why::PayeeBusy => turning.plain(Phrase::PayeeBusy),
        Why::KeyReused(_) | Why::NoAccount => turning.plain(Phrase::TryAgain),
    }
}

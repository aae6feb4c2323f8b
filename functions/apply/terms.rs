//! Money that moves on terms that its owner has confirmed: from a chat, or again and again.

use crate::{apply::store_failed, deps::Deps};
use domain::{
    account::CannotSpend,
    address::Address,
    chat::{Moves, Terms},
    money::Amount,
    payout::{self, OpenPayout, PayoutStatus},
    request::Keyed,
    transfer::{self, OpenTransfer},
};
use lambda::{Failed, Trace};
use store::ExecuteError;

/// What became of it.
pub enum Moved {
    /// It is with the other user.
    Sent,
    /// It is on its way out.
    Payout(PayoutStatus),
    /// Nothing moved.
    Not(NotMoved),
}

pub enum NotMoved {
    Transfer(transfer::OpenRefusal),
    Payout(payout::OpenRefusal),
    /// The fee is not what was shown.
    Changed,
}

impl NotMoved {
    /// Whether there was too little money, which may be otherwise later.
    pub fn is_short(&self) -> bool {
        let why = match self {
            Self::Transfer(transfer::OpenRefusal::Cannot(why)) | Self::Payout(payout::OpenRefusal::Cannot(why)) => why,
            _ => return false,
        };
        matches!(why, CannotSpend::NotEnough { .. })
    }
}

/// Kamai's fee for money that goes there.
pub fn fee(deps: &Deps, moves: &Moves) -> i64 {
    match moves {
        Moves::Transfer { .. } | Moves::Bill { .. } => 0,
        Moves::Payout { .. } => deps.rules.payout_fee,
    }
}

/// Moves the money, under the key of what asks for it: so once. What was shown is what is paid, or nothing.
pub async fn carry_out(deps: &Deps, asked: Keyed, terms: &Terms, trace: &Trace) -> Result<Moved, Failed> {
    let amount = Amount::new(terms.amount).ok_or_else(|| Failed::bug("terms without an amount"))?;
    let (note, rules) = (terms.note.clone(), deps.rules.clone());
    if fee(deps, &terms.moves) != terms.fee {
        return Ok(Moved::Not(NotMoved::Changed));
    }
    let (address, name, bill) = match &terms.moves {
        Moves::Transfer { to, .. } => {
            let command = OpenTransfer { asked, to: *to, amount, note, hold_s: None, rules };
            return match deps.execute(&command, trace).await {
                Ok(_) => Ok(Moved::Sent),
                Err(ExecuteError::Refused(why)) => Ok(Moved::Not(NotMoved::Transfer(why))),
                Err(ExecuteError::Store(error)) => Err(store_failed(error)),
            };
        }
        Moves::Payout { address, name } => (address.clone(), name.clone(), None),
        Moves::Bill { account, name, bill } => (Address::Bill(account.clone()), name.clone(), bill.clone()),
    };
    let command = OpenPayout { asked, address, name, amount, note, line: None, bill, rules };
    match deps.execute(&command, trace).await {
        Ok(opened) => Ok(Moved::Payout(opened.value.opened_as)),
        Err(ExecuteError::Refused(why)) => Ok(Moved::Not(NotMoved::Payout(why))),
        Err(ExecuteError::Store(error)) => Err(store_failed(error)),
    }
}

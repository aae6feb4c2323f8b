//! How much there is.

use super::{Capability, Prepared, nothing_to_do, settles_nothing};
use crate::assistant::reply::Reply;
use understanding::Command;
use words::{Phrase, Said, rupees};

pub const CHECK_BALANCE: Capability = Capability {
    command: Command::CheckBalance,
    prepare: |turning, _| {
        Box::pin(async {
            let account = turning.account().await?;
            let available = ("available", Said::Ours(rupees(account.available())));
            let text = match account.held {
                0 => turning.say(Phrase::Balance, &[available]),
                held => turning.say(Phrase::BalanceHeld, &[available, ("held", Said::Ours(rupees(held)))]),
            };
            Ok(Prepared::Answer(Reply::text(text)))
        })
    },
    perform: nothing_to_do,
    settle: settles_nothing,
};

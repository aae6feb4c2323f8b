//! How much there is.

use super::{Capability, Prepared, banks, nothing_to_do, settles_nothing};
use crate::assistant::reply::Reply;
use understanding::Command;
use words::{Phrase, Said, rupees};

pub const CHECK_BALANCE: Capability = Capability {
    command: Command::CheckBalance,
    prepare: |turning, wish| {
        Box::pin(async {
            // Of a bank alone, where one is named that is connected.
            if let Some(bank) = wish.slot("bank") {
                let lines = banks::seen(turning, Some(bank)).await?;
                if !lines.is_empty() {
                    return Ok(Prepared::Answer(Reply::text(lines.join("\n"))));
                }
            }
            let account = turning.account().await?;
            let available = ("available", Said::Ours(rupees(account.available())));
            let text = match account.held {
                0 => turning.say(Phrase::Balance, &[available]),
                held => turning.say(Phrase::BalanceHeld, &[available, ("held", Said::Ours(rupees(held)))]),
            };
            let lines = banks::seen(turning, None).await?;
            let reply = Reply::text(text);
            Ok(Prepared::Answer(if lines.is_empty() { reply } else { reply.and(&lines.join("\n")) }))
        })
    },
    perform: nothing_to_do,
    settle: settles_nothing,
};

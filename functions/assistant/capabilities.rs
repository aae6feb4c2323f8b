//! What the assistant can do. A capability registers its commands here; nothing else knows them.

mod balance;
mod banks;
mod bills;
mod consent;
mod days;
mod help;
mod language;
mod logging;
mod memory;
mod movements;
mod people;
mod planning;
mod safety;
mod send;
mod standing;
mod unavailable;

pub use banks::news as bank_news;
pub use movements::what_moved;
pub use send::{ask_again, carry_out};

use super::{context::Turning, grammar::Wish, reply::Reply};
use domain::{
    Timestamp,
    chat::{Slots, State, Terms},
    standing::Every,
};
use futures::future::BoxFuture;
use lambda::Failed;
use understanding::Command;

/// What a wish comes to.
pub enum Prepared {
    /// It is answered, and nothing is done.
    Answer(Reply),
    /// A slot is missing, or is not what it must be; with the slots that are good.
    Ask { slot: &'static str, slots: Slots, reply: Reply },
    /// Money would move on these terms.
    Confirm { terms: Box<Terms>, reply: Reply },
    /// Money would move on these terms again and again.
    Stand { terms: Box<Terms>, every: Every, reply: Reply },
    /// It would be carried out with these slots, and nobody should set it off by mistake.
    Question { slots: Slots, reply: Reply },
    /// It is carried out with these slots.
    Do(Slots),
}

type Preparing<'a> = BoxFuture<'a, Result<Prepared, Failed>>;
type Performing<'a> = BoxFuture<'a, Result<Reply, Failed>>;

/// A command, and how it is answered or carried out.
pub struct Capability {
    pub command: Command,
    /// Reads only. The answer is written down before anything is done.
    pub prepare: for<'a> fn(&'a Turning<'a>, &'a Wish) -> Preparing<'a>,
    /// Carries out what was prepared; twice is once, by the turn's id.
    pub perform: for<'a> fn(&'a Turning<'a>, &'a Slots) -> Performing<'a>,
    /// What carrying it out changes of the chat itself.
    pub settle: fn(&mut State, &Slots, Timestamp),
}

/// Of a command that leaves the chat as it is.
fn settles_nothing(_: &mut State, _: &Slots, _: Timestamp) {}

const ALL: &[&Capability] = &[
    &balance::CHECK_BALANCE,
    &movements::GET_TRANSACTIONS,
    &send::TRANSFER_MONEY,
    &send::CASH_OUT,
    &standing::RECURRING_PAYMENTS,
    &logging::LOG_INCOME,
    &logging::LOG_EXPENSE,
    &days::EARNINGS_TODAY,
    &days::GET_SPENDING_INSIGHTS,
    &days::TAX_SUMMARY,
    &planning::SET_GOAL,
    &language::CHANGE_LANGUAGE,
    &people::TALK_TO_HUMAN,
    &safety::PANIC,
    &consent::STOP_MESSAGES,
    &consent::START_MESSAGES,
    &memory::SHOW_MEMORY,
    &memory::FORGET_ME,
    &help::HELP,
    &bills::PAY_BILL,
    &banks::CONNECT_BANK,
    &banks::DISCONNECT_BANK,
    &unavailable::HOT_ZONES,
    &unavailable::SCHEME_CHECK,
    &unavailable::LOAN_OFFER,
];

pub fn of(command: Command) -> Option<&'static Capability> {
    ALL.iter().copied().find(|capability| capability.command == command)
}

/// Of a command that is answered as it is prepared.
fn nothing_to_do<'a>(turning: &'a Turning<'a>, _: &'a Slots) -> Performing<'a> {
    Box::pin(async { Ok(Reply::text(turning.plain(words::Phrase::TryAgain))) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_the_grammar_has_one_capability() {
        for command in Command::ALL {
            assert_eq!(ALL.iter().filter(|capability| capability.command == *command).count(), 1, "{command}");
        }
        assert_eq!(ALL.len(), Command::ALL.len());
    }
}

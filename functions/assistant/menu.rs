//! What there is to choose from, where a text was not understood.

use super::{
    context::Turning,
    reply::{Press, Reply},
};
use understanding::Command;
use words::Phrase;

const ROWS: &[(Command, Phrase)] = &[
    (Command::CheckBalance, Phrase::RowBalance),
    (Command::TransferMoney, Phrase::RowSend),
    (Command::CashOut, Phrase::RowCashOut),
    (Command::EarningsToday, Phrase::RowToday),
    (Command::LogIncome, Phrase::RowLog),
    (Command::PayBill, Phrase::RowBill),
    (Command::ConnectBank, Phrase::RowBank),
    (Command::ChangeLanguage, Phrase::RowLanguage),
    (Command::TalkToHuman, Phrase::RowHuman),
    (Command::Panic, Phrase::RowPanic),
];

pub fn menu(turning: &Turning<'_>, text: Phrase) -> Reply {
    let reply = Reply { open: turning.plain(Phrase::ButtonChoose), ..Reply::text(turning.plain(text)) };
    ROWS.iter().fold(reply, |reply, (command, row)| reply.with(&Press::Command(command.name().to_owned()), turning.plain(*row)))
}

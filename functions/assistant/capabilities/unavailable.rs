//! Commands that are understood, and that no capability of this Kamai carries out.

use super::{Capability, Prepared, nothing_to_do, settles_nothing};
use crate::assistant::menu::menu;
use understanding::Command;
use words::Phrase;

const fn unavailable(command: Command) -> Capability {
    Capability {
        command,
        prepare: |turning, _| Box::pin(async { Ok(Prepared::Answer(menu(turning, Phrase::NotAvailable))) }),
        perform: nothing_to_do,
        settle: settles_nothing,
    }
}

pub const PAY_BILL: Capability = unavailable(Command::PayBill);
pub const CONNECT_BANK: Capability = unavailable(Command::ConnectBank);
pub const DISCONNECT_BANK: Capability = unavailable(Command::DisconnectBank);
pub const HOT_ZONES: Capability = unavailable(Command::HotZones);
pub const SCHEME_CHECK: Capability = unavailable(Command::SchemeCheck);
pub const LOAN_OFFER: Capability = unavailable(Command::LoanOffer);

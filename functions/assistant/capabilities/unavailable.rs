//! Commands that are understood, and that no capability of this Kamai carries out. Each says why, and
//! promises nothing.

use super::{Capability, Prepared, nothing_to_do, settles_nothing};
use crate::assistant::menu::menu;
use understanding::Command;
use words::Phrase;

pub const HOT_ZONES: Capability = Capability {
    command: Command::HotZones,
    prepare: |turning, _| Box::pin(async { Ok(Prepared::Answer(menu(turning, Phrase::HotZonesNone))) }),
    perform: nothing_to_do,
    settle: settles_nothing,
};

pub const SCHEME_CHECK: Capability = Capability {
    command: Command::SchemeCheck,
    prepare: |turning, _| Box::pin(async { Ok(Prepared::Answer(menu(turning, Phrase::SchemesNone))) }),
    perform: nothing_to_do,
    settle: settles_nothing,
};

pub const LOAN_OFFER: Capability = Capability {
    command: Command::LoanOffer,
    prepare: |turning, _| Box::pin(async { Ok(Prepared::Answer(menu(turning, Phrase::LoansNone))) }),
    perform: nothing_to_do,
    settle: settles_nothing,
};

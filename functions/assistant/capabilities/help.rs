//! What there is.

use super::{Capability, Prepared, nothing_to_do, settles_nothing};
use crate::assistant::menu::menu;
use understanding::Command;
use words::Phrase;

pub const HELP: Capability = Capability {
    command: Command::Help,
    prepare: |turning, _| Box::pin(async { Ok(Prepared::Answer(menu(turning, Phrase::Help))) }),
    perform: nothing_to_do,
    settle: settles_nothing,
};

//! Conversations with the assistant, through the signed webhooks and back from the phone.

pub mod banks;
mod bills;
mod conversations;
mod plans;
mod platforms;
mod red_team;
pub mod talk;

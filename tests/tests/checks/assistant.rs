//! Conversations with the assistant, through the signed webhooks and back from the phone.

mod banks;
mod bills;
mod conversations;
mod plans;
mod red_team;
mod talk;

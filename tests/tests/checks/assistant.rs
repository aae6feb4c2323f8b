//! Conversations with the assistant, through the signed webhooks and back from the phone.

mod conversations;
mod red_team;
mod talk;

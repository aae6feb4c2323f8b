//! What journeys and the demo share: a client of the running stack, as an app would be one.

pub mod chat;
pub mod phone;
pub mod problems;
pub mod socket;
pub mod stack;
pub mod worker;

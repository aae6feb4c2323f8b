//! The sandbox over the wire, as its clients meet it.

mod account_aggregator;
mod banks;
mod bills;
mod email;
mod faults;
mod gateway;
mod harness;
mod llm;
mod media;
mod messaging;
mod payouts;
mod people;
mod phone_page;
mod phonepe;
mod platforms;
mod push;
mod webhooks;
mod webpush;

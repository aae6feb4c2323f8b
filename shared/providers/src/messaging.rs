//! Messages to people: SMS and WhatsApp.
//!
//! Neither takes an idempotency key, so a message whose fate is unknown may arrive twice when it
//! is sent again. Whoever sends writes the intent down first and decides by the kind of message:
//! a one-time password may come twice, a payout notice had better not.

mod characters;
pub mod consent;
pub mod media;
pub mod phone;
pub mod sms;
pub mod twilio;
pub mod whatsapp;

//! Telling users of what happens: a fact of a feed becomes a notice, and a notice climbs its channels.
//!
//! The domain decides ([`domain::notice`]); here is what surrounds it: which words a fact is told in,
//! how each channel's provider is called, and what its answer means. `docs/notices.md` has it as a whole.

mod call;
pub mod clients;
mod climb;
mod count;
pub mod email;
mod open;
pub mod otp;
mod push;
mod sms;
pub mod way_out;
mod whatsapp;

pub use call::language_of;
pub use climb::{Climbing, climb};
pub use count::count;
pub use open::{has_words, open};
pub use sms::text as sms_text;

/// How providers are called in a notice's deliveries, in metrics, and where a provider's message leads
/// back to its notice.
pub mod provider {
    pub const FCM: &str = "fcm";
    pub const WEB_PUSH: &str = "web_push";
    pub const WHATSAPP: &str = "whatsapp";
    pub const DLT: &str = "dlt";
    pub const TWILIO: &str = "twilio";
    pub const SES: &str = "ses";
}

//! E-mail: sending it over SMTP, and what SES tells about it afterwards.
//!
//! Source: `email-sms.md`, Part A. A message is told apart from its copies by the [`MessageId`]
//! that its sender gives it before the first attempt; SMTP knows no other key. So whoever sends
//! writes the intent down first, and an attempt whose outcome is unknown is repeated, if at all,
//! under the same id.
//!
//! That a server took a message says nothing of its arrival: that comes through [`sns`], as the
//! feedback that [`ses`] reads.

mod address;
mod html;
mod message;
pub mod ses;
pub mod smtp;
pub mod sns;

pub use address::{AddressError, EmailAddress};
pub use html::Html;
pub use message::{Attachment, Email, Invalid, MediaType, MessageId, Purpose, Unsubscribe};

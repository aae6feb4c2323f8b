//! Paying by UPI's links and QR codes: what a link asks for, and the codes in a picture; and our own
//! links and codes, to be paid by.
//!
//! The former read what strangers made. Whatever they hold, the answer is a value or an error, within a
//! bounded time and memory. Neither says that a payee exists, or is who the link says it is: a name
//! in a link is a claim, and the bank's name for an address is asked for elsewhere.

mod codes;
mod link;
mod qr;

pub use codes::{BadPicture, PICTURE_BYTES_MAX, codes_in};
pub use link::{Ask, BadLink, Link, Vpa};
pub use qr::qr_svg;

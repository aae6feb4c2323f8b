//! What a message asks for, without a language model: a closed set of commands and their slots, in
//! English, Hindi, Kannada, Tamil, Telugu, Bengali and Marathi, in their own scripts and in Latin.
//!
//! ```
//! use understanding::{Command, Understander, Utterance};
//!
//! let understander = Understander::built_in()?;
//! let now = jiff::civil::date(2026, 11, 21);
//! let understood = understander.understand(&Utterance { text: "Ravi ko 2k bhej do", language: None, context: None, now });
//! assert_eq!(understood.command, Some(Command::TransferMoney));
//! assert_eq!(understood.slots.amount, Some(200_000));
//! assert_eq!(understood.slots.payee.as_deref(), Some("Ravi"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A text is cleaned and cut into tokens; what it names is found (amounts, days, phones, words of
//! the lexicon); a linear classifier, which sees that they are there and not what they are, says
//! which command is meant; rules take money commands back where a text denies, supposes or tells
//! ([`Command::moves_money`]). Nothing here reads a clock, a file or the network, and no text makes it
//! fail. What comes out is a proposal: nobody moves money on it without asking.

mod amount;
mod clean;
mod command;
mod confirmation;
mod contact;
mod day;
mod detect;
#[cfg(any(test, feature = "train"))]
mod digest;
mod ending;
mod entity;
mod feature;
mod fill;
mod goal;
mod guard;
mod hour;
mod language;
mod lexicon;
mod model;
mod name;
mod number;
mod part;
mod payee;
mod rhythm;
mod side;
mod skeleton;
mod slots;
mod sum;
mod token;
#[cfg(feature = "train")]
pub mod training;
mod understander;

pub use clean::TEXT_CHARS_MAX;
pub use command::Command;
pub use language::{Language, Tongue};
pub use model::ModelError;
pub use name::is_name_of;
pub use slots::Slots;
pub use understander::{Context, Understander, Understanding, Utterance};

#[cfg(test)]
mod tests;

//! The words of every notice that Kamai sends.
//!
//! A [`Template`] names a notice and its variables; what it says stands in `messages/`, a folder
//! for each [`Language`], in the syntax of Project Fluent. [`Catalogue::notice`] checks the values
//! before anything is sent, and the [`Notice`] is then put into words for a channel:
//!
//! ```
//! use words::{Catalogue, Form, Language};
//!
//! let values = serde_json::json!({ "amount": 12_345_650, "balance": 20_000_000 });
//! let values = values.as_object().cloned().unwrap_or_default();
//! let notice = Catalogue::built_in()?.notice("payment.captured", &values)?;
//! let hindi = notice.render(Language::Hindi, Form::Push);
//! assert_eq!(hindi.title, "₹1,23,456.50 मिले");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing here knows a fact, an account or a provider: values come in as JSON, words go out.

mod amount;
mod catalogue;
mod check;
mod clean;
mod day;
mod language;
mod notice;
mod phrase;
mod phrasebook;
mod template;
mod templates;
mod value;

pub use amount::rupees;
pub use catalogue::{Catalogue, CatalogueError, Leaving};
pub use check::Problem;
pub use clean::{html, one_line};
pub use day::{short_day, written_day};
pub use language::Language;
pub use notice::{Form, Notice, Rendered, SmsValues, WhatsappValues};
pub use phrase::Phrase;
pub use phrasebook::{Phrasebook, PhrasebookError, Said};
pub use template::{Category, Kind, Part, Sms, Template, Variable, Whatsapp};
pub use value::{Bad, BadNotice, BadValue};

#[cfg(test)]
mod tests;

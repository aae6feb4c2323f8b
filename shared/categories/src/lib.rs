//! What a movement of money was for, from what a bank's SMS, a statement's narration or a UPI payee
//! tells of it.
//!
//! ```
//! use categories::{Ground, Told, guess};
//!
//! let told = |text, is_credit| Told { text, is_credit, channel: Some("upi"), amount_minor: 35_000 };
//!
//! let fuel = guess(&told("UPI/DR/412233445566/BPCL KRISHNA AGENCIES", false));
//! assert_eq!((fuel.what, fuel.ground), ("fuel", Ground::Rule { words: "bpcl".into() }));
//!
//! let paid = guess(&told("UPI/CR/412233445566/BUNDL TECHNOLOGIES PVT/HDFC", true));
//! assert_eq!((paid.what, paid.is_platform), ("swiggy", true));
//!
//! assert_eq!(guess(&told("SRI BALAJI ENTERPRISES", false)).ground, Ground::None);
//! ```
//!
//! Rules come first: words that are known (`rules.tsv`), and who a platform's payer is
//! (`platforms.tsv`). Where no rule knows the text, a small linear model that was fitted in this
//! repository may, and says which words told most; where that is not sure enough, nothing is said,
//! which is better than something wrong. What a user has said about a party is kept elsewhere and wins
//! over all of it.
//!
//! Pure: no clock, file, network or randomness, and no text makes it fail. Texts are from strangers.

mod book;
mod channel;
mod code;
mod feature;
mod guess;
mod model;
mod payer;
mod reading;
mod rules;
#[cfg(feature = "train")]
pub mod training;

pub use code::{EXPENSES, INCOMES, is_category, platforms};
pub use guess::{Ground, Guess, Told, guess};
pub use reading::TEXT_CHARS_MAX;

#[cfg(test)]
mod tests;

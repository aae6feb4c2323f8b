//! What the cash-flow agent knows of a person's money: what came in and went out, which bills come
//! back, when money runs short, which debits stand out, whether a platform pays less per hour, and the
//! days that count for social security; and which of that is news.
//!
//! Pure: values in, values out, the day is given. Amounts are integers of paise and nothing is a float,
//! so the same history has the same answer everywhere; sums that do not fit stay the greatest that do.
//! Amounts, parties and categories are about a person: `{:?}` of these types shows their form only.
//! `docs/cash-flow.md` has the rules, their numbers and why.

mod analysis;
mod calendar;
mod movement;
pub mod news;
pub mod pay_cut;
pub mod recurring;
mod rhythm;
pub mod runway;
pub mod social_security;
mod statistics;
#[cfg(test)]
mod testing;
pub mod totals;
pub mod unusual;

pub use analysis::{Analysis, Facts, analyse};
pub use movement::{Movement, WorkDay};
pub use rhythm::Rhythm;

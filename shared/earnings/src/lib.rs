//! What platforms pay for a day's work, whichever way it came: a platform's interface, an aggregator
//! or a file that its worker uploads (`platforms.md`, section 2).
//!
//! Pure: values in, values out. Amounts are paise. [`EarningsDay`] does not print what was earned.

mod amount;
mod day;
mod fields;
mod page;
mod wire;

pub use amount::{AMOUNT_PAISE_MAX, BadRupees, rupees};
pub use day::{EarningsDay, LineKind, MONTHS_BACK_MAX, is_too_old, service_date, sign_deductions};
pub use fields::FieldMap;
pub use page::{Mismatch, Page, RECORDS_MAX, RESPONSE_BYTES_MAX, Terms, Why, parse_response};

#[cfg(test)]
mod tests;

//! The codes of what money was for: those that the assistant uses, and more.

use crate::payer;

/// What money goes out for. `family` has a household's groceries; `other` is known and none of the rest.
pub const EXPENSES: [&str; 22] = [
    "fuel",
    "food",
    "vehicle",
    "phone",
    "bills",
    "rent",
    "family",
    "health",
    "loan",
    "insurance",
    "investment",
    "shopping",
    "travel",
    "education",
    "entertainment",
    "personal_care",
    "charity",
    "fees",
    "fine",
    "cash",
    "transfer",
    "other",
];

/// What money comes in as, beside the codes of [`platforms`]. `loan` is one that is paid out, `investment`
/// one that is sold, `insurance` a claim.
pub const INCOMES: [&str; 11] =
    ["salary", "interest", "refund", "scheme", "cashback", "cash_deposit", "transfer", "loan", "insurance", "investment", "other"];

/// Codes of the platforms that pay workers, as the assistant knows them.
pub fn platforms() -> impl Iterator<Item = &'static str> {
    payer::PAYERS.codes()
}

/// Whether a user may say that a movement was for this.
#[must_use]
pub fn is_category(code: &str, is_credit: bool) -> bool {
    if is_credit { INCOMES.contains(&code) || platforms().any(|platform| platform == code) } else { EXPENSES.contains(&code) }
}

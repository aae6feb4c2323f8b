//! Rupees as people and platforms write them, read into paise without a float.

use bank_feed::{Currency, Rounding, minor_units};
use thiserror::Error;

/// A crore of rupees. No day earns more, and no sum of a day's parts leaves an `i64`.
pub const AMOUNT_PAISE_MAX: i64 = 1_000_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadRupees {
    #[error("an amount is digits, with a point at most")]
    Form,
    #[error("an amount has two digits after the point at most")]
    TooFine,
    #[error("the amount is larger than any day's")]
    TooLarge,
}

/// `"1245.5"` is 124,550 paise.
///
/// No exponent and no commas. A third digit after the point is refused even where it is a zero: who
/// writes three means another unit, or thousands.
///
/// # Errors
///
/// [`BadRupees`] where the text is no such amount.
pub fn rupees(text: &str) -> Result<i64, BadRupees> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return Err(BadRupees::Form);
    }
    if fraction.len() > 2 {
        return Err(BadRupees::TooFine);
    }
    let paise = minor_units(text, Currency::INR, Rounding::Refuse).map_err(|_| BadRupees::TooLarge)?;
    bounded(paise)
}

/// Whole paise.
pub(crate) fn paise(text: &str) -> Result<i64, BadRupees> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BadRupees::Form);
    }
    bounded(text.parse().map_err(|_| BadRupees::TooLarge)?)
}

fn bounded(paise: i64) -> Result<i64, BadRupees> {
    if (-AMOUNT_PAISE_MAX..=AMOUNT_PAISE_MAX).contains(&paise) { Ok(paise) } else { Err(BadRupees::TooLarge) }
}

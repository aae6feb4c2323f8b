//! Amounts as banks write them, read into minor units without a float.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// An ISO 4217 code. Banks abroad have other currencies than the wallet; they are shown, and never
/// added to rupees.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    pub const INR: Self = Self(*b"INR");

    /// `None` unless it is three letters.
    pub fn from_code(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Self(bytes.map(|byte| byte.to_ascii_uppercase())))
    }

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits after the point (ISO 4217).
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" | b"CLP" | b"ISK" | b"UGX" | b"RWF" | b"XAF" | b"XOF" => 0,
            b"BHD" | b"KWD" | b"OMR" | b"TND" | b"JOD" => 3,
            _ => 2,
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = BadAmount;

    fn try_from(code: String) -> Result<Self, BadAmount> {
        Self::from_code(&code).ok_or(BadAmount::Currency)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What becomes of digits beyond the minor unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Only zeros may stand there.
    Refuse,
    /// Half a unit and more is one more, away from zero: as Account Aggregators' data are read.
    HalfUp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadAmount {
    #[error("an amount is digits, with a point at most")]
    Form,
    #[error("the amount has digits beyond the currency's minor unit")]
    TooFine,
    #[error("the amount is too large")]
    TooLarge,
    #[error("a currency is three letters")]
    Currency,
}

/// `"33834.65"` in rupees is 3,383,465 paise; `-500` is −50,000. Commas between digits are ignored.
///
/// # Errors
///
/// [`BadAmount`] where the text is no amount, or says more than the currency can hold.
pub fn minor_units(text: &str, currency: Currency, rounding: Rounding) -> Result<i64, BadAmount> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole: String = whole.chars().filter(|sign| *sign != ',').collect();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !is_number(&whole) || !is_number(fraction) {
        return Err(BadAmount::Form);
    }
    let decimals = currency.decimals() as usize;
    let (kept, rest) = fraction.split_at(fraction.len().min(decimals));
    let goes_up = rest.bytes().next().is_some_and(|digit| digit >= b'5');
    if rounding == Rounding::Refuse && rest.bytes().any(|digit| digit != b'0') {
        return Err(BadAmount::TooFine);
    }
    let text = format!("{whole}{kept:0<decimals$}");
    let minor: i64 = if text.is_empty() { 0 } else { text.parse().map_err(|_| BadAmount::TooLarge)? };
    let minor = minor.checked_add(i64::from(goes_up)).ok_or(BadAmount::TooLarge)?;
    Ok(if negative { -minor } else { minor })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inr(text: &str) -> Result<i64, BadAmount> {
        minor_units(text, Currency::INR, Rounding::Refuse)
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(inr("33834.65"), Ok(3_383_465));
        assert_eq!(inr("12.3"), Ok(1_230));
        assert_eq!(inr("-500"), Ok(-50_000));
        assert_eq!(inr(" 1,23,456.70 "), Ok(12_345_670));
        assert_eq!(inr("0.07"), Ok(7));
        assert_eq!(inr(".5"), Ok(50));
        assert_eq!(inr("10.000"), Ok(1_000));
        assert_eq!(Currency::from_code("jpy").map(|yen| minor_units("500", yen, Rounding::Refuse)), Some(Ok(500)));
    }

    #[test]
    fn what_is_finer_than_a_paisa_is_refused_or_rounded_half_up() {
        assert_eq!(inr("1.005"), Err(BadAmount::TooFine));
        let rounded = |text| minor_units(text, Currency::INR, Rounding::HalfUp);
        assert_eq!((rounded("1.005"), rounded("1.0049"), rounded("-1.005")), (Ok(101), Ok(100), Ok(-101)));
    }

    #[test]
    fn nothing_else_is_an_amount() {
        for text in ["", ".", "-", "1e5", "0x10", "१२", "12 3", "1.2.3", "NaN", "--5", "₹5"] {
            assert_eq!(inr(text), Err(BadAmount::Form), "{text}");
        }
        assert_eq!(inr("99999999999999999999"), Err(BadAmount::TooLarge));
    }
}

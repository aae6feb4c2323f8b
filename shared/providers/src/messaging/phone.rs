//! Telephone numbers: E.164 in general, and Indian mobile numbers however people write them.
//!
//! Source: `email-sms.md`, Part C. What is kept of a worker's own number is the domain's
//! `Phone`; this reads what people type and what providers send.

use std::fmt;

use super::characters::{ascii_digit, is_invisible};

/// Digits of a number in E.164, its country's code included. The standard has no least; nothing
/// shorter than eight takes messages.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A number in E.164: `+` and 8 to 15 digits, no zero in front. Prints its last four digits only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct E164(String);

/// Why a text is not the number it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadNumber {
    #[error("must be a telephone number in international form, such as `+919812345678`")]
    NotE164,
    #[error("must be an Indian mobile number, such as `98123 45678`")]
    NotIndianMobile,
}

impl E164 {
    /// Takes a number that is in E.164 already. Nothing is guessed.
    ///
    /// # Errors
    ///
    /// [`BadNumber::NotE164`].
    pub fn parse(text: &str) -> Result<Self, BadNumber> {
        let digits = text.strip_prefix('+').ok_or(BadNumber::NotE164)?;
        let fits = DIGITS.contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self(text.to_owned())).ok_or(BadNumber::NotE164)
    }

    /// Takes the digits alone, as WhatsApp writes a `wa_id`.
    ///
    /// # Errors
    ///
    /// [`BadNumber::NotE164`].
    pub fn from_digits(digits: &str) -> Result<Self, BadNumber> {
        Self::parse(&format!("+{digits}"))
    }

    /// Reads an Indian mobile number as people write it: spaced, with or without the country's
    /// code or a zero in front, in the digits of their script.
    ///
    /// A number of ten digits that begins with 91 is one, and not one without its code.
    ///
    /// # Errors
    ///
    /// [`BadNumber::NotIndianMobile`].
    pub fn indian_mobile(text: &str) -> Result<Self, BadNumber> {
        let between = |c: &char| !c.is_whitespace() && !is_invisible(*c) && !matches!(c, '-' | '(' | ')' | '.' | '\u{2010}'..='\u{2013}');
        // A number and what is written between its digits; anything longer is something else.
        let written: String = text.chars().take(64).filter(between).map(ascii_digit).collect();
        let national = match written.strip_prefix('+') {
            Some(international) => international.strip_prefix("91"),
            None => match written.len() {
                14 => written.strip_prefix("0091"),
                13 => written.strip_prefix("091"),
                12 => written.strip_prefix("91"),
                11 => written.strip_prefix('0'),
                _ => Some(written.as_str()),
            },
        };
        let number = national.and_then(|national| Self::parse(&format!("+91{national}")).ok());
        number.filter(Self::is_indian_mobile).ok_or(BadNumber::NotIndianMobile)
    }

    /// `^\+91[6-9]\d{9}$`.
    #[must_use]
    pub fn is_indian_mobile(&self) -> bool {
        self.0.strip_prefix("+91").is_some_and(|national| national.len() == 10 && national.starts_with(['6', '7', '8', '9']))
    }

    /// `+919812345678`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `919812345678`: a `wa_id`.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }
}

impl fmt::Debug for E164 {
    /// `+91******5678`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.len() - 4;
        let shown = if self.0.starts_with("+91") { 3 } else { 1 };
        write!(f, "{}{}{}", &self.0[..shown], "*".repeat(last - shown), &self.0[last..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        E164::indian_mobile(text).ok().map(|number| number.as_str().to_owned())
    }

    /// The table of `email-sms.md`, Part C.
    #[test]
    fn the_sheets_numbers_are_read_as_it_says() {
        for text in ["98765 43210", "+91-98765-43210", "09876543210", "919876543210", "00919876543210", "९८७६५४३२१०"] {
            assert_eq!(read(text).as_deref(), Some("+919876543210"), "{text}");
        }
        assert_eq!(read("9198765432").as_deref(), Some("+919198765432"));
        for text in ["5987654321", "+1 4158675309", "98765", "++919876543210", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_may_come_out_of_an_address_book() {
        for text in [
            "\u{202a}+91 98765\u{a0}43210\u{202c}",
            "(0) 98765.43210",
            "+९१ ९८७६५ ४३२१०",
            "０９８７６５４３２１０",
            "+91\u{2011}98765\u{2013}43210",
            "0919876543210",
        ] {
            assert_eq!(read(text).as_deref(), Some("+919876543210"), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_mobile_number_is_none() {
        for text in [
            "98765 4321O",
            "9876543210x",
            "98765432101",
            "+09876543210",
            "9+19876543210",
            "1800123456",
            "1400123456",
            "00 9876543210",
            "91987654321",
            "+919876543210 +919876543211",
            "٩٨٧٦٥٤٣٢١٠",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&" ".repeat(100_000)), None);
    }

    #[test]
    fn e164_is_taken_as_it_is_or_not_at_all() {
        for text in ["+919876543210", "+14158675309", "+4420716400", "+123456789012345"] {
            let number = E164::parse(text).unwrap();
            assert_eq!((number.as_str(), number.digits()), (text, &text[1..]));
            assert_eq!(E164::from_digits(&text[1..]), Ok(number));
        }
        for text in [
            "",
            "+",
            "919876543210",
            "+0919876543210",
            "+1234567",
            "+1234567890123456",
            "+91 9876543210",
            "++919876543210",
            "+९१९८७६५४३२१०",
        ] {
            assert_eq!(E164::parse(text), Err(BadNumber::NotE164), "{text}");
        }
        assert!(!E164::parse("+915987654321").unwrap().is_indian_mobile() && !E164::parse("+14158675309").unwrap().is_indian_mobile());
    }

    #[test]
    fn a_number_prints_its_last_four_digits() {
        assert_eq!(format!("{:?}", E164::parse("+919876543210").unwrap()), "+91******3210");
        assert_eq!(format!("{:?}", E164::parse("+14158675309").unwrap()), "+*******5309");
    }
}

//! Amounts and counts as a person reads them: grouped the Indian way, in ASCII digits.
//!
//! Digits are ASCII in every language, as on bank statements and in UPI apps throughout India.

/// An amount in paise as `₹1,23,456.50`: always with two digits of paise, so that amounts below
/// each other compare at a glance, and none looks cut off.
#[must_use]
pub fn rupees(paise: i64) -> String {
    let sign = if paise < 0 { "-" } else { "" };
    let size = paise.unsigned_abs();
    format!("{sign}₹{}.{:02}", grouped(size / 100), size % 100)
}

/// The last three digits, and pairs before them: `12,34,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
    let mut text = String::new();
    for (at, digit) in head.chars().enumerate() {
        text.push(digit);
        if (head.len() - at) % 2 == 1 {
            text.push(',');
        }
    }
    text + tail
}

/// Rupees and paise as an SMS takes them: its typed variables admit digits only, so `Rs.` and the
/// point are the template's, and there is no grouping. `None` for less than nothing, which has no
/// digits for its sign.
///
/// Source: `email-sms.md`, B1 and B3 (`₹` is not in GSM-7).
pub(crate) fn digits(paise: i64) -> Option<(String, String)> {
    let size = u64::try_from(paise).ok()?;
    Some(((size / 100).to_string(), format!("{:02}", size % 100)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_grouped_the_indian_way() {
        for (paise, text) in [
            (0, "₹0.00"),
            (5, "₹0.05"),
            (100, "₹1.00"),
            (99_999, "₹999.99"),
            (100_000, "₹1,000.00"),
            (1_234_567, "₹12,345.67"),
            (10_000_000, "₹1,00,000.00"),
            (12_345_650, "₹1,23,456.50"),
            (10_000_000_000, "₹10,00,00,000.00"),
            (-1, "-₹0.01"),
            (-150_000, "-₹1,500.00"),
            (i64::MAX, "₹92,23,37,20,36,85,47,758.07"),
            (i64::MIN, "-₹92,23,37,20,36,85,47,758.08"),
        ] {
            assert_eq!(rupees(paise), text);
        }
        assert_eq!(grouped(u64::MAX), "1,84,46,74,40,73,70,95,51,615");
    }

    #[test]
    fn an_sms_gets_digits_only() {
        let digits = |paise| digits(paise).map(|(rupees, paise)| format!("{rupees} {paise}"));
        assert_eq!(digits(12_345_605).as_deref(), Some("123456 05"));
        assert_eq!(digits(i64::MAX).as_deref(), Some("92233720368547758 07"));
        assert_eq!(digits(-1), None);
    }
}

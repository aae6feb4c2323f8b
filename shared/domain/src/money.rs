//! Amounts of money: integer minor units and a currency, never a float.

use std::fmt;

/// A currency that Kamai holds. Others are refused at the edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Currency {
    /// Indian rupee; the minor unit is the paisa.
    Inr,
}

impl Currency {
    /// The ISO 4217 code.
    pub fn code(self) -> &'static str {
        match self {
            Currency::Inr => "INR",
        }
    }

    /// The currency with this ISO 4217 code, if Kamai holds it.
    pub fn from_code(code: &str) -> Option<Self> {
        (code == "INR").then_some(Currency::Inr)
    }
}

/// A positive amount in minor units (paise), bounded so that sums of many stay far from overflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amount(i64);

/// The largest amount of one movement, in minor units: INR 10 crore.
pub const AMOUNT_MAX: i64 = 10_000_000_000;

impl Amount {
    /// `None` unless the amount is between one paisa and [`AMOUNT_MAX`].
    pub fn new(minor: i64) -> Option<Self> {
        (1..=AMOUNT_MAX).contains(&minor).then_some(Self(minor))
    }

    pub fn minor(self) -> i64 {
        self.0
    }

    /// Splits the amount into `parts` that differ by at most one minor unit.
    ///
    /// Larger parts come first: 100.00 between three is 33.34, 33.33, 33.33. The parts always add
    /// up to the whole. Empty when `parts` is zero.
    pub fn split(self, parts: u32) -> Vec<i64> {
        let n = i64::from(parts);
        if n == 0 {
            return Vec::new();
        }
        (0..n).map(|i| self.0 / n + i64::from(i < self.0 % n)).collect()
    }
}

/// An amount as a person reads it: `₹1,23,456.70`, grouped the Indian way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rupees(pub i64);

impl fmt::Display for Rupees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, minor) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let whole = (minor / 100).to_string();
        let (head, tail) = whole.split_at(whole.len().saturating_sub(3));
        let mut grouped = String::new();
        for (i, digit) in head.chars().enumerate() {
            if i > 0 && (head.len() - i).is_multiple_of(2) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        if !grouped.is_empty() {
            grouped.push(',');
        }
        write!(f, "{sign}₹{grouped}{tail}.{:02}", minor % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_split_sum_to_the_whole_and_differ_by_one_at_most() {
        for minor in [1, 2, 99, 100, 10_000, 10_001, 99_999, AMOUNT_MAX] {
            for parts in 1..=13 {
                let shares = Amount::new(minor).unwrap().split(parts);
                assert_eq!(shares.iter().sum::<i64>(), minor);
                assert!(shares[0] - shares[shares.len() - 1] <= 1);
            }
        }
        assert_eq!(Amount::new(10_000).unwrap().split(3), [3334, 3333, 3333]);
    }

    #[test]
    fn amounts_below_one_paisa_or_beyond_the_bound_do_not_exist() {
        for minor in [0, -1, i64::MIN, i64::MAX, AMOUNT_MAX + 1] {
            assert_eq!(Amount::new(minor), None);
        }
    }

    #[test]
    fn rupees_are_grouped_the_indian_way() {
        for (minor, text) in [
            (0, "₹0.00"),
            (5, "₹0.05"),
            (99_900, "₹999.00"),
            (1_234_567, "₹12,345.67"),
            (123_456_789, "₹12,34,567.89"),
            (-150_000, "-₹1,500.00"),
        ] {
            assert_eq!(Rupees(minor).to_string(), text);
        }
    }

    #[test]
    fn only_currencies_that_we_hold_parse() {
        assert_eq!(Currency::from_code("INR"), Some(Currency::Inr));
        for code in ["inr", "USD", "", "INR ", "ＩＮＲ"] {
            assert_eq!(Currency::from_code(code), None);
        }
    }
}

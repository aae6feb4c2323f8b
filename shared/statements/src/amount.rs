//! Amounts as statements print them.

use bank_feed::{Currency, Direction, Rounding, minor_units};

/// Ten lakh crore rupees. Sums of all rows of a file stay within an `i64`.
pub const AMOUNT_PAISE_MAX: i64 = 1_000_000_000_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Paise; less than nothing with a minus or within brackets.
    pub paise: i64,
    /// `Cr` or `Dr` behind the digits.
    pub side: Option<Direction>,
    /// A plus or minus is written.
    pub is_signed: bool,
}

impl Amount {
    /// Less than nothing where the account is overdrawn.
    pub fn as_balance(self, side: Option<Direction>) -> i64 {
        match side.or(self.side) {
            Some(Direction::Debit) => -self.paise.abs(),
            _ => self.paise,
        }
    }
}

/// What stands in a cell that holds no amount.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|sign| matches!(sign, '-' | '–' | '—' | '*' | '.' | '_') || is_space(sign))
        || matches!(text.trim(), "NA" | "N/A" | "NIL" | "Nil" | "nil" | "null" | "na")
}

fn is_space(sign: char) -> bool {
    sign.is_whitespace() || sign == '\u{feff}'
}

/// `None` where it is no amount: `12.345`, `1,2,3.00` or `5e3` are none.
pub fn amount(text: &str) -> Option<Amount> {
    let mut text = text.trim_matches(is_space);
    let mut negative = false;
    let mut is_signed = false;
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (negative, is_signed, text) = (true, true, inner.trim_matches(is_space));
    }
    let side = side_behind(&mut text);
    for _ in 0..2 {
        if let Some(rest) = text.strip_prefix(['-', '−', '+']) {
            if is_signed {
                return None;
            }
            (negative, is_signed, text) = (!text.starts_with('+'), true, rest.trim_start_matches(is_space));
        }
        text = without_currency(text);
    }
    if let Some(rest) = text.strip_suffix('-') {
        if is_signed {
            return None;
        }
        (negative, is_signed, text) = (true, true, rest);
    }
    let digits: String = text.chars().filter(|sign| !matches!(sign, '\u{a0}' | '\u{202f}')).collect();
    if !is_grouped(&digits) {
        return None;
    }
    let paise = minor_units(&digits, Currency::INR, Rounding::Refuse).ok().filter(|paise| *paise <= AMOUNT_PAISE_MAX)?;
    Some(Amount { paise: if negative { -paise } else { paise }, side, is_signed })
}

/// `Cr`, `DR.`, `(Cr)`.
fn side_behind(text: &mut &str) -> Option<Direction> {
    let bare = text.trim_end_matches(['.', ')']).trim_end_matches(is_space);
    let at = bare.len().checked_sub(2).filter(|at| bare.is_char_boundary(*at))?;
    let (digits, word) = bare.split_at(at);
    let side = side(word)?;
    *text = digits.trim_end_matches('(').trim_end_matches(is_space);
    Some(side)
}

pub fn side(word: &str) -> Option<Direction> {
    let is_one = |words: &[&str]| words.iter().any(|known| word.trim().trim_end_matches('.').eq_ignore_ascii_case(known));
    if is_one(&["cr", "c", "credit", "credited", "deposit", "+"]) {
        Some(Direction::Credit)
    } else if is_one(&["dr", "d", "debit", "debited", "withdrawal", "-"]) {
        Some(Direction::Debit)
    } else {
        None
    }
}

fn without_currency(text: &str) -> &str {
    for mark in ["₹", "INR", "Rs.", "Rs", "rs.", "RS."] {
        if let Some(rest) = text.strip_prefix(mark) {
            return rest.trim_start_matches(is_space);
        }
    }
    text
}

/// The digits of an amount in rupees, with a minus if there is one: `₹-1,200.50` is `-1200.50`.
pub fn ungrouped(text: &str) -> Option<String> {
    let (before, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", without_currency(rest.trim_start())),
        None => match without_currency(text).strip_prefix('-') {
            Some(rest) => ("-", rest),
            None => ("", without_currency(text)),
        },
    };
    is_grouped(text).then(|| format!("{before}{}", text.replace(',', "")))
}

/// Commas part thousands, lakhs or millions: the last group is of three digits, those before of two
/// or three. So `1,50` with a comma for a point is no amount.
fn is_grouped(digits: &str) -> bool {
    let whole = digits.split_once('.').map_or(digits, |(whole, _)| whole);
    let mut groups = whole.rsplit(',');
    let last = groups.next().unwrap_or_default();
    let mut rest: Vec<&str> = groups.collect();
    let Some(first) = rest.pop() else { return true };
    last.len() == 3 && (1..=3).contains(&first.len()) && rest.iter().all(|group| matches!(group.len(), 2 | 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_banks_print_them() {
        let credit = Some(Direction::Credit);
        let debit = Some(Direction::Debit);
        for (text, paise, side) in [
            ("1,23,456.70", 12_345_670, None),
            ("123,456.70", 12_345_670, None),
            (" 500 ", 50_000, None),
            ("₹ 1,200.5", 120_050, None),
            ("Rs.75.00", 7_500, None),
            ("-₹75.00", -7_500, None),
            ("INR -75.00", -7_500, None),
            ("(75.00)", -7_500, None),
            ("75.00-", -7_500, None),
            ("+500.00", 50_000, None),
            ("1,234.00 Cr.", 123_400, credit),
            ("1,234.00Dr", 123_400, debit),
            ("1,234.00 (Cr)", 123_400, credit),
            ("1,234.00\u{a0}CR", 123_400, credit),
            ("0.00", 0, None),
            ("10.500", 1_050, None),
        ] {
            let read = amount(text);
            assert_eq!(read.map(|amount| (amount.paise, amount.side)), Some((paise, side)), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_an_amount() {
        for text in
            ["", "-", "Cr", "12.345", "1,50", "1,2,3.00", "5e3", "--5", "=1+1", "+-5", "12 34", "१२", "99999999999999999", "₹", "NaN"]
        {
            assert_eq!(amount(text), None, "{text}");
        }
    }

    #[test]
    fn a_dash_is_a_cell_without_an_amount() {
        for text in ["", " ", "-", "--", "–", "NA", "\u{a0}", "***"] {
            assert!(is_blank(text), "{text}");
        }
        assert!(!is_blank("0.00"));
    }
}

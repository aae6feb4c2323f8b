//! Dates, times and amounts as they stand on a paper: in ASCII digits, and in one order for all
//! languages, as in notices.

use jiff::civil::{Date, Time};

/// `21-11-2026`: the order of day and month is India's.
pub(crate) fn day(date: Date) -> String {
    format!("{:02}-{:02}-{:04}", date.day(), date.month(), date.year())
}

/// `6:05 PM`.
pub(crate) fn clock(time: Time) -> String {
    let half = if time.hour() < 12 { "AM" } else { "PM" };
    format!("{}:{:02} {half}", (time.hour() + 11) % 12 + 1, time.minute())
}

/// With a sign where something came in, too: `+₹500.00`.
pub(crate) fn signed(paise: i64) -> String {
    let plus = if paise > 0 { "+" } else { "" };
    format!("{plus}{}", words::rupees(paise))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn figures_read_the_same_in_every_language() {
        assert_eq!(day(date(2026, 1, 5)), "05-01-2026");
        assert_eq!(clock(time(0, 0, 0, 0)), "12:00 AM");
        assert_eq!(clock(time(12, 5, 0, 0)), "12:05 PM");
        assert_eq!(clock(time(23, 59, 59, 0)), "11:59 PM");
        assert_eq!(signed(12_345_650), "+₹1,23,456.50");
        assert_eq!(signed(-50), "-₹0.50");
        assert_eq!(signed(0), "₹0.00");
    }
}

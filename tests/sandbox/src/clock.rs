//! The sandbox's clock is the machine's: its clients run on the same one.

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// Unix seconds, as Razorpay writes every time.
pub fn unix_seconds() -> i64 {
    Timestamp::now().as_second()
}

pub fn unix_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

pub fn rfc3339() -> String {
    Timestamp::now().to_string()
}

/// As Twilio writes a time.
pub fn rfc2822() -> String {
    jiff::fmt::rfc2822::to_string(&Timestamp::now().to_zoned(TimeZone::UTC)).unwrap_or_default()
}

/// The first four digits of a UPI reference of today, counted in India.
pub fn year_digit_and_day() -> String {
    let today = in_india();
    format!("{}{:03}", today.year().rem_euclid(10), today.day_of_year())
}

pub fn in_india() -> Zoned {
    of_india(Timestamp::now())
}

pub fn of_india(at: Timestamp) -> Zoned {
    // India has had one offset since 1945, so no time zone database is needed.
    let offset = Offset::from_seconds(5 * 3600 + 1800).unwrap_or(Offset::UTC);
    at.to_zoned(TimeZone::fixed(offset))
}

/// As Setu writes a time.
pub fn rfc3339_in_india() -> String {
    in_india().strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

//! Short ways of writing a history, for tests.

use crate::movement::{Movement, WorkDay};
use jiff::civil::Date;

pub fn spent(day: Date, amount: i64) -> Movement {
    Movement { day, at_minute: None, is_in: false, amount, what: String::new(), party: None, is_platform: false, is_sum: false }
}

pub fn income(day: Date, amount: i64) -> Movement {
    Movement { is_in: true, is_platform: true, ..spent(day, amount) }
}

pub fn paid(day: Date, amount: i64, party: u128) -> Movement {
    Movement { party: Some(party), ..spent(day, amount) }
}

pub fn bought(day: Date, amount: i64, what: &str) -> Movement {
    Movement { what: what.to_owned(), ..spent(day, amount) }
}

pub fn worked(day: Date, platform: &str, earned: i64, minutes: u32) -> WorkDay {
    WorkDay { day, platform: platform.to_owned(), earned, minutes: Some(minutes), trips: None }
}

//! What is analysed: money that moved, and days that were worked.

use jiff::civil::Date;
use std::fmt;

/// One movement of money, in or out.
#[derive(Clone, PartialEq, Eq)]
pub struct Movement {
    /// The day in India.
    pub day: Date,
    /// The minute of that day, where it is known.
    pub at_minute: Option<u16>,
    pub is_in: bool,
    /// In paise, more than nothing. What is not is left out of every analysis.
    pub amount: i64,
    /// The code of its category or platform; may be empty.
    pub what: String,
    /// A hash of who was paid or who paid.
    pub party: Option<u128>,
    /// Whether a gig platform paid it.
    pub is_platform: bool,
    /// Whether it is several of a day and kind, of which no more is known: it says nothing of what is usual or recurs.
    pub is_sum: bool,
}

/// What one platform paid for one day. Several of a day and platform are one day's work.
#[derive(Clone, PartialEq, Eq)]
pub struct WorkDay {
    /// The service day in India.
    pub day: Date,
    /// The platform's code. Platforms of one aggregator have one code, if they are to count as one.
    pub platform: String,
    /// In paise; below nothing where the platform took something back.
    pub earned: i64,
    pub minutes: Option<u32>,
    pub trips: Option<u32>,
}

impl Movement {
    pub(crate) fn is_out(&self) -> bool {
        !self.is_in
    }
}

/// Amounts and parties are about a person.
impl fmt::Debug for Movement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Movement").field("day", &self.day).field("is_in", &self.is_in).finish_non_exhaustive()
    }
}

impl fmt::Debug for WorkDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkDay").field("day", &self.day).field("platform", &self.platform).finish_non_exhaustive()
    }
}

/// The movements that count: of `today` or before, and more than nothing.
pub(crate) fn known(movements: &[Movement], today: Date) -> impl Iterator<Item = &Movement> {
    movements.iter().filter(move |movement| movement.amount > 0 && movement.day <= today)
}

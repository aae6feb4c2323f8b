//! What an account has spent today, counted in the transaction that spends.

use crate::{id::Fingerprint, rules::Rules};
use jiff::{Timestamp, Zoned, civil::Date, tz};
use std::collections::BTreeMap;

/// By which way money leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Payout,
    Transfer,
    /// Giving a payment back: bounded by the payment itself, so not counted.
    Refund,
    /// An organisation's batch: bounded by its balance and its maker, so not counted.
    Batch,
}

/// Which limit a spend would break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Day,
    TransferDay,
    PayeeDay,
    /// Too many different payees in one day; `limit` counts them.
    PayeesPerDay,
}

impl Limit {
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::TransferDay => "transfer_day",
            Self::PayeeDay => "payee_day",
            Self::PayeesPerDay => "payees_per_day",
        }
    }
}

/// A limit that a spend would break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OverLimit {
    pub limit: Limit,
    /// By how much, in paise (or payees).
    pub excess: i64,
    pub resets_at: Timestamp,
}

/// Today's spending. A day is India's: it starts at 00:00 IST (18:30 UTC).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DaySpending {
    /// Days since 1970-01-01 in India; what is counted below belongs to it.
    pub day: i64,
    pub total: i64,
    pub transfers: i64,
    /// By payee or recipient.
    pub payees: BTreeMap<String, i64>,
}

/// India's offset from UTC: +05:30, without daylight saving.
const IST_SECONDS: i64 = 5 * 3600 + 30 * 60;
const DAY_SECONDS: i64 = 24 * 3600;

/// The day in India, counted from 1970-01-01.
pub fn india_day(now: Timestamp) -> i64 {
    (now.as_second() + IST_SECONDS).div_euclid(DAY_SECONDS)
}

/// The same moment on an Indian clock.
pub fn india_time(now: Timestamp) -> Zoned {
    now.to_zoned(tz::TimeZone::fixed(tz::offset(5).saturating_add(jiff::Span::new().minutes(30))))
}

/// Of a day of India's of which no more is known.
pub fn india_noon(day: Date) -> Timestamp {
    let india = india_time(Timestamp::UNIX_EPOCH).time_zone().clone();
    day.at(12, 0, 0, 0).to_zoned(india).map_or(Timestamp::UNIX_EPOCH, |noon| noon.timestamp())
}

impl DaySpending {
    /// Counts a spend, or says which limit it breaks. Yesterday's counts are forgotten, also when
    /// a function's clock runs behind: the day of an account never goes back.
    pub fn count(&mut self, channel: Channel, payee: Fingerprint, amount: i64, now: Timestamp, rules: &Rules) -> Result<(), OverLimit> {
        if matches!(channel, Channel::Refund | Channel::Batch) {
            return Ok(());
        }
        let day = india_day(now).max(self.day);
        if day > self.day {
            *self = Self { day, ..Self::default() };
        }
        let resets_at = Timestamp::from_second((day + 1) * DAY_SECONDS - IST_SECONDS).unwrap_or(now);
        let check = |limit, spent: i64, max: i64| match spent - max {
            excess if excess > 0 => Err(OverLimit { limit, excess, resets_at }),
            _ => Ok(()),
        };
        let name = payee.to_string();
        let to_payee = self.payees.get(&name).copied().unwrap_or(0) + amount;
        let payees = self.payees.len() + usize::from(!self.payees.contains_key(&name));
        let transfers = self.transfers + if channel == Channel::Transfer { amount } else { 0 };
        check(Limit::Day, self.total + amount, rules.day_limit)?;
        check(Limit::TransferDay, transfers, rules.transfer_day_limit)?;
        check(Limit::PayeeDay, to_payee, rules.payee_day_limit)?;
        check(Limit::PayeesPerDay, count(payees), count(rules.payees_per_day_max))?;
        self.total += amount;
        self.transfers = transfers;
        self.payees.insert(name, to_payee);
        Ok(())
    }

    /// What went to this payee today.
    pub fn to_payee(&self, payee: Fingerprint, now: Timestamp) -> i64 {
        if india_day(now) > self.day { 0 } else { self.payees.get(&payee.to_string()).copied().unwrap_or(0) }
    }

    /// Uncounts a spend of today that did not happen.
    pub fn uncount(&mut self, channel: Channel, payee: Fingerprint, amount: i64, counted_at: Timestamp) {
        if matches!(channel, Channel::Refund | Channel::Batch) || india_day(counted_at) != self.day {
            return;
        }
        self.total = (self.total - amount).max(0);
        if channel == Channel::Transfer {
            self.transfers = (self.transfers - amount).max(0);
        }
        if let Some(spent) = self.payees.get_mut(&payee.to_string()) {
            *spent = (*spent - amount).max(0);
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn rules() -> Rules {
        Rules { day_limit: 100, transfer_day_limit: 60, payee_day_limit: 50, payees_per_day_max: 3, ..Rules::default() }
    }

    fn payee(n: u8) -> Fingerprint {
        Fingerprint::random([n; 10])
    }

    #[test]
    fn the_day_turns_at_indian_midnight() {
        let (before, after) = (at("2026-03-31T18:29:59.999Z"), at("2026-03-31T18:30:00Z"));
        assert_eq!(india_day(after) - india_day(before), 1);
        assert_eq!(india_time(after).to_string(), "2026-04-01T00:00:00+05:30[+05:30]");
        let mut spent = DaySpending::default();
        spent.count(Channel::Payout, payee(1), 50, before, &rules()).unwrap();
        assert!(spent.count(Channel::Payout, payee(1), 1, before, &rules()).is_err());
        spent.count(Channel::Payout, payee(1), 50, after, &rules()).unwrap();
    }

    #[test]
    fn a_clock_that_runs_behind_does_not_bring_yesterdays_allowance_back() {
        let mut spent = DaySpending::default();
        spent.count(Channel::Payout, payee(1), 50, at("2026-03-31T18:30:00Z"), &rules()).unwrap();
        let slow = spent.count(Channel::Payout, payee(1), 1, at("2026-03-31T18:26:00Z"), &rules());
        assert_eq!(slow.unwrap_err().limit, Limit::PayeeDay);
    }

    #[test]
    fn each_limit_is_named_with_its_excess_and_nothing_is_counted() {
        let now = at("2026-11-21T06:00:00Z");
        let mut spent = DaySpending::default();
        spent.count(Channel::Transfer, payee(1), 40, now, &rules()).unwrap();
        let before = spent.clone();
        let over = spent.count(Channel::Transfer, payee(2), 30, now, &rules()).unwrap_err();
        assert_eq!((over.limit, over.excess), (Limit::TransferDay, 10));
        assert_eq!(over.resets_at, at("2026-11-21T18:30:00Z"));
        assert_eq!(spent.count(Channel::Payout, payee(1), 11, now, &rules()).unwrap_err().limit, Limit::PayeeDay);
        assert_eq!(spent.count(Channel::Payout, payee(2), 61, now, &rules()).unwrap_err().limit, Limit::Day);
        assert_eq!(spent, before);
        spent.count(Channel::Payout, payee(2), 1, now, &rules()).unwrap();
        spent.count(Channel::Payout, payee(3), 1, now, &rules()).unwrap();
        assert_eq!(spent.count(Channel::Payout, payee(4), 1, now, &rules()).unwrap_err().limit, Limit::PayeesPerDay);
    }

    #[test]
    fn what_did_not_happen_is_uncounted_on_its_own_day_only() {
        let now = at("2026-11-21T06:00:00Z");
        let mut spent = DaySpending::default();
        spent.count(Channel::Payout, payee(1), 50, now, &rules()).unwrap();
        spent.uncount(Channel::Payout, payee(1), 50, at("2026-11-20T06:00:00Z"));
        assert_eq!(spent.total, 50);
        spent.uncount(Channel::Payout, payee(1), 50, now);
        assert_eq!((spent.total, spent.to_payee(payee(1), now)), (0, 0));
    }
}

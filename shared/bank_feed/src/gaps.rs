//! Where a statement does not add up: a line, or many, that were not told.

use crate::{Direction, Entry};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A stretch of an account in which something is missing: what was there before it and what was booked since do not come to
/// what is there after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    pub account_id: String,
    pub after: Timestamp,
    pub until: Timestamp,
}

/// The gaps within entries of one reading, in whatever order they were told.
///
/// Only a bank that tells the balance after each line shows them. Of lines of one moment the order is not known, so they are
/// taken together: they follow where what was there before, with all of them, is the balance after one of them.
pub fn gaps(entries: &[Entry]) -> Vec<Gap> {
    let mut moments: BTreeMap<(&str, Timestamp), Vec<&Entry>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !entry.is_pending) {
        moments.entry((&entry.account_id, entry.booked_at)).or_default().push(entry);
    }
    let mut gaps = Vec::new();
    let mut before: Option<(&str, Timestamp, i64)> = None;
    for ((account, at), lines) in moments {
        let known = before.filter(|(of, ..)| *of == account);
        let expected = known.and_then(|(_, since, balance)| Some((since, balance.checked_add(sum(&lines)?)?)));
        let follows = expected.is_none_or(|(_, balance)| lines.iter().any(|line| line.balance_after_minor == Some(balance)));
        if let (Some((since, _)), false, true) = (expected, follows, lines.iter().all(|line| line.balance_after_minor.is_some())) {
            gaps.push(Gap { account_id: account.to_owned(), after: since, until: at });
        }
        let last = expected.filter(|_| follows).map(|(_, balance)| balance).or_else(|| last_of(&lines));
        before = last.map(|balance| (account, at, balance));
    }
    gaps
}

fn moved(line: &Entry) -> i64 {
    match line.direction {
        Direction::Credit => line.amount_minor,
        Direction::Debit => line.amount_minor.saturating_neg(),
    }
}

fn sum(lines: &[&Entry]) -> Option<i64> {
    lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(moved(line)))
}

/// The balance that no other of these lines goes on from; `None` where they do not say which is the last.
fn last_of(lines: &[&Entry]) -> Option<i64> {
    let goes_on =
        |balance: i64| lines.iter().any(|line| line.balance_after_minor.and_then(|after| after.checked_sub(moved(line))) == Some(balance));
    let mut ends = lines.iter().filter_map(|line| line.balance_after_minor).filter(|balance| lines.len() == 1 || !goes_on(*balance));
    let end = ends.next();
    end.filter(|_| ends.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn line(minute: i64, moved: i64, balance: Option<i64>) -> Entry {
        Entry {
            account_id: "ref-1".into(),
            id: None,
            booked_at: Timestamp::from_second(1_795_000_000 + minute * 60).unwrap_or_default(),
            value_date: None,
            amount_minor: moved.abs(),
            currency: Currency::INR,
            direction: if moved < 0 { Direction::Debit } else { Direction::Credit },
            balance_after_minor: balance,
            mode: None,
            narration: String::new(),
            counterparty: None,
            reference: None,
            is_pending: false,
        }
    }

    fn minutes(entries: &[Entry]) -> Vec<(i64, i64)> {
        let minute = |at: Timestamp| (at.as_second() - 1_795_000_000) / 60;
        gaps(entries).iter().map(|gap| (minute(gap.after), minute(gap.until))).collect()
    }

    #[test]
    fn lines_that_follow_from_each_other_have_no_gap_in_whatever_order_they_are_told() {
        let mut lines = vec![line(1, 500, Some(1_500)), line(2, -200, Some(1_300)), line(3, -300, Some(1_000)), line(3, 50, Some(1_050))];
        assert_eq!(minutes(&lines), []);
        lines.reverse();
        assert_eq!(minutes(&lines), []);
        assert_eq!(minutes(&[]), []);
    }

    #[test]
    fn a_line_that_was_not_told_is_seen_between_those_around_it() {
        let lines = [line(1, 500, Some(1_500)), line(3, -300, Some(1_000)), line(4, 10, Some(1_010)), line(9, 10, Some(990))];
        assert_eq!(minutes(&lines), [(1, 3), (4, 9)]);
    }

    #[test]
    fn of_lines_of_one_day_the_order_does_not_matter_and_one_that_is_missing_shows() {
        let day = [line(0, 100, Some(1_100)), line(5, -50, Some(1_070)), line(5, 20, Some(1_120)), line(9, 5, Some(1_075))];
        assert_eq!(minutes(&day), []);
        let without = [line(0, 100, Some(1_100)), line(5, -50, Some(1_070)), line(9, 5, Some(1_075))];
        assert_eq!(minutes(&without), [(0, 5)]);
    }

    #[test]
    fn a_bank_that_tells_no_balances_has_none_and_neither_have_two_accounts_beside_each_other() {
        assert_eq!(minutes(&[line(1, 500, None), line(2, 10, Some(7)), line(3, 1, None)]), []);
        let other = Entry { account_id: "ref-2".into(), ..line(2, 10, Some(99)) };
        assert_eq!(minutes(&[line(1, 500, Some(1_500)), other, line(3, 1, Some(1_501))]), []);
        let pending = Entry { is_pending: true, ..line(2, -100, Some(5)) };
        assert_eq!(minutes(&[line(1, 500, Some(1_500)), pending, line(3, 1, Some(1_501))]), []);
    }

    #[test]
    fn amounts_at_the_end_of_their_range_are_no_gap() {
        assert_eq!(minutes(&[line(1, i64::MAX, Some(i64::MAX)), line(2, i64::MAX, Some(1)), line(3, 1, Some(2))]), []);
    }
}

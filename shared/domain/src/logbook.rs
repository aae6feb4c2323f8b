//! What a user tells of their earnings and expenses, a sheet for each day. It moves no money.

use crate::{
    codes::codes,
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, UserId},
    money::Amount,
};
use jiff::{Timestamp, civil::Date};

codes! {
    LineKind {
        Income = "income";
        Expense = "expense";
    }
}

/// One day of a user's, on an Indian calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySheet {
    pub user: UserId,
    pub day: Date,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Of what brought it, and its place in that: the same again is the same line.
    pub id: Fingerprint,
    pub kind: LineKind,
    /// In paise; more than nothing.
    pub amount: i64,
    /// A platform or a category, such as `swiggy` or `fuel`; empty where none was named.
    pub what: String,
    pub told_at: Timestamp,
}

/// Sums of a sheet, in paise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub income: i64,
    pub expenses: i64,
}

impl Sums {
    pub fn left(self) -> i64 {
        self.income - self.expenses
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { income: self.income.saturating_add(other.income), expenses: self.expenses.saturating_add(other.expenses) }
    }
}

impl DaySheet {
    pub fn empty(user: UserId, day: Date) -> Self {
        Self { user, day, lines: Vec::new() }
    }

    pub fn sums(&self) -> Sums {
        let of = |kind| self.lines.iter().filter(|line| line.kind == kind).fold(0_i64, |sum, line| sum.saturating_add(line.amount));
        Sums { income: of(LineKind::Income), expenses: of(LineKind::Expense) }
    }
}

/// A line that somebody tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    pub kind: LineKind,
    pub amount: Amount,
    pub what: String,
}

/// As much of a category's name as is kept.
const WHAT_CHARS_MAX: usize = 40;
/// Lines of one day.
const LINES_MAX: usize = 200;

/// Adds lines to a day. `source` stands for the message that tells them.
#[derive(Debug, Clone)]
pub struct AddLines {
    pub user: UserId,
    pub day: Date,
    pub source: Fingerprint,
    pub lines: Vec<NewLine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day has at most {LINES_MAX} lines")]
pub struct DayIsFull;

impl Command for AddLines {
    type Done = DaySheet;
    type Refusal = DayIsFull;

    fn reads(&self) -> Vec<Key> {
        vec![Key::DaySheet(self.user, self.day)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, DaySheet), DayIsFull> {
        let mut sheet = state.day_sheet(self.user, self.day).cloned().unwrap_or_else(|| DaySheet::empty(self.user, self.day));
        let before = sheet.lines.len();
        for (place, line) in self.lines.iter().enumerate() {
            let id = Fingerprint::of(&self.source.to_string(), &place.to_string());
            if sheet.lines.iter().any(|known| known.id == id) {
                continue;
            }
            let what = line.what.chars().take(WHAT_CHARS_MAX).collect();
            sheet.lines.push(Line { id, kind: line.kind, amount: line.amount.minor(), what, told_at: now });
        }
        if sheet.lines.len() > LINES_MAX {
            return Err(DayIsFull);
        }
        let mut plan = Plan::default();
        if sheet.lines.len() > before {
            plan.put(Record::DaySheet(sheet.clone()));
        }
        Ok((plan, sheet))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{amount, user};

    fn add(sheet: Option<&DaySheet>, source: &str, lines: &[(LineKind, i64)]) -> Result<DaySheet, DayIsFull> {
        let mut state = Snapshot::default();
        if let Some(sheet) = sheet {
            state.insert(1, Record::DaySheet(sheet.clone()));
        }
        let lines = lines.iter().map(|(kind, minor)| NewLine { kind: *kind, amount: amount(*minor), what: "swiggy".to_owned() }).collect();
        let day = Date::constant(2026, 11, 21);
        AddLines { user: user("asha"), day, source: Fingerprint::of("m", source), lines }
            .decide(&state, Timestamp::UNIX_EPOCH)
            .map(|(_, sheet)| sheet)
    }

    #[test]
    fn what_a_message_tells_is_added_once() {
        let told = [(LineKind::Income, 85_000), (LineKind::Expense, 20_000)];
        let sheet = add(None, "a", &told).unwrap();
        assert_eq!(sheet.sums(), Sums { income: 85_000, expenses: 20_000 });
        assert_eq!(sheet.sums().left(), 65_000);
        assert_eq!(add(Some(&sheet), "a", &told).unwrap(), sheet);
        assert_eq!(add(Some(&sheet), "b", &told[..1]).unwrap().sums().income, 170_000);
    }

    #[test]
    fn a_day_does_not_grow_without_end() {
        let sheet = add(None, "a", &vec![(LineKind::Income, 1); LINES_MAX]).unwrap();
        assert_eq!(add(Some(&sheet), "b", &[(LineKind::Income, 1)]), Err(DayIsFull));
    }
}

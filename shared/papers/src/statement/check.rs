//! What must hold of a statement before it is printed.

use super::{LINES_MAX, Statement};
use crate::error::PaperError;

/// Both are sums of sizes: neither is below nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) in_paise: i64,
    pub(super) out_paise: i64,
}

pub(super) fn totals(statement: &Statement) -> Result<Totals, PaperError> {
    let lines = statement.lines.len();
    if lines > LINES_MAX {
        return Err(PaperError::TooManyLines { lines, lines_max: LINES_MAX });
    }
    if statement.period_to < statement.period_from {
        return Err(PaperError::PeriodEndsBeforeItBegins);
    }
    let mut balance = statement.opening_paise;
    let mut totals = Totals { in_paise: 0, out_paise: 0 };
    for (at, line) in statement.lines.iter().enumerate() {
        if !(statement.period_from..=statement.period_to).contains(&line.at.date()) {
            return Err(PaperError::OutsidePeriod { line: at });
        }
        let amount = line.amount_paise;
        balance = balance.checked_add(amount).ok_or(PaperError::TooMuch)?;
        if balance != line.balance_after_paise {
            return Err(PaperError::LineDoesNotAddUp { line: at });
        }
        let size = amount.checked_abs().ok_or(PaperError::TooMuch)?;
        let sum = if amount < 0 { &mut totals.out_paise } else { &mut totals.in_paise };
        *sum = sum.checked_add(size).ok_or(PaperError::TooMuch)?;
    }
    if balance == statement.closing_paise { Ok(totals) } else { Err(PaperError::ClosingDoesNotAddUp) }
}

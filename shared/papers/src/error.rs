//! Why there is no paper.

/// None of these gets better by trying again with the same values.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("{lines} lines are more than {lines_max}")]
    TooManyLines { lines: usize, lines_max: usize },
    #[error("the period ends before it begins")]
    PeriodEndsBeforeItBegins,
    /// The line with this number, from 0, is of a day that the statement is not about.
    #[error("line {line} is not of the period")]
    OutsidePeriod { line: usize },
    /// The balance after this line is not the one before it and its amount.
    #[error("the balance does not add up at line {line}")]
    LineDoesNotAddUp { line: usize },
    /// The opening balance and all lines are not the closing balance.
    #[error("the closing balance does not add up")]
    ClosingDoesNotAddUp,
    #[error("a sum is greater than what can be counted")]
    TooMuch,
    /// A payment of nothing or less, or a fee below nothing.
    #[error("it is no payment")]
    NotAPayment,
    /// A font that is part of this crate cannot be read: a defect of ours.
    #[error("the font {face} cannot be read")]
    Font { face: &'static str },
    #[error("the file cannot be written")]
    File(#[source] krilla::error::KrillaError),
}

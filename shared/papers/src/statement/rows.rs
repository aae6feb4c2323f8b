//! The rows of a statement's table, made ready before any page is drawn: how many lines a row takes
//! decides which page it is on, and each page says how many there are.

use super::{Line, Statement};
use crate::error::PaperError;
use crate::face::Faces;
use crate::figures::{clock, day, signed};
use crate::fit::{Room, wrap};
use crate::labels::Labels;
use crate::sheet::{Cell, Edge, Ink, Style};
use crate::theirs::theirs;

/// The table's edges, and the columns between them. Numbers end at a column's right edge.
pub(super) const LEFT: f32 = 40.0;
pub(super) const RIGHT: f32 = 555.28;
pub(super) const DATE: Edge = Edge::Left(LEFT + PADDING);
pub(super) const DETAILS: Edge = Edge::Left(DETAILS_LEFT);
pub(super) const AMOUNT: Edge = Edge::Right(AMOUNT_RIGHT);
pub(super) const BALANCE: Edge = Edge::Right(RIGHT - PADDING);
pub(super) const DATE_WIDTH: f32 = 89.0;
pub(super) const DETAILS_WIDTH: f32 = 214.0;
pub(super) const NUMBER_WIDTH: f32 = 90.0;
const PADDING: f32 = 6.0;
const DETAILS_LEFT: f32 = LEFT + PADDING + DATE_WIDTH + 12.0;
const AMOUNT_RIGHT: f32 = RIGHT - PADDING - NUMBER_WIDTH - 9.0;

/// From one baseline to the next. The scripts of India reach further up and down than Latin.
const LEADING: f32 = 12.5;
/// From a row's top to its first baseline.
const FIRST_BASELINE: f32 = 13.0;
const BELOW: f32 = 6.5;

const DETAILS_LINES_MAX: usize = 2;
const TEXT: Style = Style::plain(8.5);
const SUM: Style = Style::strong(8.5);
const SMALL: Style = Style::grey(7.5);

/// Cells with their baselines, from the row's top.
pub(super) struct Row {
    pub(super) cells: Vec<(Cell, f32)>,
    pub(super) height: f32,
}

/// The opening balance, the lines, the closing balance.
pub(super) fn rows(faces: &Faces, labels: &Labels, statement: &Statement) -> Result<Vec<Row>, PaperError> {
    let mut rows = Vec::with_capacity(statement.lines.len() + 2);
    rows.push(sum(faces, labels.opening, statement.opening_paise)?);
    for line in &statement.lines {
        rows.push(row(faces, line)?);
    }
    if statement.lines.is_empty() {
        let nothing = Cell::words(faces, labels.nothing, SMALL, DETAILS, DETAILS_WIDTH)?;
        rows.push(Row { cells: vec![(nothing, FIRST_BASELINE)], height: height(1) });
    }
    rows.push(sum(faces, labels.closing, statement.closing_paise)?);
    Ok(rows)
}

fn height(lines: usize) -> f32 {
    FIRST_BASELINE + BELOW + LEADING * lines.saturating_sub(1) as f32
}

fn sum(faces: &Faces, label: &str, paise: i64) -> Result<Row, PaperError> {
    let label = Cell::words(faces, label, SUM, DETAILS, DETAILS_WIDTH)?;
    let balance = Cell::figure(faces, &words::rupees(paise), SUM, BALANCE, NUMBER_WIDTH)?;
    Ok(Row { cells: vec![(label, FIRST_BASELINE), (balance, FIRST_BASELINE)], height: height(1) })
}

fn row(faces: &Faces, line: &Line) -> Result<Row, PaperError> {
    let when = format!("{}, {}", day(line.at.date()), clock(line.at.time()));
    let came_in = if line.amount_paise > 0 { TEXT.in_ink(Ink::Green) } else { TEXT };
    let mut cells = vec![(Cell::figure(faces, &when, Style::plain(8.0), DATE, DATE_WIDTH)?, FIRST_BASELINE)];
    let mut baseline = FIRST_BASELINE;
    let room = Room { size: TEXT.size, width: DETAILS_WIDTH };
    let what = wrap(faces, &theirs(&line.what), TEXT.weight, room, DETAILS_LINES_MAX)?;
    let mut lines = what.len();
    for text in what {
        cells.push((Cell::of(text, TEXT, DETAILS), baseline));
        baseline += LEADING;
    }
    if let Some(reference) = line.reference.as_deref().map(theirs).filter(|text| !text.is_empty()) {
        cells.push((Cell::words(faces, &reference, SMALL, DETAILS, DETAILS_WIDTH)?, baseline));
        lines += 1;
    }
    cells.push((Cell::figure(faces, &signed(line.amount_paise), came_in, AMOUNT, NUMBER_WIDTH)?, FIRST_BASELINE));
    cells.push((Cell::figure(faces, &words::rupees(line.balance_after_paise), TEXT, BALANCE, NUMBER_WIDTH)?, FIRST_BASELINE));
    Ok(Row { cells, height: height(lines) })
}

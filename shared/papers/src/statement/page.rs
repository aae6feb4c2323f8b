//! A statement's pages: what stands above the table, and which rows fit below it.

use super::Statement;
use super::check::Totals;
use super::rows::{AMOUNT, BALANCE, DATE, DATE_WIDTH, DETAILS, DETAILS_WIDTH, LEFT, NUMBER_WIDTH, RIGHT, Row};
use crate::error::PaperError;
use crate::figures::{clock, day};
use crate::labels::Labels;
use crate::sheet::{A4, Edge, Ink, Pen, Style};
use crate::theirs::theirs;

const WIDTH: f32 = RIGHT - LEFT;
/// Where the table begins: below the head, or below a page's one line that says whose it is.
const TOP_FIRST: f32 = 218.0;
const TOP: f32 = 58.0;
const HEADER_HEIGHT: f32 = 21.0;
const BOTTOM: f32 = A4.1 - 54.0;
const FOOT: f32 = A4.1 - 34.0;

/// What stands on the first page above the table, and on every page around it.
pub(super) struct Head<'a> {
    labels: &'a Labels,
    whose: [(&'a str, String); 3],
    issued: Option<String>,
    sums: [(&'a str, i64); 4],
}

impl<'a> Head<'a> {
    pub(super) fn of(statement: &Statement, labels: &'a Labels, totals: Totals) -> Self {
        let period = format!("{} – {}", day(statement.period_from), day(statement.period_to));
        Self {
            labels,
            whose: [(labels.name, theirs(&statement.holder)), (labels.account, theirs(&statement.account)), (labels.period, period)],
            issued: statement.issued.map(|at| format!("{}, {}", day(at.date()), clock(at.time()))),
            sums: [
                (labels.opening, statement.opening_paise),
                (labels.money_in, totals.in_paise),
                (labels.money_out, totals.out_paise),
                (labels.closing, statement.closing_paise),
            ],
        }
    }
}

/// The rows of each page.
pub(super) fn pages(rows: &[Row]) -> Vec<&[Row]> {
    let mut pages = Vec::new();
    let mut rest = rows;
    while !rest.is_empty() {
        let top = if pages.is_empty() { TOP_FIRST } else { TOP };
        let mut y = top + HEADER_HEIGHT;
        let fitting = rest
            .iter()
            .take_while(|row| {
                y += row.height;
                y <= BOTTOM
            })
            .count();
        // No row is as high as a page; were there one, it would have a page of its own.
        let (page, after) = rest.split_at(fitting.max(1));
        pages.push(page);
        rest = after;
    }
    pages
}

/// The page with this number, from 0, of so many.
pub(super) fn draw(pen: &mut Pen<'_, '_>, head: &Head<'_>, rows: &[Row], (at, count): (usize, usize)) -> Result<(), PaperError> {
    let top = if at == 0 {
        first(pen, head)?;
        TOP_FIRST
    } else {
        let [(_, holder), (_, account), (_, period)] = &head.whose;
        pen.words(&format!("{holder} · {account}"), Style::grey(8.0), Edge::Left(LEFT), 44.0, WIDTH * 0.68)?;
        pen.words(period, Style::grey(8.0), Edge::Right(RIGHT), 44.0, WIDTH * 0.3)?;
        TOP
    };
    header(pen, head.labels, top)?;
    let mut y = top + HEADER_HEIGHT;
    for row in rows {
        for (cell, baseline) in &row.cells {
            pen.cell(cell, y + baseline)?;
        }
        y += row.height;
        pen.area(LEFT, y, WIDTH, 0.5, Ink::Rule);
    }
    pen.words(head.labels.made, Style::grey(7.5), Edge::Left(LEFT), FOOT, WIDTH * 0.75)?;
    let number = format!("{} {}/{count}", head.labels.page, at + 1);
    pen.words(&number, Style::grey(7.5), Edge::Right(RIGHT), FOOT, WIDTH * 0.2)
}

fn first(pen: &mut Pen<'_, '_>, head: &Head<'_>) -> Result<(), PaperError> {
    pen.words(head.labels.statement, Style::strong(18.0), Edge::Left(LEFT), 60.0, WIDTH * 0.8)?;
    pen.words("Kamai", Style::strong(11.0).in_ink(Ink::Grey), Edge::Right(RIGHT), 60.0, WIDTH * 0.2)?;
    let mut y = 88.0;
    let issued = head.issued.iter().map(|at| (head.labels.issued, at));
    for (label, value) in head.whose.iter().map(|(label, value)| (*label, value)).chain(issued) {
        pen.words(label, Style::grey(9.0), Edge::Left(LEFT), y, 110.0)?;
        pen.words(value, Style::plain(9.0), Edge::Left(LEFT + 118.0), y, WIDTH - 118.0)?;
        y += 16.0;
    }
    pen.area(LEFT, 152.0, WIDTH, 48.0, Ink::Shade);
    let width = WIDTH / head.sums.len() as f32;
    let mut x = LEFT;
    for (label, paise) in &head.sums {
        pen.words(label, Style::grey(8.0), Edge::Left(x + 10.0), 171.0, width - 14.0)?;
        pen.figure(&words::rupees(*paise), Style::strong(10.5), Edge::Left(x + 10.0), 188.0, width - 14.0)?;
        x += width;
    }
    Ok(())
}

/// The table's first row, which every page has.
fn header(pen: &mut Pen<'_, '_>, labels: &Labels, top: f32) -> Result<(), PaperError> {
    pen.area(LEFT, top, WIDTH, HEADER_HEIGHT, Ink::Shade);
    let columns = [
        (labels.date, DATE, DATE_WIDTH),
        (labels.details, DETAILS, DETAILS_WIDTH),
        (labels.amount, AMOUNT, NUMBER_WIDTH),
        (labels.balance, BALANCE, NUMBER_WIDTH),
    ];
    for (label, edge, width) in columns {
        pen.words(label, Style::strong(8.5), edge, top + 14.0, width)?;
    }
    Ok(())
}

//! A receipt: one payment that somebody made.

use jiff::civil::DateTime;
use words::Language;

use crate::error::PaperError;
use crate::figures::{clock, day};
use crate::fit::{Room, wrap};
use crate::labels::Labels;
use crate::sheet::{A5, Cell, Edge, Ink, Pen, Sheets, Style};
use crate::theirs::theirs;

/// All times are in the payer's time zone.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub language: Language,
    pub from: Party,
    pub to: Party,
    /// What the payee gets.
    pub amount_paise: i64,
    /// On top of the amount, and paid by the payer. Not shown where there is none.
    pub fee_paise: i64,
    /// What the bank knows the payment by (its UTR), or we.
    pub reference: Option<String>,
    pub status: Status,
    pub at: DateTime,
    pub note: Option<String>,
    /// Shown, and the file's creation date. Without it the file has none.
    pub issued: Option<DateTime>,
}

#[derive(Debug, Clone)]
pub struct Party {
    pub name: String,
    /// What they were paid at, or paid from: a UPI address, a masked account.
    pub address: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Pending,
    Paid,
    Failed,
    /// It was paid, and came back.
    Returned,
    Cancelled,
}

impl Status {
    fn label(self, labels: &Labels) -> (&'static str, Ink) {
        match self {
            Self::Pending => (labels.pending, Ink::Amber),
            Self::Paid => (labels.paid, Ink::Green),
            Self::Failed => (labels.failed, Ink::Red),
            Self::Returned => (labels.returned, Ink::Amber),
            Self::Cancelled => (labels.cancelled, Ink::Grey),
        }
    }
}

/// The receipt as a PDF of one A5 page.
///
/// # Errors
///
/// Where the amount is nothing or less, or the fee is less than nothing.
pub fn receipt(receipt: &Receipt) -> Result<Vec<u8>, PaperError> {
    if receipt.amount_paise <= 0 || receipt.fee_paise < 0 {
        return Err(PaperError::NotAPayment);
    }
    let total = receipt.amount_paise.checked_add(receipt.fee_paise).ok_or(PaperError::TooMuch)?;
    let labels = Labels::of(receipt.language);
    let mut sheets = Sheets::new(receipt.language, labels.receipt, receipt.issued);
    sheets.page(A5, |pen| draw(pen, labels, receipt, total))?;
    sheets.finish()
}

const LEFT: f32 = 36.0;
const RIGHT: f32 = A5.0 - 36.0;
const WIDTH: f32 = RIGHT - LEFT;
const LABEL_WIDTH: f32 = 112.0;
const LEADING: f32 = 14.0;
const VALUE_LINES_MAX: usize = 3;
const VALUE: Style = Style::plain(9.5);

fn draw(pen: &mut Pen<'_, '_>, labels: &Labels, receipt: &Receipt, total: i64) -> Result<(), PaperError> {
    pen.words(labels.receipt, Style::strong(16.0), Edge::Left(LEFT), 56.0, WIDTH * 0.8)?;
    pen.words("Kamai", Style::strong(11.0).in_ink(Ink::Grey), Edge::Right(RIGHT), 56.0, WIDTH * 0.2)?;
    pen.area(LEFT, 74.0, WIDTH, 62.0, Ink::Shade);
    let (status, ink) = receipt.status.label(labels);
    pen.figure(&words::rupees(receipt.amount_paise), Style::strong(22.0), Edge::Left(LEFT + 14.0), 104.0, WIDTH - 28.0)?;
    pen.words(status, Style::strong(10.0).in_ink(ink), Edge::Left(LEFT + 14.0), 124.0, WIDTH - 28.0)?;

    let mut y = 164.0;
    let at = |at: DateTime| format!("{}, {}", day(at.date()), clock(at.time()));
    let reference = receipt.reference.as_deref().map(theirs);
    let note = receipt.note.as_deref().map(theirs);
    let rows = [
        (labels.to, lines_of(&receipt.to)),
        (labels.from, lines_of(&receipt.from)),
        (labels.date, vec![at(receipt.at)]),
        (labels.reference, reference.into_iter().collect()),
        (labels.note, note.into_iter().collect()),
        (labels.issued, receipt.issued.map(at).into_iter().collect()),
    ];
    for (label, values) in rows {
        y = row(pen, label, &values, y)?;
    }
    if receipt.fee_paise > 0 {
        let sums = [
            (labels.amount, receipt.amount_paise, VALUE),
            (labels.fee, receipt.fee_paise, VALUE),
            (labels.total, total, Style::strong(9.5)),
        ];
        y += 6.0;
        for (label, paise, style) in sums {
            pen.words(label, style, Edge::Left(LEFT), y, WIDTH * 0.5)?;
            pen.figure(&words::rupees(paise), style, Edge::Right(RIGHT), y, WIDTH * 0.45)?;
            y += LEADING + 4.0;
        }
    }
    pen.words(labels.made, Style::grey(7.5), Edge::Left(LEFT), A5.1 - 34.0, WIDTH)
}

fn lines_of(party: &Party) -> Vec<String> {
    [Some(theirs(&party.name)), party.address.as_deref().map(theirs)].into_iter().flatten().collect()
}

/// A label and what it stands for, with a line below; nothing where there is nothing to say. Gives
/// where the next row begins.
fn row(pen: &mut Pen<'_, '_>, label: &str, values: &[String], top: f32) -> Result<f32, PaperError> {
    let room = Room { size: VALUE.size, width: WIDTH - LABEL_WIDTH };
    let mut y = top;
    for value in values.iter().filter(|value| !value.is_empty()) {
        if y == top {
            pen.words(label, Style::grey(9.0), Edge::Left(LEFT), y, LABEL_WIDTH - 8.0)?;
        }
        for text in wrap(pen.faces, value, VALUE.weight, room, VALUE_LINES_MAX)? {
            pen.cell(&Cell::of(text, VALUE, Edge::Left(LEFT + LABEL_WIDTH)), y)?;
            y += LEADING;
        }
    }
    if y == top {
        return Ok(top);
    }
    pen.area(LEFT, y - 6.0, WIDTH, 0.5, Ink::Rule);
    Ok(y + 9.0)
}

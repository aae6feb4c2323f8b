//! Comma-separated text, and its relatives with semicolons, tabs and bars.

use csv::{ReaderBuilder, StringRecord};

use crate::error::{Place, Refusal};
use crate::grid::{COLUMNS_MAX, ROWS_MAX, Row};

const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// No cell of a statement has as many lines: a quotation mark was not closed.
const LINES_IN_CELL_MAX: usize = 20;

/// The rows of the text, parted by whichever sign lets its names of columns be known best. `names`
/// counts how many a row has; among the first `rows_looked_at` some row must have them.
pub fn rows(text: &str, rows_looked_at: usize, names: impl Fn(&Row) -> usize) -> Result<Option<Vec<Row>>, Refusal> {
    let mut best: Option<(usize, u8)> = None;
    for delimiter in DELIMITERS {
        let rows = parted(text, delimiter, rows_looked_at).flatten();
        let known = rows.map(|row| names(&row)).max().unwrap_or(0);
        if known > 0 && best.is_none_or(|(most, _)| known > most) {
            best = Some((known, delimiter));
        }
    }
    let Some((_, delimiter)) = best else { return Ok(None) };
    let rows: Vec<Row> = parted(text, delimiter, ROWS_MAX + 1).collect::<Result<_, _>>()?;
    if rows.len() > ROWS_MAX { Err(Refusal::TooManyRows { rows_max: ROWS_MAX }) } else { Ok(Some(rows)) }
}

fn parted(text: &str, delimiter: u8, rows_max: usize) -> impl Iterator<Item = Result<Row, Refusal>> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut line = 1;
    std::iter::from_fn(move || match reader.read_record(&mut record) {
        Ok(true) => {
            line = record.position().map_or(line, |position| position.line());
            Some(row(&record, Place::line(u32::try_from(line).unwrap_or(u32::MAX))))
        }
        // The text is valid, and rows may be of any length: reading it cannot fail.
        Ok(false) | Err(_) => None,
    })
    .filter(|row| row.as_ref().map_or(true, |row| !row.is_empty()))
    .take(rows_max)
}

fn row(record: &StringRecord, place: Place) -> Result<Row, Refusal> {
    let filled = record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).last().map_or(0, |(at, _)| at + 1);
    if filled > COLUMNS_MAX {
        return Err(Refusal::TooWide { place, columns_max: COLUMNS_MAX });
    }
    if record.iter().any(|cell| cell.bytes().filter(|byte| *byte == b'\n').count() > LINES_IN_CELL_MAX) {
        return Err(Refusal::OpenQuote { place });
    }
    Ok(Row { place, cells: record.iter().take(filled).map(str::to_owned).collect() })
}

/// The first rows, parted by commas: of a text whose names of columns are not known.
pub fn any_rows(text: &str) -> Result<Vec<Row>, Refusal> {
    parted(text, b',', 200).collect()
}

//! A part of a copy: a ZIP with each kind of data as JSON, and once more as CSV.

use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Write as _},
};
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// As much as a part holds before it is closed, as JSON: what is in memory at once, and what one answer carries.
const JSON_BYTES_MAX: usize = 2 * 1024 * 1024;

type Fields = Map<String, Value>;

/// It is somebody's: it does not print.
#[derive(Default)]
pub struct Part {
    kinds: BTreeMap<&'static str, Vec<Fields>>,
    bytes: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error(transparent)]
    Zip(#[from] ZipError),
    #[error(transparent)]
    Csv(#[from] csv::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Part {
    pub fn push(&mut self, kind: &'static str, fields: Fields) -> Result<(), ArchiveError> {
        self.bytes += serde_json::to_vec(&fields)?.len();
        self.kinds.entry(kind).or_default().push(fields);
        Ok(())
    }

    pub fn is_full(&self) -> bool {
        self.bytes >= JSON_BYTES_MAX
    }

    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// With what is to be said of the whole.
    pub fn zip(&self, about: &Value) -> Result<Vec<u8>, ArchiveError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut add = |name: String, text: &[u8]| -> Result<(), ArchiveError> {
            zip.start_file(name, options)?;
            Ok(zip.write_all(text)?)
        };
        add("about.json".to_owned(), &serde_json::to_vec_pretty(about)?)?;
        for (kind, rows) in &self.kinds {
            add(format!("json/{kind}.json"), &serde_json::to_vec_pretty(rows)?)?;
            add(format!("csv/{kind}.csv"), &csv_of(rows)?)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// A column for every field that a row has; what lies within another is named by both.
fn csv_of(rows: &[Fields]) -> Result<Vec<u8>, ArchiveError> {
    let flat: Vec<BTreeMap<String, String>> = rows.iter().map(flattened).collect();
    let columns: BTreeSet<&String> = flat.iter().flat_map(BTreeMap::keys).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns)?;
    for row in &flat {
        writer.write_record(columns.iter().map(|column| row.get(*column).map_or("", String::as_str)))?;
    }
    Ok(writer.into_inner().map_err(csv::IntoInnerError::into_error)?)
}

fn flattened(row: &Fields) -> BTreeMap<String, String> {
    let mut cells = BTreeMap::new();
    let mut left: Vec<(String, &Value)> = row.iter().map(|(name, value)| (name.clone(), value)).collect();
    while let Some((name, value)) = left.pop() {
        match value {
            Value::Object(inner) => left.extend(inner.iter().map(|(inner, value)| (format!("{name}.{inner}"), value))),
            Value::String(text) => drop(cells.insert(guarded(&name), guarded(text))),
            Value::Null => drop(cells.insert(guarded(&name), String::new())),
            // A number is one; a list is written as JSON, which begins with a bracket.
            other => drop(cells.insert(guarded(&name), other.to_string())),
        }
    }
    cells
}

/// A text that a spreadsheet does not take for a formula, whoever wrote it.
fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|', '%']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::io::Read as _;

    fn part(rows: &[Value]) -> Part {
        let mut part = Part::default();
        rows.iter().for_each(|row| part.push("note", row.as_object().unwrap().clone()).unwrap());
        part
    }

    fn read(zip: Vec<u8>, name: &str) -> String {
        let mut text = String::new();
        zip::ZipArchive::new(Cursor::new(zip)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn every_row_is_there_as_json_and_as_csv() {
        let rows = [json!({ "a": 1, "b": { "c": "Chai, hot", "d": null } }), json!({ "a": -2, "e": ["x", 1], "f": true })];
        let zip = part(&rows).zip(&json!({ "user": "u" })).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&read(zip.clone(), "json/note.json")).unwrap(), json!(rows));
        assert_eq!(read(zip.clone(), "csv/note.csv"), "a,b.c,b.d,e,f\n1,\"Chai, hot\",,,\n-2,,,\"[\"\"x\"\",1]\",true\n");
        assert!(read(zip, "about.json").contains("\"user\": \"u\""));
    }

    #[test]
    fn s15_nothing_that_somebody_wrote_is_a_formula_and_a_number_stays_one() {
        for text in ["=HYPERLINK(\"http://x\")", "+919812345678", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "|calc"] {
            let csv = read(part(&[json!({ "note": text, text: -5 })]).zip(&json!({})).unwrap(), "csv/note.csv");
            let mut reader = csv::Reader::from_reader(csv.as_bytes());
            let headers = reader.headers().unwrap().clone();
            let row = reader.records().next().unwrap().unwrap();
            assert!(headers.iter().chain(row.iter()).all(|cell| cell == "-5" || !cell.starts_with(text.chars().next().unwrap())), "{csv}");
            assert!(row.iter().any(|cell| cell == format!("'{text}")), "{csv}");
        }
    }

    #[test]
    fn a_part_is_full_before_it_is_too_much() {
        let mut part = Part::default();
        let row = json!({ "text": "x".repeat(1_000) }).as_object().unwrap().clone();
        while !part.is_full() {
            part.push("note", row.clone()).unwrap();
        }
        assert!((JSON_BYTES_MAX..JSON_BYTES_MAX + 2_000).contains(&part.bytes));
    }
}

//! Batches of payouts as CSV: the same rules as in JSON, and no reading that a sheet does not show.

use functions::{api::batches::csv::parse, body::money_out::OpenBatch};
use lambda::Request;
use serde_json::{Value, json};

pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let batch = match parse(&text) {
        Ok(batch) => batch,
        Err(problem) => return assert_eq!(problem.status(), 400),
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().expect("it was read").clone();
    for (at, name) in headers.iter().enumerate() {
        assert!(headers.iter().skip(at + 1).all(|other| other != name), "the column {name} is there twice: which one is meant?");
    }
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("it was read")).collect();
    assert_eq!(rows.len(), batch.lines.len(), "a line for each row");
    let amount = headers.iter().position(|name| name == "amount");
    let mut lines = Vec::new();
    for (row, line) in rows.iter().zip(&batch.lines) {
        let minor = line.amount.minor_units();
        assert!(minor >= 1);
        assert_eq!(amount.and_then(|at| row.get(at)), Some(minor.to_string().as_str()), "an amount has one spelling");
        let cell = |name: &str| row.get(headers.iter().position(|header| header == name)?).filter(|value| !value.is_empty());
        let mut payee = json!({});
        for name in ["type", "vpa", "account_number", "ifsc", "name"] {
            if let Some(value) = cell(name) {
                payee[name] = Value::from(value);
            }
        }
        let mut json = json!({ "amount": minor, "payee": payee });
        if let Some(reference) = cell("reference") {
            json["reference"] = Value::from(reference);
        }
        lines.push(json);
    }
    let same = Request::post("/").json(&json!({ "currency": "INR", "lines": lines })).build();
    let same: OpenBatch = same.json_within(usize::MAX).expect("JSON takes what CSV takes");
    assert_eq!(format!("{same:?}"), format!("{batch:?}"));
}

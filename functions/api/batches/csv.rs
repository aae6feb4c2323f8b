//! A batch as CSV: a header line `amount,type,vpa,account_number,ifsc,name,reference`, amounts in
//! paise, columns in any order.

use crate::body::{
    common::Currency,
    money_out::{LineRequest, OpenBatch},
};
use lambda::Problem;
use serde_json::{Map, Value};

const COLUMNS: &[&str] = &["amount", "type", "vpa", "account_number", "ifsc", "name", "reference"];

pub fn parse(text: &str) -> Result<OpenBatch, Problem> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let bad = |line: usize, why: String| Problem::invalid_field(format!("/lines/{line}"), why);
    let headers = reader.headers().map_err(|error| bad(0, error.to_string()))?.clone();
    if let Some(unknown) = headers.iter().find(|header| !COLUMNS.contains(header)) {
        let shown: String = unknown.chars().take(40).collect();
        return Err(Problem::invalid_request(format!("The column `{shown}` is unknown; columns are {}.", COLUMNS.join(", "))));
    }
    // Which of the two is meant, nobody can tell; the sheet's owner may look at the other one.
    if let Some((_, twice)) = headers.iter().enumerate().find(|(at, header)| headers.iter().take(*at).any(|earlier| earlier == *header)) {
        return Err(Problem::invalid_request(format!("The column `{twice}` is there twice.")));
    }
    let mut lines = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|_| bad(index, "has another number of columns than the header".to_owned()))?;
        let cell = |name: &str| {
            let column = headers.iter().position(|header| header == name)?;
            record.get(column).filter(|value| !value.is_empty())
        };
        lines.push(line(cell).map_err(|why| bad(index, why))?);
    }
    Ok(OpenBatch { currency: Currency::Inr, note: None, lines })
}

/// One line by way of the JSON body's own parser, so that both forms have the same rules.
fn line<'a>(cell: impl Fn(&str) -> Option<&'a str>) -> Result<LineRequest, String> {
    let mut payee = Map::new();
    for name in ["type", "vpa", "account_number", "ifsc", "name"] {
        if let Some(value) = cell(name) {
            payee.insert(name.to_owned(), Value::from(value));
        }
    }
    // As JSON has it: `+5` and `05` are no amounts there either.
    let amount = cell("amount").and_then(|digits| serde_json::from_str::<i64>(digits).ok());
    let amount = amount.ok_or("amount: must be an integer number of paise, in digits alone")?;
    let mut line = Map::from_iter([("amount".to_owned(), Value::from(amount)), ("payee".to_owned(), Value::Object(payee))]);
    if let Some(reference) = cell("reference") {
        line.insert("reference".to_owned(), Value::from(reference));
    }
    serde_json::from_value(Value::Object(line)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_csv_of_both_kinds_of_payee_is_read() {
        let text = "amount,type,vpa,account_number,ifsc,name,reference\n500,vpa,asha@ybl,,,Asha,w1\n900,bank_account,,50100012345,HDFC0000001,Ravi K,w2\n";
        let batch = parse(text).unwrap();
        assert_eq!(batch.lines.len(), 2);
        assert_eq!(batch.lines[1].amount.minor_units(), 900);
    }

    #[test]
    fn a_bad_line_is_named() {
        for bad in
            ["amount,type,vpa,name\n5.5,vpa,a@ybl,Asha\n", "amount,type,vpa,name\n-5,vpa,a@ybl,Asha\n", "amount,type,vpa,name\n5,vpa\n"]
        {
            assert_eq!(parse(bad).unwrap_err().errors()[0].pointer, "/lines/0", "{bad}");
        }
        assert!(parse("amount,role\n5,admin\n").is_err());
    }

    #[test]
    fn an_amount_has_one_spelling_and_one_column() {
        let with = |amount: &str| parse(&format!("amount,type,vpa,name\n{amount},vpa,a@ybl,Asha\n"));
        assert!(with("5").is_ok());
        for other in ["+5", "05", "5e2", "5.0", "0x5", "५"] {
            assert_eq!(with(other).unwrap_err().errors()[0].pointer, "/lines/0", "{other}");
        }
        assert!(parse("amount,type,vpa,name,amount\n5,vpa,a@ybl,Asha,500000\n").unwrap_err().detail().contains("twice"));
    }
}

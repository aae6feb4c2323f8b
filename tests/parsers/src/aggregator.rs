//! What banks send through an Account Aggregator, once it is opened: an account's statement, as XML or JSON.

use account_aggregator::fi::{Source, read};

const SOURCE: Source<'_> = Source { link_ref: "ref-1", bank: "Demo Bank" };

pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let statement = match read(&text, &SOURCE) {
        Ok(statement) => statement,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    assert!(statement.covers.is_none_or(|(from, to)| from <= to), "it covers days backwards");
    for entry in &statement.entries {
        assert!(entry.amount_minor >= 0, "money that came is less than nothing");
        assert!(!entry.narration.chars().any(char::is_control));
    }
    let again = read(&format!("\u{feff} {text} "), &SOURCE);
    assert!(again.as_ref() == Ok(&statement), "what stands around a document changes it");
    if text.trim_start().starts_with('<') {
        let dtd = format!("<!DOCTYPE a [<!ENTITY x \"y\">]>{text}");
        assert!(read(&dtd, &SOURCE).is_err(), "a DTD was taken");
    }
}

//! Bytes to text.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

use crate::error::Refusal;

/// Some thousand pages of a statement.
pub const BYTES_MAX: usize = 10 * 1024 * 1024;

/// UTF-8 and UTF-16 by their marks, UTF-8 without a mark where it is valid, Windows-1252 otherwise.
pub fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > BYTES_MAX {
        return Err(Refusal::TooLarge { bytes_max: BYTES_MAX });
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    known_otherwise(head)?;
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => {
            encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default()).0
        }
        // A text has no zeros; UTF-16 without its mark has little else.
        _ if head.contains(&0) => return Err(Refusal::Binary),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    };
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(text)
}

fn known_otherwise(head: &[u8]) -> Result<(), Refusal> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Refusal::Spreadsheet);
    }
    if head.starts_with(b"\xFF\xD8\xFF") || head.starts_with(b"\x89PNG") || head.starts_with(b"GIF8") {
        return Err(Refusal::Picture);
    }
    let start: Vec<u8> = head.trim_ascii_start().iter().take(14).map(u8::to_ascii_lowercase).collect();
    // Some banks call a web page `.xls`.
    if start.starts_with(b"<html") || start.starts_with(b"<!doctype html") || start.starts_with(b"<table") {
        return Err(Refusal::WebPage);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_their_marks_and_their_bytes() {
        let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain("Date,₹".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text(&wide).unwrap(), "Date,₹");
        assert_eq!(text("\u{feff}Date,₹".as_bytes()).unwrap(), "Date,₹");
        assert_eq!(text("Date,₹".as_bytes()).unwrap(), "Date,₹");
        assert_eq!(text(b"Caf\xE9 \x96 1").unwrap(), "Café – 1");
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(text(b""), Err(Refusal::Empty));
        assert_eq!(text(b" \r\n"), Err(Refusal::Empty));
        assert_eq!(text(b"PK\x03\x04rest"), Err(Refusal::Spreadsheet));
        assert_eq!(text(b"\xD0\xCF\x11\xE0\xA1\xB1"), Err(Refusal::Spreadsheet));
        assert_eq!(text(b"  <HTML><body>"), Err(Refusal::WebPage));
        assert_eq!(text(b"\xFF\xD8\xFF\xE0"), Err(Refusal::Picture));
        assert_eq!(text(b"a\0b\0"), Err(Refusal::Binary));
        assert_eq!(text(&vec![b'a'; BYTES_MAX + 1]), Err(Refusal::TooLarge { bytes_max: BYTES_MAX }));
    }
}

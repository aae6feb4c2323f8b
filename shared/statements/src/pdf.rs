//! The text of a PDF, with where it stands, brought to the rows of a table.
//!
//! `lopdf` reads the file: objects, streams, encryption. It bounds what streams inflate to and how deep
//! objects nest. Where text stands on a page, and what the codes of a font mean, is read here, since
//! its own reading keeps no places and its tables of characters can be made to grow without bound.

mod characters;
mod font;
mod page;
mod table;
mod words;

use lopdf::{Document, Error, LoadOptions};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Upload;
use crate::error::Refusal;
use crate::rows;
use crate::statement::{Format, Statement};
use crate::text::BYTES_MAX;

pub const PAGES_MAX: usize = 100;
/// A page of text takes some ten kilobytes, with drawings some hundred. What it takes to read is three
/// hundred times as much, if it was made for that.
const PAGE_BYTES_MAX: usize = 512 * 1024;
/// Of streams that hold objects: some hundred of these are in one.
const STREAM_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Each may inflate to the bound above.
const STREAMS_MAX: usize = 2_000;

pub fn is_pdf(bytes: &[u8]) -> bool {
    // Some programs write a line before the mark.
    let head = bytes.get(..bytes.len().min(1_024)).unwrap_or(bytes);
    head.windows(5).any(|window| window == b"%PDF-")
}

pub fn statement(bytes: &[u8], upload: &Upload<'_>) -> Result<Statement, Refusal> {
    if bytes.len() > BYTES_MAX {
        return Err(Refusal::TooLarge { bytes_max: BYTES_MAX });
    }
    // A defect of the library on a file that was made for it is that file's, and nobody else's.
    let pages = catch_unwind(AssertUnwindSafe(|| pages(bytes, upload.password))).map_err(|_| Refusal::BadPdf)??;
    if pages.iter().all(Vec::is_empty) {
        return Err(Refusal::NoText);
    }
    rows::statement(table::rows(&pages)?, upload, Format::Pdf)
}

fn pages(bytes: &[u8], password: Option<&str>) -> Result<Vec<Vec<words::Line>>, Refusal> {
    let streams = bytes.windows(6).filter(|window| *window == b"stream").count() / 2;
    if streams > STREAMS_MAX {
        return Err(Refusal::BadPdf);
    }
    let options =
        LoadOptions { password: password.map(str::to_owned), max_decompressed_size: Some(STREAM_BYTES_MAX), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(Error::InvalidPassword | Error::Decryption(lopdf::encryption::DecryptionError::IncorrectPassword)) => {
            return Err(if password.is_some() { Refusal::WrongPassword } else { Refusal::PasswordNeeded });
        }
        Err(_) => return Err(Refusal::BadPdf),
    };
    if document.is_encrypted() {
        // It was loaded without being opened.
        return Err(if password.is_some() { Refusal::WrongPassword } else { Refusal::PasswordNeeded });
    }
    let ids: Vec<_> = document.page_iter().take(PAGES_MAX + 1).collect();
    if ids.len() > PAGES_MAX {
        return Err(Refusal::TooManyPages { pages_max: PAGES_MAX });
    }
    if ids.is_empty() {
        return Err(Refusal::BadPdf);
    }
    let mut budget = page::Budget::default();
    ids.into_iter().map(|id| page::glyphs(&document, id, &mut budget).map(words::lines)).collect()
}

#[cfg(test)]
mod tests;

//! OFX, both as SGML (1.x) and as XML (2.x).
//!
//! Read by hand: the libraries that are there are young, know no line to name, and
//! bring a decimal, a calendar and an XML library with them. Both versions are tags and text, so one
//! reader of tags serves both. It builds no tree and knows no entities but the five of XML and `&nbsp;`,
//! so nothing in a file can nest or grow.

mod build;
mod tags;

use crate::Upload;
use crate::error::Refusal;
use crate::statement::Statement;

/// Where the tags begin, if this is OFX.
fn start(text: &str) -> Option<usize> {
    let head = text.trim_start();
    let is_marked = ["OFXHEADER", "<?OFX", "<?xml", "<OFX>", "<ofx>"].iter().any(|mark| head.starts_with(mark));
    let at = text.find("<OFX>").or_else(|| text.find("<ofx>"))?;
    // A header is of a few lines.
    (is_marked && at < 4_096).then_some(at)
}

pub fn is_ofx(text: &str) -> bool {
    start(text).is_some()
}

pub fn statement(text: &str, upload: &Upload<'_>) -> Result<Statement, Refusal> {
    let (head, body) = start(text).and_then(|at| text.split_at_checked(at)).ok_or(Refusal::NoHeader)?;
    let tags = tags::Tags::of(head, body)?;
    build::statement(tags, upload)
}

#[cfg(test)]
pub mod tests;

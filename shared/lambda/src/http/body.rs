//! Bodies into types, strictly.
//!
//! Refused, each with a 400 that says where and what: what is not JSON, a key that is there
//! twice, nesting deeper than 32, and whatever the type does not take. A request type has
//! `#[serde(deny_unknown_fields)]`, so that a misspelt or smuggled field is refused too.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::explain::explain;
use super::problem::Problem;
use super::request::{Request, too_large};
use super::shape::{self, DEPTH_MAX, ShapeError};
use super::strict;

pub(super) fn json<T: DeserializeOwned>(request: &Request, bytes_max: usize) -> Result<T, Problem> {
    strict::from_value(value(request, bytes_max)?).map_err(|error| {
        let field = explain(error.path(), &error.inner().to_string());
        Problem::invalid_field(field.pointer, field.detail)
    })
}

/// A part of a body whose type another part names. `at` is where it stands: `/data`.
pub fn part<T: DeserializeOwned>(value: Value, at: &str) -> Result<T, Problem> {
    strict::from_value(value).map_err(|error| {
        let field = explain(error.path(), &error.inner().to_string());
        Problem::invalid_field(format!("{at}{}", field.pointer), field.detail)
    })
}

/// All of the above that does not depend on the type, so that it is compiled once.
fn value(request: &Request, bytes_max: usize) -> Result<Value, Problem> {
    // Some clients send none, or one with a suffix (`…+json`); a form or a CSV is a mistake.
    if media_type(request).is_some_and(|media_type| !media_type.ends_with("json")) {
        return Err(Problem::invalid_request("Send the body as JSON, with `Content-Type: application/json`."));
    }
    let text = utf8(request, bytes_max)?;
    if text.trim_ascii().is_empty() {
        return Err(Problem::invalid_request("A JSON body is required."));
    }
    shape::parse(text).map_err(|error| match error {
        ShapeError::Syntax(said) => Problem::invalid_request(format!("The body is not valid JSON: {said}.")),
        ShapeError::DuplicateKey { pointer } => Problem::invalid_field(short(pointer), "is there twice"),
        ShapeError::TooDeep { .. } => Problem::invalid_request(format!("The body is nested deeper than {DEPTH_MAX} levels.")),
    })
}

pub(super) fn text<'a>(request: &'a Request, media_types: &[&str], bytes_max: usize) -> Result<&'a str, Problem> {
    if !media_type(request).is_some_and(|known| media_types.contains(&known.as_str())) {
        return Err(Problem::invalid_request(format!("Send the body as {}.", media_types.join(" or "))));
    }
    utf8(request, bytes_max)
}

/// The media type without its parameters, in lower case.
pub(super) fn media_type(request: &Request) -> Option<String> {
    let value = request.header("content-type")?;
    Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

fn utf8(request: &Request, bytes_max: usize) -> Result<&str, Problem> {
    if request.body.len() > bytes_max {
        return Err(too_large(bytes_max));
    }
    std::str::from_utf8(&request.body)
        .map_err(|error| Problem::invalid_request(format!("The body is not UTF-8 from byte {} on.", error.valid_up_to())))
}

/// The names in a pointer are the sender's.
fn short(pointer: String) -> String {
    super::explain::shorten(&pointer, 120)
}

#[cfg(test)]
mod tests;

//! serde's errors, in words for whoever sent the input.
//!
//! serde says `invalid type: string "100", expected i64`. We say `must be an integer …, not a
//! string`, and leave the value out: the sender has it, and an error may end up in a log.

use serde_path_to_error::{Path, Segment};

use super::problem::FieldError;
use super::shape::push_pointer;

/// How much of something that came from outside may be said in an error, in characters.
const ECHO_CHARS_MAX: usize = 40;

/// How long a sentence may be, in characters.
const DETAIL_CHARS_MAX: usize = 200;

/// Translates what serde says about the place at `path`.
pub(super) fn explain(path: &Path, said: &str) -> FieldError {
    let mut pointer = to_pointer(path);
    if let Some(field) = between(said, "missing field `", "`") {
        push_pointer(&mut pointer, field);
        return FieldError { pointer, detail: "is required".to_owned() };
    }
    FieldError { pointer, detail: shorten(&sentence(said), DETAIL_CHARS_MAX) }
}

fn to_pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push_pointer(&mut pointer, &index.to_string()),
            Segment::Map { key } => push_pointer(&mut pointer, &shorten(key, ECHO_CHARS_MAX)),
            // A variant stands for no key of its own, and the unknown for nothing that has a name.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn sentence(said: &str) -> String {
    if said.starts_with("unknown field `") {
        return "is not a field that is known here".to_owned();
    }
    if said.starts_with("duplicate field `") {
        return "is there twice".to_owned();
    }
    if said.starts_with("unknown variant `") {
        // The names we know come last, after a value that may contain anything.
        return match said.rsplit_once("`, expected ").map(|(_, known)| known) {
            Some(known) => format!("must be {}", known.trim_start_matches("one of ").replace("` or `", "`, `")),
            None => "is not a value that is known here".to_owned(),
        };
    }
    for prefix in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some(rest) = said.strip_prefix(prefix)
            && let Some((found, expected)) = rest.rsplit_once(", expected ")
        {
            return match (prefix, found_kind(found)) {
                ("invalid type: ", Some(kind)) => format!("must be {}, not {kind}", expected_kind(expected)),
                _ => format!("must be {}", expected_kind(expected)),
            };
        }
    }
    // A type's own words. They may hold the value.
    said.split(' ').map(|word| shorten(word, ECHO_CHARS_MAX)).collect::<Vec<_>>().join(" ")
}

/// What serde calls the thing it found, without its value.
fn found_kind(found: &str) -> Option<&'static str> {
    let kind = match found.split([' ', '`', '"']).next()? {
        "boolean" => "a boolean",
        "integer" => "an integer",
        "floating" => "a number with a decimal point or exponent",
        "string" | "character" => "a string",
        "null" | "unit" | "Option" => "null",
        "sequence" => "an array",
        "map" => "an object",
        _ => return None,
    };
    Some(kind)
}

fn expected_kind(expected: &str) -> String {
    match expected {
        "i64" => format!("an integer from {} to {}", i64::MIN, i64::MAX),
        "i32" => format!("an integer from {} to {}", i32::MIN, i32::MAX),
        "i16" => format!("an integer from {} to {}", i16::MIN, i16::MAX),
        "i8" => format!("an integer from {} to {}", i8::MIN, i8::MAX),
        "u64" | "usize" => format!("an integer from 0 to {}", u64::MAX),
        "u32" => format!("an integer from 0 to {}", u32::MAX),
        "u16" => format!("an integer from 0 to {}", u16::MAX),
        "u8" => format!("an integer from 0 to {}", u8::MAX),
        "f64" | "f32" => "a number".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "string" | "str" => "a string".to_owned(),
        "a sequence" => "an array".to_owned(),
        "a map" => "an object".to_owned(),
        _ if expected.starts_with("struct ") => "an object".to_owned(),
        "variant identifier" => "one of the values that are known here".to_owned(),
        _ if expected.contains("enum ") => "one of the values that are known here".to_owned(),
        _ => expected.to_owned(),
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.strip_prefix(before)?.split(after).next()
}

pub(super) fn shorten(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

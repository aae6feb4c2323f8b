//! A font: what its codes mean and how wide they are.

use lopdf::{Dictionary, Document, Object};
use std::collections::HashMap;

use super::characters::Characters;

const TABLE_BYTES_MAX: usize = 512 * 1024;
const WIDTHS_MAX: usize = 70_000;

pub struct Font {
    characters: Characters,
    /// Of fonts of one byte, where there is no table.
    simple: Vec<String>,
    code_bytes: usize,
    widths: HashMap<u32, f32>,
    width_else: f32,
    /// A font whose widths are not told, as those that every reader has.
    is_standard: bool,
}

pub struct Code {
    pub text: String,
    /// In units of the font's size.
    pub width: f32,
    /// Word spacing counts: a single byte 32.
    pub is_space: bool,
}

impl Font {
    pub fn of(document: &Document, font: &Dictionary) -> Self {
        let table = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).ok();
        let table = table.and_then(|stream| stream.get_plain_content_with_limit(TABLE_BYTES_MAX).ok());
        let characters = table.map(|table| Characters::parse(&table)).unwrap_or_default();
        if font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0") {
            return Self::composite(document, font, characters);
        }
        let simple = if characters.is_empty() { simple(document, font) } else { Vec::new() };
        let mut widths = HashMap::new();
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        // The widths of fonts that are drawn in the file are in units of their own.
        let scale = if let Ok(matrix) = font.get_deref(b"FontMatrix", document).and_then(Object::as_array) {
            matrix.first().and_then(|scale| scale.as_float().ok()).unwrap_or(0.001)
        } else {
            0.001
        };
        if let Ok(listed) = font.get_deref(b"Widths", document).and_then(Object::as_array) {
            for (code, width) in (u32::try_from(first).unwrap_or(0)..).zip(listed.iter().take(256)) {
                if let Some(width) = number(document, width) {
                    widths.insert(code, width * scale);
                }
            }
        }
        let missing = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).ok();
        let missing = missing.and_then(|about| about.get(b"MissingWidth").ok()).and_then(|width| number(document, width));
        let is_fixed = font.get(b"BaseFont").and_then(Object::as_name).is_ok_and(|name| name.windows(7).any(|part| part == b"Courier"));
        Self {
            characters,
            simple,
            code_bytes: 1,
            is_standard: widths.is_empty() && !is_fixed,
            widths,
            width_else: missing.map_or(if is_fixed { 0.6 } else { 0.5 }, |width| width * 0.001),
        }
    }

    fn composite(document: &Document, font: &Dictionary, characters: Characters) -> Self {
        let descendant = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok().and_then(|fonts| fonts.first());
        let descendant = descendant.and_then(|font| document.dereference(font).ok()).and_then(|(_, font)| font.as_dict().ok());
        let mut widths = HashMap::new();
        let mut width_else = 1.0;
        if let Some(descendant) = descendant {
            width_else = descendant.get(b"DW").ok().and_then(|width| number(document, width)).map_or(1.0, |width| width * 0.001);
            if let Ok(listed) = descendant.get_deref(b"W", document).and_then(Object::as_array) {
                composite_widths(document, listed, &mut widths);
            }
        }
        let code_bytes = characters.code_bytes.unwrap_or(2);
        Self { characters, simple: Vec::new(), code_bytes, widths, width_else, is_standard: false }
    }

    pub fn codes<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Code> + 'a {
        bytes.chunks(self.code_bytes.max(1)).map(|bytes| {
            let code = bytes.iter().fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
            let text = self.characters.text(code).or_else(|| self.simple.get(usize::try_from(code).ok()?).cloned());
            let text = text.unwrap_or_else(|| "\u{fffd}".to_owned());
            let width = self.widths.get(&code).copied().unwrap_or_else(|| self.width_unlisted(&text));
            Code { is_space: self.code_bytes == 1 && code == 32, text, width }
        })
    }

    /// Those of Helvetica, roughly: they only part words that are set one after the other.
    fn width_unlisted(&self, text: &str) -> f32 {
        match text.chars().next() {
            _ if !self.is_standard => self.width_else,
            Some(' ' | '.' | ',' | ':' | ';' | '/' | '!' | '|' | 'i' | 'l' | 'j' | 'I' | 't' | 'f') => 0.278,
            Some('-' | '(' | ')' | 'r') => 0.333,
            Some('m' | 'M' | 'W' | '@' | '%') => 0.87,
            Some(sign) if sign.is_uppercase() => 0.69,
            _ => 0.556,
        }
    }
}

/// Of the encodings that `lopdf` knows; the table, whose reading is not bounded there, is kept from it.
fn simple(document: &Document, font: &Dictionary) -> Vec<String> {
    let mut bare = Dictionary::new();
    bare.set("Type", Object::Name(b"Font".to_vec()));
    if let Ok(encoding) = font.get(b"Encoding") {
        bare.set("Encoding", encoding.clone());
    } else {
        bare.set("Encoding", Object::Name(b"WinAnsiEncoding".to_vec()));
    }
    let encoding = bare.get_font_encoding_with_limit(document, TABLE_BYTES_MAX);
    let Ok(encoding) = encoding else { return Vec::new() };
    (0..=255_u8).map(|byte| encoding.bytes_to_string(&[byte]).unwrap_or_default()).collect()
}

/// `[1 [500 600] 10 20 700]`: widths one by one from a code, or one for a range of codes.
fn composite_widths(document: &Document, listed: &[Object], widths: &mut HashMap<u32, f32>) {
    let mut rest = listed;
    while let [first, second, behind @ ..] = rest {
        let Some(first) = number(document, first).map(|first| first as u32) else { return };
        let second = document.dereference(second).map_or(second, |(_, second)| second);
        rest = behind;
        if let Ok(list) = second.as_array() {
            for (code, width) in (first..).zip(list.iter().take(WIDTHS_MAX)) {
                if let Some(width) = number(document, width) {
                    widths.insert(code, width * 0.001);
                }
            }
        } else if let (Some(last), [width, behind @ ..]) = (number(document, second), behind) {
            rest = behind;
            if let Some(width) = number(document, width) {
                // Codes have two bytes.
                for code in first.min(0xFFFF)..=(last as u32).min(0xFFFF) {
                    widths.insert(code, width * 0.001);
                }
            }
        }
        if widths.len() > WIDTHS_MAX {
            return;
        }
    }
}

pub fn number(document: &Document, object: &Object) -> Option<f32> {
    let (_, object) = document.dereference(object).ok()?;
    object.as_float().ok().filter(|number| number.is_finite())
}

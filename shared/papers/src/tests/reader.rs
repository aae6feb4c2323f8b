//! Reads a file as somebody who copies its text does.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

pub(crate) struct Read {
    /// What each page is copied as, in the order in which it was drawn.
    pub(crate) pages: Vec<String>,
    pub(crate) created: Option<String>,
    pub(crate) language: Option<String>,
    /// Where texts begin.
    pub(crate) places: Vec<(f32, f32)>,
    /// Glyphs that are their font's `.notdef`.
    lacking: usize,
}

impl Read {
    pub(crate) fn lacks_a_glyph(&self) -> bool {
        self.lacking > 0
    }

    pub(crate) fn within_page(&self, (width, height): (f32, f32)) -> bool {
        self.places.iter().all(|(x, y)| (20.0..width - 20.0).contains(x) && (20.0..height - 20.0).contains(y))
    }
}

#[track_caller]
pub(crate) fn read(file: &[u8]) -> Read {
    let document = Document::load_mem(file).unwrap();
    let about = document.trailer.get(b"Info").and_then(Object::as_reference).and_then(|id| document.get_dictionary(id)).unwrap();
    let text_of = |dictionary: &Dictionary, key: &[u8]| {
        dictionary.get(key).ok().map(|text| String::from_utf8_lossy(text.as_str().unwrap()).into_owned())
    };
    let mut read = Read {
        pages: Vec::new(),
        created: text_of(about, b"CreationDate"),
        language: text_of(document.catalog().unwrap(), b"Lang"),
        places: Vec::new(),
        lacking: 0,
    };
    for page in document.get_pages().into_values() {
        let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> =
            document.get_page_fonts(page).unwrap().into_iter().map(|(name, font)| (name, to_unicode(&document, font))).collect();
        let text = read.page(&Content::decode(&document.get_page_content(page)).unwrap(), &fonts);
        read.pages.push(text);
    }
    read
}

impl Read {
    fn page(&mut self, content: &Content, fonts: &BTreeMap<Vec<u8>, BTreeMap<u16, String>>) -> String {
        let mut text = String::new();
        let mut font = None;
        // Within a span that says what it reads as, glyphs say nothing.
        let mut told = false;
        for operation in &content.operations {
            let operands = &operation.operands;
            match operation.operator.as_str() {
                "Tf" => font = fonts.get(operands[0].as_name().unwrap()),
                "BDC" => {
                    if let Ok(actual) = operands[1].as_dict().unwrap().get(b"ActualText") {
                        text.push_str(&utf16(actual.as_str().unwrap()));
                        told = true;
                    }
                }
                "EMC" => told = false,
                "Tm" => self.places.push((operands[4].as_float().unwrap(), operands[5].as_float().unwrap())),
                "Tj" | "TJ" => {
                    let parts = operands[0].as_array().cloned().unwrap_or_else(|_| vec![operands[0].clone()]);
                    for code in parts.iter().filter_map(|part| part.as_str().ok()).flat_map(|part| part.chunks(2)) {
                        let code = u16::from_be_bytes([code[0], code[1]]);
                        self.lacking += usize::from(code == 0);
                        if !told {
                            text.push_str(font.unwrap().get(&code).map_or("\u{fffd}", String::as_str));
                        }
                    }
                }
                _ => {}
            }
        }
        text
    }
}

/// What a font's glyphs are copied as, from the lines `<0001> <0041>` of its table.
fn to_unicode(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let table = font.get(b"ToUnicode").unwrap().as_reference().unwrap();
    let table = document.get_object(table).unwrap().as_stream().unwrap().decompressed_content().unwrap();
    let table = String::from_utf8(table).unwrap();
    let bytes = |hex: &str| -> Vec<u8> {
        hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    };
    let mut read = BTreeMap::new();
    for block in table.split("beginbfchar").skip(1).filter_map(|rest| rest.split("endbfchar").next()) {
        let mut words = block.split(['<', '>']).map(str::trim).filter(|word| !word.is_empty());
        while let (Some(code), Some(text)) = (words.next(), words.next()) {
            read.insert(u16::from_str_radix(code, 16).unwrap(), utf16(&bytes(text)));
        }
    }
    read
}

fn utf16(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(&[0xfe, 0xff]).unwrap_or(bytes);
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).unwrap()
}

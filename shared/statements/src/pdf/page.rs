//! Where each sign of a page stands.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::PAGE_BYTES_MAX;
use super::font::{Font, number};
use crate::error::Refusal;

/// Forms that draw forms.
const DEPTH_MAX: usize = 6;
const STATES_MAX: usize = 64;

/// What all pages of a file may cost together.
pub struct Budget {
    bytes: usize,
    glyphs: usize,
    fonts: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: 16 * 1024 * 1024, glyphs: 600_000, fonts: 500 }
    }
}

#[derive(Clone)]
pub struct Glyph {
    /// Its left and right end, and its baseline, in points from the page's lower left.
    pub left: f32,
    pub right: f32,
    pub y: f32,
    pub size: f32,
    pub text: String,
}

/// Rows of two: `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn of(document: &Document, operands: &[Object]) -> Option<Self> {
        let mut numbers = operands.iter().map(|operand| number(document, operand));
        let mut next = || numbers.next().flatten();
        Some(Self([next()?, next()?, next()?, next()?, next()?, next()?]))
    }

    fn moved(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This first, then the other.
    fn then(self, other: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [oa, ob, oc, od, oe, of] = other.0;
        Self([a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od, e * oa + f * oc + oe, e * ob + f * od + of])
    }
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    character: f32,
    word: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

struct Drawing<'a> {
    document: &'a Document,
    budget: &'a mut Budget,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    glyphs: Vec<Glyph>,
}

pub fn glyphs(document: &Document, page: ObjectId, budget: &mut Budget) -> Result<Vec<Glyph>, Refusal> {
    let content = document.get_page_content_with_limit(page, PAGE_BYTES_MAX).map_err(|_| Refusal::BadPdf)?;
    let (direct, shared) = document.get_page_resources(page).map_err(|_| Refusal::BadPdf)?;
    let resources = direct.into_iter().chain(shared.iter().filter_map(|id| document.get_dictionary(*id).ok())).collect::<Vec<_>>();
    let turned = inherited(document, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0);
    let matrix = match turned.rem_euclid(360) {
        90 => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
        180 => Matrix([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
        270 => Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
        _ => Matrix::ONE,
    };
    let state = State { matrix, font: None, size: 0.0, character: 0.0, word: 0.0, scale: 1.0, leading: 0.0, rise: 0.0 };
    let mut drawing = Drawing { document, budget, fonts: BTreeMap::new(), glyphs: Vec::new() };
    drawing.draw(&content, &resources, state, 0)?;
    Ok(drawing.glyphs)
}

fn inherited<'a>(document: &'a Document, page: ObjectId, name: &[u8]) -> Option<&'a Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..DEPTH_MAX {
        if let Ok(value) = node.get_deref(name, document) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}

impl Drawing<'_> {
    fn draw(&mut self, content: &[u8], resources: &[&Dictionary], state: State, depth: usize) -> Result<(), Refusal> {
        self.budget.bytes = self.budget.bytes.checked_sub(content.len()).ok_or(Refusal::BadPdf)?;
        let content = Content::decode(content).map_err(|_| Refusal::BadPdf)?;
        let mut state = state;
        let mut kept: Vec<State> = Vec::new();
        let (mut text, mut line) = (Matrix::ONE, Matrix::ONE);
        for operation in &content.operations {
            let operands = operation.operands.as_slice();
            let at = |place: usize| operands.get(place).and_then(|operand| number(self.document, operand));
            match operation.operator.as_str() {
                "q" if kept.len() < STATES_MAX => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => {
                    if let Some(matrix) = Matrix::of(self.document, operands) {
                        state.matrix = matrix.then(state.matrix);
                    }
                }
                "BT" => (text, line) = (Matrix::ONE, Matrix::ONE),
                "Tf" => {
                    let name = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                    state.font = self.font(resources, name)?;
                    state.size = at(1).unwrap_or(0.0);
                }
                "Tc" => state.character = at(0).unwrap_or(0.0),
                "Tw" => state.word = at(0).unwrap_or(0.0),
                "Tz" => state.scale = at(0).unwrap_or(100.0) / 100.0,
                "TL" => state.leading = at(0).unwrap_or(0.0),
                "Ts" => state.rise = at(0).unwrap_or(0.0),
                "Td" | "TD" => {
                    let (x, y) = (at(0).unwrap_or(0.0), at(1).unwrap_or(0.0));
                    if operation.operator == "TD" {
                        state.leading = -y;
                    }
                    line = Matrix::moved(x, y).then(line);
                    text = line;
                }
                "Tm" => {
                    if let Some(matrix) = Matrix::of(self.document, operands) {
                        (text, line) = (matrix, matrix);
                    }
                }
                "T*" | "'" | "\"" => {
                    if operation.operator == "\"" {
                        state.word = at(0).unwrap_or(0.0);
                        state.character = at(1).unwrap_or(0.0);
                    }
                    line = Matrix::moved(0.0, -state.leading).then(line);
                    text = line;
                    if let Some(shown) = operands.last().and_then(|shown| shown.as_str().ok()) {
                        self.show(&state, &mut text, shown)?;
                    }
                }
                "Tj" => {
                    if let Some(shown) = operands.first().and_then(|shown| shown.as_str().ok()) {
                        self.show(&state, &mut text, shown)?;
                    }
                }
                "TJ" => {
                    for part in operands.first().and_then(|parts| parts.as_array().ok()).into_iter().flatten() {
                        if let Ok(shown) = part.as_str() {
                            self.show(&state, &mut text, shown)?;
                        } else if let Some(back) = number(self.document, part) {
                            text = Matrix::moved(-back / 1000.0 * state.size * state.scale, 0.0).then(text);
                        }
                    }
                }
                "Do" if depth < DEPTH_MAX => {
                    let name = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                    self.form(resources, name, &state, depth)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn named(&self, resources: &[&Dictionary], kind: &[u8], name: &[u8]) -> Option<Object> {
        let listed = |resources: &&Dictionary| {
            let listed = resources.get_deref(kind, self.document).and_then(Object::as_dict).ok()?;
            listed.get(name).ok().cloned()
        };
        resources.iter().find_map(listed)
    }

    fn font(&mut self, resources: &[&Dictionary], name: &[u8]) -> Result<Option<Rc<Font>>, Refusal> {
        let Some(object) = self.named(resources, b"Font", name) else { return Ok(None) };
        let id = object.as_reference().ok();
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Ok(Some(font.clone()));
        }
        self.budget.fonts = self.budget.fonts.checked_sub(1).ok_or(Refusal::BadPdf)?;
        let Ok((_, font)) = self.document.dereference(&object) else { return Ok(None) };
        let Ok(font) = font.as_dict() else { return Ok(None) };
        let font = Rc::new(Font::of(self.document, font));
        if let Some(id) = id {
            self.fonts.insert(id, font.clone());
        }
        Ok(Some(font))
    }

    fn form(&mut self, resources: &[&Dictionary], name: &[u8], state: &State, depth: usize) -> Result<(), Refusal> {
        let Some(object) = self.named(resources, b"XObject", name) else { return Ok(()) };
        let document = self.document;
        let Ok(Object::Stream(form)) = object.as_reference().and_then(|id| document.get_object(id)) else { return Ok(()) };
        if form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind != b"Form") {
            return Ok(());
        }
        let content = form.get_plain_content_with_limit(PAGE_BYTES_MAX).map_err(|_| Refusal::BadPdf)?;
        let own = form.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        let mut inner = state.clone();
        if let Ok(matrix) = form.dict.get_deref(b"Matrix", document).and_then(Object::as_array)
            && let Some(matrix) = Matrix::of(document, matrix)
        {
            inner.matrix = matrix.then(inner.matrix);
        }
        let all: Vec<&Dictionary> = own.into_iter().chain(resources.iter().copied()).take(DEPTH_MAX + 4).collect();
        self.draw(&content, &all, inner, depth + 1)
    }

    fn show(&mut self, state: &State, text: &mut Matrix, shown: &[u8]) -> Result<(), Refusal> {
        let Some(font) = state.font.clone() else { return Ok(()) };
        for code in font.codes(shown) {
            let advance = (code.width * state.size + state.character + if code.is_space { state.word } else { 0.0 }) * state.scale;
            let place = Matrix([state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise]).then(*text).then(state.matrix);
            let [a, b, _, d, left, y] = place.0;
            let right = left + code.width * a;
            let is_upright = a > 0.0 && d > 0.0 && b.abs() < a * 0.1;
            // A page is of a few thousand points; further out nobody reads.
            let is_near = [left, right, y, a].iter().all(|number| number.abs() < 20_000.0);
            if is_upright && is_near {
                self.budget.glyphs = self.budget.glyphs.checked_sub(1).ok_or(Refusal::BadPdf)?;
                self.glyphs.push(Glyph { left, right: right.max(left), y, size: d, text: code.text });
            }
            *text = Matrix::moved(advance, 0.0).then(*text);
        }
        Ok(())
    }
}

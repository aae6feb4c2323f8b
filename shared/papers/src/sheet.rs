//! Draws on the pages of a file.

use jiff::civil::DateTime;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::{Document, SerializeSettings};
use words::Language;

use crate::error::PaperError;
use crate::face::Faces;
use crate::fit::{Room, cut};
use crate::runs::Weight;
use crate::shape::{Shaped, shape};

/// In points, as all lengths here. ISO 216.
pub(crate) const A4: (f32, f32) = (595.28, 841.89);
pub(crate) const A5: (f32, f32) = (419.53, 595.28);

#[derive(Debug, Clone, Copy)]
pub(crate) enum Ink {
    Black,
    Grey,
    Green,
    Amber,
    Red,
    /// Lines between rows.
    Rule,
    /// Behind what stands out.
    Shade,
}

impl Ink {
    fn fill(self) -> Fill {
        let (red, green, blue) = match self {
            Self::Black => (0x1a, 0x1a, 0x1a),
            Self::Grey => (0x5f, 0x66, 0x6d),
            Self::Green => (0x0b, 0x6e, 0x3a),
            Self::Amber => (0x8a, 0x5a, 0x00),
            Self::Red => (0xb0, 0x1e, 0x1e),
            Self::Rule => (0xd9, 0xdd, 0xe1),
            Self::Shade => (0xf2, 0xf4, 0xf6),
        };
        Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
    }
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    pub(crate) ink: Ink,
}

impl Style {
    pub(crate) const fn plain(size: f32) -> Self {
        Self { size, weight: Weight::Regular, ink: Ink::Black }
    }

    pub(crate) const fn strong(size: f32) -> Self {
        Self { size, weight: Weight::Strong, ink: Ink::Black }
    }

    pub(crate) const fn grey(size: f32) -> Self {
        Self { size, weight: Weight::Regular, ink: Ink::Grey }
    }

    pub(crate) const fn in_ink(self, ink: Ink) -> Self {
        Self { size: self.size, weight: self.weight, ink }
    }
}

/// Where a text begins, or ends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Edge {
    Left(f32),
    Right(f32),
}

/// A text with its look and the edge that it stands at.
pub(crate) struct Cell {
    text: Shaped,
    style: Style,
    edge: Edge,
}

impl Cell {
    pub(crate) fn of(text: Shaped, style: Style, edge: Edge) -> Self {
        Self { text, style, edge }
    }

    /// A text that is cut where it is wider than `width`.
    pub(crate) fn words(faces: &Faces, text: &str, style: Style, edge: Edge, width: f32) -> Result<Self, PaperError> {
        Ok(Self::of(cut(faces, text, style.weight, Room { size: style.size, width })?, style, edge))
    }

    /// A text that is never cut, as an amount must not be: it is set smaller instead.
    pub(crate) fn figure(faces: &Faces, text: &str, style: Style, edge: Edge, width: f32) -> Result<Self, PaperError> {
        let text = shape(faces, text, style.weight)?;
        let size = if text.width * style.size > width { width / text.width } else { style.size };
        Ok(Self::of(text, Style { size, ..style }, edge))
    }
}

/// A file that is being drawn.
pub(crate) struct Sheets {
    document: Document,
    faces: Faces,
}

impl Sheets {
    /// The title, the language and the time are what a reader's program shows of the file; who it is
    /// about is not among them.
    pub(crate) fn new(language: Language, title: &str, issued: Option<DateTime>) -> Self {
        let mut document = Document::new_with(SerializeSettings { enable_tagging: false, ..SerializeSettings::default() });
        let mut about = Metadata::new().title(title.to_owned()).language(language.code().to_owned()).creator("Kamai".to_owned());
        if let Some(date) = issued.and_then(file_date) {
            about = about.creation_date(date);
        }
        document.set_metadata(about);
        Self { document, faces: Faces::of(language) }
    }

    pub(crate) fn faces(&self) -> &Faces {
        &self.faces
    }

    pub(crate) fn page(
        &mut self,
        (width, height): (f32, f32),
        draw: impl FnOnce(&mut Pen<'_, '_>) -> Result<(), PaperError>,
    ) -> Result<(), PaperError> {
        let mut page = self.document.start_page_with(PageSettings::from_wh(width, height).unwrap_or_default());
        let mut surface = page.surface();
        let drawn = draw(&mut Pen { surface: &mut surface, faces: &self.faces });
        surface.finish();
        page.finish();
        drawn
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, PaperError> {
        self.document.finish().map_err(PaperError::File)
    }
}

/// As it is read on the paper: a file's date that names no offset is the reader's.
fn file_date(at: DateTime) -> Option<krilla::metadata::DateTime> {
    let part = |part: i8| u8::try_from(part).ok();
    Some(
        krilla::metadata::DateTime::new(u16::try_from(at.year()).ok()?)
            .month(part(at.month())?)
            .day(part(at.day())?)
            .hour(part(at.hour())?)
            .minute(part(at.minute())?)
            .second(part(at.second())?),
    )
}

/// Draws on one page. `y` grows downwards, and a text's is its baseline.
pub(crate) struct Pen<'a, 'page> {
    surface: &'a mut Surface<'page>,
    pub(crate) faces: &'a Faces,
}

impl Pen<'_, '_> {
    pub(crate) fn cell(&mut self, cell: &Cell, y: f32) -> Result<(), PaperError> {
        let size = cell.style.size;
        let mut x = match cell.edge {
            Edge::Left(x) => x,
            Edge::Right(x) => x - cell.text.width * size,
        };
        self.surface.set_fill(Some(cell.style.ink.fill()));
        for run in &cell.text.runs {
            let font = self.faces.get(run.face)?.font.clone();
            self.surface.draw_glyphs(Point::from_xy(x, y), &run.glyphs, font, &run.text, size, false);
            x += run.width * size;
        }
        Ok(())
    }

    pub(crate) fn words(&mut self, text: &str, style: Style, edge: Edge, y: f32, width: f32) -> Result<(), PaperError> {
        self.cell(&Cell::words(self.faces, text, style, edge, width)?, y)
    }

    pub(crate) fn figure(&mut self, text: &str, style: Style, edge: Edge, y: f32, width: f32) -> Result<(), PaperError> {
        self.cell(&Cell::figure(self.faces, text, style, edge, width)?, y)
    }

    /// An area that is filled; a line is a thin one.
    pub(crate) fn area(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        let mut path = PathBuilder::new();
        if let Some(area) = Rect::from_xywh(x, y, width, height) {
            path.push_rect(area);
        }
        if let Some(path) = path.finish() {
            self.surface.set_fill(Some(ink.fill()));
            self.surface.draw_path(&path);
        }
    }
}

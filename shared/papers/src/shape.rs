//! Characters into glyphs.

mod copied;

use krilla::text::KrillaGlyph;

use crate::error::PaperError;
use crate::face::{Face, Faces, GlyphPlace, Opened};
use crate::runs::{Weight, runs};

/// A line of text that is ready to be drawn at any size.
pub(crate) struct Shaped {
    pub(crate) runs: Vec<Run>,
    /// In ems: times the size it is the width in points.
    pub(crate) width: f32,
}

pub(crate) struct Run {
    pub(crate) face: Face,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) width: f32,
}

pub(crate) fn shape(faces: &Faces, text: &str, weight: Weight) -> Result<Shaped, PaperError> {
    let mut shaped = Shaped { runs: Vec::new(), width: 0.0 };
    for (face, text) in runs(text, weight) {
        let glyphs = glyphs(faces.get(face)?, text);
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        shaped.width += width;
        shaped.runs.push(Run { face, text: text.to_owned(), glyphs, width });
    }
    Ok(shaped)
}

fn glyphs(face: &Opened, text: &str) -> Vec<KrillaGlyph> {
    let buffer = face.shape(text);
    let placed: Vec<_> = buffer.glyph_infos().iter().zip(buffer.glyph_positions()).collect();
    let mut glyphs = Vec::with_capacity(placed.len());
    let mut clusters = placed.chunk_by(|(one, _), (other, _)| one.cluster == other.cluster).peekable();
    while let Some(cluster) = clusters.next() {
        let start = cluster.first().map_or(0, |(glyph, _)| glyph.cluster as usize);
        let end = clusters.peek().and_then(|next| next.first()).map_or(text.len(), |(glyph, _)| glyph.cluster as usize);
        // What is no part of the text cannot be copied as one.
        let range = if text.get(start..end).is_some() { start..end } else { 0..text.len() };
        if cluster.iter().any(|(glyph, _)| glyph.glyph_id == 0) {
            // Not its `.notdef`: that one has no characters in a PDF, so it could not be copied.
            glyphs.push(face.glyph(face.lacking, &GlyphPlace { advance: face.lacking_advance, ..GlyphPlace::default() }, range));
            continue;
        }
        let cluster: Vec<_> = cluster
            .iter()
            .map(|(glyph, place)| {
                let place = GlyphPlace { advance: place.x_advance, x: place.x_offset, y: place.y_offset, y_advance: place.y_advance };
                (glyph.glyph_id, place)
            })
            .collect();
        glyphs.extend(copied::told(face, text, range, &cluster));
    }
    glyphs
}

#[cfg(test)]
mod tests;

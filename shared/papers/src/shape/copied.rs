//! Which characters each glyph is copied as.
//!
//! A cluster's characters became its glyphs together, as in "कि", whose vowel is drawn first. A PDF can
//! only say of such a group what it reads as, and not every reader's program minds that. So as much as
//! can be is told glyph by glyph.

use std::ops::Range;

use krilla::text::KrillaGlyph;

use crate::face::{GlyphPlace, Opened};

/// What may lie between two letters of a word, in thousandths of an em, as all our fonts count.
const GAP: i32 = 30;

/// The glyphs of a cluster, each with its part of the text.
pub(super) fn told(face: &Opened, text: &str, range: Range<usize>, cluster: &[(u32, GlyphPlace)]) -> Vec<KrillaGlyph> {
    let mut glyphs = Vec::with_capacity(cluster.len() + 1);
    let (mut rest, mut range) = (cluster, range);
    // A consonant that is drawn as itself, with the rest of its syllable below or behind it.
    while let [(glyph, place), after @ ..] = rest
        && !after.is_empty()
        && let Some(first) = text.get(range.clone()).and_then(|part| part.chars().next())
        && first.len_utf8() < range.len()
        && face.nominal(first) == Some(*glyph)
    {
        let end = range.start + first.len_utf8();
        glyphs.push(face.glyph(*glyph, place, range.start..end));
        (rest, range) = (after, end..range.end);
    }
    glyphs.extend(rest.iter().map(|(glyph, place)| face.glyph(*glyph, place, range.clone())));
    if rest.last().is_some_and(|(_, place)| place.advance == 0 && (rest.len() > 1 || place.x < -GAP)) {
        // Poppler takes a letter to end where its last glyph ends. After a mark that lies above or
        // below its letter it finds a gap there, which it copies as a space; so an empty glyph, drawn
        // up to the letter's end, is the last.
        let (space, width) = face.space;
        glyphs.push(face.glyph(space, &GlyphPlace { x: -width, ..GlyphPlace::default() }, range));
    }
    glyphs
}

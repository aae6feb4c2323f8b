//! Makes a text fit a width: cuts it, or breaks it into lines.

use unicode_segmentation::UnicodeSegmentation;

use crate::error::PaperError;
use crate::face::Faces;
use crate::runs::Weight;
use crate::shape::{Shaped, shape};

/// What a text has to fit: a size and a width in points.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    pub(crate) size: f32,
    pub(crate) width: f32,
}

impl Room {
    fn holds(self, shaped: &Shaped) -> bool {
        shaped.width * self.size <= self.width
    }
}

/// The text in one line, with `…` where it was cut.
pub(crate) fn cut(faces: &Faces, text: &str, weight: Weight, room: Room) -> Result<Shaped, PaperError> {
    let whole = shape(faces, text, weight)?;
    if room.holds(&whole) {
        return Ok(whole);
    }
    let kept = |end: usize| format!("{}…", text.get(..end).unwrap_or_default().trim_end());
    let end = longest(text, |end| Ok(room.holds(&shape(faces, &kept(end), weight)?)))?;
    shape(faces, &kept(end), weight)
}

/// The text in at most `lines_max` lines, broken between words where that can be done; what is too
/// long for all of them is cut.
pub(crate) fn wrap(faces: &Faces, text: &str, weight: Weight, room: Room, lines_max: usize) -> Result<Vec<Shaped>, PaperError> {
    let mut lines = Vec::new();
    let mut rest = text;
    while lines.len() + 1 < lines_max {
        let whole = shape(faces, rest, weight)?;
        if room.holds(&whole) {
            lines.push(whole);
            return Ok(lines);
        }
        let end = longest(rest, |end| Ok(room.holds(&shape(faces, rest.get(..end).unwrap_or_default(), weight)?)))?;
        let (line, after) = broken(rest, end);
        lines.push(shape(faces, line, weight)?);
        rest = after;
    }
    lines.push(cut(faces, rest, weight, room)?);
    Ok(lines)
}

/// The end of the longest part from the start that fits, between what a reader sees as letters.
fn longest(text: &str, fits: impl Fn(usize) -> Result<bool, PaperError>) -> Result<usize, PaperError> {
    let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, letter)| at + letter.len()).collect();
    let (mut fitting, mut over) = (0, ends.len());
    let mut end = 0;
    while fitting < over {
        let middle = usize::midpoint(fitting, over);
        let tried = ends.get(middle).copied().unwrap_or_default();
        if fits(tried)? {
            end = tried;
            fitting = middle + 1;
        } else {
            over = middle;
        }
    }
    Ok(end)
}

/// A line of what fits up to `end`, and what follows it. Breaks at the last space, and within a word
/// that is longer than a line; takes a letter even where not one fits, so that there is an end.
fn broken(text: &str, end: usize) -> (&str, &str) {
    let (fitting, over) = text.split_at_checked(end).unwrap_or((text, ""));
    let at = if over.starts_with(' ') {
        end
    } else {
        match fitting.trim_end().rfind(' ') {
            Some(space) if space > 0 => space,
            _ => end,
        }
    };
    let at = if at == 0 { text.graphemes(true).next().map_or(0, str::len) } else { at };
    let (line, after) = text.split_at_checked(at).unwrap_or((text, ""));
    (line.trim_end(), after.trim_start())
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    fn lines(text: &str, width: f32, lines_max: usize) -> Vec<String> {
        let faces = Faces::of(Language::English);
        let lines = wrap(&faces, text, Weight::Regular, Room { size: 10.0, width }, lines_max).unwrap();
        for line in &lines {
            assert!(line.width * 10.0 <= width);
        }
        lines.iter().map(|line| line.runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_text_breaks_between_words() {
        assert_eq!(lines("to Ravi Kumar Stores", 60.0, 3), ["to Ravi", "Kumar", "Stores"]);
        assert_eq!(lines("to Ravi Kumar Stores", 500.0, 3), ["to Ravi Kumar Stores"]);
        assert_eq!(lines("", 60.0, 2), [""]);
    }

    #[test]
    fn a_word_that_is_longer_than_a_line_breaks_within() {
        assert_eq!(lines("MMMMMMMMMMMM", 50.0, 9).concat(), "MMMMMMMMMMMM");
        assert!(lines("a MMMMMMMMMMMM", 50.0, 9).len() > 2);
    }

    #[test]
    fn what_is_too_long_for_all_lines_is_cut() {
        assert_eq!(lines("to Ravi Kumar Stores", 60.0, 2), ["to Ravi", "Kumar Stor…"]);
        let cut = lines("श्री गणेश ट्रेडर्स क्षत्रिय", 60.0, 1);
        assert!(cut[0].ends_with('…') && "श्री गणेश ट्रेडर्स क्षत्रिय".starts_with(cut[0].trim_end_matches('…')), "{cut:?}");
    }
}

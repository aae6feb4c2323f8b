//! What somebody else wrote: names, notes and references, which stand in our lines.

use unicode_normalization::char::is_combining_mark;

/// More than any field shows, so that nobody's text is read for long.
const CHARS_MAX: usize = 240;

/// A nukta, a virama with its joiner, a vowel and a sign above it are as many as a syllable of India
/// puts on one letter; more would run into the lines above and below.
const MARKS_MAX: usize = 4;

/// One line: controls, marks that turn the direction of writing and heaps of marks removed.
pub(crate) fn theirs(text: &str) -> String {
    let mut kept = String::new();
    let mut marks = 0;
    for character in words::one_line(text, CHARS_MAX).chars() {
        marks = if is_combining_mark(character) { marks + 1 } else { 0 };
        if marks <= MARKS_MAX {
            kept.push(character);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_as_it_is_spelt() {
        for name in ["Ravi Kumar", "श्री गणेश", "ಕ್\u{200c}ರ", "র\u{200d}্যাব", "ர\u{bc0}தா", "Kr\u{323}s\u{323}n\u{323}a"]
        {
            assert_eq!(theirs(name), name);
        }
    }

    #[test]
    fn what_hides_turns_or_towers_is_removed() {
        assert_eq!(theirs("Ra\u{202e}vi\u{0}\u{200b}\r\nK"), "Ravi K");
        assert_eq!(theirs(&format!("a{}b", "\u{301}".repeat(99))), format!("a{}b", "\u{301}".repeat(4)));
        assert_eq!(theirs(&"x".repeat(9_999)).chars().count(), CHARS_MAX);
    }
}

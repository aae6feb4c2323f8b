//! Signs to words, words to lines.

use super::page::Glyph;

#[derive(Clone, Debug)]
pub struct Word {
    pub left: f32,
    pub right: f32,
    pub text: String,
}

#[derive(Clone)]
pub struct Line {
    pub y: f32,
    pub size: f32,
    /// From left to right.
    pub words: Vec<Word>,
}

/// From top to bottom.
pub fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|one, next| next.y.total_cmp(&one.y));
    let mut lines = Vec::new();
    let mut rest = glyphs.as_mut_slice();
    while let Some(first) = rest.first() {
        let (y, size) = (first.y, first.size);
        let count = rest.iter().take_while(|glyph| y - glyph.y <= 0.35 * size.max(glyph.size)).count().max(1);
        let Some((line, behind)) = rest.split_at_mut_checked(count) else { break };
        let words = words(line);
        if !words.is_empty() {
            lines.push(Line { y, size, words });
        }
        rest = behind;
    }
    lines
}

/// Signs are put together in the order in which they are drawn, so that texts that run into each other
/// stay apart; then words that touch, for files that draw their signs in another order.
fn words(glyphs: &[Glyph]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut before: Option<&Glyph> = None;
    for glyph in glyphs {
        let tenth = 0.1 * glyph.size.max(1.0);
        // What is printed twice, a hair apart, is to look bold.
        if before.is_some_and(|before| before.text == glyph.text && (glyph.left - before.left).abs() < tenth) {
            continue;
        }
        let is_space = glyph.text.chars().all(|sign| sign.is_whitespace() || sign == '\u{a0}');
        if !is_space {
            let joins = before.is_some_and(|before| (glyph.left - before.right).abs() < 2.0 * tenth);
            match words.last_mut().filter(|_| joins) {
                Some(word) => {
                    word.text.push_str(&glyph.text);
                    word.right = word.right.max(glyph.right);
                }
                None => words.push(Word { left: glyph.left, right: glyph.right, text: glyph.text.clone() }),
            }
        }
        before = if is_space { None } else { Some(glyph) };
    }
    words.sort_by(|one, next| one.left.total_cmp(&next.left));
    let tenth = 0.1 * glyphs.first().map_or(1.0, |glyph| glyph.size.max(1.0));
    words.dedup_by(|next, before| next.text == before.text && next.left - before.left < tenth);
    words.dedup_by(|next, before| {
        let joins = (next.left - before.right).abs() < 2.0 * tenth;
        if joins {
            before.text.push_str(&next.text);
            before.right = before.right.max(next.right);
        }
        joins
    });
    words
}

/// Words that stand closer than `gap`, as one.
pub fn segments(words: &[Word], gap: f32) -> Vec<Word> {
    let mut segments: Vec<Word> = Vec::new();
    for word in words {
        match segments.last_mut().filter(|segment| word.left - segment.right < gap) {
            Some(segment) => {
                segment.text.push(' ');
                segment.text.push_str(&word.text);
                segment.right = segment.right.max(word.right);
            }
            None => segments.push(word.clone()),
        }
    }
    segments
}

//! A cleaned text in tokens: words, numbers, signs and emojis, each with how it was written.

use crate::clean::fold;
use crate::skeleton::{consonants, skeleton};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// ASCII digits with commas and points between them.
    Number,
    Emoji,
    Sign,
}

#[derive(Debug, Clone)]
pub struct Token<'t> {
    pub kind: Kind,
    /// As it was written.
    pub surface: &'t str,
    /// In lower case, without apostrophes.
    pub folded: String,
    /// How it sounds, roughly, in Latin letters: the same for several spellings and both scripts.
    pub skeleton: String,
    /// Its consonants, for those who write no vowels.
    pub consonants: String,
    /// Whether nothing stands between it and the token before.
    pub glued: bool,
    /// Where it starts in the cleaned text, in bytes.
    pub start: usize,
}

impl Token<'_> {
    pub fn end(&self) -> usize {
        self.start + self.surface.len()
    }

    pub fn is(&self, sign: &str) -> bool {
        self.folded == sign
    }

    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }
}

/// Cuts a cleaned text. Spaces go, everything else is in a token.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut previous_end = None;
    while let Some(&(start, c)) = letters.get(at) {
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let (kind, length) = token_at(&letters, at, c);
        let end = letters.get(at + length).map_or(text.len(), |&(end, _)| end);
        let surface = text.get(start..end).unwrap_or_default();
        tokens.push(token(kind, surface, start, previous_end == Some(start)));
        previous_end = Some(end);
        at += length;
    }
    tokens
}

fn token(kind: Kind, surface: &str, start: usize, glued: bool) -> Token<'_> {
    let folded = match kind {
        Kind::Word => fold(&surface.replace(['\'', '’', '`'], "")),
        _ => surface.to_owned(),
    };
    let (skeleton, consonants) = if kind == Kind::Word {
        let skeleton = skeleton(&folded);
        let consonants = consonants(&skeleton);
        (skeleton, consonants)
    } else {
        (String::new(), String::new())
    };
    Token { kind, surface, folded, skeleton, consonants, glued, start }
}

fn token_at(letters: &[(usize, char)], at: usize, c: char) -> (Kind, usize) {
    let follows = |at: usize| letters.get(at).map_or('\0', |&(_, c)| c);
    if is_letter(c) {
        let mut length = 1;
        loop {
            let next = follows(at + length);
            let joins = is_letter(next) || (matches!(next, '\'' | '’' | '`') && is_letter(follows(at + length + 1)));
            if !joins {
                return (Kind::Word, length);
            }
            length += 1;
        }
    }
    if c.is_ascii_digit() {
        let mut length = 1;
        loop {
            let next = follows(at + length);
            let joins = next.is_ascii_digit() || (matches!(next, ',' | '.') && follows(at + length + 1).is_ascii_digit());
            if !joins {
                return (Kind::Number, length);
            }
            length += 1;
        }
    }
    if is_emoji(c) { (Kind::Emoji, 1) } else { (Kind::Sign, 1) }
}

/// Letters and the marks that Indian scripts put on them.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_mark(c)
}

fn is_mark(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0x300..=0x36f)
        || ((0x900..0xd80).contains(&code)
            && matches!(code & 0x7f, 0x00..=0x03 | 0x3c | 0x3e..=0x4d | 0x51..=0x57 | 0x62 | 0x63 | 0x70..=0x71))
}

fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x21ff | 0x2300..=0x23ff | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1f000..=0x1faff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.folded).collect()
    }

    #[test]
    fn words_numbers_signs_and_emojis_are_cut_apart() {
        assert_eq!(cut("Send ₹1,200.50 to Ravi!"), ["send", "₹", "1,200.50", "to", "ravi", "!"]);
        assert_eq!(cut("10k bhej💰do"), ["10", "k", "bhej", "💰", "do"]);
        assert_eq!(cut("don't"), ["dont"]);
    }

    #[test]
    fn a_word_of_an_indian_script_stays_in_one_piece() {
        for word in ["पाँच", "ಐದುನೂರು", "ரவிக்கு", "ఐదువందలు", "পাঁচশো", "कृपया", "ব্যালেন্স"]
        {
            assert_eq!(cut(word), [word], "{word}");
        }
    }
}

//! Words, numbers and marks of a text, each with its sentence and line.

use crate::lexicon::{self, Tags};
use crate::text::Text;

/// More tokens than any message has that a bank sends.
const TOKENS_MAX: usize = 1_024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// Digits, with grouping commas and a decimal point.
    Number,
    Mark(u8),
}

#[derive(Debug, Clone, Copy)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    pub tags: Tags,
    pub sentence: usize,
    pub line: usize,
    /// Nothing stands between it and the token before.
    pub joined: bool,
}

pub struct Tokens<'a> {
    text: &'a Text,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    pub fn of(text: &'a Text) -> Self {
        let mut tokens = Self { text, list: Vec::with_capacity(text.kept.len() / 4 + 8) };
        let (mut at, mut line, mut sentence, mut joined) = (0, 0, 0, false);
        let bytes = text.lower.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            if tokens.list.len() >= TOKENS_MAX {
                break;
            }
            if byte == b' ' || byte == b'\n' {
                line += usize::from(byte == b'\n');
                joined = false;
                at += 1;
                continue;
            }
            let (kind, end) = cut(bytes, at);
            let tags = if kind == Kind::Number { 0 } else { lexicon::tags_of(text.lower.get(at..end).unwrap_or_default()) };
            tokens.list.push(Token { start: at, end, kind, tags, sentence, line, joined });
            if let Kind::Mark(mark) = kind {
                sentence += usize::from(tokens.ends_sentence(mark, bytes, end));
            }
            (at, joined) = (end, true);
        }
        tokens
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn get(&self, at: usize) -> Option<&Token> {
        self.list.get(at)
    }

    /// In lower case; empty past the end.
    pub fn word(&self, at: usize) -> &'a str {
        self.get(at).and_then(|token| self.text.lower.get(token.start..token.end)).unwrap_or_default()
    }

    /// As written, from the start of one token to the end of another.
    pub fn written(&self, from: usize, last: usize) -> &'a str {
        let (Some(first), Some(last)) = (self.get(from), self.get(last)) else { return "" };
        self.text.kept.get(first.start..last.end).unwrap_or_default()
    }

    pub fn has(&self, at: usize, tags: Tags) -> bool {
        self.get(at).is_some_and(|token| token.tags & tags != 0)
    }

    pub fn is_mark(&self, at: usize, mark: u8) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    pub fn is_any_mark(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| matches!(token.kind, Kind::Mark(_)))
    }

    pub fn is_number(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Number)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Word)
    }

    pub fn joined(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.joined)
    }

    pub fn sentence(&self, at: usize) -> usize {
        self.get(at).map_or(usize::MAX, |token| token.sentence)
    }

    pub fn line(&self, at: usize) -> usize {
        self.get(at).map_or(usize::MAX, |token| token.line)
    }

    /// Digits only.
    pub fn is_digits(&self, at: usize) -> bool {
        self.is_number(at) && self.word(at).bytes().all(|byte| byte.is_ascii_digit())
    }

    /// The places of words that have one of these meanings.
    pub fn with(&self, tags: Tags) -> impl Iterator<Item = usize> + '_ {
        self.list.iter().enumerate().filter(move |(_, token)| token.tags & tags != 0).map(|(at, _)| at)
    }

    pub fn any(&self, tags: Tags) -> bool {
        self.list.iter().any(|token| token.tags & tags != 0)
    }

    /// The whole text in lower case, for phrases.
    pub fn lower(&self) -> &'a str {
        &self.text.lower
    }

    /// Whether the point at `at` is inside a site's name: `NETFLIX.COM`.
    pub fn is_in_site(&self, at: usize) -> bool {
        self.is_mark(at, b'.') && self.joined(at) && self.get(at).is_some_and(|point| is_in_site(self.text.kept.as_bytes(), point.end))
    }

    /// `M.K. STORES`, "to S. RAMESH", and not the last letter of "ASHA R. Ref 12".
    pub fn is_initial(&self, at: usize) -> bool {
        let is_letter = self.is_word(at) && self.word(at).len() == 1;
        let before = at.checked_sub(1);
        is_letter
            && before.is_some_and(|before| match self.word(before) {
                "." => before.checked_sub(1).is_some_and(|letter| self.is_initial(letter) || self.has(letter, lexicon::SHORT)),
                "/" | "-" | "*" => true,
                _ => self.has(before, lexicon::PREPOSITION),
            })
    }

    fn ends_sentence(&self, mark: u8, bytes: &[u8], end: usize) -> bool {
        let next = bytes.get(end).copied().unwrap_or(b' ');
        match mark {
            b'!' | b'?' => true,
            b'.' => {
                let point = self.list.len().saturating_sub(1);
                if point > 0
                    && (self.has(point - 1, lexicon::SHORT)
                        || self.is_mark(point - 1, b'.')
                        || self.is_initial(point - 1)
                        || self.is_in_site(point))
                {
                    return false;
                }
                next == b' ' || next == b'\n' || self.text.kept.as_bytes().get(end).is_some_and(u8::is_ascii_uppercase)
            }
            _ => false,
        }
    }
}

/// How names of sites end. All in one case: "debited.In case" starts a sentence.
const SITES: &[&str] = &["com", "in", "co", "org", "net", "io", "ai", "app"];

/// Whether a site's ending follows a point that ends at `end`.
fn is_in_site(kept: &[u8], end: usize) -> bool {
    let rest = kept.get(end..).unwrap_or_default();
    let letters = rest.iter().take_while(|byte| is_letter(**byte)).count();
    let (ending, after) = rest.split_at(letters);
    let is_large = end > 1 && kept.get(end - 2).is_some_and(u8::is_ascii_uppercase);
    let is_of_one_case = ending.iter().all(|byte| byte.is_ascii_uppercase() == is_large) || ending.iter().all(u8::is_ascii_lowercase);
    let is_case = after.get(..5).is_some_and(|next| next.eq_ignore_ascii_case(b" case"));
    is_of_one_case && !is_case && SITES.iter().any(|site| ending.eq_ignore_ascii_case(site.as_bytes()))
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// The kind and the end of the token that starts at `at`. Letters and digits are cut apart, since
/// messages write `Rs500credited` and `19NOV26`.
fn cut(bytes: &[u8], at: usize) -> (Kind, usize) {
    let run = |from: usize, is: &dyn Fn(u8) -> bool| bytes.iter().skip(from).take_while(|byte| is(**byte)).count();
    match bytes.get(at) {
        Some(byte) if byte.is_ascii_digit() => (Kind::Number, at + number_len(bytes.get(at..).unwrap_or_default())),
        Some(b'a') if bytes.get(at + 1..at + 3) == Some(b"/c") => (Kind::Word, at + 3),
        Some(byte) if is_letter(*byte) => {
            let mut end = at + run(at, &is_letter);
            // An apostrophe, or the hyphen of e-mandate and pre-approved.
            let mark = bytes.get(end).copied().unwrap_or_default();
            let prefix = bytes.get(at..end).unwrap_or_default();
            if bytes.get(end + 1).is_some_and(|next| is_letter(*next)) && (mark == b'\'' || mark == b'-' && matches!(prefix, b"e" | b"pre"))
            {
                end += 1 + run(end + 1, &is_letter);
            }
            (Kind::Word, end)
        }
        Some(byte) => (Kind::Mark(*byte), at + 1),
        None => (Kind::Mark(b' '), at + 1),
    }
}

/// `1,23,456.70` is one number; in `500,16-02-26` and `5000.00,21` it ends at the comma.
fn number_len(bytes: &[u8]) -> usize {
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    let mut grouped = end;
    while bytes.get(grouped) == Some(&b',') {
        match digits(grouped + 1) {
            group @ (2 | 3) => {
                grouped += 1 + group;
                if group == 3 {
                    end = grouped;
                }
            }
            _ => break,
        }
    }
    while bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let text = Text::of(text);
        let tokens = Tokens::of(&text);
        (0..tokens.len()).map(|at| tokens.word(at).to_owned()).collect()
    }

    #[test]
    fn letters_and_digits_are_cut_apart() {
        assert_eq!(words("Rs500credited A/cXX5468 19NOV26"), ["rs", "500", "credited", "a/c", "xx", "5468", "19", "nov", "26"]);
    }

    #[test]
    fn numbers_end_where_their_groups_end() {
        assert_eq!(words("1,23,456.70"), ["1,23,456.70"]);
        assert_eq!(words("5000.00,21-11"), ["5000.00", ",", "21", "-", "11"]);
        assert_eq!(words("500,16-02-26"), ["500", ",", "16", "-", "02", "-", "26"]);
        assert_eq!(words("14.02.2026."), ["14.02.2026", "."]);
    }

    #[test]
    fn a_point_after_an_abbreviation_ends_no_sentence() {
        let text = Text::of("Rs. 5 paid at A/c no. 12. Bal");
        let tokens = Tokens::of(&text);
        assert_eq!(tokens.sentence(tokens.len() - 1), 1);
    }
}

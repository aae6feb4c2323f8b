//! What the codes of a font mean: its table `ToUnicode`.

use std::collections::BTreeMap;

/// Sixteen-bit fonts have no more codes.
const ENTRIES_MAX: usize = 70_000;

/// Ranges stay ranges: a file cannot make this larger than itself.
#[derive(Default)]
pub struct Characters {
    single: BTreeMap<u32, String>,
    /// By first code: the last code, and the text of the first.
    ranges: BTreeMap<u32, (u32, String)>,
    /// Bytes of a code, where the table says so.
    pub code_bytes: Option<usize>,
}

impl Characters {
    pub fn parse(table: &[u8]) -> Self {
        let mut found = Self::default();
        let mut operands: Vec<Token<'_>> = Vec::new();
        for token in (Tokens { rest: table }) {
            match token {
                Token::Word(b"begincodespacerange" | b"beginbfchar" | b"beginbfrange") => operands.clear(),
                Token::Word(b"endcodespacerange") => {
                    if let Some(Token::Hex(low)) = operands.first() {
                        found.code_bytes = found.code_bytes.or(Some(low.len().div_ceil(2)).filter(|bytes| (1..=4).contains(bytes)));
                    }
                    operands.clear();
                }
                Token::Word(b"endbfchar") => {
                    for pair in operands.chunks_exact(2) {
                        if let [Token::Hex(code), Token::Hex(text)] = pair {
                            found.put(number(code), number(code), text);
                        }
                    }
                    operands.clear();
                }
                Token::Word(b"endbfrange") => {
                    found.put_ranges(&operands);
                    operands.clear();
                }
                token => operands.push(token),
            }
            if operands.len() > ENTRIES_MAX || found.single.len() + found.ranges.len() > ENTRIES_MAX {
                break;
            }
        }
        found
    }

    /// `<01> <05> <0041>` or `<01> <03> [<0041> <0042> <0043>]`.
    fn put_ranges(&mut self, operands: &[Token<'_>]) {
        let mut rest = operands;
        while let [Token::Hex(first), Token::Hex(last), behind @ ..] = rest {
            let (first, last) = (number(first), number(last));
            rest = match behind {
                [Token::Hex(text), behind @ ..] => {
                    self.put(first, last, text);
                    behind
                }
                [Token::Open, behind @ ..] => {
                    let end = behind.iter().position(|token| matches!(token, Token::Close)).unwrap_or(behind.len());
                    for (code, token) in (first..=last).zip(behind.iter().take(end)) {
                        if let Token::Hex(text) = token {
                            self.put(code, code, text);
                        }
                    }
                    behind.get(end + 1..).unwrap_or_default()
                }
                _ => return,
            };
        }
    }

    fn put(&mut self, first: u32, last: u32, text: &[u8]) {
        let units: Vec<u16> = text.chunks(4).take(16).map(|unit| u16::try_from(number(unit)).unwrap_or(0xFFFD)).collect();
        let text = String::from_utf16_lossy(&units);
        if first == last {
            self.single.insert(first, text);
        } else if first < last {
            self.ranges.insert(first, (last, text));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.single.is_empty() && self.ranges.is_empty()
    }

    pub fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.single.get(&code) {
            return Some(text.clone());
        }
        let (first, (last, text)) = self.ranges.range(..=code).next_back()?;
        if code > *last {
            return None;
        }
        let mut signs: Vec<char> = text.chars().collect();
        let end = signs.pop()?;
        signs.push(char::from_u32((end as u32).checked_add(code - first)?)?);
        Some(signs.into_iter().collect())
    }
}

fn number(hex: &[u8]) -> u32 {
    hex.iter().take(8).fold(0, |number, digit| number << 4 | char::from(*digit).to_digit(16).unwrap_or(0))
}

#[derive(Clone, Copy)]
enum Token<'a> {
    /// The digits between `<` and `>`.
    Hex(&'a [u8]),
    Open,
    Close,
    Word(&'a [u8]),
}

struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.rest = self.rest.trim_ascii_start();
        let (first, behind) = self.rest.split_first()?;
        let (token, rest) = match first {
            b'<' if behind.first() != Some(&b'<') => {
                let end = behind.iter().position(|byte| *byte == b'>')?;
                let (hex, rest) = behind.split_at_checked(end)?;
                (Token::Hex(hex), rest.get(1..)?)
            }
            b'[' => (Token::Open, behind),
            b']' => (Token::Close, behind),
            _ => {
                let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'<' | b'[' | b']');
                let end = behind.iter().position(is_end).map_or(self.rest.len(), |at| at + 1);
                let (word, rest) = self.rest.split_at_checked(end)?;
                (Token::Word(word), rest)
            }
        };
        self.rest = rest;
        Some(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_alone_in_ranges_and_in_lists() {
        let table = b"/CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar <0003> <0020> <0004><00660069> endbfchar\n\
            2 beginbfrange <0010> <0019> <0030> <0020> <0022> [<0041> <0042> <20B9>] endbfrange";
        let found = Characters::parse(table);
        let text = |code| found.text(code).unwrap_or_default();
        assert_eq!(
            (text(3), text(4), text(0x15), text(0x22), found.code_bytes),
            (" ".into(), "fi".into(), "5".into(), "₹".into(), Some(2))
        );
        assert_eq!(found.text(0x1A), None);
    }

    #[test]
    fn a_range_of_all_codes_costs_nothing() {
        let found = Characters::parse(b"beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange");
        assert_eq!((found.text(1).as_deref(), found.text(0xFFFF_FFFF)), (Some("B"), None));
        let list = Characters::parse(b"beginbfrange <00000000> <FFFFFFFF> [<0041> <0042>] endbfrange");
        assert_eq!((list.text(1).as_deref(), list.text(2)), (Some("B"), None));
    }
}

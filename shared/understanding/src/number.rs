//! Numbers in digits and in the words of seven languages, in hundredths: `dhai sau` is 25,000.

use crate::language::Tongue;
use crate::lexicon::{Entry, Lexicon, Match};
use crate::token::{Kind, Token};

/// No number of a message is greater: more is no number that we know what to do with.
const HUNDREDTHS_MAX: i64 = 100_000_000_000_000;

/// A number that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    pub hundredths: i64,
    /// How many tokens it takes.
    pub length: usize,
    pub in_digits: bool,
    /// Whether it says hundreds, thousands, lakhs: such words are hardly ever meant otherwise.
    pub has_multiplier: bool,
    /// Whether it is such a word alone, as `hazaar`.
    pub only_multiplier: bool,
}

/// What one word adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Value(i64),
    Multiplier(i64),
    /// `saadhe`, `sava`, `paune`: a part of what the next word counts.
    Shift(i64),
}

#[derive(Debug, Default)]
struct Sum {
    total: i64,
    current: Option<i64>,
    shift: Option<i64>,
    multiplied: bool,
    values: usize,
}

/// The number that starts at a token.
pub fn number_at(lexicon: &Lexicon, words: &[Token<'_>], start: usize, tongue: Option<Tongue>) -> Option<Number> {
    let mut sum = Sum::default();
    let mut at = start;
    let mut in_digits = false;
    let mut count = 0;
    while let Some(word) = words.get(at) {
        let first = at == start;
        let taken = if word.kind == Kind::Number {
            // A number glued to letters before it belongs to them, and "500 600" is two numbers.
            let digits = digits(&word.surface.replace(',', ""))?;
            (first || (!in_digits_just_before(words, at) && sum.multiplied)) && sum.add(Part::Value(digits))
        } else if word.kind == Kind::Word {
            let after_digits = !first && in_digits_just_before(words, at);
            match suffix(word, after_digits) {
                Some(part) => sum.add(part),
                None => match parts(lexicon, words, at, tongue) {
                    Some((run, length)) if sum.add_all(&run) => {
                        at += length - 1;
                        true
                    }
                    _ => false,
                },
            }
        } else {
            false
        };
        if !taken {
            break;
        }
        in_digits |= word.kind == Kind::Number;
        count += 1;
        at += 1;
    }
    if count == 0 {
        return None;
    }
    let hundredths = sum.value()?;
    let has_multiplier = sum.multiplied;
    Some(Number { hundredths, length: at - start, in_digits, has_multiplier, only_multiplier: has_multiplier && sum.values == 0 })
}

fn in_digits_just_before(words: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(Token::is_number)
}

/// `10k`, `2.5 k`, `1L`, `3cr`.
fn suffix(word: &Token<'_>, after_digits: bool) -> Option<Part> {
    if !after_digits {
        return None;
    }
    match (word.folded.as_str(), word.glued) {
        ("k" | "ks" | "के", _) => Some(Part::Multiplier(1_000)),
        ("h" | "t", true) if word.surface.len() == 1 => Some(Part::Multiplier(1_000)),
        ("l", true) => Some(Part::Multiplier(100_000)),
        ("lac" | "lacs" | "lk" | "lakh" | "lakhs", _) => Some(Part::Multiplier(100_000)),
        ("cr" | "crore" | "crores", _) => Some(Part::Multiplier(10_000_000)),
        _ => None,
    }
}

/// Digits with at most two decimals, in hundredths.
fn digits(plain: &str) -> Option<i64> {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    if whole.len() > 12 || fraction.len() > 2 || !fraction.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let tens = fraction.chars().next().and_then(|c| c.to_digit(10)).unwrap_or(0);
    let ones = fraction.chars().nth(1).and_then(|c| c.to_digit(10)).unwrap_or(0);
    whole.checked_mul(100)?.checked_add(i64::from(tens * 10 + ones))
}

/// What a word of the lexicon adds, or the words that it is made of.
fn parts(lexicon: &Lexicon, words: &[Token<'_>], at: usize, tongue: Option<Tongue>) -> Option<(Vec<Part>, usize)> {
    if let Some(found) = lexicon.at(words, at)
        && let Some(part) = part_of(found, tongue)
    {
        return Some((vec![part], found.length));
    }
    // A longer form may have been found that is no number: `do` in `do it`.
    let word = words.get(at)?;
    if let Some(part) = lexicon.word(&word.folded).and_then(|entries| part_of(Match { entries, length: 1 }, tongue)) {
        return Some((vec![part], 1));
    }
    joined(lexicon, &word.folded, tongue).map(|parts| (parts, 1))
}

fn part_of(found: Match<'_>, tongue: Option<Tongue>) -> Option<Part> {
    let numbers = || found.entries.iter().filter(|entry| entry.kind.starts_with("number") || entry.kind == "half");
    let entry = numbers().find(|entry| entry.tongue == tongue || entry.tongue.is_none()).or_else(|| numbers().next())?;
    part(entry)
}

fn part(entry: &Entry) -> Option<Part> {
    match entry.kind {
        "number_plus_half" => Some(Part::Shift(50)),
        "number_plus_quarter" => Some(Part::Shift(25)),
        "number_minus_quarter" => Some(Part::Shift(-25)),
        "half" => Some(Part::Value(50)),
        _ => match entry.value {
            "100" => Some(Part::Multiplier(100)),
            "1000" => Some(Part::Multiplier(1_000)),
            "100000" => Some(Part::Multiplier(100_000)),
            "10000000" => Some(Part::Multiplier(10_000_000)),
            value => digits(value).map(Part::Value),
        },
    }
}

/// `ಐದುಸಾವಿರ`, `teensau`, `ఐదువందలు`: two or three number words in one, or one and rupees.
fn joined(lexicon: &Lexicon, word: &str, tongue: Option<Tongue>) -> Option<Vec<Part>> {
    const LETTERS_MIN: usize = 5;
    if word.chars().count() < LETTERS_MIN || word.len() > 90 {
        return None;
    }
    let piece = |text: &str| -> Option<Option<Part>> {
        let entries = lexicon.word(text)?;
        if let Some(part) = part_of(Match { entries, length: 1 }, tongue) {
            return Some(Some(part));
        }
        entries.iter().any(|entry| entry.kind == "unit").then_some(None)
    };
    for (cut, _) in word.char_indices().skip(2) {
        let (head, tail) = word.split_at(cut);
        let Some(Some(first)) = piece(head) else { continue };
        if let Some(second) = piece(tail) {
            let parts: Vec<Part> = std::iter::once(first).chain(second).collect();
            if second.is_none() || matches!(second, Some(Part::Multiplier(_))) {
                return Some(parts);
            }
        }
        for (cut, _) in tail.char_indices().skip(2) {
            let (middle, last) = tail.split_at(cut);
            if let (Some(Some(second @ Part::Multiplier(_))), Some(third)) = (piece(middle), piece(last)) {
                return Some([Some(first), Some(second), third].into_iter().flatten().collect());
            }
        }
    }
    None
}

impl Sum {
    fn add_all(&mut self, parts: &[Part]) -> bool {
        parts.iter().all(|part| self.add(*part))
    }

    /// Whether the part still belongs to the same number.
    fn add(&mut self, part: Part) -> bool {
        match part {
            Part::Shift(shift) => {
                if self.shift.is_some() || self.current.is_some() {
                    return false;
                }
                self.shift = Some(shift);
                self.values += 1;
                true
            }
            Part::Multiplier(by) => {
                let counted = match (self.current.take(), self.shift.take()) {
                    (Some(value), shift) => value.saturating_add(shift.unwrap_or(0)),
                    (None, Some(shift)) => 100 + shift,
                    (None, None) if self.multiplied && self.total > 0 && by > 100 && self.total < by.saturating_mul(100) => {
                        // "ek hazaar lakh" is nobody's number.
                        return false;
                    }
                    (None, None) => 100,
                };
                let value = counted.saturating_mul(by);
                if by == 100 && value < 100_000 {
                    self.current = Some(value);
                } else {
                    self.total = self.total.saturating_add(value);
                }
                self.multiplied = true;
                true
            }
            Part::Value(mut value) => {
                // "paune do sau", where "do sau" is one form.
                if value >= 10_000
                    && let Some(shift) = self.shift.take()
                {
                    value = value.saturating_add(shift * if value % 100_000 == 0 { 1_000 } else { 100 });
                }
                let joins = match self.current {
                    None => true,
                    // "twenty five", "paanch sau pachaas".
                    Some(current) => {
                        let tens = current % 10_000;
                        (tens == 0 && current >= 10_000 && value < 10_000)
                            || ((2_000..=9_000).contains(&tens)
                                && tens % 1_000 == 0
                                && value < 1_000
                                && value % 100 == 0
                                && !self.multiplied)
                    }
                };
                if !joins {
                    return false;
                }
                self.current = Some(self.current.unwrap_or(0).saturating_add(value));
                if value >= 10_000 {
                    self.multiplied = true;
                }
                self.values += 1;
                true
            }
        }
    }

    fn value(&self) -> Option<i64> {
        let open = match (self.current, self.shift) {
            (Some(value), shift) => value.saturating_add(shift.unwrap_or(0)),
            // `sava` without what it is a quarter more than is no number.
            (None, Some(_)) if self.total == 0 => return None,
            (None, _) => 0,
        };
        let value = self.total.saturating_add(open);
        (value <= HUNDREDTHS_MAX).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::token::tokens;

    #[track_caller]
    fn number(text: &str) -> Option<i64> {
        let text = clean(text);
        let words = tokens(&text);
        let found = number_at(&Lexicon::built_in(), &words, 0, None)?;
        (found.length == words.len()).then_some(found.hundredths)
    }

    #[test]
    fn digits_and_their_endings() {
        for (text, value) in [
            ("500", 500_00),
            ("1,20,000", 120_000_00),
            ("2.5k", 2_500_00),
            ("1.5L", 150_000_00),
            ("1 lakh", 100_000_00),
            ("3 lakh 20 hazaar", 320_000_00),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
    }

    #[test]
    fn words_of_every_language() {
        for (text, value) in [
            ("five hundred", 500_00),
            ("twenty five thousand", 25_000_00),
            ("do hazaar", 2_000_00),
            ("पाँच सौ", 500_00),
            ("पाँच सौ पचास", 550_00),
            ("dhai sau", 250_00),
            ("sava lakh", 125_000_00),
            ("saadhe teen hazaar", 3_500_00),
            ("paune do sau", 175_00),
            ("dedh sau", 150_00),
            ("ಐದುನೂರು", 500_00),
            ("ಎರಡು ಸಾವಿರ", 2_000_00),
            ("ஐந்நூறு", 500_00),
            ("இரண்டாயிரம்", 2_000_00),
            ("ఐదువందలు", 500_00),
            ("రెండు వేలు", 2_000_00),
            ("পাঁচশো", 500_00),
            ("দুই হাজার", 2_000_00),
            ("पाचशे", 500_00),
            ("दोन हजार", 2_000_00),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
    }

    #[test]
    fn two_numbers_are_not_one() {
        assert_eq!(number("500 600"), None);
        assert_eq!(number("ek do"), None);
        assert_eq!(number("99999999999999999999"), None);
    }
}

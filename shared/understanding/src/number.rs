//! Numbers in digits and in the words of seven languages, in hundredths: `dhai sau` is 25,000.

use crate::language::Tongue;
use crate::lexicon::{Entry, Lexicon, Match};
use crate::sum::{Part, Sum};
use crate::token::{Kind, Token};

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

/// The number that starts at a token.
pub fn number_at(lexicon: &Lexicon, words: &[Token<'_>], start: usize, tongue: Option<Tongue>) -> Option<Number> {
    let mut sum = Sum::default();
    let mut at = start;
    let mut in_digits = false;
    let mut count = 0;
    while let Some(word) = words.get(at) {
        let first = at == start;
        let taken = if word.kind == Kind::Number {
            // "2 hazaar 5 tareekh ko": the five is a day.
            if !first && is_date_word(lexicon, words, at + 1) {
                break;
            }
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

fn is_date_word(lexicon: &Lexicon, words: &[Token<'_>], at: usize) -> bool {
    lexicon.at(words, at).is_some_and(|found| found.of("date_word").is_some())
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
    let entry = numbers()
        .find(|entry| entry.kind == "number_whole")
        .or_else(|| numbers().find(|entry| entry.tongue == tongue || entry.tongue.is_none()))
        .or_else(|| numbers().next())?;
    part(entry)
}

fn part(entry: &Entry) -> Option<Part> {
    match entry.kind {
        "number_plus_half" => Some(Part::Shift(50)),
        "number_plus_quarter" => Some(Part::Shift(25)),
        "number_minus_quarter" => Some(Part::Shift(-25)),
        "number_half_more" => Some(Part::HalfMore),
        "number_whole" => digits(entry.value).map(Part::Whole),
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
    split(word, &piece, PIECES_MAX)
}

/// How many words are written as one.
const PIECES_MAX: usize = 4;

/// The parts of a word that is nothing but known pieces of two letters and more; the first is
/// taken as long as it can be. Rupees are a piece that adds nothing.
fn split(word: &str, piece: &impl Fn(&str) -> Option<Option<Part>>, pieces: usize) -> Option<Vec<Part>> {
    if pieces < PIECES_MAX
        && let Some(last) = piece(word)
    {
        return Some(last.into_iter().collect());
    }
    if pieces <= 1 {
        return None;
    }
    for (cut, _) in word.char_indices().skip(2).collect::<Vec<_>>().into_iter().rev() {
        let (head, tail) = word.split_at(cut);
        let Some(Some(first)) = piece(head) else { continue };
        if tail.chars().nth(1).is_none() {
            continue;
        }
        let Some(rest) = split(tail, piece, pieces - 1) else { continue };
        let parts: Vec<Part> = std::iter::once(first).chain(rest).collect();
        let mut sum = Sum::default();
        let says_more = sum.add_all(&parts) && (sum.multiplied || parts.iter().any(|part| matches!(part, Part::Shift(_) | Part::HalfMore)));
        if says_more {
            return Some(parts);
        }
    }
    None
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
        for (text, value) in
            [("500", 500), ("1,20,000", 120_000), ("2.5k", 2_500), ("1.5L", 150_000), ("1 lakh", 100_000), ("3 lakh 20 hazaar", 320_000)]
        {
            assert_eq!(number(text), Some(value * 100), "{text}");
        }
    }

    #[test]
    fn words_of_every_language() {
        for (text, value) in [
            ("five hundred", 500),
            ("twenty five thousand", 25_000),
            ("do hazaar", 2_000),
            ("पाँच सौ", 500),
            ("पाँच सौ पचास", 550),
            ("dhai sau", 250),
            ("sava lakh", 125_000),
            ("saadhe teen hazaar", 3_500),
            ("paune do sau", 175),
            ("dedh sau", 150),
            ("ಐದುನೂರು", 500),
            ("ಎರಡು ಸಾವಿರ", 2_000),
            ("ஐந்நூறு", 500),
            ("இரண்டாயிரம்", 2_000),
            ("ఐదువందలు", 500),
            ("రెండు వేలు", 2_000),
            ("পাঁচশো", 500),
            ("দুই হাজার", 2_000),
            ("पाचशे", 500),
            ("साडेतीन हजार", 3_500),
            ("पावणेदोनशे", 175),
            ("లక్షన్నర", 150_000),
            ("మూడున్నర వేలు", 3_500),
            ("eradu vare savira", 2_500),
            ("ரெண்டாயிரத்து நூறு", 2_100),
            ("soya dusho", 225),
            ("दोन हजार", 2_000),
        ] {
            assert_eq!(number(text), Some(value * 100), "{text}");
        }
    }

    #[test]
    fn two_numbers_are_not_one() {
        assert_eq!(number("500 600"), None);
        assert_eq!(number("ek do"), None);
        assert_eq!(number("300 veyyi"), None);
        assert_eq!(number("rendu velu veyyi"), None);
        assert_eq!(number("99999999999999999999"), None);
    }
}

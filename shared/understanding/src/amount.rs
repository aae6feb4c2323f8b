//! Amounts of money, and the numbers that are none.

use crate::language::Tongue;
use crate::lexicon::Lexicon;
use crate::number::{Number, number_at};
use crate::token::{Kind, Token};

/// The greatest amount that is understood: ₹10 crore. Nobody here sends more.
pub const PAISE_MAX: i64 = 10_000_000_000;

/// What a number means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Numeral {
    /// In paise, more than nothing.
    Amount(i64),
    /// How many: `last 5 transactions`.
    Count(u32),
    /// `2025-26`, `2025`.
    Year(String),
    /// A time, a share, a form's number.
    Other,
}

pub fn numeral_at(lexicon: &Lexicon, words: &[Token<'_>], start: usize, tongue: Option<Tongue>) -> Option<(Numeral, usize)> {
    let unit_before = unit_at(lexicon, words, start).filter(|&length| is_currency(words, start, length));
    let number_start = start + unit_before.unwrap_or(0);
    let number = number_at(lexicon, words, number_start, tongue)?;
    let end = number_start + number.length;
    let unit_after = unit_at(lexicon, words, end);
    let slash = slash_dash(words, end + unit_after.unwrap_or(0));
    let full_length = end + unit_after.unwrap_or(0) + slash - start;
    let has_unit = unit_before.is_some() || unit_after.is_some() || slash > 0;

    if is_negative(words, start) || is_negative(words, number_start) {
        return Some((Numeral::Other, full_length));
    }
    // A power is no sum that anybody sends.
    let is_power = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| word.is("^"));
    if is_power(Some(end)) || is_power(number_start.checked_sub(1)) {
        return Some((Numeral::Other, full_length));
    }
    if !has_unit && let Some(other) = not_money(lexicon, words, start, number) {
        return Some(other);
    }
    if number.only_multiplier && follows_unread_number(lexicon, words, number_start) {
        return Some((Numeral::Other, full_length));
    }
    if !has_unit && !number.in_digits && !is_said_as_amount(words, start, number) {
        return None;
    }
    let amount = (1..=PAISE_MAX).contains(&number.hundredths).then_some(Numeral::Amount(number.hundredths));
    Some((amount.unwrap_or(Numeral::Other), full_length))
}

fn unit_at(lexicon: &Lexicon, words: &[Token<'_>], at: usize) -> Option<usize> {
    let found = lexicon.at(words, at)?;
    found.of("unit")?;
    let stop = words.get(at + found.length).is_some_and(|word| word.is(".") && word.glued)
        && words.get(at + found.length + 1).is_some_and(Token::is_number);
    Some(found.length + usize::from(stop))
}

/// A sign or a short word: `taka` and `rupees` also mean money as such.
fn is_currency(words: &[Token<'_>], at: usize, length: usize) -> bool {
    let number_follows = words.get(at + length).is_some_and(Token::is_number);
    number_follows || words.get(at).is_some_and(|word| word.kind == Kind::Sign)
}

/// `/-` and `/=`, as on a bill.
fn slash_dash(words: &[Token<'_>], at: usize) -> usize {
    let slash = words.get(at).is_some_and(|word| word.glued && word.is("/"));
    let dash = words.get(at + 1).is_some_and(|word| word.glued && (word.is("-") || word.is("=")));
    if slash && dash { 2 } else { 0 }
}

fn is_negative(words: &[Token<'_>], start: usize) -> bool {
    let Some(before) = start.checked_sub(1).and_then(|at| words.get(at)) else { return false };
    let glued = words.get(start).is_some_and(|word| word.glued);
    // "500-600" is two numbers, "₹-500" is one.
    let spaced =
        start < 2 || !before.glued || start.checked_sub(2).and_then(|at| words.get(at)).is_some_and(|word| word.kind == Kind::Sign);
    (matches!(before.surface, "-" | "−" | "–") && glued && spaced) || matches!(before.folded.as_str(), "minus" | "माइनस" | "negative")
}

/// Why a number without rupees is something else.
fn not_money(lexicon: &Lexicon, words: &[Token<'_>], start: usize, number: Number) -> Option<(Numeral, usize)> {
    let end = start + number.length;
    let first = words.get(start)?;
    let next = words.get(end);
    let before = start.checked_sub(1).and_then(|at| words.get(at));
    let whole = number.hundredths / 100;
    let count = || u32::try_from(whole).ok().filter(|&count| count > 0 && number.hundredths % 100 == 0).map(Numeral::Count);

    if let Some(year) = year(lexicon, words, start, number) {
        return Some(year);
    }
    if let Some(next) = next {
        let time = next.glued && next.is(":") && words.get(end + 1).is_some_and(Token::is_number);
        let ordinal = next.glued && matches!(next.folded.as_str(), "st" | "nd" | "rd" | "th" | "g" | "as" | "x" | "वीं" | "वां" | "tarikh");
        if time || ordinal || next.is("%") {
            let tail = if time { 2 } else { 1 };
            return Some((Numeral::Other, number.length + tail));
        }
        let counted = lexicon.word(&next.folded).is_some_and(|entries| entries.iter().any(|entry| entry.kind == "counted"));
        if counted && !number.has_multiplier && whole < 1_000 {
            return Some((count().unwrap_or(Numeral::Other), number.length));
        }
    }
    if let Some(before) = before {
        let glued_to_letters =
            number.in_digits && first.glued && before.is_word() && (before.surface.chars().count() < 3 || before.folded.ends_with('x'));
        if glued_to_letters
            || before.is(":") && first.glued
            || matches!(before.folded.as_str(), "form" | "फॉर्म" | "section" | "option" | "no" | "ending")
        {
            return Some((Numeral::Other, number.length));
        }
        let counts = lexicon.word(&before.folded).is_some_and(|entries| entries.iter().any(|entry| entry.kind == "counts"));
        if counts && !number.has_multiplier && whole <= 100 {
            return Some((count().unwrap_or(Numeral::Other), number.length));
        }
    }
    // Less than ten without rupees is a choice from a menu, or how many.
    if number.in_digits && number.hundredths < 1_000 {
        return Some((count().unwrap_or(Numeral::Other), number.length));
    }
    None
}

/// `2025-26`, `fy25`, and `2025` where the text is about taxes.
fn year(lexicon: &Lexicon, words: &[Token<'_>], start: usize, number: Number) -> Option<(Numeral, usize)> {
    let first = words
        .get(start)
        .filter(|word| number.length == 1 && word.is_number() && word.surface.len() == 4 && word.surface.starts_with("20"))?;
    let dash = words.get(start + 1).is_some_and(|word| word.is("-") || word.is("/") || word.is("–"));
    if dash && let Some(second) = words.get(start + 2).filter(|word| word.is_number()) {
        let short = second.surface.get(second.surface.len().saturating_sub(2)..)?;
        let follows =
            first.surface.get(2..).and_then(|year| year.parse::<u8>().ok()).map(|year| (year + 1) % 100) == short.parse::<u8>().ok();
        if follows && matches!(second.surface.len(), 2 | 4) {
            return Some((Numeral::Year(format!("{}-{short}", first.surface)), 3));
        }
    }
    let about_years = words.iter().any(|word| {
        lexicon.word(&word.folded).is_some_and(|entries| entries.iter().any(|entry| entry.kind == "not_yearly" || entry.kind == "month"))
    });
    about_years.then(|| (Numeral::Year(first.surface.to_owned()), 1))
}

/// Whether the word before starts like a number and was not read: a thousand is not to be taken
/// for three and a half.
fn follows_unread_number(lexicon: &Lexicon, words: &[Token<'_>], start: usize) -> bool {
    let Some(before) = start.checked_sub(1).and_then(|at| words.get(at)).filter(|word| word.is_word()) else { return false };
    let starts_like_number = || {
        before
            .folded
            .char_indices()
            .skip(4)
            .map(|(cut, _)| before.folded.split_at(cut).0)
            .chain([before.folded.as_str()])
            .any(|head| lexicon.word(head).is_some_and(|entries| entries.iter().any(|entry| entry.kind.starts_with("number"))))
    };
    let ends_like_half = ["arai", "rai", "vare", "nara", "ரை", "வரை", "ವರೆ", "న్నర"].iter().any(|half| before.folded.ends_with(half));
    starts_like_number() || ends_like_half
}

/// Number words are amounts where they say hundreds and thousands, or are long and not small:
/// `do`, `so` and `teen` mean too much else.
fn is_said_as_amount(words: &[Token<'_>], start: usize, number: Number) -> bool {
    let Some(word) = words.get(start) else { return false };
    let letters = word.folded.chars().count();
    if number.only_multiplier {
        return letters >= 4 || (!word.surface.is_ascii() && letters >= 2);
    }
    if number.has_multiplier {
        return number.length > 1 || letters >= 4;
    }
    number.hundredths >= 2_000 && letters >= 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::token::tokens;

    /// The first amount of a text, in paise.
    #[track_caller]
    fn amount(text: &str) -> Option<i64> {
        let text = clean(text);
        let words = tokens(&text);
        let lexicon = Lexicon::built_in();
        let mut at = 0;
        while at < words.len() {
            match numeral_at(&lexicon, &words, at, None) {
                Some((Numeral::Amount(paise), _)) => return Some(paise),
                Some((_, length)) => at += length.max(1),
                None => at += 1,
            }
        }
        None
    }

    #[test]
    fn amounts_as_they_are_written() {
        for (text, rupees) in [
            ("send 500", 500),
            ("₹1,20,000", 120_000),
            ("10k bhejo", 10_000),
            ("2.5k", 2_500),
            ("1 lakh", 100_000),
            ("rs.300/-", 300),
            ("Rs 300", 300),
            ("300rs", 300),
            ("do hazaar bhejo", 2_000),
            ("पाँच सौ भेजो", 500),
            ("dhai sau", 250),
            ("sava lakh", 125_000),
            ("saadhe teen hazaar", 3_500),
            ("५०० रुपये", 500),
            ("five hundred to ravi", 500),
            ("1000 रुपये", 1_000),
        ] {
            assert_eq!(amount(text), Some(rupees * 100), "{text}");
        }
        assert_eq!(amount("₹1,200.50"), Some(120_050));
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "last 5 transactions",
            "itr 2025",
            "itr for 2025-26",
            "-500",
            "₹-500",
            "minus 500",
            "0 rupees",
            "₹0",
            "5%",
            "at 10:30",
            "form 16",
            "26as",
            "so what",
            "do it",
            "99999999999",
            "xx1234",
            "pichle 10 din",
            "₹99,99,99,99,999",
        ] {
            assert_eq!(amount(text), None, "{text}");
        }
    }
}

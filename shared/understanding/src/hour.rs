//! The hour of a day at which something is wanted: `9 pm`, `raat 9 baje`, `21:00`.

use crate::entity::Reading;
use crate::lexicon::Lexicon;
use crate::number::number_at;
use crate::token::Token;

/// A time that is written as one word with its number: `নয়টায়`, `noytay`.
const CLOCK_ENDINGS: [&str; 4] = ["টা\u{9af}\u{9bc}", "টার", "টা", "tay"];

/// From 0 to 23, `None` where no hour is said. Without a part of the day it is the hour as it was said.
pub fn hour(lexicon: &Lexicon, reading: &Reading<'_>) -> Option<u8> {
    let part = reading.first("daypart");
    (0..reading.words.len()).find_map(|at| hour_at(lexicon, &reading.words, at, part))
}

fn hour_at(lexicon: &Lexicon, words: &[Token<'_>], at: usize, part: Option<&str>) -> Option<u8> {
    let (hundredths, mut end, mut is_clock) = match number_at(lexicon, words, at, None) {
        Some(number) if !number.has_multiplier => (number.hundredths, at + number.length, false),
        Some(_) => return None,
        None => (joined(lexicon, words.get(at)?)?, at + 1, true),
    };
    let said = u8::try_from(hundredths / 100).ok().filter(|said| *said <= 24)?;
    let is = |at: usize, wanted: &[&str]| words.get(at).is_some_and(|word| wanted.contains(&word.folded.as_str()));
    if is(end, &[":"]) && words.get(end + 1).is_some_and(|word| word.glued && word.is_number()) {
        is_clock = true;
        end += 2;
    }
    let is_dotted = is(end + 1, &["."]) && is(end + 2, &["m"]);
    let is_morning = is(end, &["am"]) || (is(end, &["a"]) && is_dotted);
    let is_later = is(end, &["pm"]) || (is(end, &["p"]) && is_dotted);
    is_clock |= lexicon.at(words, end).is_some_and(|found| found.of("clock").is_some());
    is_clock |= part.is_some() || at.checked_sub(1).is_some_and(|before| is(before, &["at", "@"]));
    match (is_morning, is_later) {
        (true, _) => Some(said % 12),
        (_, true) => Some(said % 12 + 12),
        _ => is_clock.then(|| of_day(said, part)),
    }
}

/// The hour of a part of the day: at night, nine is before midnight and two is after it.
fn of_day(said: u8, part: Option<&str>) -> u8 {
    match (part, said) {
        (Some("night"), 6..=11) | (Some("evening"), 1..=11) | (Some("afternoon"), 1..=6) => said + 12,
        (Some("night" | "morning"), 12) => 0,
        _ => said % 24,
    }
}

fn joined(lexicon: &Lexicon, word: &Token<'_>) -> Option<i64> {
    CLOCK_ENDINGS.iter().find_map(|ending| {
        let stem = word.folded.strip_suffix(ending)?;
        let number = lexicon.word(stem)?.iter().find(|entry| entry.kind == "number")?;
        number.value.parse::<i64>().ok().map(|value| value * 100)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::token::tokens;

    #[track_caller]
    fn said(text: &str) -> Option<u8> {
        let lexicon = Lexicon::built_in();
        let text = clean(text);
        hour(&lexicon, &Reading::of(&lexicon, &text, tokens(&text), None))
    }

    #[test]
    fn nine_in_the_evening_is_said_in_many_ways() {
        for text in [
            "9 pm",
            "9pm",
            "at 9 p.m.",
            "21:00",
            "9:30 pm",
            "9 at night",
            "raat 9 baje",
            "raat ko nau baje",
            "9 baje raat ko",
            "रात 9 बजे",
            "रात को नौ बजे",
            "ರಾತ್ರಿ 9 ಗಂಟೆಗೆ",
            "ratri ombattu gantege",
            "இரவு 9 மணிக்கு",
            "raathiri onbadhu manikku",
            "రాత్రి 9 గంటలకు",
            "ratri tommidi gantalaku",
            "রাত 9টায়",
            "রাত নয়টায়",
            "rate 9 tay",
            "रात्री 9 वाजता",
            "ratri nau vajta",
        ] {
            assert_eq!(said(text), Some(21), "{text}");
        }
    }

    #[test]
    fn the_part_of_the_day_tells_which_half() {
        for (text, hour) in [
            ("subah 7 baje", 7),
            ("shaam 6 baje", 18),
            ("12 am", 0),
            ("12 pm", 12),
            ("raat 12 baje", 0),
            ("dopahar 1 baje", 13),
            ("8 baje", 8),
        ] {
            assert_eq!(said(text), Some(hour), "{text}");
        }
        for text in ["every night", "500 bhejo", "5 messages", "raat 45 baje", "25:00"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}

//! What somebody saves for.

use crate::entity::{Reading, What};
use crate::lexicon::Lexicon;

/// Longer wishes are cut.
const GOAL_WORDS_MAX: usize = 4;

/// The words after "for", or before "ke liye" and its like.
pub fn goal(lexicon: &Lexicon, reading: &Reading<'_>) -> Option<String> {
    after_for(lexicon, reading).or_else(|| item(lexicon, reading)).or_else(|| before_postposition(lexicon, reading))
}

/// What people save for most: a phone, a wedding.
pub fn item(lexicon: &Lexicon, reading: &Reading<'_>) -> Option<String> {
    let means = |word: &str| lexicon.word(word).is_some_and(|entries| entries.iter().any(|entry| entry.kind == "goal_item"));
    let at = (0..reading.words.len()).find_map(|at| {
        let found = lexicon.at(&reading.words, at).filter(|found| found.of("goal_item").is_some())?;
        Some((at, found.length))
    });
    let Some((start, length)) = at else {
        // The word may be known by its sound as something else: `বাইকের` is also a vehicle.
        return reading.words.iter().find_map(|word| crate::ending::stems(&word.folded).find(|stem| means(stem)));
    };
    let written = reading.written(start, start + length).to_lowercase();
    if length > 1 || means(&written) {
        return Some(written);
    }
    let stem = crate::ending::stems(&written).find(|stem| means(stem));
    Some(stem.unwrap_or(written))
}

fn after_for(lexicon: &Lexicon, reading: &Reading<'_>) -> Option<String> {
    (0..reading.words.len())
        .filter(|&at| reading.words.get(at).is_some_and(|word| matches!(word.folded.as_str(), "for" | "4" | "fr")))
        .find_map(|at| {
            let mut start = at + 1;
            while reading.words.get(start).is_some_and(|word| matches!(word.folded.as_str(), "a" | "an" | "the" | "my" | "our")) {
                start += 1;
            }
            let mut end = start;
            while end < start + GOAL_WORDS_MAX && is_of_goal(lexicon, reading, end) {
                end += 1;
            }
            (end > start).then(|| reading.written(start, end).to_lowercase())
        })
}

fn before_postposition(lexicon: &Lexicon, reading: &Reading<'_>) -> Option<String> {
    const AFTER: &[&str] = &[
        "liye",
        "लिए",
        "लिये",
        "साठी",
        "sathi",
        "saathi",
        "kosam",
        "కోసం",
        "jonno",
        "জন্য",
        "জন্যে",
        "ಗಾಗಿ",
        "ಗೋಸ್ಕರ",
        "ಸಲುವಾಗಿ",
        "gaagi",
        "goskara",
        "vendi",
    ];
    const ENDINGS: &[&str] = &["साठी", "sathi", "గాను", "కోసం", "ಗಾಗಿ", "ಗೋಸ್ಕರ", "ಕ್ಕೆ", "க்காக", "க்கு", "kaaga", "kkaga", "gaagi", "kke", "ku"];
    for at in 0..reading.words.len() {
        let Some(word) = reading.words.get(at) else { break };
        let (mut end, stem_end) = if AFTER.contains(&word.folded.as_str()) {
            (at, None)
        } else if let Some(ending) = ENDINGS.iter().find(|ending| word.folded.len() > ending.len() + 3 && word.folded.ends_with(*ending)) {
            (at + 1, word.surface.len().checked_sub(ending.len()))
        } else {
            continue;
        };
        if stem_end.is_none()
            && end
                .checked_sub(1)
                .and_then(|before| reading.words.get(before))
                .is_some_and(|word| matches!(word.folded.as_str(), "ke" | "के" | "er" | "chya" | "च्या"))
        {
            end -= 1;
        }
        let mut start = end;
        while start > 0 && end - start < GOAL_WORDS_MAX && (is_of_goal(lexicon, reading, start - 1) || (stem_end.is_some() && start == end))
        {
            start -= 1;
        }
        if start < end {
            let written = reading.written(start, end);
            let cut = stem_end.map_or(written.len(), |stem| written.len() - (word.surface.len() - stem));
            return written.get(..cut).map(str::to_lowercase);
        }
    }
    None
}

fn is_of_goal(lexicon: &Lexicon, reading: &Reading<'_>, at: usize) -> bool {
    let Some(word) = reading.words.get(at).filter(|word| word.is_word()) else { return false };
    let stops = lexicon.word(&word.folded).is_some_and(|entries| entries.iter().any(|entry| entry.kind == "goal_stop"));
    let numeral = reading.entity_of(at).is_some_and(|entity| {
        !matches!(entity.what, What::Known(_)) || entity.known("period").is_some() || entity.known("every").is_some()
    });
    !stops && !numeral
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::token::tokens;

    #[test]
    fn a_goal_is_kept_as_it_was_written_without_its_ending() {
        let lexicon = Lexicon::built_in();
        for (text, wanted) in [
            ("saved 200 for phone", "phone"),
            ("फोन के लिए 200 बचाए", "फोन"),
            ("फोनसाठी 200 वाचवले", "फोन"),
            ("ಫೋನ್‌ಗೆ 200 ಉಳಿಸಿದೆ", "ಫೋನ್"),
            ("போனுக்கு 200 சேமிச்சேன்", "போன்"),
            ("பைக்குக்கு 5000 சேமிக்கணும்", "பைக்"),
            ("ఫోన్‌కి 200 దాచాను", "ఫోన్"),
            ("ফোনের জন্য 200 জমালাম", "ফোন"),
            ("বাইকের জন্য 5000 জমাতে চাই", "বাইক"),
        ] {
            let text = clean(text);
            let reading = Reading::of(&lexicon, &text, tokens(&text), None);
            assert_eq!(goal(&lexicon, &reading).as_deref(), Some(wanted), "{text}");
        }
    }
}

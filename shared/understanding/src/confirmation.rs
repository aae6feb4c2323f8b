//! Yes and no: only where the whole text is such a word.

use crate::clean::{clean, is_disguised};
use crate::lexicon::Lexicon;
use crate::token::{Token, tokens};

/// Longer texts are no such word, whatever they say.
const CONFIRMATION_CHARS_MAX: usize = 40;

/// Whether the whole text is a word for one thing, with nothing but a full stop or an exclamation
/// mark after it. Look-alike letters and unseen characters make it none.
pub fn whole_text_is(lexicon: &Lexicon, text: &str, kind: &str) -> bool {
    if text.chars().nth(CONFIRMATION_CHARS_MAX).is_some() || is_disguised(text) {
        return false;
    }
    let cleaned = clean(text);
    let mut words = tokens(&cleaned);
    while words.len() > 1 && words.last().is_some_and(|word| matches!(word.surface, "." | "!" | "।")) {
        words.pop();
    }
    is_form(lexicon, &words, kind)
}

fn is_form(lexicon: &Lexicon, words: &[Token<'_>], kind: &str) -> bool {
    let joined = words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
    lexicon.word(&joined).is_some_and(|entries| entries.iter().any(|entry| entry.kind == kind))
}

pub fn confirmation(lexicon: &Lexicon, text: &str) -> Option<bool> {
    match (whole_text_is(lexicon, text, "yes"), whole_text_is(lexicon, text, "no")) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        // A word that is yes in one language and no in another is neither.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn said(text: &str) -> Option<bool> {
        confirmation(&Lexicon::built_in(), text)
    }

    #[test]
    fn a_whole_text_confirms_or_refuses() {
        for text in ["yes", "YES", "Yes!", "yess", "haan", "हाँ", "ಹೌದು", "ஆம்", "అవును", "হ্যাঁ", "होय"]
        {
            assert_eq!(said(text), Some(true), "{text}");
        }
        for text in ["no", "No.", "nahi", "नहीं", "ಬೇಡ", "வேண்டாம்", "వద్దు", "নাহ", "नको"]
        {
            assert_eq!(said(text), Some(false), "{text}");
        }
    }

    #[test]
    fn nothing_longer_does() {
        for text in
            ["yes but 400", "yes no", "say yes", "yes?", "yes 500", "ok ok send to ravi", "\"yes\"", "yes\nno", "(yes)", "is it yes", ""]
        {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn a_disguised_word_does_not() {
        for text in ["уes", "y\u{200b}es", "ｙｅｓ", "\u{202e}sey", "ye\u{ad}s"] {
            assert_eq!(said(text), None, "{text}");
        }
    }
}

//! Several facts in one text: "earned 850 swiggy, petrol 200".

use crate::token::tokens;

/// More are a ledger and no message.
pub const PARTS_MAX: usize = 8;

/// The parts of a cleaned text, where each of at least two has a number of its own.
pub fn parts(text: &str) -> Option<Vec<&str>> {
    let words = tokens(text);
    let mut cuts = vec![0];
    for (at, word) in words.iter().enumerate() {
        // A comma between digits is within a number already.
        let cut = matches!(word.surface, "," | ";" | "&" | "+" | "।" | "/") || (word.is(".") && !word.glued_dot(&words, at));
        let joined = matches!(
            word.folded.as_str(),
            "and"
                | "aur"
                | "or"
                | "n"
                | "then"
                | "और"
                | "आणि"
                | "ani"
                | "mattu"
                | "matte"
                | "ಮತ್ತು"
                | "ಮತ್ತೆ"
                | "mariyu"
                | "మరియు"
                | "ar"
                | "aar"
                | "আর"
                | "এবং"
                | "ebong"
                | "apram"
                | "appuram"
                | "அப்புறம்"
                | "மற்றும்"
                | "aani"
                | "but"
                | "lekin"
                | "plus"
        );
        if cut || joined {
            cuts.push(word.start);
            cuts.push(word.end());
        }
    }
    for (place, _) in text.match_indices('\n') {
        cuts.push(place);
        cuts.push(place + 1);
    }
    cuts.push(text.len());
    cuts.sort_unstable();
    let pieces: Vec<&str> = cuts
        .windows(2)
        .filter_map(|pair| text.get(*pair.first()?..*pair.last()?))
        .map(str::trim)
        .filter(|piece| piece.chars().any(char::is_alphanumeric) && tokens(piece).len() > 1)
        .collect();
    (2..=PARTS_MAX).contains(&pieces.len()).then_some(pieces)
}

impl crate::token::Token<'_> {
    /// Whether a full stop belongs to `rs.` or `no.`, rather than ending a sentence.
    fn glued_dot(&self, words: &[Self], at: usize) -> bool {
        self.glued
            && at
                .checked_sub(1)
                .and_then(|before| words.get(before))
                .is_some_and(|word| word.surface.chars().count() <= 3 && word.is_word())
    }
}

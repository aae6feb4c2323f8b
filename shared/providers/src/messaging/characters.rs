//! What people and their phones put between the characters that count.

/// Characters without a width or a meaning of their own: joiners, marks of direction, selectors of
/// a glyph. Address books and keyboards add them unseen.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether it is of Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada or
/// Malayalam. Their blocks of 128 are laid out alike, so a place in one is a place in all.
pub(super) fn place_in_indian_block(c: char) -> Option<u32> {
    let code = u32::from(c);
    (0x0900..=0x0d7f).contains(&code).then_some(code & 0x7f)
}

/// A digit of any of India's scripts, or a full-width one, as ASCII; other characters as they are.
pub(super) fn ascii_digit(c: char) -> char {
    let digit = match c {
        '０'..='９' => u32::from(c) - u32::from('０'),
        _ => match place_in_indian_block(c) {
            Some(place @ 0x66..=0x6f) => place - 0x66,
            _ => return c,
        },
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

/// The first characters of a text, so that nothing from outside is longer than we expect.
pub(super) fn cut(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_india_are_digits() {
        for digits in ["०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "੦੧੨੩੪੫੬੭੮੯", "૦૧૨૩૪૫૬૭૮૯", "௦௧௨௩௪௫௬௭௮௯", "౦౧౨౩౪౫౬౭౮౯", "０１２３４５６７８９"]
        {
            assert_eq!(digits.chars().map(ascii_digit).collect::<String>(), "0123456789");
        }
        assert_eq!("٣ क x".chars().map(ascii_digit).collect::<String>(), "٣ क x");
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("नमस्ते", 3), "नमस");
        assert_eq!(cut("hi", 3), "hi");
    }
}

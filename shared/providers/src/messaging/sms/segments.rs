//! How many parts a text is sent, and paid for, in.
//!
//! Source: `email-sms.md`, B3.

/// How the characters of a text are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// 160 characters alone, 153 in each of several parts.
    Gsm7,
    /// 70 and 67: for the whole message, as soon as one character is not in GSM-7.
    Ucs2,
}

/// What a text takes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    pub encoding: Encoding,
    /// At least one.
    pub parts: usize,
}

/// The alphabet of GSM-7. `₹` is not in it: write `Rs.`.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Characters that count twice.
const EXTENDED: &str = "^{}\\[~]|€";

/// Counts the parts of a text.
#[must_use]
pub fn segments(text: &str) -> Segments {
    let mut septets = 0;
    for letter in text.chars() {
        septets += match letter {
            _ if BASIC.contains(letter) => 1,
            _ if EXTENDED.contains(letter) => 2,
            _ => {
                let units = text.encode_utf16().count();
                return Segments { encoding: Encoding::Ucs2, parts: parts(units, 70, 67) };
            }
        };
    }
    Segments { encoding: Encoding::Gsm7, parts: parts(septets, 160, 153) }
}

fn parts(units: usize, alone: usize, each: usize) -> usize {
    if units <= alone { 1 } else { units.div_ceil(each) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_segments(text: &str, encoding: Encoding, parts: usize) {
        assert_eq!(segments(text), Segments { encoding, parts });
    }

    #[test]
    fn a_text_is_counted_in_parts() {
        assert_segments("", Encoding::Gsm7, 1);
        assert_segments(&"a".repeat(160), Encoding::Gsm7, 1);
        assert_segments(&"a".repeat(161), Encoding::Gsm7, 2);
        assert_segments(&"a".repeat(307), Encoding::Gsm7, 3);
        assert_segments(&"€".repeat(80), Encoding::Gsm7, 1);
        assert_segments(&"€".repeat(81), Encoding::Gsm7, 2);
    }

    #[test]
    fn one_character_outside_the_alphabet_changes_the_whole_message() {
        assert_segments("Rs. 500", Encoding::Gsm7, 1);
        assert_segments("₹500", Encoding::Ucs2, 1);
        assert_segments(&format!("₹{}", "a".repeat(69)), Encoding::Ucs2, 1);
        assert_segments(&format!("₹{}", "a".repeat(70)), Encoding::Ucs2, 2);
        assert_segments(&"😀".repeat(36), Encoding::Ucs2, 2);
    }
}

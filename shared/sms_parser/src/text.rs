//! A message's text as the rest reads it: bounded, with one way to write digits, spaces and rupees.

/// How much of a message is read, in bytes. Ten joined parts have 1,530 characters; banks send fewer.
pub const TEXT_BYTES_MAX: usize = 4_096;

/// The text, and the same in lower case at the same places.
pub struct Text {
    pub kept: String,
    pub lower: String,
}

impl Text {
    pub fn of(message: &str) -> Self {
        let mut kept = String::with_capacity(message.len().min(TEXT_BYTES_MAX) + 16);
        for sign in message.chars() {
            if kept.len() >= TEXT_BYTES_MAX {
                break;
            }
            push(&mut kept, sign);
        }
        let lower = kept.to_ascii_lowercase();
        Self { kept, lower }
    }
}

fn push(kept: &mut String, sign: char) {
    match sign {
        '\n' | ' '..='~' => kept.push(sign),
        // Between a sign and its number nothing changes if a space is added.
        '₹' | '₨' => kept.push_str(" Rs "),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\r' => {}
        '‘' | '’' | '‛' => kept.push('\''),
        '“' | '”' => kept.push('"'),
        '‐'..='―' | '−' => kept.push('-'),
        '…' => kept.push_str("..."),
        '।' | '॥' => kept.push_str(". "),
        '•' | '●' | '·' => kept.push('*'),
        '०'..='९' => kept.push(digit(sign, '०')),
        '！'..='～' => kept.push(char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(' ')),
        _ if sign.is_whitespace() || sign.is_control() => kept.push(' '),
        _ => kept.push(sign),
    }
}

fn digit(sign: char, zero: char) -> char {
    char::from_digit(u32::from(sign) - u32::from(zero), 10).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rupees_digits_and_spaces_are_written_in_one_way() {
        assert_eq!(Text::of("₹५००\u{a0}paid\u{200b}").kept, " Rs 500 paid");
        assert_eq!(Text::of("Ｒｓ．５").kept, "Rs.5");
    }

    #[test]
    fn both_forms_have_the_same_places() {
        let text = Text::of("आपके खाते XX12 से");
        assert_eq!(text.kept.len(), text.lower.len());
    }

    #[test]
    fn no_more_is_read_than_a_message_can_hold() {
        assert!(Text::of(&"Rs 500 ".repeat(20_000)).kept.len() <= TEXT_BYTES_MAX + 4);
    }
}

//! Texts that people write to each other, less what only deceives.
//!
//! All of them are plain text and kept as they were written: a `<b>` in one is four characters.
//! Whoever shows one escapes it for the place where it stands.

use std::fmt;

/// A text that is too short or too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be {min} to {max} characters that can be seen")]
pub struct BadText {
    pub min: usize,
    pub max: usize,
}

/// Whether a character is kept.
///
/// Control characters, overrides of direction and characters without width are not: they let a text
/// look other than it is, or hide one in another. Joiners (U+200C, U+200D) and the marks of
/// direction are: Indian scripts, Urdu and emoji are written with them.
fn is_kept(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        // Overrides, embeddings and isolates of direction.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        // Invisible: soft hyphen, fillers, spaces without width, operators, formats, notes, tags.
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}' => false,
        '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' => false,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => false,
        _ => !c.is_control(),
    }
}

/// Whether something is to be seen of a character where it stands alone.
fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{200c}'..='\u{200f}' | '\u{61c}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}')
}

/// Several lines.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let text: String = text.chars().filter(|c| is_kept(*c)).collect();
    if text.chars().any(is_seen) { text.trim().to_owned() } else { String::new() }
}

/// One line, with single spaces.
fn line(text: &str) -> String {
    lines(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $min:literal to $max:literal by $fold:path;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Characters, not bytes.
            pub const MAX: usize = $max;

            /// # Errors
            ///
            /// [`BadText`] where it has too many characters, or none that can be seen.
            pub fn parse(text: &str) -> Result<Self, BadText> {
                let text = $fold(text);
                let fits = ($min..=$max).contains(&text.chars().count());
                fits.then_some(Self(text)).ok_or(BadText { min: $min, max: $max })
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        /// People's words are in no log.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} characters", self.0.chars().count())
            }
        }
    )*};
}

texts! {
    /// What a message says; empty where what is attached says it.
    #[derive(Default)]
    Text = 0 to 4000 by lines;
    /// Why a message is reported.
    #[derive(Default)]
    Reason = 0 to 500 by lines;
    /// What a group is called.
    RoomName = 1 to 80 by line;
    /// What a file is called, for those who see it. Never part of a path.
    FileName = 1 to 120 by line;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        Text::parse(text).unwrap().as_str().to_owned()
    }

    #[test]
    fn a_text_stays_as_it_was_written_but_for_its_ends() {
        assert_eq!(text("  pick up at 5\r\n\tgate <b>2</b> & 3  \n"), "pick up at 5\n\tgate <b>2</b> & 3");
        assert_eq!(text("a\rb\u{2028}c"), "a\nb\nc");
    }

    #[test]
    fn what_deceives_or_hides_is_taken_out() {
        assert_eq!(text("invoice\u{202e}fdp.exe\u{202c}"), "invoicefdp.exe");
        assert_eq!(text("\u{feff}pa\u{200b}y\u{2066} me\u{2069}\0\u{1b}[31m\u{7f}\u{9b}"), "pay me[31m");
        assert_eq!(text("hi\u{e0041}\u{e0042}"), "hi", "a text hidden in tags");
        assert_eq!(FileName::parse("photo\u{202e}gpj.exe").unwrap().as_str(), "photogpj.exe");
    }

    #[test]
    fn indian_scripts_urdu_and_emoji_stay_whole() {
        for written in ["क्\u{200d}ष", "നന്\u{200d}മ", "می\u{200c}روم \u{200f}!", "👩\u{200d}🌾", "❤\u{fe0f}"] {
            assert_eq!(text(written), written);
        }
    }

    #[test]
    fn what_nobody_can_see_is_empty() {
        for blank in ["", " \n\t ", "\u{200b}\u{200b}", "\u{200d}\u{fe0f} \u{200e}", "\u{202e}", "\u{3164}\u{2800}"] {
            assert!(Text::parse(blank).unwrap().is_empty(), "{blank:?}");
            assert_eq!(RoomName::parse(blank), Err(BadText { min: 1, max: 80 }), "{blank:?}");
        }
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(RoomName::parse(" Riders \n of\tPune ").unwrap().as_str(), "Riders of Pune");
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(Text::parse(&"अ".repeat(4_000)).is_ok());
        assert_eq!(Text::parse(&"a".repeat(4_001)), Err(BadText { min: 0, max: 4_000 }));
        assert!(RoomName::parse(&"a".repeat(81)).is_err());
    }

    #[test]
    fn words_are_not_printed() {
        assert_eq!(format!("{:?}", Text::parse("secret").unwrap()), "6 characters");
    }
}

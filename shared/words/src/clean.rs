//! Makes what people wrote safe to stand in a notice.
//!
//! A name or a note is somebody else's text within ours. It may not end our sentence, hide or turn
//! round a part of it, or style it.

use unicode_segmentation::UnicodeSegmentation;

/// One line: white space folded, what is not seen removed, cut to `chars_max` characters.
#[must_use]
pub fn one_line(text: &str, chars_max: usize) -> String {
    cut(&seen(text), chars_max)
}

/// The same for a text of several lines; empty ones go.
pub(crate) fn lines(text: &str, chars_max: usize) -> String {
    let breaks = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    let lines: Vec<String> = text.split(breaks).map(seen).filter(|line| !line.is_empty()).collect();
    cut(&lines.join("\n"), chars_max)
}

/// At most `chars_max` characters, the last of them `…` where something was cut off.
///
/// Cuts between what a reader sees as letters: half of a Devanagari syllable is another one.
pub(crate) fn cut(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    let mut room = chars_max.saturating_sub(1);
    let mut kept = String::new();
    for letter in text.graphemes(true) {
        let Some(left) = room.checked_sub(letter.chars().count()) else { break };
        room = left;
        kept.push_str(letter);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// White space folded into single spaces, and what is not seen removed.
fn seen(text: &str) -> String {
    let mut kept = String::new();
    for character in text.chars() {
        if character.is_whitespace() {
            if !kept.is_empty() && !kept.ends_with(' ') {
                kept.push(' ');
            }
        } else if !unseen(character) || joins(kept.chars().next_back(), character) {
            kept.push(character);
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// Controls, marks that turn the direction of writing, and characters without width.
fn unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a joiner without width is part of the spelling: the scripts of India write one after a
/// virama, and Bengali one between `র` and it. Names have them.
///
/// Source: RFC 5892, A.1 and A.2, and the Unicode Standard on Bengali ya-phalaa.
fn joins(before: Option<char>, character: char) -> bool {
    let virama =
        matches!(before, Some('\u{94d}' | '\u{9cd}' | '\u{a4d}' | '\u{acd}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}' | '\u{ccd}' | '\u{d4d}'));
    match character {
        '\u{200c}' => virama,
        '\u{200d}' => virama || before == Some('\u{9b0}'),
        _ => false,
    }
}

/// A text that is clean, in one line.
pub(crate) fn folded(text: &str, chars_max: usize) -> String {
    cut(&text.replace('\n', " "), chars_max)
}

/// Takes from a text what WhatsApp would style: it has no way to escape, so look-alikes stand in
/// for `*`, `~`, a backtick and `_`, and for what makes a list or a quotation at a line's start.
///
/// `_` between letters or digits stays, as in a UPI id: it styles only at a word's edge.
pub(crate) fn unstyled(text: &str) -> String {
    text.split('\n').map(unstyled_line).collect::<Vec<_>>().join("\n")
}

fn unstyled_line(line: &str) -> String {
    let number = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let list_dot = (number.len() < line.len() && number.starts_with('.')).then_some(line.len() - number.len());
    let mut before = None;
    let mut characters = line.char_indices().peekable();
    let mut text = String::with_capacity(line.len());
    while let Some((at, character)) = characters.next() {
        let alphanumeric = |other: Option<char>| other.is_some_and(char::is_alphanumeric);
        let after = characters.peek().map(|(_, after)| *after);
        text.push(match character {
            '*' => '∗',
            '~' => '˜',
            '`' => 'ˋ',
            '_' if !(alphanumeric(before) && alphanumeric(after)) => 'ˍ',
            '>' if at == 0 => '›',
            '-' if at == 0 => '‐',
            '#' if at == 0 => '＃',
            '.' if list_dot == Some(at) && after.is_none_or(|after| after == ' ') => '․',
            other => other,
        });
        before = Some(character);
    }
    text
}

/// Keeps a text that is written from right to left from drawing what follows it to its other side.
///
/// Fluent would put marks round every value. They take room, some handsets show them as boxes, and
/// they are copied along with a reference; so only a value that needs them gets them.
pub(crate) fn isolated(text: String) -> String {
    let right_to_left = |character: char| {
        matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    if text.chars().any(right_to_left) { format!("\u{2068}{text}\u{2069}") } else { text }
}

/// Text within HTML, or within an attribute's quotes.
#[must_use]
pub fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_folded_into_a_line() {
        assert_eq!(one_line(" Ravi\r\n\tKumar\u{2028}\u{a0} K ", 99), "Ravi Kumar K");
        assert_eq!(lines("one\r\n\r\n  two\tthree \u{2029}four\n", 99), "one\ntwo three\nfour");
        assert_eq!(one_line(" \n\u{200b}", 99), "");
    }

    #[test]
    fn what_is_not_seen_is_removed() {
        for hidden in
            "\0\u{1b}\u{7f}\u{9b}\u{ad}\u{61c}\u{200b}\u{200c}\u{200d}\u{200e}\u{202e}\u{2060}\u{2066}\u{2069}\u{feff}\u{e0041}".chars()
        {
            assert_eq!(one_line(&format!("Ra{hidden}vi"), 99), "Ravi", "{hidden:?}");
        }
    }

    #[test]
    fn joiners_stay_where_names_are_spelt_with_them() {
        for name in ["र्\u{200d}य", "ಕ್\u{200c}ರ", "র\u{200d}্যাব"] {
            assert_eq!(one_line(name, 99), name);
        }
    }

    #[test]
    fn a_text_is_cut_between_letters() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdef", 5), "abcd…");
        assert_eq!(cut("ab cdef", 4), "ab…");
        assert_eq!(cut("नमस्ते", 4), "नम…");
        assert_eq!(cut("a👨‍👩‍👧b", 4), "a…");
        assert_eq!(cut("ab", 1), "…");
    }

    #[test]
    fn nothing_is_left_that_whatsapp_styles() {
        assert_eq!(unstyled("*a* _b_ ~c~ ```d```"), "∗a∗ ˍbˍ ˜c˜ ˋˋˋdˋˋˋ");
        assert_eq!(unstyled("ravi_k@okaxis __x"), "ravi_k@okaxis ˍˍx");
        assert_eq!(unstyled("> a\n- b\n# c\n12. d\n12.\n2.5 > 1 - 1"), "› a\n‐ b\n＃ c\n12․ d\n12․\n2.5 > 1 - 1");
    }

    #[test]
    fn only_a_text_from_right_to_left_is_isolated() {
        assert_eq!(isolated("علی".to_owned()), "\u{2068}علی\u{2069}");
        assert_eq!(isolated("Ali रवि".to_owned()), "Ali रवि");
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(html(r#"<b a="x" c='y'>&"#), "&lt;b a=&quot;x&quot; c=&#39;y&#39;&gt;&amp;");
    }
}

//! A text as it is read: one way of writing each letter, and nothing that cannot be seen.

use unicode_normalization::UnicodeNormalization;

/// How much of a text is read, in characters. Nobody asks for something in more.
pub const TEXT_CHARS_MAX: usize = 2_000;

/// Compatibility forms composed, marks of direction and other unseen characters taken out, digits
/// of every script as ASCII, look-alikes of Latin letters as these. Case stays: a name is told back.
pub fn clean(text: &str) -> String {
    text.chars()
        .take(TEXT_CHARS_MAX)
        .nfkc()
        .filter(|&c| !is_unseen(c))
        .map(|c| ascii_digit(c).or_else(|| latin_lookalike(c)).unwrap_or(c))
        .take(TEXT_CHARS_MAX)
        .collect()
}

/// Lower case, and letters that go on (`plzzzz`) once.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut run: (Option<char>, usize) = (None, 0);
    let mut letters: Vec<(char, usize)> = Vec::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        if run.0 == Some(c) {
            run.1 += 1;
        } else {
            if let Some(previous) = run.0 {
                letters.push((previous, run.1));
            }
            run = (Some(c), 1);
        }
    }
    if let Some(last) = run.0 {
        letters.push((last, run.1));
    }
    for (c, count) in letters {
        let shown = if c.is_alphabetic() && count > 2 { 1 } else { count };
        for _ in 0..shown {
            folded.push(c);
        }
    }
    folded
}

/// Whether reading a text took out or put right something that an honest keyboard does not write:
/// unseen characters other than the joiners of Indian scripts, or look-alike letters.
pub fn is_disguised(text: &str) -> bool {
    let indian = text.chars().any(|c| ('\u{900}'..='\u{dff}').contains(&c));
    text.chars().any(|c| match c {
        '\u{200c}' | '\u{200d}' => !indian,
        '\u{fe0f}' | '\n' | '\r' | '\t' => false,
        _ => is_unseen(c) || latin_lookalike(c).is_some() || is_styled(c),
    })
}

/// Latin letters by another name: full-width, mathematical, enclosed.
fn is_styled(c: char) -> bool {
    matches!(c, '\u{ff21}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7ff}' | '\u{2460}'..='\u{24ff}' | '\u{1f100}'..='\u{1f1e5}' | '\u{2100}'..='\u{214f}')
}

fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn ascii_digit(c: char) -> Option<char> {
    const ZEROES: [u32; 10] = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6];
    let code = u32::from(c);
    let zero = ZEROES.into_iter().find(|&zero| (zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// Cyrillic and Greek letters that look like Latin ones. Neither script is understood as itself.
fn latin_lookalike(c: char) -> Option<char> {
    const LOOKALIKES: &str = "аaвbсcеeнhіiїiјjкkмmоoрpѕsтtуyхxԁdԛqԝwһhгrпnбbиuзzАAВBСCЕEНHІIЈJКKМMОOРPЅSТTУYХXԌGαaβbγyεeηnιiκkνvοoρpτtυuχxωwΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";
    if !matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}') {
        return None;
    }
    let mut letters = LOOKALIKES.chars();
    while let Some(other) = letters.next() {
        let Some(latin) = letters.next() else { break };
        if other == c && latin.is_ascii() {
            return Some(latin);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_not_read() {
        assert_eq!(clean("se\u{200b}nd\u{202e} 5\u{2060}00"), "send 500");
        assert_eq!(clean("ｓｅｎｄ ５００"), "send 500");
    }

    #[test]
    fn digits_of_every_script_are_digits() {
        assert_eq!(clean("५०० ೫೦೦ ௫௦௦ ౫౦౦ ৫০০"), "500 500 500 500 500");
    }

    #[test]
    fn letters_that_look_latin_are_latin() {
        assert_eq!(clean("рау Rаvі"), "pay Ravi");
        assert!(is_disguised("уes"));
        assert!(is_disguised("y\u{200b}es"));
        assert!(is_disguised("ｙｅｓ"));
        assert!(!is_disguised("ಬೇಡ್\u{200c}"));
        assert!(!is_disguised("yes"));
    }

    #[test]
    fn letters_that_go_on_are_read_once() {
        assert_eq!(fold("PLZZZZ"), "plz");
        assert_eq!(fold("hello"), "hello");
        assert_eq!(fold("10000"), "10000");
    }

    #[test]
    fn a_text_is_read_up_to_its_limit() {
        assert_eq!(clean(&"ﷺ".repeat(5_000)).chars().count(), TEXT_CHARS_MAX);
    }
}

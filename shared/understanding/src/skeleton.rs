//! How a word sounds, roughly: one key for the spellings of one word, in its own script or not.
//!
//! `bhejo`, `bejo` and `भेजो` have the same skeleton, and nearly the same as `bhejoo`. A key is no
//! transcription: it only has to be the same for what people mean to be the same.

use crate::language::Script;

/// The key of a folded word.
pub fn skeleton(word: &str) -> String {
    let latin = romanised(word);
    squeezed(&latin)
}

/// The consonants of a skeleton, and its first vowel where it starts with one. Voiced and
/// voiceless ones are not told apart, as Tamil does not write the difference.
pub fn consonants(skeleton: &str) -> String {
    let mut kept = String::with_capacity(skeleton.len());
    for (place, c) in skeleton.chars().enumerate() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' if place > 0 => continue,
            'g' => 'k',
            'd' => 't',
            'b' => 'p',
            'j' => 'c',
            other => other,
        };
        if !kept.ends_with(c) {
            kept.push(c);
        }
    }
    kept
}

/// Indian letters as Latin ones. The blocks of these scripts are laid out alike, so one table does.
fn romanised(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    // A consonant whose own vowel is still open.
    let mut open = false;
    let mut script = None;
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        let of = Script::of(c);
        let Some(indian) = of.filter(|&of| of != Script::Latin) else {
            close(&mut out, &mut open, script);
            out.push(c);
            continue;
        };
        script = of;
        let place = (u32::from(c) & 0x7f) as u8;
        if let Some(sound) = consonant(place) {
            let voiced = letters.peek().is_some_and(|&next| vowel_sign((u32::from(next) & 0x7f) as u8).is_some() && Script::of(next) == of);
            if open && voiced && matches!(indian, Script::Devanagari | Script::Bengali) && is_vowel(out.chars().nth_back(1)) {
                // Between two spoken vowels it is silent: `कितना` is `kitna`.
                open = false;
            }
            close(&mut out, &mut open, script);
            let doubled = letters.peek().is_some_and(|&next| u32::from(next) & 0x7f == 0x4d);
            out.push_str(if indian == Script::Tamil { tamil(place, sound, &out, doubled) } else { sound });
            open = true;
        } else if let Some(sound) = vowel_sign(place) {
            out.push_str(sound);
            open = false;
        } else if place == 0x4d {
            open = false;
        } else if let Some(sound) = vowel(place) {
            close(&mut out, &mut open, script);
            out.push_str(sound);
        } else if matches!(place, 0x01 | 0x02 | 0x70) {
            close(&mut out, &mut open, script);
            let labial = letters.peek().is_some_and(|&next| matches!(u32::from(next) & 0x7f, 0x2a..=0x2e));
            out.push(if labial { 'm' } else { 'n' });
        }
    }
    // The last vowel is silent where these languages drop it.
    if open && !matches!(script, Some(Script::Devanagari | Script::Bengali)) {
        close(&mut out, &mut open, script);
    }
    out
}

fn is_vowel(c: Option<char>) -> bool {
    matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'))
}

fn close(out: &mut String, open: &mut bool, script: Option<Script>) {
    if *open {
        out.push(if script == Some(Script::Bengali) { 'o' } else { 'a' });
        *open = false;
    }
}

/// Tamil writes `k` for `g` too: it is voiced after a vowel or a nasal.
fn tamil(place: u8, sound: &'static str, before: &str, doubled: bool) -> &'static str {
    let voiced = before.ends_with(['a', 'e', 'i', 'o', 'u', 'n', 'm']) && !doubled;
    match (place, voiced) {
        (0x15, true) => "g",
        (0x1f, true) => "d",
        (0x2a, true) => "b",
        (0x1a, _) => "s",
        _ => sound,
    }
}

fn consonant(place: u8) -> Option<&'static str> {
    Some(match place {
        0x15 | 0x16 | 0x58 | 0x59 => "k",
        0x17 | 0x18 | 0x5a => "g",
        0x19 | 0x1e | 0x23 | 0x28 | 0x29 => "n",
        0x1a | 0x1b => "ch",
        0x1c | 0x1d | 0x5b => "j",
        0x1f | 0x20 | 0x24 | 0x25 => "t",
        0x21 | 0x22 | 0x26 | 0x27 | 0x5c | 0x5d => "d",
        0x2a => "p",
        0x2b | 0x5e => "f",
        0x2c | 0x2d => "b",
        0x2e => "m",
        0x2f | 0x5f => "y",
        0x30 | 0x31 => "r",
        0x32 | 0x33 => "l",
        0x34 => "l",
        0x35 => "v",
        0x36..=0x38 => "s",
        0x39 => "h",
        0x4e => "t",
        _ => return None,
    })
}

fn vowel(place: u8) -> Option<&'static str> {
    Some(match place {
        0x05 | 0x06 => "a",
        0x07 | 0x08 => "i",
        0x09 | 0x0a => "u",
        0x0b | 0x60 => "ri",
        0x0d..=0x10 => "e",
        0x11..=0x13 => "o",
        0x14 => "au",
        _ => return None,
    })
}

fn vowel_sign(place: u8) -> Option<&'static str> {
    Some(match place {
        0x3e => "a",
        0x3f | 0x40 => "i",
        0x41 | 0x42 => "u",
        0x43 => "ri",
        0x45..=0x48 => "e",
        0x49..=0x4b => "o",
        0x4c => "au",
        _ => return None,
    })
}

/// Latin spellings of one sound as one letter.
fn squeezed(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let next = letters.get(at + 1).copied().unwrap_or('\0');
        let (sound, length) = match (c, next) {
            ('e', 'e') | ('i', 'i') => ("i", 2),
            ('o', 'o') | ('o', 'u') => ("u", 2),
            ('a', 'i') | ('a', 'y') | ('e', 'i') | ('e', 'y') => ("e", 2),
            ('a', 'u') | ('a', 'w') => ("o", 2),
            ('p', 'h') => ("f", 2),
            ('c', 'h') => ("c", if letters.get(at + 2) == Some(&'h') { 3 } else { 2 }),
            ('c', 'k') => ("k", 2),
            ('c', 'e' | 'i' | 'y') => ("s", 1),
            ('k' | 'g' | 't' | 'd' | 'b' | 'j' | 's' | 'r', 'h') => (one(c), 2),
            ('z', 'h') => ("l", 2),
            ('c' | 'q', _) => ("k", 1),
            ('w', _) => ("v", 1),
            ('z', _) => ("j", 1),
            ('y', _) if next == '\0' => ("i", 1),
            ('x', _) => ("ks", 1),
            _ => ("", 1),
        };
        if sound.is_empty() {
            push(&mut out, c);
        } else {
            for c in sound.chars() {
                push(&mut out, c);
            }
        }
        at += length;
    }
    out
}

fn one(c: char) -> &'static str {
    match c {
        'k' => "k",
        'g' => "g",
        't' => "t",
        'd' => "d",
        'b' => "b",
        'j' => "j",
        's' => "s",
        _ => "r",
    }
}

fn push(out: &mut String, c: char) {
    if !out.ends_with(c) || !c.is_alphabetic() {
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(words: &[&str]) {
        let keys: Vec<String> = words.iter().map(|word| skeleton(word)).collect();
        assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{keys:?}");
    }

    #[test]
    fn spellings_of_one_word_have_one_key() {
        same(&["bhejo", "bejo", "भेजो"]);
        same(&["paisa", "pesa", "पैसा"]);
        same(&["kitna", "kitnaa", "कितना"]);
        same(&["anuppu", "anupu", "அனுப்பு"]);
        same(&["kalisu", "kalisuu", "ಕಲಿಸು"]);
        same(&["pampu", "pampuu", "పంపు"]);
        same(&["taka", "taaka", "টাকা"]);
    }

    #[test]
    fn vowels_that_nobody_wrote_are_not_missed() {
        let key = |word: &str| consonants(&skeleton(word));
        assert_eq!(key("करना"), key("krna"));
        assert_eq!(key("bhejo"), key("bhj"));
        assert_eq!(key("কত"), key("koto"));
    }
}

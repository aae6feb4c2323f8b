//! The last look at a text before it is logged.
//!
//! Nothing personal is meant to get this far. But errors of other people's crates quote what they
//! were given, and a mistake in one `format!` would keep a phone number for years. So whatever
//! looks like a phone, account or Aadhaar number, or like a token, is blotted out, and long texts
//! are cut.

/// How long a text may be, in characters.
const CHARS_MAX: usize = 600;

/// Digits in a row, separators aside, from which on they may be somebody's: an Indian mobile
/// number has ten, bank accounts nine to eighteen, Aadhaar twelve.
const DIGITS_MAX: usize = 9;

/// A run of base64 or base64url characters from which on it may be a token or key. A ULID behind
/// its prefix has 31, a UUID 36, a hash in hex 64 (and no upper case).
const RUN_MAX: usize = 40;

/// Blots out what may be personal or secret.
pub fn scrub(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(CHARS_MAX));
    let mut left = CHARS_MAX;
    for word in words(text) {
        let shown = match blot(word) {
            Some(blotted) => blotted,
            None => word.to_owned(),
        };
        let chars = shown.chars().count();
        if chars > left {
            clean.extend(shown.chars().take(left));
            clean.push('…');
            break;
        }
        left -= chars;
        clean.push_str(&shown);
    }
    clean
}

/// Cuts a text into runs that can each be judged alone: of the characters of tokens and numbers,
/// and of all others.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let kind = is_of_run(first);
        let end = rest.find(|c| is_of_run(c) != kind).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

fn is_of_run(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '.' | '/' | '=' | '@')
}

fn blot(word: &str) -> Option<String> {
    let looks_like_token = word.starts_with("eyJ") || (word.len() > RUN_MAX && is_mixed(word));
    if looks_like_token {
        return Some("[token]".to_owned());
    }
    if word.contains('@') {
        // An e-mail address, or a UPI id.
        return Some("[address]".to_owned());
    }
    blot_digits(word)
}

/// Upper case, lower case and digits together: what chance writes and people do not. Paths and
/// host names have a case of their own.
fn is_mixed(word: &str) -> bool {
    let has = |test: fn(&char) -> bool| word.chars().any(|c| test(&c));
    has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase) && has(char::is_ascii_digit)
}

/// Blots out runs of more than [`DIGITS_MAX`] digits, with the hyphens or dots between them.
fn blot_digits(word: &str) -> Option<String> {
    let mut out = String::new();
    let mut run = String::new();
    let mut found = false;
    let mut flush = |run: &mut String, out: &mut String| {
        // Times such as 2026-08-17 have eight digits; a ULID rarely has more than a few in a row.
        if run.chars().filter(char::is_ascii_digit).count() > DIGITS_MAX {
            out.push_str("[number]");
            found = true;
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in word.chars() {
        if c.is_ascii_digit() || (matches!(c, '-' | '.') && !run.is_empty()) {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::scrub;

    #[test]
    fn what_is_somebodys_is_blotted_out() {
        for (text, clean) in [
            ("call +919876543210 now", "call +[number] now"),
            ("phone=\"9876543210\"", "phone=\"[number]\""),
            ("98765-43210", "[number]"),
            ("account 50100123456789", "account [number]"),
            ("to rahul.k@okhdfcbank", "to [address]"),
            ("Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1In0.c2ln", "Bearer [token]"),
            ("key rzp_live_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5", "key [token]"),
        ] {
            assert_eq!(scrub(text), clean);
        }
    }

    #[test]
    fn what_helps_is_kept() {
        for text in [
            "payout pout_01JZ8M3V9C5T7Q2K4N6P8R0S1T refused",
            "at 2026-08-17T10:15:30.123Z",
            "request 8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            "shared/store/src/execute.rs:120:5",
            "amount 123456789",
            "condition failed on USER#usr_01JZ8M3V9C5T7Q2K4N6P8R0S1T",
            "नमस्ते",
        ] {
            assert_eq!(scrub(text), text);
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        let clean = scrub(&"a b ".repeat(1000));
        assert_eq!(clean.chars().count(), 601);
    }
}

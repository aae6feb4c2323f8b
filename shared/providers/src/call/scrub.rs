//! Taking what is personal out of a provider's text.
//!
//! Providers quote our input back at us: a UPI address, a telephone or account number. Errors
//! are logged, and personal data is in no log. What remains still says
//! what was wrong.

/// How many characters of a description are kept.
const DESCRIPTION_CHARS_MAX: usize = 240;

/// How many digits a word may have. A status is three; a part of a spaced-out telephone number
/// is seldom fewer.
const DIGITS_MAX: usize = 2;

/// The provider's own ids, which are what a person needs in order to look something up.
const ID_PREFIXES: [&str; 9] = ["order_", "pay_", "rfnd_", "cont_", "fa_", "fav_", "pout_", "txn_", "acc_"];

/// The text with every word hidden that has an `@` or more than two digits in it.
pub(super) fn scrub(text: &str) -> String {
    let mut kept = String::new();
    for word in text.split_whitespace() {
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(if personal(word) { "[hidden]" } else { word });
    }
    kept.chars().take(DESCRIPTION_CHARS_MAX).collect()
}

fn personal(word: &str) -> bool {
    if word.contains('@') {
        return true;
    }
    let word = word.trim_matches(|edge: char| !edge.is_alphanumeric());
    let ours = ID_PREFIXES
        .iter()
        .any(|prefix| word.strip_prefix(prefix).is_some_and(|id| id.len() == 14 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())));
    !ours && word.chars().filter(|letter| letter.is_numeric()).count() > DIGITS_MAX
}

/// A code, reason or field name: one short word of ASCII. Anything else is not one, and is
/// dropped rather than logged.
pub(super) fn machine_word(text: String) -> Option<String> {
    let fits = !text.is_empty()
        && text.len() <= 80
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'[' | b']'));
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_hidden() {
        for (text, kept) in [
            ("The vpa ravi@okaxis is invalid", "The vpa [hidden] is invalid"),
            ("contact +91 98765 43210 is bad", "contact +91 [hidden] [hidden] is bad"),
            ("account (50100123456789).", "account [hidden]"),
            ("खाता ५०१००१२३४५६७८९ नहीं", "खाता [hidden] नहीं"),
            ("HDFC0001234 unknown", "[hidden] unknown"),
            ("payment 'pay_IH4NVgf4Dreq12' was captured", "payment 'pay_IH4NVgf4Dreq12' was captured"),
            ("pay_9876543210 odd", "[hidden] odd"),
            ("line\nbreak", "line break"),
        ] {
            assert_eq!(scrub(text), kept);
        }
        assert_eq!(scrub(&"é ".repeat(1000)).chars().count(), DESCRIPTION_CHARS_MAX);
    }

    #[test]
    fn only_words_for_machines_are_kept_whole() {
        for word in ["BAD_REQUEST_ERROR", "fund_account.vpa.address", "items[0].amount", "131026"] {
            assert_eq!(machine_word(word.to_owned()).as_deref(), Some(word));
        }
        for word in ["", "ravi@upi", "two words", "नाम", &"x".repeat(81)] {
            assert_eq!(machine_word(word.to_owned()), None);
        }
    }
}

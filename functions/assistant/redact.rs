//! What a language model and an operator are not shown: numbers of phones, accounts and cards, UPI ids, mail
//! addresses.

/// Digits of one word from which on a number may be somebody's.
const DIGITS_MIN: usize = 6;
/// The same of words behind each other, as people write phones and cards.
const SPACED_DIGITS_MIN: usize = 8;

/// A text with `[number]` and `[upi]` in the places of what names somebody. Amounts stay.
pub fn redacted(text: &str) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < words.len() {
        let run = words[at..].iter().take_while(|word| is_part_of_number(word.trim_end())).count();
        let digits: usize = words[at..at + run].iter().map(|word| digits(word)).sum();
        if run > 1 && digits >= SPACED_DIGITS_MIN {
            let last = words[at + run - 1];
            out.push_str("[number]");
            out.push_str(&last[last.trim_end().len()..]);
            at += run;
        } else {
            out.push_str(&one(words[at]));
            at += 1;
        }
    }
    out
}

/// Nothing but digits, and what stands within a telephone number or a card's.
fn is_part_of_number(word: &str) -> bool {
    !word.is_empty() && digits(word) > 0 && word.chars().all(|c| c.is_numeric() || matches!(c, '+' | '-' | '(' | ')' | '/'))
}

fn digits(word: &str) -> usize {
    word.chars().filter(|c| c.is_numeric()).count()
}

fn one(text: &str) -> String {
    let (word, rest) = text.split_at(text.trim_end().len());
    if word.contains('@') {
        return format!("[upi]{rest}");
    }
    let digits = digits(word);
    let is_amount = word.starts_with(['₹', '$']) || word.contains(',') || word.contains('.');
    if digits >= DIGITS_MIN && !(is_amount && digits < 2 * DIGITS_MIN) { format!("[number]{rest}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_somebody_is_not_shown_and_amounts_are() {
        assert_eq!(redacted("send 500 to ravi@okbank now"), "send 500 to [upi] now");
        assert_eq!(redacted("+919812345678 ko ₹1,20,000 bhejo"), "[number] ko ₹1,20,000 bhejo");
        assert_eq!(redacted("९८१२३४५६७८ को 10k"), "[number] को 10k");
        assert_eq!(redacted("my card 4111 1111 1111 1111 please"), "my card [number] please");
        assert_eq!(redacted("my number is +91 98123 40001"), "my number is [number]");
        assert_eq!(redacted("(080) 2345-6789\nearned 850"), "[number]\nearned 850");
        assert_eq!(redacted("earned 850, petrol 200 in 2026"), "earned 850, petrol 200 in 2026");
    }
}

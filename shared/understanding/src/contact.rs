//! Phones, UPI addresses and other numbers that are no amounts.

use crate::token::{Kind, Token};

/// What a run of tokens is, and how many it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// `+91` and ten digits.
    Phone(String),
    Vpa(String),
    /// An account's, consumer's or vehicle's number.
    Number(String),
    /// Somebody's mail or page: not ours to read.
    Link,
}

pub fn contact_at(text: &str, words: &[Token<'_>], start: usize) -> Option<(Contact, usize)> {
    vpa(text, words, start).or_else(|| phone(words, start)).or_else(|| registration(words, start)).or_else(|| long_number(words, start))
}

/// `name@bank`: tokens without spaces between them, one of them an `@`.
fn vpa(text: &str, words: &[Token<'_>], start: usize) -> Option<(Contact, usize)> {
    let first = words.get(start)?;
    if !matches!(first.kind, Kind::Word | Kind::Number) {
        return None;
    }
    let mut end = start + 1;
    let mut at_sign = None;
    while let Some(word) = words.get(end).filter(|word| word.glued) {
        let fits = match word.kind {
            Kind::Word | Kind::Number => true,
            Kind::Sign if at_sign.is_none() => matches!(word.surface, "." | "-" | "_" | "@"),
            _ => false,
        };
        if !fits {
            break;
        }
        if word.is("@") {
            at_sign = Some(end);
        }
        end += 1;
    }
    let at_sign = at_sign?;
    let last = words.get(end - 1)?;
    let written = text.get(first.start..last.end())?;
    let handle = written.rsplit('@').next()?;
    if end <= at_sign + 1 || !handle.starts_with(|c: char| c.is_ascii_alphabetic()) || !written.is_ascii() {
        return None;
    }
    let dotted = words.get(end).is_some_and(|word| word.glued && word.is("."))
        && words.get(end + 1).is_some_and(|word| word.glued && word.is_word());
    if dotted { Some((Contact::Link, end + 2 - start)) } else { Some((Contact::Vpa(written.to_lowercase()), end - start)) }
}

/// Ten digits that start with 6 to 9, in up to three groups, with or without +91 or 0.
fn phone(words: &[Token<'_>], start: usize) -> Option<(Contact, usize)> {
    let mut at = start;
    let plus = words.get(at)?.is("+");
    if plus {
        at += 1;
    }
    let mut digits = String::new();
    let mut whole = None;
    for group in 0..4 {
        let Some(word) = words.get(at).filter(|word| word.is_number() && !word.surface.contains([',', '.'])) else { break };
        // Groups of a written phone are long: "500 9845012345" is an amount and a phone.
        let short = word.surface.len() < 3 && !(group == 0 && matches!(word.surface, "91" | "0"));
        if short || digits.len() + word.surface.len() > 13 {
            break;
        }
        digits.push_str(word.surface);
        at += 1;
        let plain =
            if digits.len() > 10 { digits.strip_prefix("91").or_else(|| digits.strip_prefix('0')).unwrap_or(&digits) } else { &digits };
        if plain.len() == 10 && plain.starts_with(['6', '7', '8', '9']) {
            whole = Some((Contact::Phone(format!("+91{plain}")), at - start));
            break;
        }
        if words.get(at).is_some_and(|word| word.is("-")) && words.get(at + 1).is_some_and(Token::is_number) {
            at += 1;
        }
    }
    whole
}

/// `KA01AB1234`, `ka 01 ab 1234`.
fn registration(words: &[Token<'_>], start: usize) -> Option<(Contact, usize)> {
    let piece = |at: usize| words.get(at);
    let first = piece(start).filter(|word| word.is_word() && word.surface.len() == 2 && word.surface.is_ascii())?;
    let district = piece(start + 1).filter(|word| word.is_number() && word.surface.len() <= 2)?;
    let series = piece(start + 2).filter(|word| word.is_word() && word.surface.len() <= 3 && word.surface.is_ascii())?;
    let number = piece(start + 3).filter(|word| word.is_number() && word.surface.len() == 4)?;
    if !(district.glued || number.glued || series.surface.len() <= 2) {
        return None;
    }
    // "Mahine ki 5 ko 2000" is a day and an amount.
    let is_marker =
        matches!(series.folded.as_str(), "ko" | "ge" | "ku" | "ki" | "ke" | "la" | "se" | "ne" | "te" | "e" | "to" | "at" | "for");
    if is_marker && !series.glued {
        return None;
    }
    let written = format!("{}{}{}{}", first.surface, district.surface, series.surface, number.surface).to_uppercase();
    Some((Contact::Number(written), 4))
}

/// Nine digits and more without commas are nobody's amount.
fn long_number(words: &[Token<'_>], start: usize) -> Option<(Contact, usize)> {
    let word = words.get(start).filter(|word| word.is_number() && !word.surface.contains([',', '.']))?;
    (word.surface.len() >= 8).then(|| (Contact::Number(word.surface.to_owned()), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::token::tokens;

    #[track_caller]
    fn contact(text: &str) -> Option<Contact> {
        let text = clean(text);
        contact_at(&text, &tokens(&text), 0).map(|(contact, _)| contact)
    }

    #[test]
    fn a_phone_is_told_in_one_form() {
        for text in ["9845012345", "+91 98450 12345", "098450-12345", "919845012345", "९८४५०१२३४५"] {
            assert_eq!(contact(text), Some(Contact::Phone("+919845012345".to_owned())), "{text}");
        }
        assert_eq!(contact("500"), None);
        assert_eq!(contact("500 984"), None);
    }

    #[test]
    fn a_upi_address_is_one_and_a_mail_is_not() {
        assert_eq!(contact("rahul.d@ybl"), Some(Contact::Vpa("rahul.d@ybl".to_owned())));
        assert_eq!(contact("9845012345@paytm"), Some(Contact::Vpa("9845012345@paytm".to_owned())));
        assert_eq!(contact("ravi@example.com"), Some(Contact::Link));
        assert_eq!(contact("ravi @"), None);
    }

    #[test]
    fn a_vehicle_and_a_consumer_have_numbers() {
        assert_eq!(contact("KA01AB1234"), Some(Contact::Number("KA01AB1234".to_owned())));
        assert_eq!(contact("ka 05 mh 4321"), Some(Contact::Number("KA05MH4321".to_owned())));
        assert_eq!(contact("ki 5 ko 2000"), None);
        assert_eq!(contact("448712034"), Some(Contact::Number("448712034".to_owned())));
    }
}

//! How the same line is known again.

use crate::{Direction, Entry};
use sha2::{Digest, Sha256};

/// The same for the same line of the same account, however often and in whatever order it is read
/// (`banks.md`, section 5). Built of what a bank does not change, and not of the bank's id, which some
/// banks give twice. Only a line with neither a reference nor a balance is known by that as well:
/// otherwise two equal purchases of a day, where a bank tells no more than the day, would be one.
pub fn dedupe_key(entry: &Entry) -> String {
    let direction = match entry.direction {
        Direction::Credit => "credit",
        Direction::Debit => "debit",
    };
    let text = entry.reference.as_deref().unwrap_or(&entry.narration);
    let balance = entry.balance_after_minor.map(|minor| minor.to_string()).unwrap_or_default();
    let is_bare = entry.reference.is_none() && entry.balance_after_minor.is_none();
    let id = entry.id.as_deref().filter(|_| is_bare).unwrap_or_default();
    let parts = [
        entry.account_id.as_str(),
        &entry.booked_at.as_second().to_string(),
        &entry.amount_minor.to_string(),
        direction,
        &normalised(text),
        &balance,
        id,
    ];
    let mut hash = Sha256::new();
    for part in parts {
        // With its length, so that no two lists of parts read alike.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}

/// A reference or narration as it is compared: letters and digits, in lower case.
pub fn normalised(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, Mode};

    fn entry() -> Entry {
        Entry {
            account_id: "ref-1".into(),
            id: Some("S1".into()),
            booked_at: "2026-11-20T10:15:00Z".parse().unwrap_or_default(),
            value_date: None,
            amount_minor: 85_000,
            currency: Currency::INR,
            direction: Direction::Credit,
            balance_after_minor: Some(120_000),
            mode: Some(Mode::Upi),
            narration: "UPI/CR/457233689286/SWIGGY/HDFC".into(),
            counterparty: None,
            reference: None,
            is_pending: false,
        }
    }

    #[test]
    fn the_banks_id_and_the_spelling_of_its_text_do_not_matter() {
        let again = Entry { id: None, narration: "upi-cr 457233689286 swiggy hdfc".into(), ..entry() };
        assert_eq!(dedupe_key(&entry()), dedupe_key(&again));
    }

    #[test]
    fn another_account_time_amount_side_text_or_balance_is_another_line() {
        let others = [
            Entry { account_id: "ref-2".into(), ..entry() },
            Entry { booked_at: "2026-11-20T10:15:01Z".parse().unwrap_or_default(), ..entry() },
            Entry { amount_minor: 85_001, ..entry() },
            Entry { direction: Direction::Debit, ..entry() },
            Entry { reference: Some("457233689287".into()), ..entry() },
            Entry { balance_after_minor: None, ..entry() },
        ];
        for other in others {
            assert_ne!(dedupe_key(&entry()), dedupe_key(&other));
        }
    }

    #[test]
    fn two_equal_purchases_of_a_day_are_two_lines_where_a_bank_tells_no_balance() {
        let bare = Entry { balance_after_minor: None, ..entry() };
        let second = Entry { id: Some("S2".into()), ..bare.clone() };
        assert_ne!(dedupe_key(&bare), dedupe_key(&second));
        let referred = |entry: Entry| Entry { reference: Some("457233689286".into()), ..entry };
        assert_eq!(dedupe_key(&referred(bare)), dedupe_key(&referred(second)));
    }

    #[test]
    fn what_the_line_is_about_does_not_print() {
        let shown = format!("{:?}", entry());
        assert!(!shown.contains("SWIGGY") && !shown.contains("85000"), "{shown}");
    }
}

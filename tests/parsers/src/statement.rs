//! Files that users upload: what is taken adds up, and what is refused says why and what to do.

use bank_feed::{Direction, dedupe_key};
use jiff::civil::{Date, date};
use statements::{AMOUNT_PAISE_MAX, Upload, read, read_earnings};
use std::collections::HashSet;

const TODAY: Date = date(2026, 11, 21);

pub fn check(data: &[u8]) {
    match read(data, &Upload::of("upload-1", TODAY)) {
        Err(refusal) => assert!(!refusal.to_string().is_empty() && !refusal.remedy().is_empty()),
        Ok(statement) => {
            let mut balance: Option<i64> = None;
            let mut bare = HashSet::new();
            for entry in &statement.entries {
                assert!((0..=AMOUNT_PAISE_MAX).contains(&entry.amount_minor));
                assert!(!entry.narration.chars().any(char::is_control));
                let delta = if entry.direction == Direction::Credit { entry.amount_minor } else { -entry.amount_minor };
                let expected = balance.map(|balance| balance + delta);
                if let (Some(expected), Some(after)) = (expected, entry.balance_after_minor) {
                    assert_eq!(expected, after, "a balance follows from the one before");
                }
                balance = entry.balance_after_minor.or(expected);
                if entry.id.as_deref().is_none_or(|id| id.starts_with('#'))
                    && entry.reference.is_none()
                    && entry.balance_after_minor.is_none()
                {
                    assert!(bare.insert(dedupe_key(entry)), "two lines are two entries");
                }
            }
        }
    }
    if let Ok(read) = read_earnings(data, TODAY) {
        for row in &read.good {
            assert!(row.day.date <= TODAY && row.day.total.abs() <= earnings::AMOUNT_PAISE_MAX);
            let text = serde_json::to_string(&row.day).expect("a day is JSON");
            let again: earnings::EarningsDay = serde_json::from_str(&text).expect("its JSON is a day");
            assert_eq!(again, row.day);
        }
    }
}

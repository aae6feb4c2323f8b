//! Messages that say what banks say: whatever they hold, they are read within bounds, and the same way each time.

use sms_parser::{Message, Reading, read};

/// The sender is the first line, the text the rest.
pub fn check(data: &[u8]) {
    let (sender, text) = crate::texts(data);
    let at = |sender| Message { sender, text: &text, received_at: None };
    for message in [at(Some(sender.as_str())), at(None)] {
        let reading = read(&message);
        assert!(reading == read(&message), "the same message is read in two ways");
        let Reading::Transaction(told) = reading else { continue };
        assert!(told.amount_minor > 0 && told.amount_minor < i64::MAX / 100, "{}", told.amount_minor);
        assert!(told.fee_minor.is_none_or(|fee| fee >= 0) && told.limit_minor.is_none_or(|limit| limit >= 0));
        for digits in [&told.account_last4, &told.counter_last4].into_iter().flatten() {
            assert!((2..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
        }
        let quoted = [&told.merchant, &told.reference];
        assert!(quoted.into_iter().flatten().all(|text| !text.trim().is_empty() && !text.chars().any(char::is_control)));
    }
}

//! Ids, fingerprints, idempotency keys and amounts.

use domain::{
    Timestamp,
    id::{AccountId, BatchId, Fingerprint, OperationId, PaymentId, PayoutId, RefundId, SuspenseId, TransferId, UserId},
    money::{AMOUNT_MAX, Amount, Currency, Rupees},
};
use lambda::http::idempotency::{IdempotencyKey, KEY_CHARS_MAX};

pub fn check(data: &[u8]) {
    let (text, rest) = crate::texts(data);
    ids(&text);
    key(&text, &rest);
    amount(&text);
}

fn ids(text: &str) {
    let mut kinds = 0;
    macro_rules! one {
        ($($kind:ident)*) => {$(
            if let Ok(id) = text.parse::<$kind>() {
                kinds += 1;
                assert_eq!(id.to_string(), text, "an id has one spelling");
                let at = Timestamp::from_millisecond(0).expect("the epoch");
                assert_eq!($kind::new(at, id.fingerprint()).fingerprint(), id.fingerprint());
                assert_eq!(id.fingerprint().to_string(), text[text.len() - 16..], "an id ends with its fingerprint");
                assert_eq!(id.fingerprint().to_string().parse(), Ok(id.fingerprint()));
            }
        )*};
    }
    one!(UserId AccountId TransferId PaymentId RefundId PayoutId BatchId SuspenseId);
    assert!(kinds <= 1, "{text} is an id of two kinds");
    if let Ok(operation) = text.parse::<OperationId>() {
        assert_eq!((operation.to_string().as_str(), kinds), (text, 1));
    }
    if let Ok(fingerprint) = text.parse::<Fingerprint>() {
        assert_eq!(fingerprint.to_string(), text);
        assert!(fingerprint.shard(4) < 4 && fingerprint.shard(0) == 0);
    }
}

fn key(text: &str, rest: &str) {
    let legal = (1..=KEY_CHARS_MAX).contains(&text.len()) && text.bytes().all(|byte| (b'!'..=b'~').contains(&byte));
    let key = IdempotencyKey::parse(text);
    assert_eq!(key.is_ok(), legal, "{text:?}");
    if let Ok(key) = key {
        assert_eq!(key.as_str(), text);
        // A caller whose name ends where the key begins is another caller.
        if rest != text {
            assert_ne!(Fingerprint::of(text, rest), Fingerprint::of(rest, text));
        }
        assert_ne!(Fingerprint::of(rest, text), Fingerprint::of(&format!("{rest}{text}"), ""));
    }
}

fn amount(text: &str) {
    let Ok(minor) = serde_json::from_str::<lambda::http::amount::Amount>(text).map(|amount| amount.minor_units()) else {
        if let Ok(minor) = text.parse::<i64>() {
            assert!(minor < 1 || text.starts_with(['+', '0']), "{text} is an amount and was refused");
        }
        return;
    };
    assert!(minor >= 1);
    assert_eq!(text.trim_ascii(), minor.to_string(), "an amount has one spelling");
    match Amount::new(minor) {
        None => assert!(minor > AMOUNT_MAX),
        Some(amount) => {
            assert!((1..=AMOUNT_MAX).contains(&amount.minor()));
            let parts = amount.split(u32::try_from(minor % 17).expect("below 17"));
            assert!(parts.is_empty() || (parts.iter().sum::<i64>() == minor && parts.windows(2).all(|two| two[0] - two[1] <= 1)));
        }
    }
    let digits: String = Rupees(minor).to_string().chars().filter(char::is_ascii_digit).collect();
    assert_eq!(digits.parse::<i64>(), Ok(minor), "what a person reads is the amount");
    assert_eq!(Currency::from_code(text), None);
}

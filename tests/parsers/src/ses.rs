//! What SES reports of a mail.

use providers::{
    email::{EmailAddress, ses::Feedback},
    signature::Verified,
};
use serde::de::IgnoredAny;
use serde_json::Value;

pub fn check(data: &[u8]) {
    let feedback = match Feedback::parse(Verified::stored(data)) {
        Ok(feedback) => feedback,
        Err(error) => return crate::webhook::quotes_nothing(data, &error.to_string()),
    };
    assert!(serde_json::from_slice::<IgnoredAny>(data).is_ok(), "what is no JSON was taken");
    for tail in [&b"}"[..], b"{}", b"0"] {
        assert!(Feedback::parse(Verified::stored(&[data, tail].concat())).is_err(), "more than one value was taken");
    }
    for address in feedback.iter().flat_map(Feedback::recipients) {
        assert_eq!(EmailAddress::parse(address.expose()).as_ref(), Ok(address), "an address that can be written to");
    }
    // The same report in another spelling: other spaces, other order of its members.
    if let Ok(value) = serde_json::from_slice::<Value>(data) {
        for spelling in [serde_json::to_vec(&value), serde_json::to_vec_pretty(&value)] {
            assert_eq!(Feedback::parse(Verified::stored(&spelling.expect("a value is JSON"))).as_ref(), Ok(&feedback));
        }
    }
}

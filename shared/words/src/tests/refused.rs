//! Values that do not fit are refused before anything is sent.

use super::*;
use crate::{Bad, BadNotice, Kind};

#[track_caller]
fn bad(template: &str, values: Json) -> Vec<(String, Bad)> {
    match catalogue().notice(template, &map(values)).unwrap_err() {
        BadNotice::BadValues { template: named, values } => {
            assert_eq!(named, template);
            values.into_iter().map(|value| (value.variable, value.bad)).collect()
        }
        other => panic!("{other}"),
    }
}

/// Whether one value of `digest`, `security.log_in`, `refund.processed` and so on is taken.
fn takes(template: &str, variable: &str, value: Json) -> bool {
    catalogue().preview(template, &map(json!({variable: value}))).is_ok()
}

#[test]
fn every_wrong_value_is_named_and_none_is_shown() {
    assert_eq!(
        bad("payout.failed", json!({"amount": "₹5", "name": "Ravi", "counterparty": 7})),
        [
            ("amount".to_owned(), Bad::Not(Kind::Amount)),
            ("balance".to_owned(), Bad::Missing),
            ("counterparty".to_owned(), Bad::Not(Kind::Text { chars_max: 60 })),
            ("name".to_owned(), Bad::Unknown),
        ]
    );
    let error = catalogue().notice("payout.failed", &map(json!({"amount": "₹5", "balance": null}))).unwrap_err();
    assert_eq!(error.to_string(), "payout.failed: amount is not a whole number of paise; balance is missing");
}

#[test]
fn a_template_that_there_is_not_is_refused() {
    let name = "payout_failed".to_owned();
    assert_eq!(catalogue().notice(&name, &map(json!({}))).unwrap_err(), BadNotice::NoSuchTemplate { name });
    assert!(catalogue().preview("email-footer", &map(json!({}))).is_err());
    assert!(Template::named("welcome").is_some() && Template::named("").is_none());
}

#[test]
fn an_amount_and_a_count_are_whole_numbers() {
    for value in [json!(0), json!(-5), json!(i64::MAX)] {
        assert!(takes("payment.failed", "amount", value));
    }
    for value in [json!(1.5), json!("100"), json!(u64::MAX), json!(true), json!([1]), json!(1e300)] {
        assert!(!takes("payment.failed", "amount", value.clone()), "{value}");
    }
    for value in [json!(-1), json!(1_u64 << 53), json!(2.5), json!("2")] {
        assert!(!takes("digest", "count", value.clone()), "{value}");
    }
}

#[test]
fn a_text_says_something() {
    for value in ["", " \n\t", "\u{200b}\u{202e}"] {
        assert!(!takes("announcement", "text", json!(value)), "{value:?}");
        assert!(!takes("transfer.sent", "counterparty", json!(value)), "{value:?}");
    }
}

#[test]
fn a_time_has_the_readers_offset() {
    for (value, clock) in [
        ("2026-11-21T18:05:00+05:30", "21-11-2026, 6:05 PM"),
        ("2026-11-21T00:00:00.123+05:30", "21-11-2026, 12:00 AM"),
        ("2026-01-02T12:30:59+00:00", "02-01-2026, 12:30 PM"),
        ("2026-11-21T18:05:00+05:30[+05:30]", "21-11-2026, 6:05 PM"),
    ] {
        let said = preview("security.log_in", json!({"time": value})).render(Language::English, Form::Push);
        assert!(said.body.contains(clock), "{value}: {}", said.body);
    }
    for value in ["2026-11-21T18:05:00Z", "2026-11-21T18:05:00", "2026-11-21", "18:05", "yesterday", "2026-13-01T00:00:00+05:30", ""] {
        assert!(!takes("security.log_in", "time", json!(value)), "{value}");
    }
}

#[test]
fn a_day_is_one_of_the_calendar() {
    for (language, title) in [(Language::English, "Your money may run out around 28 Feb"), (Language::Tamil, "பிப்ரவரி 28 வாக்கில் பணம் தீரலாம்")]
    {
        assert_eq!(preview("money.short", json!({"day": "2027-02-28"})).render(language, Form::Push).title, title);
    }
    for value in
        [json!("2027-02-29"), json!("28-02-2027"), json!("2027-02-28T10:00:00+05:30"), json!("tomorrow"), json!(""), json!(20_270_228)]
    {
        assert!(!takes("money.short", "day", value.clone()), "{value}");
    }
}

#[test]
fn a_reference_a_code_and_a_choice_keep_to_their_letters() {
    for value in ["415012345678", "pay_29QQoUBi66xm2f", "AXISCN/12-3"] {
        assert!(takes("refund.processed", "reference", json!(value)), "{value}");
    }
    for value in ["", "_a_", "a b", "a*b", "<b>", "४१५", &"1".repeat(41), "-"] {
        assert!(!takes("refund.processed", "reference", json!(value)), "{value}");
    }
    for value in ["123", "123456789", "12 34", "४८२९१३", "abcd"] {
        assert!(!takes("login_otp", "otp", json!(value)), "{value}");
    }
    assert!(takes("kyc.status", "status", json!("expired")));
    assert!(!takes("kyc.status", "status", json!("Expired")));
}

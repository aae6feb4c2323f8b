//! What the approved templates of WhatsApp and the SMS registry are filled with.

use providers::messaging::sms::{Encoding, Registry, segments};

use super::*;
use crate::Kind;

#[track_caller]
fn sms(template: &str, language: &str, given: Json) -> String {
    let filled = preview(template, given).sms().unwrap();
    let values: Vec<(&str, &str)> = filled.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Registry::built_in().unwrap().render(filled.template, language, &values).unwrap().text().to_owned()
}

#[test]
fn the_registry_takes_every_text_message_in_english_and_hindi() {
    for template in Template::ALL.iter().filter(|template| template.sms.is_some()) {
        let english = segments(&sms(template.name, "en", json!({})));
        assert!(english.encoding == Encoding::Gsm7 && english.parts <= 2, "{}", template.name);
        assert!(segments(&sms(template.name, "hi", json!({}))).parts <= 3, "{}", template.name);
    }
    assert_eq!(
        sms("payout.failed", "en", json!({"amount": 50_005, "balance": 12_345_650})),
        "Your payout of Rs.500.05 from your Kamai account did not go through. The money is yours to use again. Your balance is Rs.123456.50."
    );
}

#[test]
fn the_largest_amounts_fit_the_registrys_variables() {
    let largest = sms("payment.captured", "en", json!({"amount": i64::MAX, "balance": i64::MAX}));
    assert!(largest.starts_with("Rs.92233720368547758.07 received"), "{largest}");
}

#[test]
fn there_is_no_text_message_without_a_template_or_for_less_than_nothing() {
    assert_eq!(preview("transfer.sent", json!({})).sms(), None);
    assert_eq!(preview("payment.captured", json!({"balance": -1})).sms(), None);
}

#[test]
fn a_whatsapp_template_gets_its_parameters_in_order() {
    let filled = preview("payout.failed", json!({"amount": 50_000, "balance": 12_345_650})).whatsapp().unwrap();
    assert_eq!((filled.template, filled.parameters), ("payout_failed", vec!["₹500.00".to_owned(), "₹1,23,456.50".to_owned()]));
    let filled = preview("login_otp", json!({"otp": "0042"})).whatsapp().unwrap();
    assert_eq!((filled.template, filled.parameters), ("login_otp", vec!["0042".to_owned()]));
    assert!(preview("transfer.held", json!({})).whatsapp().is_none());
}

/// Which language an approved text is in is not ours to choose.
#[test]
fn a_whatsapp_template_gets_a_day_in_figures() {
    let filled = preview("bill.due", json!({"amount": 64_900, "what": "Airtel", "day": "2027-01-02"})).whatsapp().unwrap();
    assert_eq!((filled.template, filled.parameters.join(" | ")), ("bill_due", "₹649.00 | Airtel | 02-01-2027".to_owned()));
}

/// An approved text has no room for what may be absent, and no words of its own for a choice.
#[test]
fn approved_templates_take_only_what_is_always_there() {
    for template in Template::ALL {
        let parameters = template.whatsapp.iter().flat_map(|approved| approved.parameters.iter().copied());
        let parts = template.sms.iter().flat_map(|registered| registered.variables.iter().map(|(_, part)| part.variable()));
        for name in parameters.chain(parts) {
            let variable = template.variable(name).unwrap();
            assert!(variable.required && !matches!(variable.kind, Kind::OneOf(_)), "{name} of {}", template.name);
        }
        if let Some(approved) = &template.whatsapp {
            assert!(approved.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{}", approved.name);
        }
    }
}

mod channels;
mod injection;
mod own_catalogue;
mod refused;
mod translations;
mod versions;

use serde_json::{Map, Value as Json, json};

use crate::{Catalogue, Form, Language, Notice, Rendered, Template};

const FORMS: [Form; 3] = [Form::Push, Form::Text, Form::Email];

fn catalogue() -> &'static Catalogue {
    Catalogue::built_in().unwrap()
}

fn map(values: Json) -> Map<String, Json> {
    values.as_object().unwrap().clone()
}

#[track_caller]
fn preview(template: &str, given: Json) -> Notice<'static> {
    catalogue().preview(template, &map(given)).unwrap()
}

/// Title and body.
fn text(rendered: &Rendered) -> String {
    format!("{}\n{}", rendered.title, rendered.body)
}

fn each_template_and_language() -> impl Iterator<Item = (&'static Template, Language)> {
    Template::ALL.iter().flat_map(|template| Language::ALL.map(|language| (template, language)))
}

#[test]
fn a_notice_reads_as_its_file_says() {
    let values = map(json!({"amount": 50_000, "balance": 12_345_650, "counterparty": "Asha R", "reason": null}));
    let notice = catalogue().notice("payout.failed", &values).unwrap();
    let english = notice.render(Language::English, Form::Push);
    assert_eq!(english.title, "Payout of ₹500.00 failed");
    assert_eq!(
        english.body,
        "Your payout of ₹500.00 did not go through. The money is yours to use again. Your balance is ₹1,23,456.50.\nTo: Asha R"
    );
    assert_eq!((english.language, english.fell_back, english.version, english.html), (Language::English, false, 1, None));
    let hindi = notice.render(Language::Hindi, Form::Text);
    assert_eq!(hindi.body, "आपके ₹500.00 नहीं भेजे जा सके। यह पैसा फिर से आपके पास है। आपका बैलेंस ₹1,23,456.50 है।\nपाने वाले: Asha R");
}

#[test]
fn a_day_is_said_in_the_language_of_the_notice() {
    let due = |when: &str| {
        let values = map(json!({"amount": 64_900, "what": "Airtel", "day": "2026-11-24", "when": when}));
        catalogue().notice("bill.due", &values).unwrap()
    };
    let tomorrow = due("tomorrow").render(Language::English, Form::Push);
    assert_eq!(tomorrow.title, "Due tomorrow: ₹649.00 for Airtel");
    assert_eq!(tomorrow.body, "₹649.00 for Airtel is due tomorrow (24 Nov). Keep the money ready.");
    let soon = due("soon").render(Language::Kannada, Form::Text);
    assert_eq!(soon.body, "Airtel: ₹649.00, ನವೆಂಬರ್ 24 ರಂದು ಕಟ್ಟಬೇಕು. ಹಣ ಸಿದ್ಧವಾಗಿ ಇಟ್ಟುಕೊಳ್ಳಿ.");
}

#[test]
fn an_unusual_debit_says_what_is_usual_where_that_is_known() {
    let values = map(json!({"amount": 450_000, "what": "Ravi Traders", "why": "new_payee"}));
    let debit = catalogue().notice("debit.unusual", &values).unwrap().render(Language::English, Form::Push);
    assert_eq!(
        debit.body,
        "₹4,500.00 left your account (Ravi Traders). You have not paid them before. If it was not you, write \"panic\" in the chat: \
         that pauses your account. Tell your bank at once, too."
    );
    let more = preview("debit.unusual", json!({"usual": 90_000})).render(Language::English, Form::Push);
    assert_eq!(more.body.lines().last(), Some("Usually it is ₹900.00."));
}

#[test]
fn an_email_has_the_same_words_as_text_and_as_html() {
    let mail = preview("account.paused", json!({"reason": "Too many wrong PINs"})).render(Language::English, Form::Email);
    assert_eq!(
        mail.body,
        "Your account is paused. No money can be sent from it for now. Your money is safe.\nReason: Too many wrong PINs\n\n\
         Kamai never asks for your OTP, PIN or password. Do not share them with anyone."
    );
    let html = mail.html.unwrap();
    for part in ["<html lang=\"en\">", "<title>Your account is paused</title>", "<p>Reason: Too many wrong PINs</p>", "never asks"] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_notice_and_its_words_do_not_print() {
    let notice = preview("login_otp", json!({"otp": "482913"}));
    let said = notice.render(Language::English, Form::Text);
    let debug = format!("{notice:?} {said:?} {:?} {:?}", notice.sms(), notice.whatsapp());
    assert!(said.body.contains("482913") && !debug.contains("482913"), "{debug}");
}

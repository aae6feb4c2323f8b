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

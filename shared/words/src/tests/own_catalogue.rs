//! What a catalogue makes of words that are missing or wrong.

use super::*;
use crate::catalogue::CatalogueError;
use crate::{Category, Kind, Problem, Variable};

const TEMPLATES: &[Template] = &[
    Template {
        name: "ride.paid",
        version: 3,
        category: Category::Utility,
        variables: &[
            Variable { name: "rides", kind: Kind::Count, required: true },
            Variable { name: "from", kind: Kind::OneOf(&["app", "cash"]), required: true },
            Variable { name: "note", kind: Kind::Text { chars_max: 9 }, required: false },
        ],
        whatsapp: None,
        sms: None,
    },
    Template { name: "hello", version: 1, category: Category::Utility, variables: &[], whatsapp: None, sms: None },
];

const FOOTER: &str = "email-footer = Bye.\n    .leave = Stop this\n    .left = It is stopped.";
const HELLO: &str = "hello = Good day.\n    .title = Hello";
const RIDE: &str =
    "ride-paid = { $rides } paid, { $from ->\n    [app] by app\n   *[cash] in cash\n    }.\n    .title = Paid\n    .note = Note: { $note }";

fn read(english: &[&'static str], hindi: &[&'static str]) -> Result<Catalogue, CatalogueError> {
    let english = english.iter().map(|text| (Language::English, *text));
    let hindi = hindi.iter().map(|text| (Language::Hindi, *text));
    Catalogue::read(TEMPLATES, &english.chain(hindi).collect::<Vec<_>>())
}

#[track_caller]
fn problem(message: &'static str) -> Problem {
    match read(&[FOOTER, HELLO, message], &[]).map(|_| ()).unwrap_err() {
        CatalogueError::Message { problem, language: Language::English, .. } => problem,
        other => panic!("{other}"),
    }
}

#[test]
fn what_is_not_translated_is_said_in_english_and_reported() {
    let catalogue =
        read(&[FOOTER, HELLO, RIDE], &["email-footer = नमस्ते।\n    .leave = बंद करें\n    .left = बंद है।", "hello = नमस्ते।\n    .title = नमस्ते"])
            .unwrap();
    let values = map(json!({"rides": 2, "from": "cash", "note": "thank you!"}));
    let ride = catalogue.notice("ride.paid", &values).unwrap();
    for language in [Language::Hindi, Language::Tamil] {
        let said = ride.render(language, Form::Email);
        assert_eq!((said.language, said.fell_back, said.version), (Language::English, true, 3));
        assert_eq!(said.body, "2 paid, in cash.\nNote: thank yo…\n\nBye.");
    }
    let hello = catalogue.notice("hello", &map(json!({}))).unwrap().render(Language::Hindi, Form::Email);
    assert_eq!((hello.fell_back, hello.body.as_str()), (false, "नमस्ते।\n\nनमस्ते।"));
    let missing: Vec<_> = catalogue.missing().into_iter().map(|(template, language)| (template.name, language)).collect();
    assert_eq!(missing.len(), 6 + 5);
    assert!(missing.contains(&("ride.paid", Language::Hindi)) && !missing.contains(&("hello", Language::Hindi)));
}

#[test]
fn a_mail_that_may_be_ended_says_where_in_both_of_its_forms() {
    let catalogue = read(&[FOOTER, HELLO, RIDE], &["email-footer = नमस्ते।\n    .leave = बंद करें\n    .left = बंद है।"]).unwrap();
    let hello = catalogue.notice("hello", &map(json!({}))).unwrap();
    let said = hello.render_with_way_out(Language::Tamil, "https://k.example/?a=1&b=\"2");
    assert_eq!(said.body, "Good day.\n\nBye.\nStop this: https://k.example/?a=1&b=\"2");
    assert!(said.html.unwrap().contains("Bye.<br>\n<a href=\"https://k.example/?a=1&amp;b=&quot;2\">Stop this</a></p>"));
    assert!(!hello.render(Language::Tamil, Form::Email).html.unwrap().contains("<a"));
    let hindi = catalogue.leaving(Language::Hindi);
    assert_eq!((hindi.language, hindi.leave.as_str(), hindi.left.as_str()), (Language::Hindi, "बंद करें", "बंद है।"));
    assert_eq!(catalogue.leaving(Language::Tamil).leave, "Stop this");
}

#[test]
fn a_line_is_left_out_with_its_variable() {
    let catalogue = read(&[FOOTER, HELLO, RIDE], &[]).unwrap();
    let ride = catalogue.notice("ride.paid", &map(json!({"rides": 1, "from": "app"}))).unwrap();
    assert_eq!(ride.render(Language::English, Form::Push).body, "1 paid, by app.");
}

#[test]
fn english_is_whole() {
    let absent = |message: &str| CatalogueError::Absent { language: Language::English, message: message.to_owned() };
    assert_eq!(read(&[FOOTER, HELLO], &[]).map(|_| ()), Err(absent("ride.paid")));
    assert_eq!(read(&[HELLO, RIDE], &[]).map(|_| ()), Err(absent("email-footer")));
    let hindi = CatalogueError::Absent { language: Language::Hindi, message: "email-footer".to_owned() };
    assert_eq!(read(&[FOOTER, HELLO, RIDE], &[HELLO]).map(|_| ()), Err(hindi));
}

#[test]
fn a_file_that_cannot_be_read_says_where() {
    let error = read(&[FOOTER, "hello = { $x"], &[]).map(|_| ()).unwrap_err();
    assert!(matches!(&error, CatalogueError::Syntax { language: Language::English, why } if why.contains("at byte")), "{error}");
}

#[test]
fn a_message_that_does_not_fit_its_template_is_refused() {
    let rides = |text: &str| -> &'static str { RIDE.replace("{ $rides } paid", text).leak() };
    assert_eq!(problem("bye = Bye.\n    .title = Bye"), Problem::NoTemplate);
    assert_eq!(problem(HELLO), Problem::Twice);
    assert_eq!(problem(FOOTER), Problem::Twice);
    let lone = |footer: &'static str| read(&[footer, HELLO, RIDE], &[]).map(|_| ()).unwrap_err();
    let of = |problem| CatalogueError::Message { language: Language::English, message: "email-footer".to_owned(), problem };
    assert_eq!(lone("email-footer = Bye."), of(Problem::Incomplete), "without a way out");
    assert_eq!(problem("ride-paid = { $rides }"), Problem::Incomplete);
    assert_eq!(problem("ride-paid =\n    .title = Paid"), Problem::Incomplete);
    assert_eq!(problem("ride-paid = x\n    .title = x\n    .rides = { $rides }"), Problem::NoSuchLine("rides".to_owned()));
    assert_eq!(problem(rides("Paid")), Problem::Unused("rides"));
    assert_eq!(problem(rides("{ $rides } { $fare }")), Problem::Undeclared("fare".to_owned()));
    assert_eq!(problem(rides("{ $rides } { $note }")), Problem::Undeclared("note".to_owned()));
    assert_eq!(problem(RIDE.replace("Note: { $note }", "A note").leak()), Problem::Unused("note"));
    assert_eq!(problem(RIDE.split("    .note").next().unwrap()), Problem::NoLine("note"));
    assert_eq!(problem(rides("{ NUMBER($rides) }")), Problem::Reference);
    assert_eq!(problem(rides("{ hello } { $rides }")), Problem::Reference);
    assert_eq!(problem(rides("{ -brand } { $rides }")), Problem::Reference);
    assert_eq!(problem("-brand = Kamai"), Problem::Reference);
    assert_eq!(problem(RIDE.replace("[app]", "[apps]").leak()), Problem::BadChoice);
    assert_eq!(problem(RIDE.replace("[app]", "[cash]").leak()), Problem::BadChoice);
    assert_eq!(problem(rides("{ $rides ->\n    [ones] one\n   *[other] more\n    }")), Problem::BadChoice);
}

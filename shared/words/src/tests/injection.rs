//! What somebody's name or note could do to a notice, and does not (F47).

use super::*;

fn transfer_from(name: &str, form: Form) -> Rendered {
    preview("transfer.received", json!({"counterparty": name})).render(Language::English, form)
}

/// The line that shows the name.
#[track_caller]
fn shown(name: &str, form: Form) -> String {
    let rendered = transfer_from(name, form);
    let line = rendered.body.lines().find_map(|line| line.strip_prefix("From: "));
    line.unwrap().to_owned()
}

#[test]
fn markup_in_a_name_is_text_in_html() {
    let mail = transfer_from("<script>alert('x')</script>\"&amp;", Form::Email);
    let html = mail.html.unwrap();
    assert!(html.contains("From: &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;amp;</p>"), "{html}");
    assert!(!html.contains("<script"));
    let title = preview("announcement", json!({"title": "</title><img src=x onerror=y>"})).render(Language::English, Form::Email);
    assert!(!title.html.unwrap().contains("<img"));
    assert_eq!(title.title, "</title><img src=x onerror=y>", "a subject is no markup");
}

#[test]
fn a_name_cannot_style_a_whatsapp_text() {
    assert_eq!(shown("*Kamai* _says_ ~no~ ```x```", Form::Text), "∗Kamai∗ ˍsaysˍ ˜no˜ ˋˋˋxˋˋˋ");
    assert_eq!(shown("ravi_k@okaxis", Form::Text), "ravi_k@okaxis");
    assert_eq!(shown("*Ravi*", Form::Push), "*Ravi*", "a notification has no styles");
    let said = preview("announcement", json!({"text": "> quoted\n- listed\n# large\n1. first"})).render(Language::English, Form::Text);
    assert_eq!(said.body, "› quoted\n‐ listed\n＃ large\n1․ first");
    let filled = preview("announcement", json!({"title": "*New*", "text": "one\ntwo\t\t\t\t\tthree"})).whatsapp().unwrap();
    assert_eq!(filled.parameters, ["∗New∗", "one two three"]);
}

#[test]
fn a_name_cannot_turn_round_or_hide_what_follows_it() {
    for form in FORMS {
        assert_eq!(shown("Ravi\u{202e}00.005₹\u{2066}\u{200b}\0", form), "Ravi00.005₹");
        assert_eq!(shown("علی", form), "\u{2068}علی\u{2069}");
    }
    let said = text(&transfer_from("Ravi", Form::Push));
    assert!(!said.contains(['\u{2068}', '\u{2069}']), "Fluent's own marks are off");
}

#[test]
fn a_name_stays_on_its_line() {
    for form in FORMS {
        assert_eq!(shown("Ravi\r\nYour balance is ₹0.00.\u{2028}x", form), "Ravi Your balance is ₹0.00. x");
    }
    let title =
        preview("announcement", json!({"title": "Hello\r\nBcc: everybody@example.com"})).render(Language::English, Form::Email).title;
    assert_eq!(title, "Hello Bcc: everybody@example.com");
}

#[test]
fn fluents_syntax_in_a_name_is_text() {
    for name in ["{ $balance }", "{$amount}{", "{ NUMBER(1) } -term", "}\n    .title = x", "\\u0041"] {
        let line = name.replace("\n    ", " ");
        assert_eq!(shown(name, Form::Push), line);
    }
}

#[test]
fn a_long_name_is_cut_between_letters() {
    let name = shown(&"राम ".repeat(50), Form::Push);
    assert!(name.chars().count() <= 60 && name.ends_with('…'), "{name}");
    let body = preview("announcement", json!({"text": "word ".repeat(400)})).render(Language::English, Form::Push).body;
    assert!(body.chars().count() <= 400 && body.ends_with('…'));
}

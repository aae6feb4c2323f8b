use serde::Deserialize;

use crate::http::amount::Amount;
use crate::http::request::{JSON_BODY_BYTES_MAX, Request};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only the parsing is looked at")]
struct OpenPayout {
    amount: Amount,
    #[serde(default)]
    priority: Option<u8>,
    mode: Mode,
    #[serde(default)]
    lines: Vec<Line>,
    #[serde(default)]
    note: Note,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Mode {
    Upi,
    Imps,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only the parsing is looked at")]
struct Line {
    share: i64,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[allow(dead_code, reason = "only the parsing is looked at")]
enum Payee {
    Vpa { vpa: String },
}

#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "String")]
struct Note;

impl TryFrom<String> for Note {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Err(format!("cannot be {text}"))
    }
}

fn parse(body: &str) -> Result<OpenPayout, crate::Problem> {
    Request::post("/v1/payouts").header("content-type", "application/json; charset=utf-8").body(body).build().json()
}

#[track_caller]
fn refused_at(body: &str, pointer: &str, detail: &str) {
    let problem = parse(body).unwrap_err();
    assert_eq!((problem.status(), problem.code().name), (400, "invalid_request"), "{problem:?}");
    let error = &problem.errors()[0];
    assert_eq!((error.pointer.as_str(), error.detail.as_str()), (pointer, detail), "{body}");
}

const AMOUNT: &str = "must be an integer number of minor units (paise), from 1 to 9223372036854775807";

#[test]
fn a_body_becomes_its_type() {
    let body = parse(r#"{"amount":100,"mode":"upi","lines":[{"share":-1}]}"#).unwrap();
    assert_eq!(body.amount.minor_units(), 100);
    assert!(matches!(body.mode, Mode::Upi));
}

#[test]
fn an_amount_is_an_integer_and_nothing_else() {
    let amount = |value: &str| format!(r#"{{"amount":{value},"mode":"upi"}}"#);
    for decimal in ["1.5", "1e3", "1E3", "100.0", "9223372036854775808000"] {
        refused_at(&amount(decimal), "/amount", &format!("{AMOUNT}, not a number with a decimal point or exponent"));
    }
    refused_at(&amount(r#""100""#), "/amount", &format!("{AMOUNT}, not a string"));
    refused_at(&amount("null"), "/amount", &format!("{AMOUNT}, not null"));
    refused_at(&amount("[1]"), "/amount", &format!("{AMOUNT}, not an array"));
    for out_of_range in ["0", "-1", "9223372036854775808"] {
        refused_at(&amount(out_of_range), "/amount", AMOUNT);
    }
}

#[test]
fn plain_integers_are_explained_too() {
    refused_at(r#"{"amount":1,"mode":"upi","priority":256}"#, "/priority", "must be an integer from 0 to 255");
    refused_at(r#"{"amount":1,"mode":"upi","priority":"1"}"#, "/priority", "must be an integer from 0 to 255, not a string");
    let i64 = "must be an integer from -9223372036854775808 to 9223372036854775807";
    refused_at(r#"{"amount":1,"mode":"upi","lines":[{"share":1},{"share":"x"}]}"#, "/lines/1/share", &format!("{i64}, not a string"));
    refused_at(r#"{"amount":1,"mode":"upi","lines":[{"share":9223372036854775808}]}"#, "/lines/0/share", i64);
}

#[test]
fn fields_that_lack_or_are_unknown_are_named() {
    refused_at(r#"{"amount":1}"#, "/mode", "is required");
    refused_at(r#"{"amount":1,"mode":"upi","lines":[{}]}"#, "/lines/0/share", "is required");
    refused_at(r#"{"amount":1,"mode":"upi","role":"admin"}"#, "/role", "is not a field that is known here");
    refused_at(r#"{"amount":1,"mode":"upi","lines":[{"share":1,"fee":0}]}"#, "/lines/0/fee", "is not a field that is known here");
    refused_at(r#"{"amount":1,"mode":"cash"}"#, "/mode", "must be `upi`, `imps`");
}

#[test]
fn a_thing_is_written_in_one_way_only() {
    let word = "must be one of the values that are known here";
    refused_at(r#"{"amount":1,"mode":7}"#, "/mode", &format!("{word}, not an integer"));
    refused_at(r#"{"amount":1,"mode":{"upi":null}}"#, "/mode", &format!("{word}, not an object"));
    refused_at(r#"[1,null,"upi"]"#, "", "must be an object, not an array");
    refused_at(r#"{"amount":1,"mode":"upi","lines":[[1]]}"#, "/lines/0", "must be an object, not an array");
    refused_at(r#"{"amount":1,"mode":"upi","lines":{}}"#, "/lines", "must be an array, not an object");
}

#[test]
fn a_key_twice_is_refused_where_it_is() {
    refused_at(r#"{"amount":1,"amount":2,"mode":"upi"}"#, "/amount", "is there twice");
    refused_at(r#"{"amount":1,"mode":"upi","x":{"y":1,"y":1}}"#, "/x/y", "is there twice");
}

#[test]
fn what_was_sent_is_never_said_back_at_length() {
    let long = "x".repeat(5_000);
    for body in [
        format!(r#"{{"amount":"{long}","mode":"upi"}}"#),
        format!(r#"{{"amount":1,"mode":"{long}"}}"#),
        format!(r#"{{"amount":1,"mode":"upi","{long}":1}}"#),
        format!(r#"{{"amount":1,"mode":"upi","{long}":1,"{long}":1}}"#),
        format!(r#"{{"amount":1,"mode":"upi","note":"{long}"}}"#),
        format!(r#"{{"amount":1,"mode":"upi","note":"{}"}}"#, "word ".repeat(500)),
    ] {
        let problem = parse(&body).unwrap_err();
        let written = String::from_utf8(problem.to_reply("r").body).unwrap();
        assert!(written.len() < 700, "{written}");
    }
    refused_at(&format!(r#"{{"amount":1,"mode":"upi","note":"{long}"}}"#), "/note", &format!("cannot be {}…", "x".repeat(40)));
}

#[test]
fn a_value_with_our_own_words_in_it_is_not_taken_for_them() {
    refused_at(r#"{"amount":1,"mode":"x`, expected `admin"}"#, "/mode", "must be `upi`, `imps`");
    refused_at(r#"{"amount":"1, expected nothing","mode":"upi"}"#, "/amount", &format!("{AMOUNT}, not a string"));
}

#[test]
fn what_is_not_json_is_refused_before_any_type() {
    for body in ["", "  ", "{", "{'a':1}", "{} x", "\u{feff}{}"] {
        assert_eq!(parse(body).unwrap_err().code().name, "invalid_request", "{body:?}");
    }
    let deep = format!(r#"{{"amount":{}"#, "[".repeat(100_000));
    assert!(parse(&deep).unwrap_err().detail().contains("deeper"));
    let bytes = Request::post("/").body([b'"', 0xff, b'"']).build();
    assert!(bytes.json::<String>().unwrap_err().detail().contains("UTF-8"));
}

#[test]
fn the_size_is_bounded() {
    let request = Request::post("/").body(format!("\"{}\"", "x".repeat(JSON_BODY_BYTES_MAX))).build();
    assert_eq!(request.json::<String>().unwrap_err().status(), 413);
    assert!(request.json_within::<String>(2 * JSON_BODY_BYTES_MAX).is_ok());
}

#[test]
fn the_content_type_is_read_leniently() {
    let sent_as = |content_type: &str| Request::post("/").header("content-type", content_type).body("1").build().json::<u8>().is_ok();
    assert!(Request::post("/").body("1").build().json::<u8>().is_ok());
    assert!(sent_as("Application/JSON") && sent_as("application/merge-patch+json"));
    assert!(!sent_as("text/csv") && !sent_as("application/x-www-form-urlencoded"));
}

#[test]
fn text_must_say_that_it_is_text() {
    let csv = Request::post("/").header("content-type", "text/csv; charset=utf-8").body("a,b\n").build();
    assert_eq!(csv.text(&["text/csv"], 10).unwrap(), "a,b\n");
    assert_eq!(csv.text(&["text/csv"], 3).unwrap_err().status(), 413);
    assert_eq!(csv.text(&["text/plain"], 10).unwrap_err().status(), 400);
    assert!(csv.is_of_type("text/csv"));
}

#[test]
fn a_tag_is_a_name_and_not_a_variants_number() {
    let payee = |body: &str| Request::post("/").header("content-type", "application/json").body(body).build().json::<Payee>();
    assert!(payee(r#"{"type":"vpa","vpa":"a@b"}"#).is_ok());
    for tag in ["0", "-0", "0.0", "true", "null", "[\"vpa\"]", "{\"vpa\":null}", "\"0\"", "\"Vpa\""] {
        let problem = payee(&format!(r#"{{"type":{tag},"vpa":"a@b"}}"#)).unwrap_err();
        assert_eq!(problem.status(), 400, "{tag}");
        assert_eq!(problem.errors().len(), 1, "{tag}");
    }
    let by_position = payee(r#"["vpa","a@b"]"#).unwrap_err();
    assert_eq!((by_position.status(), by_position.errors().len()), (400, 1));
}

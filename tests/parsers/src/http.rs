//! Events of the HTTP API: requests, bodies, queries and cursors.

use functions::body::money_out::{OpenBatch, OpenPayout};
use lambda::{
    Problem, Request,
    http::{
        cursor::Cursors,
        page::PageQuery,
        request::{BODY_BYTES_MAX, JSON_BODY_BYTES_MAX},
    },
};
use serde_json::{Value, json};

/// The whole event, as Lambda hands it over.
pub fn event(data: &[u8]) {
    let request = match Request::from_event(data) {
        Ok(request) => request,
        Err(problem) => return assert!((400..=599).contains(&problem.status())),
    };
    assert!(!request.method.bytes().any(|byte| byte.is_ascii_lowercase()));
    for (name, value) in &request.headers {
        assert!(!name.is_empty() && !name.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii_graphic() || byte == b':'));
        assert!(!value.chars().any(|c| c.is_control() && c != '\t'), "a value of one line");
    }
    assert!(request.body.len() <= BODY_BYTES_MAX);
    // The same request in an event of our own.
    let base64 = base64(&request.body);
    let again = json!({
        "routeKey": format!("ANY {}", request.path),
        "rawPath": request.path, "rawQueryString": request.raw_query,
        "headers": request.headers, "pathParameters": request.params,
        "requestContext": { "http": { "method": request.method, "sourceIp": request.source_ip }, "requestId": request.request_id },
        "body": base64, "isBase64Encoded": true,
    });
    let again = Request::from_event(again.to_string().as_bytes()).expect("its own spelling");
    assert_eq!(
        (&again.method, &again.path, &again.params, &again.raw_query),
        (&request.method, &request.path, &request.params, &request.raw_query)
    );
    assert_eq!((&again.headers, &again.body, &again.request_id), (&request.headers, &request.body, &request.request_id));
    if let Ok(key) = request.idempotency_key() {
        assert_eq!(request.header("idempotency-key"), Some(key.as_str()));
    }
    bodies(&request);
    queries(&request);
}

/// A JSON body.
pub fn body(data: &[u8]) {
    bodies(&Request::post("/v1/payouts").header("content-type", "application/json").body(data).build());
}

fn refused(problem: &Problem) {
    assert!(matches!(problem.status(), 400 | 413), "input is refused as such: {problem:?}");
}

fn bodies(request: &Request) {
    if request.header("content-type").is_some_and(|kind| !kind.eq_ignore_ascii_case("application/json")) {
        return;
    }
    let value = match request.json::<Value>() {
        Ok(value) => value,
        Err(problem) => {
            refused(&problem);
            // Who asks for anything is given no array; a batch asks for its lines.
            let lists = serde_json::from_slice(&request.body).is_ok_and(|value: Value| holds_array(&value));
            match request.json::<OpenBatch>() {
                Ok(batch) => assert!(lists && is_sound(&batch)),
                Err(problem) => refused(&problem),
            }
            assert!(request.json::<OpenPayout>().is_err());
            return;
        }
    };
    assert!(request.body.len() <= JSON_BODY_BYTES_MAX && depth(&value) <= 32);
    let others: Value = serde_json::from_slice(&request.body).expect("JSON to others too");
    assert_eq!(whole(&others), whole(&value));
    let compact = Request::post("/").json(&value).build();
    assert_eq!(whole(&compact.json::<Value>().expect("its own spelling")), whole(&value));
    match request.json::<OpenPayout>() {
        Ok(payout) => {
            assert!(payout.amount.minor_units() >= 1);
            assert_eq!(value["amount"].as_i64(), Some(payout.amount.minor_units()), "an amount is an integer");
            assert_eq!(value["currency"], json!("INR"));
            assert_eq!(format!("{payout:?}"), format!("{:?}", compact.json::<OpenPayout>().expect("its own spelling")));
            let mut more = value.clone();
            more["role"] = json!("admin");
            assert!(Request::post("/").json(&more).build().json::<OpenPayout>().is_err(), "an unknown member is refused");
            let twice = format!("{{\"amount\":1,{}", value.to_string().trim_start_matches('{'));
            assert!(Request::post("/").body(twice).build().json::<OpenPayout>().is_err(), "a member that is there twice is refused");
        }
        Err(problem) => refused(&problem),
    }
    match request.json::<OpenBatch>() {
        Ok(batch) => assert!(is_sound(&batch)),
        Err(problem) => refused(&problem),
    }
}

fn is_sound(batch: &OpenBatch) -> bool {
    batch.lines.iter().all(|line| line.amount.minor_units() >= 1)
}

fn holds_array(value: &Value) -> bool {
    match value {
        Value::Array(_) => true,
        Value::Object(members) => members.values().any(holds_array),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The value without its fractions: no field of ours has one, and their last digit is a matter of
/// the parser's rounding.
fn whole(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => json!(0.5),
        Value::Array(items) => items.iter().map(whole).collect(),
        Value::Object(members) => members.iter().map(|(name, member)| (name.clone(), whole(member))).collect(),
        other => other.clone(),
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// A query string.
pub fn query(data: &[u8]) {
    queries(&Request::get("/v1/payouts").query(String::from_utf8_lossy(data)).build());
}

fn queries(request: &Request) {
    match request.query::<PageQuery>() {
        Ok(page) => {
            assert!((1..=100).contains(&page.limit.get()));
            let mut again = format!("limit={}", page.limit.get());
            if let Some(cursor) = &page.cursor {
                again.push_str("&cursor=");
                cursor.bytes().for_each(|byte| again.push_str(&format!("%{byte:02X}")));
            }
            assert_eq!(Request::get("/").query(again.clone()).build().query::<PageQuery>().ok().as_ref(), Some(&page));
            for more in ["limit=5", "owner=usr_2"] {
                let query = format!("{again}&{more}");
                assert!(Request::get("/").query(query).build().query::<PageQuery>().is_err(), "{more} is one too many");
            }
        }
        Err(problem) => assert_eq!(problem.status(), 400),
    }
    match request.dry_run() {
        Ok(dry) => {
            assert_eq!(Request::get("/").query(format!("dry_run={dry}")).build().dry_run().ok(), Some(dry));
            let plain = !request.raw_query.contains('%');
            assert!(!plain || dry == request.raw_query.split('&').any(|part| part == "dry_run=true"));
        }
        Err(problem) => assert_eq!(problem.status(), 400),
    }
}

/// The list is the first line, the cursor the rest.
pub fn cursor(data: &[u8]) {
    let (scope, text) = crate::texts(data);
    let cursors = Cursors::new(b"pepper");
    match cursors.open(&scope, &text) {
        Ok(payload) => assert_eq!(cursors.seal(&scope, &payload), text, "a cursor has one spelling"),
        Err(problem) => assert_eq!((problem.status(), problem.code().name), (400, "cursor_invalid")),
    }
    let sealed = cursors.seal(&scope, &text);
    if sealed.len() <= 2048 {
        assert_eq!(cursors.open(&scope, &sealed).ok().as_deref(), Some(text.as_str()));
    }
    assert!(cursors.open(&format!("{scope} "), &sealed).is_err(), "of another list");
    assert!(Cursors::new(b"another").open(&scope, &sealed).is_err(), "of another pepper");
    let at = text.len() % sealed.len();
    let mut other = sealed.clone().into_bytes();
    other[at] = if other[at] == b'A' { b'B' } else { b'A' };
    assert!(cursors.open(&scope, std::str::from_utf8(&other).expect("letters")).is_err(), "changed in one place");
    assert!(cursors.open(&scope, &sealed[..sealed.len() - 1]).is_err(), "cut short");
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let at = usize::try_from(bits >> (18 - 6 * digit) & 63).expect("six bits");
            text.push(if digit <= three.len() { char::from(DIGITS[at]) } else { '=' });
        }
    }
    text
}

//! S6, F32: input that is not as it is described is refused, with what to mend, before anything
//! is written. Generated from the description of every POST route's body.

use super::{Answer, all, ask, nothing_found, routes, send, send_raw, shown};
use crate::{key, stack, staff, worker_with};
use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::{Value, json};
use tests::worker::Worker;

/// Stands in a body for what no `Value` can hold.
const RAW: &str = "@@raw@@";

struct World {
    worker: Worker,
    admin: Worker,
    boss: Worker,
    payment: String,
    order: String,
    transfer: String,
    room: String,
}

async fn world() -> Result<World> {
    let (worker, friend, boss, admin) = (worker_with(50_000).await?, worker_with(0).await?, worker_with(50_000).await?, staff().await?);
    admin.post(&format!("/v1/ops/users/{}/role", boss.user_id), None, json!({ "role": "org_admin" })).await?;
    let payment = worker.get("/v1/payments").await?["items"][0].clone();
    let text = |value: &Value| value.as_str().map(str::to_owned).context("not there");
    let hold = json!({ "to": { "type": "user", "user_id": friend.user_id }, "amount": 5_000, "currency": "INR", "hold_s": 3_600 });
    let transfer = worker.post("/v1/transfers", Some(&key("hold")), hold).await?;
    let room = worker.post("/v1/rooms", Some(&key("room")), json!({ "with": friend.user_id })).await?;
    worker.agree("sms", true).await?;
    Ok(World {
        room: text(&room["id"])?,
        payment: text(&payment["id"])?,
        order: text(&payment["razorpay"]["order_id"])?,
        transfer: text(&transfer["id"])?,
        worker,
        admin,
        boss,
    })
}

fn announcement() -> Value {
    json!({ "title": "Rain", "text": "From five" })
}

impl World {
    /// Where a route is called, and a body that is good in every part; `None` where a route takes
    /// a body and nobody has written one.
    fn base(&self, path: &str) -> Option<(String, Value)> {
        let payee = json!({ "type": "vpa", "vpa": "asha@okaxis", "name": "Asha Devi" });
        let body = match path {
            "/v1/auth/otp" => json!({ "phone": "+919000000001", "channel": "sms" }),
            "/v1/auth/token" | "/v1/panic/lift" | "/v1/privacy/exports" | "/v1/privacy/erasure" => {
                json!({ "challenge_id": "chal_01JZ8M3V9C5T7Q2K4N6P8R0S1T", "otp": "000000" })
            }
            "/v1/auth/refresh" | "/v1/auth/logout" => json!({ "refresh_token": "ses_01JZ8M3V9C5T7Q2K4N6P8R0S1T.00" }),
            "/v1/payout-batches" => {
                let bank =
                    json!({ "type": "bank_account", "account_number": "50100123456789", "ifsc": "HDFC0000053", "name": "Asha Devi" });
                let line = |payee: &Value| json!({ "amount": 1_000, "payee": payee, "reference": "w1" });
                json!({ "currency": "INR", "note": "Week 47", "lines": [line(&payee), line(&bank)] })
            }
            // Of a queue that is not there: a good body that is tried re-drives nothing.
            "/v1/ops/dead-letters/{queue}/redrive" => json!({ "message_id": "0a1b", "force": false }),
            "/v1/ops/chats/{user}/{door}/reply" => json!({ "text": "It is on its way", "client_id": "a1" }),
            "/v1/ops/float/explain" => json!({ "unexplained_amount": 123_456_789_012_i64, "why": "Funding" }),
            "/v1/ops/suspense/{id}/assign" => json!({ "user_id": "usr_01JZ8M3V9C5T7Q2K4N6P8R0S1T" }),
            "/v1/ops/users/{id}/role" => json!({ "role": "worker" }),
            "/v1/ops/erasures/{user}/parts/{part}" => json!({ "why": "An order of a court" }),
            "/v1/notifications/read" => json!({ "seqs": [1] }),
            "/v1/notifications/preferences" => {
                let off = json!([{ "category": "offer", "channel": "sms" }]);
                let quiet = json!({ "from": "22:00", "to": "07:00" });
                json!({ "language": "en", "time_zone": "Asia/Kolkata", "quiet_hours": quiet, "digest_at": "19:00", "off": off, "offers": false, "stopped": ["sms"] })
            }
            "/v1/notifications/push/subscribe" => json!({ "fcm_token": "malformed-device", "name": "Redmi" }),
            "/v1/notifications/push/unsubscribe" => json!({ "device_id": "dev_01JZ8M3V9C5T7Q2K4N6P8R0S1T" }),
            "/v1/notifications/email" => json!({ "email": "asha@example.in" }),
            "/v1/notifications/email/verify" => json!({ "challenge_id": "chl_01JZ8M3V9C5T7Q2K4N6P8R0S1T", "otp": "000000" }),
            "/v1/notifications/seen" => json!({ "notice_id": "ntc_01JZ8M3V9C5T7Q2K4N6P8R0S1T" }),
            "/v1/notifications/{channel}/send" => {
                json!({ "to": self.boss.user_id, "template": "announcement", "data": announcement(), "priority": "low", "expires_in_s": 3_600 })
            }
            "/v1/notifications/{channel}/bulk" => {
                let recipients = json!([{ "user_id": self.boss.user_id, "data": { "title": "Rain" } }]);
                json!({ "name": "Rain", "template": "announcement", "data": announcement(), "recipients": recipients, "members": false,
                    "priority": "low", "start_at": "2026-11-21T12:00:00Z", "per_minute": 60, "expires_in_s": 3_600 })
            }
            "/v1/notifications/{channel}/template" => json!({ "template": "announcement", "language": "hi", "data": announcement() }),
            "/v1/notifications/{channel}/check" => json!({ "address": self.boss.user_id }),
            "/v1/organisation/members" => json!({ "user": self.worker.user_id }),
            "/v1/files" => json!({ "name": "bill.pdf", "content_type": "application/pdf", "bytes": 20_480 }),
            "/v1/ops/publications" => {
                let data = json!({ "severity": "warning", "title": "Rain", "text": "From six", "starts_at": "2026-11-21T12:00:00Z" });
                json!({ "channel": "weather:nowhere", "event": "weather.alert", "data": data, "priority": "high", "expires_in_s": 3_600 })
            }
            "/v1/rooms" => json!({ "name": "Riders", "members": [self.boss.user_id], "open": false, "ephemeral": true }),
            "/v1/rooms/{id}/members" => json!({ "user_id": self.boss.user_id }),
            "/v1/rooms/{id}/read" => json!({ "delivered_through_seq": 1, "read_through_seq": 1 }),
            "/v1/rooms/{id}/messages" => {
                let files = json!(["file_01JZ8M3V9C5T7Q2K4N6P8R0S1T"]);
                json!({ "client_id": "m1", "text": "Hello", "transfer_id": self.transfer, "files": files })
            }
            "/v1/rooms/{id}/messages/{message}/edit" => json!({ "text": "Hello" }),
            "/v1/rooms/{id}/messages/{message}/report" => json!({ "reason": "Fraud" }),
            "/v1/social" => json!({ "presence": "nobody" }),
            "/v1/bills/fetch" | "/v1/bills/pay" => {
                let mut bill = json!({ "biller_id": "BESCOM000KAR01", "params": { "Account ID": "1234567890" }, "bill_ref": "none" });
                if path.ends_with("pay") {
                    (bill["amount"], bill["currency"]) = (json!(1_000), json!("INR"));
                }
                bill
            }
            "/v1/standing-payments" => {
                json!({ "amount": 1_000, "currency": "INR", "payee": payee, "every": "month:5", "note": "Rent" })
            }
            "/v1/summary" => json!({ "is_on": true, "hour": 21 }),
            "/v1/cashbook/{day}/{entry}" => json!({ "what": "rent", "nature": "ordinary" }),
            "/v1/privacy/consents" => json!({ "purpose": "sms", "notice_version": 1, "lang": "en", "given": true }),
            "/v1/sms/batch" => {
                let text = "Rs.250.00 debited from A/c XX1234 to CHAI ADDA. UPI Ref 632412345678";
                json!({ "messages": [{ "sender": "VM-HDFCBK-S", "text": text, "received_at": "2026-11-19T06:00:00Z" }] })
            }
            "/v1/sync" => {
                let note =
                    json!({ "flow": "out", "amount": 1_000, "currency": "INR", "day": "2026-11-20", "what": "food", "is_platform": false });
                json!({ "records": [{ "client_id": "n1", "changed_at": "2026-11-20T06:00:00Z", "note": note, "is_deleted": false }] })
            }
            "/v1/findings/{id}/dispute" => json!({ "language": "hi" }),
            // Neither is a statement, so a good body is refused for what is in it.
            "/v1/cashbook/statements" => json!({ "file": "bm90aGluZw==", "bank": "HDFC", "password": "1234" }),
            "/v1/earnings" => json!({ "file": "bm90aGluZw==", "platform": "swiggy" }),
            "/v1/payees" => payee,
            "/v1/payments/orders" => json!({ "provider": "phonepe", "amount": 1_000, "currency": "INR", "note": "Ride" }),
            "/v1/payments/verify" => {
                json!({ "razorpay_order_id": self.order, "razorpay_payment_id": "pay_29QQoUBi66xm2f", "razorpay_signature": "0".repeat(64) })
            }
            "/v1/payments/{id}/refunds" => json!({ "amount": 1_000, "speed": "normal", "note": "Too much" }),
            "/v1/payouts" => json!({ "amount": 1_000, "currency": "INR", "payee": payee, "note": "Rent" }),
            "/v1/transfers" => {
                let to = json!({ "type": "user", "user_id": self.boss.user_id });
                json!({ "to": to, "amount": 1_000, "currency": "INR", "note": "Tea", "hold_s": 60 })
            }
            "/v1/transfers/{id}/post" => json!({ "amount": 1_000 }),
            _ => return None,
        };
        let id = match path {
            "/v1/payments/{id}/refunds" => &self.payment,
            "/v1/transfers/{id}/post" => &self.transfer,
            // Nobody's: were a body taken that should not be, nothing would be done with it.
            "/v1/ops/users/{id}/role" => "usr_01JZ8M3V9C5T7Q2K4N6P8R0S1T",
            // A room of the worker's, so that its text is looked at; its message is nobody's.
            path if path.starts_with("/v1/rooms/{id}") => &self.room,
            "/v1/findings/{id}/dispute" => "01JZ8M3V9C5T7Q2K",
            _ => "susp_01JZ8M3V9C5T7Q2K4N6P8R0S1T",
        };
        let path = path.replace("{day}", "2026-11-20").replace("{entry}", "01JZ8M3V9C5T7Q2K");
        let path = path.replace("{id}", id).replace("{message}", "msg_01JZ8M3V9C5T7Q2K4N6P8R0S1T").replace("{channel}", "push");
        let path = path.replace("{queue}", "nowhere").replace("{user}", "usr_01JZ8M3V9C5T7Q2K4N6P8R0S1T").replace("{door}", "meta");
        Some((path, body))
    }

    fn caller(&self, route: &routes::Route) -> &Worker {
        match route.caller.as_str() {
            "ops" | "support" | "sender" => &self.admin,
            "org_admin" => &self.boss,
            _ => &self.worker,
        }
    }

    async fn money(&self) -> Result<Vec<Value>> {
        let mut money = Vec::new();
        for worker in [&self.worker, &self.boss] {
            let wallet = worker.get("/v1/wallet").await?;
            money.extend(["balance_amount", "held_amount", "status"].map(|name| wallet[name].clone()));
            // Whatever was opened shows here.
            money.push(worker.get("/v1/transactions?limit=100").await?["items"].clone());
        }
        Ok(money)
    }
}

/// One thing that is wrong with a body.
struct Case {
    route: routes::Route,
    path: String,
    /// JSON, or what is sent for it.
    body: Vec<u8>,
    content_type: &'static str,
    /// Where the error must point; `None` where the whole is wrong.
    pointer: Option<String>,
    /// Whether the description allows it: then only a decent answer is asked for.
    allowed: bool,
    what: String,
}

/// Every place in a body, objects and arrays too.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(name, value)| (format!("{at}/{name}"), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(n, value)| (format!("{at}/{n}"), value)).collect(),
        _ => Vec::new(),
    };
    for (at, value) in below {
        found.push(at.clone());
        places(value, &at, found);
    }
}

/// What is put in the place of anything.
fn values() -> Vec<(&'static str, Value)> {
    vec![
        ("null", Value::Null),
        ("true", json!(true)),
        ("a number", json!(12_345)),
        ("zero", json!(0)),
        ("a negative number", json!(-1)),
        ("a fraction", json!(0.5)),
        ("2^63", json!(9_223_372_036_854_775_808_u64)),
        ("-2^63", json!(i64::MIN)),
        ("a number as text", json!("1000")),
        ("a word", json!("word")),
        ("no text", json!("")),
        ("a list", json!([1])),
        ("an empty list", json!([])),
        ("an object", json!({ "a": 1 })),
        ("an empty object", json!({})),
        ("64 KiB", json!("x".repeat(64 * 1024))),
        ("control characters", json!("a\u{0}b\u{1b}[31m\r\nX-A: b")),
        ("text that reads backwards", json!("\u{202e}drow\u{200b}")),
    ]
}

/// What no `Value` can be, as it is written.
const RAW_VALUES: [(&str, &str); 8] = [
    ("1e400", "1e400"),
    ("an integer written as a float", "1e3"),
    ("1.0", "1.0"),
    ("minus zero", "-0"),
    ("20 digits", "18446744073709551616"),
    ("half a surrogate pair", r#""a\ud800b""#),
    ("NaN", "NaN"),
    ("a comment", "1/*x*/"),
];

fn cases(document: &Value, world: &World, findings: &mut Vec<String>) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    for route in routes::table()?.into_iter().filter(|route| route.method == "POST" && route.caller != "provider") {
        let Some(schema) = routes::body_schema(document, &route) else { continue };
        let Some((path, base)) = world.base(&route.path) else {
            findings.push(format!(
                "{} takes a body and is not attacked: write a good one for it in attacks/malformed.rs, `base`",
                route.name()
            ));
            continue;
        };
        if !routes::fits(document, schema, &base) {
            findings.push(format!("{}: {base} is not what is described", route.name()));
        }
        let mut add = |what: String, body: Vec<u8>, pointer: Option<String>, allowed: bool| {
            cases.push(Case { route: route.clone(), path: path.clone(), body, content_type: "application/json", pointer, allowed, what });
        };
        let mut spots = Vec::new();
        places(&base, "", &mut spots);
        for (name, _) in routes::resolved(document, schema)["properties"].as_object().into_iter().flatten() {
            if !spots.contains(&format!("/{name}")) {
                spots.push(format!("/{name}"));
            }
        }
        for at in &spots {
            let (parent, name) = at.rsplit_once('/').context("no pointer")?;
            let place = |value: Value| {
                let mut body = base.clone();
                match body.pointer_mut(parent) {
                    Some(Value::Object(object)) => drop(object.insert(name.to_owned(), value)),
                    Some(Value::Array(items)) => items[name.parse::<usize>().unwrap_or_default()] = value,
                    _ => {}
                }
                body
            };
            let here = base.pointer(at).cloned().unwrap_or_default();
            if let Value::Object(object) = &here {
                let body = place(object.values().cloned().collect());
                add(format!("its values by position at {at}"), body.to_string().into_bytes(), Some(at.clone()), false);
                // A tag's own place comes first, whatever the names' order is.
                let tagged =
                    object.get("type").into_iter().chain(object.iter().filter(|(name, _)| *name != "type").map(|(_, value)| value));
                let body = place(tagged.cloned().collect());
                add(format!("its values by position, tag first, at {at}"), body.to_string().into_bytes(), Some(at.clone()), false);
            }
            for (what, value) in values() {
                let body = place(value);
                let allowed = routes::fits(document, schema, &body);
                add(format!("{what} at {at}"), body.to_string().into_bytes(), Some(at.clone()), allowed);
            }
            for (what, raw) in RAW_VALUES {
                let body = place(json!(RAW)).to_string().replace(&format!("\"{RAW}\""), raw);
                add(format!("{what} at {at}"), body.into_bytes(), None, false);
            }
            let mut lacking = base.clone();
            if let Some(Value::Object(object)) = lacking.pointer_mut(parent) {
                object.remove(name);
                let allowed = routes::fits(document, schema, &lacking);
                add(format!("nothing at {at}"), lacking.to_string().into_bytes(), Some(at.clone()), allowed);
            }
        }
        // S6: what a careless binding would take over.
        for smuggled in
            ["role", "balance", "kyc_status", "fee", "fee_amount", "status", "user_id", "account_id", "is_admin", "__proto__", "id"]
        {
            for value in [json!("admin"), json!(1), Value::Null] {
                let mut body = base.clone();
                if body.get(smuggled).is_none() {
                    body[smuggled] = value;
                    add(format!("a smuggled {smuggled}"), body.to_string().into_bytes(), Some(format!("/{smuggled}")), false);
                }
            }
        }
        let text = base.to_string();
        if let Some((name, value)) = base.as_object().and_then(|object| object.iter().next()) {
            let twice = format!("{{{}:{value},{}", json!(name), &text[1..]);
            add(format!("{name} twice"), twice.into_bytes(), Some(format!("/{name}")), false);
            let escaped: String = name.chars().map(|c| format!("\\u{:04x}", c as u32)).collect();
            add(format!("{name} twice, once in escapes"), format!("{{\"{escaped}\":{value},{}", &text[1..]).into_bytes(), None, false);
        }
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(20_000), "]".repeat(20_000));
        for (what, body) in [
            ("words", "hello".to_owned()),
            ("half of it", text[..text.len() / 2].to_owned()),
            ("two of them", format!("{text}{text}")),
            ("a list of it", format!("[{text}]")),
            ("null", "null".to_owned()),
            ("a number", "1".to_owned()),
            ("a text", "\"x\"".to_owned()),
            ("nesting without end", "[".repeat(100_000)),
            ("deep nesting", deep),
            ("spaces", "   ".to_owned()),
            ("a trailing comma", format!("{},}}", &text[..text.len() - 1])),
            ("single quotes", text.replace('"', "'")),
            ("XML", "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>".to_owned()),
            ("5 MB of spaces", format!("{}{text}", " ".repeat(5 * 1024 * 1024))),
        ] {
            add(what.to_owned(), body.into_bytes(), None, false);
        }
        let mut bytes = text.clone().into_bytes();
        bytes.insert(2, 0xff);
        add("no UTF-8".to_owned(), bytes, None, false);
        add("UTF-16".to_owned(), text.encode_utf16().flat_map(u16::to_le_bytes).collect(), None, false);
        add("a byte order mark".to_owned(), [b"\xef\xbb\xbf", text.as_bytes()].concat(), None, false);
        for content_type in
            ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/csv", "\""]
        {
            let (path, body) = (path.clone(), text.clone().into_bytes());
            let what = format!("as {content_type}");
            cases.push(Case { route: route.clone(), path, body, content_type, pointer: None, allowed: false, what });
        }
    }
    Ok(cases)
}

async fn put(world: &World, case: &Case) -> Result<Answer> {
    let dry = if case.allowed && case.route.money { "?dry_run=true" } else { "" };
    let token = &world.caller(&case.route).token;
    let request =
        ask(&world.worker.stack, Method::POST, &format!("{}{dry}", case.path), Some(token)).header("content-type", case.content_type);
    let request = if case.route.money { request.header("idempotency-key", key("bad")) } else { request };
    send(request.body(case.body.clone())).await
}

/// Whether one place lies within the other: serde tells of a tagged object as a whole.
fn related(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

#[tokio::test]
async fn s6_f32_what_is_not_as_described_is_refused_with_a_pointer_and_changes_nothing() -> Result<()> {
    let (world, document, mut findings) = (world().await?, routes::document().await?, Vec::new());
    let cases = cases(&document, &world, &mut findings)?;
    let before = world.money().await?;
    let answers = all(cases.iter().map(|case| put(&world, case))).await?;
    for (case, answer) in cases.iter().zip(&answers) {
        let name = format!("{} with {}", case.route.name(), case.what);
        if case.allowed && (200..300).contains(&answer.status) {
            continue;
        }
        if let Some(flaw) = answer.flaw() {
            findings.push(format!("{name}: {flaw}"));
        } else if answer.status == 400 {
            let pointer = answer.body["errors"][0]["pointer"].as_str();
            if let Some(at) = &case.pointer
                && !pointer.is_some_and(|pointer| related(pointer, at))
            {
                findings.push(format!("{name}: it points to {pointer:?}: {}", shown(&answer.text)));
            }
        } else if !case.allowed && answer.status != 413 {
            findings.push(format!("{name}: refused, but not as bad input: {} {}", answer.status, shown(&answer.text)));
        }
    }
    nothing_found(&findings);
    assert!(cases.len() > 1_500, "only {} cases", cases.len());
    assert_eq!(world.money().await?, before, "something was done");
    eprintln!("s6: {} bodies were tried, {} of them as described", cases.len(), cases.iter().filter(|case| case.allowed).count());
    Ok(())
}

#[tokio::test]
async fn s6_routes_that_take_no_body_do_not_mind_one() -> Result<()> {
    let (world, document, mut findings) = (world().await?, routes::document().await?, Vec::new());
    for route in routes::table()?.iter().filter(|route| route.method == "POST" && route.caller != "provider") {
        if routes::body_schema(&document, route).is_some() {
            continue;
        }
        for body in ["{\"role\":\"admin\"", "null", "\u{0}", "{\"amount\":1e400}"] {
            let path = route.at("pout_01JZ8M3V9C5T7Q2K4N6P8R0S1T");
            let answer = send(ask(&world.worker.stack, Method::POST, &path, Some(&world.boss.token)).body(body)).await?;
            if answer.status >= 500 || (answer.status >= 400 && answer.flaw().is_some()) {
                findings.push(format!("{} with {body:?}: {} {}", route.name(), answer.status, shown(&answer.text)));
            }
        }
    }
    nothing_found(&findings);
    Ok(())
}

#[tokio::test]
async fn s6_f31_an_odd_idempotency_key_or_dry_run_is_refused_and_nothing_is_done() -> Result<()> {
    let (world, mut findings) = (world().await?, Vec::new());
    let before = world.money().await?;
    for route in routes::table()?.into_iter().filter(|route| route.money) {
        let Some((path, body)) = world.base(&route.path) else {
            findings.push(format!("{}: write a good body for it in attacks/malformed.rs, `base`", route.name()));
            continue;
        };
        let token = format!("Bearer {}", world.caller(&route).token);
        let body = body.to_string();
        let long = "k".repeat(256);
        let keys: [(Option<&[u8]>, &str); 9] = [
            (None, "idempotency_key_required"),
            (Some(b""), "idempotency_key_invalid"),
            (Some(b" "), "idempotency_key_invalid"),
            (Some(b"a b"), "idempotency_key_invalid"),
            (Some(b"a\tb"), "idempotency_key_invalid"),
            (Some(long.as_bytes()), "idempotency_key_invalid"),
            (Some("न".as_bytes()), "idempotency_key_invalid"),
            (Some(b"a\xff"), "idempotency_key_invalid"),
            (Some(b"a\x7f"), "idempotency_key_"),
        ];
        for (key, code) in keys {
            let mut headers: Vec<(&str, &[u8])> = vec![("authorization", token.as_bytes()), ("content-type", b"application/json")];
            headers.extend(key.map(|key| ("idempotency-key", key)));
            let answer = send_raw(&world.worker.stack, "POST", &path, &headers, body.as_bytes()).await?;
            // A key that is no text at all is stopped by what stands before us, without our words.
            let before_us = answer.status == 400 && answer.body["code"].is_null();
            if !before_us && (answer.status != 400 || !answer.body["code"].as_str().is_some_and(|told| told.starts_with(code))) {
                findings.push(format!("{} with the key {key:?}: {} {}", route.name(), answer.status, shown(&answer.text)));
            }
        }
        for query in
            ["dry_run=1", "dry_run=TRUE", "dry_run=", "dry_run=true&dry_run=false", "dry_run=true&x=1", "dry_run=%ff", "dry-run=true"]
        {
            let request = ask(&world.worker.stack, Method::POST, &format!("{path}?{query}"), Some(&world.caller(&route).token));
            let request = request.header("idempotency-key", key("dry")).header("content-type", "application/json");
            let answer = send(request.body(body.clone())).await?;
            if answer.status != 400 || answer.flaw().is_some() {
                findings.push(format!("{}?{query}: {} {}", route.name(), answer.status, shown(&answer.text)));
            }
        }
    }
    nothing_found(&findings);
    assert_eq!(world.money().await?, before, "something was done");
    Ok(())
}

#[tokio::test]
async fn s6_an_id_that_is_none_names_nothing() -> Result<()> {
    let (stack, admin) = (stack()?, staff().await?);
    let authorization = format!("Bearer {}", admin.token);
    let long = "x".repeat(5_000);
    let long_id = format!("pout_{}", "0".repeat(3_000));
    let ids = [
        "%00",
        "a%00b",
        "%2e%2e",
        "..%2f..%2fv1%2fwallet",
        "%2F",
        "a%2Fb",
        "a%5Cb",
        "'%20OR%20'1'='1",
        "%20",
        "%09",
        "%0d%0aX-A:%20b",
        "%ff%fe",
        "%e0%a4%a8%e0%a4%ae",
        "%F0%9F%92%B8",
        "null",
        "undefined",
        "-1",
        "0",
        "*",
        "%25",
        "%2500",
        "{id}",
        "$default",
        "a;b=c",
        "pout_",
        "pout_01JZ8M3V9C5T7Q2K4N6P8R0S1",
        "pout_81JZ8M3V9C5T7Q2K4N6P8R0S1T",
        "pout_01jz8m3v9c5t7q2k4n6p8r0s1t",
        "pout_01JZ8M3V9C5T7Q2K4N6P8R0SIL",
        "usr_01JZ8M3V9C5T7Q2K4N6P8R0S1T",
        "__proto__",
        "..",
        ".",
        "%c0%af",
        long.as_str(),
        long_id.as_str(),
    ];
    let mut cases = Vec::new();
    for route in routes::table()?.into_iter().filter(routes::Route::has_param) {
        cases.extend(ids.iter().map(|id| (route.clone(), *id)));
    }
    let answers = all(cases.iter().map(async |(route, id)| {
        let idempotency = key("odd");
        let body: &[u8] = match route.path.as_str() {
            "/v1/ops/suspense/{id}/assign" => br#"{"user_id":"usr_01JZ8M3V9C5T7Q2K4N6P8R0S1T"}"#,
            "/v1/ops/users/{id}/role" => br#"{"role":"worker"}"#,
            _ if route.method == "POST" => b"{}",
            _ => b"",
        };
        let headers: [(&str, &[u8]); 3] = [
            ("authorization", authorization.as_bytes()),
            ("idempotency-key", idempotency.as_bytes()),
            ("content-type", b"application/json"),
        ];
        send_raw(&stack, &route.method, &route.at(id), &headers, body).await
    }))
    .await?;
    let findings: Vec<String> = cases
        .iter()
        .zip(answers)
        .filter(|(_, answer)| {
            // A path that fits no route any more is the gateway's to answer, in its own words.
            let gateways = answer.body["code"].is_null() && matches!(answer.status, 400 | 403 | 404 | 414);
            !(gateways || matches!(answer.status, 400 | 404) && answer.flaw().is_none())
        })
        .map(|((route, id), answer)| format!("{} with {}: {} {}", route.name(), shown(id), answer.status, shown(&answer.text)))
        .collect();
    nothing_found(&findings);
    Ok(())
}

#[tokio::test]
async fn s6_a_query_that_is_not_as_described_is_refused_with_a_pointer() -> Result<()> {
    let (admin, document, mut findings) = (staff().await?, routes::document().await?, Vec::new());
    let mut tried = 0;
    for route in routes::table()?.iter().filter(|route| route.method == "GET" && !route.has_param()) {
        for name in routes::query(&document, route) {
            let odd: &[&str] = match name {
                "limit" => {
                    &["0", "-1", "101", "99999999999999999999", "1.5", "1e2", "ten", "", "%00", "%EF%BC%95", "+5", "0x10", "null", "[1]"]
                }
                "cursor" => &["", "x", "AAAA", "%00", "%ff", "..%2f", "%EF%BC%AF"],
                "at" => &["", "now", "2026-13-01T00:00:00Z", "2026-11-21", "1e400", "-9999999999-01-01T00:00:00Z", "%00", "1795240800"],
                "after_seq" => &["-1", "1.5", "x", "", "%00", "99999999999999999999", "null"],
                "unread" => &["", "yes", "1", "TRUE", "null"],
                "wait" => &["21", "-1", "1.5", "x", "", "99999999999"],
                "from" | "to" => &["-1", "1.5", "x", "", "%00", "99999999999999999999", "null"],
                "category" => &["", "x", "lottery", "%00", "1", "Electricity%0A"],
                "state" => &[""],
                "lang" => &["", "x", "HI", "hi_IN", "hi-", "hindi", "%00", "=1+1"],
                // Whatever a bank says: nothing without the state that is its own.
                "code" | "error" => &["", "x", "%00"],
                // Whatever they are: nobody's, 403 and 401.
                "channel" | "ticket" => &[],
                other => {
                    findings.push(format!("{} takes {other}: say in attacks/malformed.rs what would be wrong for it", route.name()));
                    &[]
                }
            };
            let mut queries: Vec<String> = odd.iter().map(|odd| format!("{name}={odd}")).collect();
            queries.push(format!("{name}=1&{name}=1"));
            queries.push(format!("{name}%5B%5D=1"));
            queries.push(format!("{}=1", name.to_uppercase()));
            for query in queries {
                let answer = send(ask(&admin.stack, Method::GET, &format!("{}?{query}", route.path), Some(&admin.token))).await?;
                tried += 1;
                let points = answer.body["errors"][0]["pointer"].is_string() || answer.body["code"] == "cursor_invalid";
                let whole = query.contains("%ff") || query.contains("=1&");
                if answer.status != 400 || answer.flaw().is_some() || !(points || whole) {
                    findings.push(format!("{}?{query}: {} {}", route.path, answer.status, shown(&answer.text)));
                }
            }
        }
    }
    nothing_found(&findings);
    assert!(tried > 80, "only {tried}");
    Ok(())
}

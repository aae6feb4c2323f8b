//! What the journeys have left behind, looked through for what must never be there. Run last:
//! `scripts/test` does so.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};
use tests::{phone, problems, stack::Stack, worker::Worker};

fn stack() -> Result<Stack> {
    Stack::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.local/stack.json"))
}

const SECRET: &str = "a secret";

/// What stands beside secrets and is none: names, places, and public halves of keys, which are on
/// every page that takes payments or asks for notifications, in every mail, or at /.well-known.
const OPEN: [&str; 19] = [
    "key_id",
    "kid",
    "signing_kid",
    "kty",
    "crv",
    "x",
    "y",
    "public_key",
    "subject",
    "type",
    "project_id",
    "private_key_id",
    "client_email",
    "token_uri",
    "url",
    "from",
    "from_name",
    "configuration_set",
    "account_sid",
];

/// The number that stands in descriptions and messages as an example; nobody's.
const EXAMPLE: &str = "+919812345678";

/// What is looked for: personal data and secrets of this very run, by kind.
#[derive(Default)]
struct Scanner {
    needles: BTreeMap<String, &'static str>,
}

impl Scanner {
    fn add(&mut self, kind: &'static str, needle: impl Into<String>) {
        let needle = needle.into();
        // Shorter ones would be found by chance.
        if needle.chars().count() >= 6 {
            self.needles.insert(needle, kind);
        }
    }

    fn count(&self, kind: &str) -> usize {
        self.needles.values().filter(|known| **known == kind).count()
    }

    /// The kinds of what a text holds, with the word that holds it.
    fn find(&self, text: &str) -> BTreeSet<(&'static str, String)> {
        let mut found = BTreeSet::new();
        // Secrets are long, and may hold what stands between words elsewhere.
        for (needle, kind) in self.needles.iter().filter(|(_, kind)| **kind == SECRET) {
            if text.contains(needle.as_str()) {
                found.insert((*kind, format!("{}…", &needle[..4])));
            }
        }
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || "@._-+/=".contains(c);
        for word in text.split(|c| !is_of_word(c)).filter(|word| !word.is_empty()) {
            let mut note = |kind: &'static str| {
                found.insert((kind, word.chars().take(80).collect::<String>()));
            };
            if let Some(kind) = self.needles.get(word) {
                note(kind);
            }
            // Within a word too: `phone=+91…`, `upi/asha@okaxis`, `91…,`.
            for part in word.split(['=', '/', '+', ',']).flat_map(|part| [part, part.trim_matches(['.', '-', '_'])]) {
                if let Some(kind) = self.needles.get(part) {
                    note(kind);
                }
            }
            for digits in word.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() >= 9) {
                // A number with or without its country's code, whatever stands around it.
                if let Some(kind) = self.needles.get(digits).or_else(|| self.needles.get(digits.strip_prefix("91")?)) {
                    note(kind);
                }
            }
            if word.contains("eyJ") && word.matches('.').count() >= 2 {
                note("a token");
            }
            let refresh =
                |rest: &str| rest.len() > 90 && rest.as_bytes()[26] == b'.' && rest[27..91].bytes().all(|byte| byte.is_ascii_hexdigit());
            if word.match_indices("ses_").any(|(at, _)| word.is_char_boundary(at + 4) && refresh(&word[at + 4..])) {
                note("a refresh token");
            }
        }
        found
    }
}

/// How often a call is made whose answer is the service's own failure, as AWS' clients do: the local cloud
/// fails to list what is being added to at that moment.
const TRIES: u32 = 5;

/// A call of an AWS API that takes JSON, as its own clients make it.
async fn aws(stack: &Stack, service: &str, target: &str, version: &str, request: Value) -> Result<Value> {
    let authorization =
        format!("AWS4-HMAC-SHA256 Credential=test/20261121/ap-south-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
    let mut tried = 1;
    loop {
        let post = stack.http.post(&stack.aws_url).header("x-amz-target", target).header("authorization", &authorization);
        let answer = post.header("content-type", format!("application/x-amz-json-{version}")).body(request.to_string()).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if status.is_server_error() && tried < TRIES {
            tokio::time::sleep(Duration::from_millis(200) * tried).await;
            tried += 1;
            continue;
        }
        ensure!(status.is_success(), "{target} answered {status}: {text}");
        return Ok(serde_json::from_str(&text)?);
    }
}

async fn rows(stack: &Stack, table: &Value) -> Result<Vec<Value>> {
    let (mut rows, mut after) = (Vec::new(), Value::Null);
    loop {
        let mut request = json!({ "TableName": table });
        if !after.is_null() {
            request["ExclusiveStartKey"] = after;
        }
        let page = aws(stack, "dynamodb", "DynamoDB_20120810.Scan", "1.0", request).await?;
        rows.extend(page["Items"].as_array().into_iter().flatten().cloned());
        after = page["LastEvaluatedKey"].clone();
        if after.is_null() {
            return Ok(rows);
        }
    }
}

/// Every text in a row, with the name of the attribute that holds it.
fn texts<'a>(name: &'a str, value: &'a Value, found: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let name = if matches!(key.as_str(), "S" | "M" | "L" | "N" | "SS") { name } else { key };
                texts(name, value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts(name, item, found)),
        Value::String(text) => found.push((name, text)),
        _ => {}
    }
}

/// All phones, addresses, passwords and secrets of this run: from the tables, from the phones
/// themselves and from the stack's own secrets.
async fn scanner(stack: &Stack) -> Result<Scanner> {
    let mut scanner = Scanner::default();
    let described: Value = serde_json::from_str(&std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/stack.json"))?)?;
    let mut phones = BTreeSet::new();
    for table in ["main", "live"] {
        for row in &rows(stack, &described["tables"][table]).await? {
            let mut found = Vec::new();
            texts("", row, &mut found);
            for (name, text) in found {
                let digits = text.strip_prefix("+91").unwrap_or_default();
                if name == "phone" && digits.len() == 10 && text != EXAMPLE {
                    phones.insert(text.to_owned());
                }
                if name == "vpa" {
                    scanner.add("a UPI id", text);
                }
                if matches!(name, "account_number" | "number") && text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
                    scanner.add("an account number", text);
                }
            }
        }
    }
    for phone in phones {
        for text in phone::messages(stack, &phone).await? {
            let code = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).map(str::to_owned);
            scanner.needles.extend(code.map(|code| (code, "a one-time password")));
        }
        scanner.add("a phone", phone.trim_start_matches("+91"));
        scanner.add("a phone", phone);
    }
    let secrets: Value = serde_json::from_str(&std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/secrets.json"))?)?;
    let mut found = Vec::new();
    texts("", &secrets, &mut found);
    for (name, text) in found {
        if !OPEN.contains(&name) {
            text.lines().filter(|line| !line.starts_with("--")).for_each(|line| scanner.add(SECRET, line));
        }
    }
    Ok(scanner)
}

/// Everything that functions have logged, by function.
async fn logs(stack: &Stack) -> Result<Vec<(String, String)>> {
    let groups =
        aws(stack, "logs", "Logs_20140328.DescribeLogGroups", "1.1", json!({ "logGroupNamePrefix": "/aws/lambda/kamai-" })).await?;
    let mut logs = Vec::new();
    for group in groups["logGroups"].as_array().into_iter().flatten() {
        let name = group["logGroupName"].as_str().context("no name")?.to_owned();
        let (mut text, mut next) = (String::new(), Value::Null);
        loop {
            let mut request = json!({ "logGroupName": name });
            if !next.is_null() {
                request["nextToken"] = next.clone();
            }
            let page = aws(stack, "logs", "Logs_20140328.FilterLogEvents", "1.1", request).await?;
            for event in page["events"].as_array().into_iter().flatten() {
                text.push_str(event["message"].as_str().unwrap_or_default());
                text.push('\n');
            }
            if page["nextToken"].is_null() || page["nextToken"] == next {
                break;
            }
            next = page["nextToken"].clone();
        }
        logs.push((name, text));
    }
    Ok(logs)
}

/// The bodies in the dead-letter queues, as they lie there.
async fn dead_letters(stack: &Stack) -> Result<Vec<(String, String)>> {
    let listed = aws(stack, "sqs", "AmazonSQS.ListQueues", "1.0", json!({ "QueueNamePrefix": "kamai-" })).await?;
    let urls: Vec<&str> = listed["QueueUrls"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut letters = Vec::new();
    for url in urls.into_iter().filter(|url| url.contains("dead") || url.contains("dlq")) {
        for _ in 0..20 {
            let request = json!({ "QueueUrl": url, "MaxNumberOfMessages": 10, "VisibilityTimeout": 5, "MessageAttributeNames": ["All"] });
            let found = aws(stack, "sqs", "AmazonSQS.ReceiveMessage", "1.0", request).await?;
            let found = found["Messages"].as_array().cloned().unwrap_or_default();
            if found.is_empty() {
                break;
            }
            letters.extend(found.iter().map(|letter| (url.to_owned(), letter.to_string())));
        }
    }
    Ok(letters)
}

#[tokio::test]
async fn s14_nothing_personal_and_no_secret_is_in_any_log_dead_letter_or_refusal() -> Result<()> {
    let stack = stack()?;
    let scanner = scanner(&stack).await?;
    for kind in ["a phone", "a UPI id", "an account number", "a one-time password", SECRET] {
        ensure!(scanner.count(kind) > 0, "nothing of the kind to look for: {kind}. Run the journeys first");
    }
    let mut places = logs(&stack).await?;
    ensure!(places.len() > 25, "only {} functions have logged", places.len());
    places.extend(dead_letters(&stack).await?);
    let admin = Worker::log_in(&stack, "+919999900001").await?;
    for path in ["/v1/ops/dead-letters", "/v1/ops/webhooks?limit=100", "/v1/ops/ledger"] {
        places.push((path.to_owned(), admin.get(path).await?.to_string()));
    }
    for file in std::fs::read_dir(Path::new(problems::FILE).parent().context("no folder of logs")?)? {
        let path = file?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        // The sandbox is the provider, and knows whom it serves.
        if name != "sandbox.log" && path.extension().is_some_and(|ending| ending == "log") {
            places.push((name, String::from_utf8_lossy(&std::fs::read(&path)?).into_owned()));
        }
    }
    ensure!(places.iter().any(|(name, text)| name == "problems.log" && !text.is_empty()), "no refusals were kept: run the journeys first");
    let (mut findings, mut bytes) = (Vec::new(), 0);
    for (place, text) in &places {
        bytes += text.len();
        findings.extend(scanner.find(text).into_iter().map(|(kind, word)| format!("{kind} in {place}: {word}")));
    }
    eprintln!("s14: {} places, {} KB, looked through for {} things", places.len(), bytes / 1024, scanner.needles.len());
    ensure!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.into_iter().take(40).collect::<Vec<_>>().join("\n"));
    Ok(())
}

/// The scanner is worth something: each kind is found, however it is written.
#[tokio::test]
async fn s14_what_is_planted_is_found() -> Result<()> {
    let scanner = scanner(&stack()?).await?;
    assert!(
        scanner.find(r#"{"at":"2026-11-21T11:08:42.493647605Z","ms":83,"request_id":"d5cb24be-66da-40c8-83a4-11ee1424d948"}"#).is_empty()
    );
    for (needle, kind) in &scanner.needles {
        for text in [
            needle.clone(),
            json!({ "message": needle }).to_string(),
            json!(json!({ "phone": needle }).to_string()).to_string(),
            format!("value={needle}, and more"),
            format!("could not reach {needle}."),
            format!("({needle})\n"),
        ] {
            assert!(
                scanner.find(&text).iter().any(|(found, _)| found == kind),
                "{kind} is not found, written as {}",
                text.replace(needle.as_str(), "…")
            );
        }
    }
    let phone = scanner.needles.iter().find(|(needle, kind)| **kind == "a phone" && !needle.starts_with('+')).context("no phone")?.0;
    for text in [
        format!("+91{phone}"),
        format!("91{phone}"),
        format!("tel:+91{phone}"),
        format!("phone_{phone}_x"),
        format!("sms/91{phone}/messages"),
    ] {
        assert!(!scanner.find(&text).is_empty(), "a phone is not found, written as {}", text.replace(phone.as_str(), "…"));
    }
    let worker = Worker::log_in(&stack()?, &phone::fresh()).await?;
    assert!(scanner.find(&format!("Authorization: Bearer {}", worker.token)).iter().any(|(kind, _)| *kind == "a token"));
    assert!(
        scanner.find(&format!("{{\"refresh_token\":\"{}\"}}", worker.refresh_token)).iter().any(|(kind, _)| *kind == "a refresh token")
    );
    Ok(())
}

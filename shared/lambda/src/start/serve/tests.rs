//! A whole process against a stub of the Lambda runtime API: this test program, run once more as
//! if it were a function.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::{App, Exit, Problem, Reply, Request, StartError};

struct Greeter {
    greeting: String,
}

impl App for Greeter {
    async fn start() -> Result<Self, StartError> {
        Ok(Self { greeting: crate::setting("KAMAI_TEST_GREETING")? })
    }
}

async fn greet(deps: &Greeter, request: Request) -> Result<Reply, Problem> {
    assert!(request.deadline.remaining_ms() < 60_000);
    if request.header("idempotency-key") == Some("panic") {
        // Put together at run time, as the compiler would make one literal of two.
        panic!("about {}", std::hint::black_box("+919876543210"));
    }
    Ok(Reply::ok(&deps.greeting))
}

/// Not a test by itself: what the child process does.
#[test]
#[ignore = "is run by the other tests, as a function"]
fn as_a_function() {
    let exit: Exit = crate::api(greet);
    assert!(!exit.failed, "the function failed");
}

fn function(runtime_api: &str, greeting: Option<&str>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "start::serve::tests::as_a_function", "--ignored", "--nocapture"])
        .env("AWS_LAMBDA_RUNTIME_API", runtime_api)
        .env("AWS_LAMBDA_FUNCTION_NAME", "api-greeting")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    if let Some(greeting) = greeting {
        command.env("KAMAI_TEST_GREETING", greeting);
    }
    command.spawn().unwrap()
}

/// Serves the events, one after the other, and hands on what comes back as (path, body).
fn runtime_api(events: Vec<String>, answers: Sender<(String, Value)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        let mut events = events.into_iter().enumerate();
        for connection in listener.incoming() {
            let connection = connection.unwrap();
            while let Some((path, body)) = asked(&connection) {
                if path.ends_with("/next") {
                    let Some((i, event)) = events.next() else { return };
                    let deadline_ms = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis() + 30_000;
                    let head = format!("lambda-runtime-aws-request-id: aws-{i}\r\nlambda-runtime-deadline-ms: {deadline_ms}\r\n");
                    say(&connection, "200 OK", &head, &event);
                } else {
                    say(&connection, "202 Accepted", "", "");
                    answers.send((path, serde_json::from_slice(&body).unwrap())).unwrap();
                }
            }
        }
    });
    address
}

fn asked(connection: &TcpStream) -> Option<(String, Vec<u8>)> {
    let mut reader = BufReader::new(connection);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((path, body))
}

fn say(mut connection: &TcpStream, status: &str, head: &str, body: &str) {
    write!(connection, "HTTP/1.1 {status}\r\n{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
}

fn next(answers: &Receiver<(String, Value)>) -> (String, Value) {
    answers.recv_timeout(Duration::from_secs(20)).unwrap()
}

fn event(key: &str) -> String {
    include_str!("../../../fixtures/http-open-payout.json").replace("key-1", key)
}

#[test]
fn a_process_outlives_a_panic_and_an_event_that_is_none() {
    let (sender, answers) = channel();
    let events = vec![event("one"), event("panic"), r#"{"phone":"+919876543210"}"#.to_owned(), event("two")];
    let mut child = function(&runtime_api(events, sender), Some("namaste"));

    let statuses: Vec<(String, u64)> =
        (0..4).map(|_| next(&answers)).map(|(path, answer)| (path, answer["statusCode"].as_u64().unwrap())).collect();
    child.kill().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();

    let path = |i: u32| format!("/2018-06-01/runtime/invocation/aws-{i}/response");
    assert_eq!(statuses, [(path(0), 200), (path(1), 500), (path(2), 500), (path(3), 200)], "{said}");

    let lines: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let done: Vec<&Value> = lines.iter().filter(|line| line["message"] == "done").collect();
    assert_eq!(done.len(), 4, "{said}");
    assert_eq!((&done[0]["cold"], &done[1]["cold"]), (&true.into(), &false.into()));
    assert_eq!((&done[0]["request_id"], &done[0]["function"]), (&"JKJaXmPLvHcESHA=".into(), &"api-greeting".into()));
    assert_eq!((&done[0]["outcome"], &done[0]["status"]), (&"answered".into(), &200.into()));
    assert!(lines.iter().any(|line| line["message"] == "panicked" && line["said"] == "(not shown)"), "{said}");
    assert!(!said.contains("98765"), "{said}");
}

#[test]
fn a_process_that_lacks_a_setting_says_which_and_ends() {
    let (sender, _answers) = channel();
    let child = function(&runtime_api(Vec::new(), sender), None);
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("KAMAI_TEST_GREETING"), "{said}");
}

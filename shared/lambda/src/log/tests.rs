//! What a line looks like, and what is not in it.

use std::io::Write;
use std::sync::Mutex;

use serde_json::Value;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::Registry;

use super::line::Lines;

static WRITTEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Page;

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        WRITTEN.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What `speak` logs. One test at a time: the page is shared, and what a test left on it is its own.
fn logged(speak: impl FnOnce()) -> Vec<Value> {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap();
    WRITTEN.lock().unwrap().clear();
    let subscriber = Registry::default().with(Lines::new("api-payouts".to_owned(), || Page));
    tracing::subscriber::with_default(subscriber, speak);
    let written = String::from_utf8(WRITTEN.lock().unwrap().clone()).unwrap();
    written.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_line_is_flat_and_has_what_its_spans_have() {
    let lines = logged(|| {
        let span = tracing::info_span!("invocation", request_id = "r1", cold = true, user = tracing::field::Empty);
        let _entered = span.enter();
        super::speaking("usr_1");
        tracing::info_span!("message", event_id = "evt_1").in_scope(|| tracing::info!(ms = 12, "done"));
    });
    let line = &lines[0];
    assert_eq!((&line["request_id"], &line["event_id"], &line["cold"]), (&"r1".into(), &"evt_1".into(), &true.into()));
    assert_eq!((&line["function"], &line["message"], &line["ms"]), (&"api-payouts".into(), &"done".into(), &12.into()));
    assert_eq!(line["user"], super::pseudonym::pseudonym("usr_1").as_str());
    assert!(line["at"].as_str().unwrap().ends_with('Z') && line["level"] == "INFO");
}

#[test]
fn nothing_personal_gets_through_by_mistake() {
    let lines = logged(|| {
        let error = std::io::Error::other("no route for +919876543210, otp sent to a.b@example.com");
        tracing::error!(error = &error as &dyn std::error::Error, "failed");
        tracing::warn!(phone = "9876543210", ?error, "{} {}", "eyJhbGciOiJFUzI1NiJ9.e30.sig", 50100123456789_u64);
        tracing::info_span!("s", phone = %"+919876543210").in_scope(|| tracing::info!("x"));
    });
    let written = lines.iter().map(Value::to_string).collect::<String>();
    assert_eq!(lines.len(), 3);
    for personal in ["98765", "example.com", "eyJ", "50100"] {
        assert!(!written.contains(personal), "{written}");
    }
}

use std::sync::Mutex;
use std::time::Duration;

use serde::Deserialize;

use super::{AT_ONCE_MAX, Failed, Message, messages, work};
use crate::Deadline;

/// Notes what is done, and does what a message says.
#[derive(Default)]
struct Worker {
    done: Mutex<Vec<String>>,
    busy: Mutex<(usize, usize)>,
}

async fn handle(worker: &Worker, message: Message) -> Result<(), Failed> {
    {
        let mut busy = worker.busy.lock().unwrap();
        busy.0 += 1;
        busy.1 = busy.1.max(busy.0);
    }
    tokio::task::yield_now().await;
    worker.busy.lock().unwrap().0 -= 1;
    match message.body.as_str() {
        "later" => return Err(Failed::later("down")),
        "bug" => return Err(Failed::bug("cannot be")),
        "panic" => panic!("+919876543210"),
        "hang" => std::future::pending().await,
        _ => {}
    }
    worker.done.lock().unwrap().push(message.id);
    Ok(())
}

fn batch(bodies: &[&str]) -> Vec<Message> {
    bodies.iter().enumerate().map(|(i, body)| Message::new(format!("m{i}"), *body)).collect()
}

fn fifo(bodies: &[&str]) -> Vec<Message> {
    let mut messages = batch(bodies);
    for message in &mut messages {
        message.queue_arn = "arn:aws:sqs:ap-south-1:123456789012:kamai-inbox.fifo".to_owned();
    }
    messages
}

async fn run(messages: Vec<Message>, deadline: Deadline) -> (Vec<String>, Vec<String>, usize) {
    let worker = Worker::default();
    let reply = work(&worker, &handle, messages, deadline).await;
    let mut failed: Vec<String> = reply.ids().into_iter().map(str::to_owned).collect();
    if failed.len() < 8 {
        failed.sort();
    }
    (worker.done.into_inner().unwrap(), failed, worker.busy.into_inner().unwrap().1)
}

#[tokio::test]
async fn of_a_batch_only_what_failed_comes_back() {
    let bodies = ["ok", "ok", "later", "ok", "ok", "ok", "panic", "ok", "bug", "ok"];
    let (mut done, failed, busy) = run(batch(&bodies), Deadline::never()).await;
    done.sort();
    assert_eq!(failed, ["m2", "m6", "m8"]);
    assert_eq!(done, ["m0", "m1", "m3", "m4", "m5", "m7", "m9"]);
    assert_eq!(busy, AT_ONCE_MAX);
}

#[tokio::test]
async fn a_fifo_queue_stops_at_the_first_that_fails() {
    for bad in ["later", "bug", "panic"] {
        let (done, failed, busy) = run(fifo(&["ok", "ok", bad, "ok", bad]), Deadline::never()).await;
        assert_eq!(done, ["m0", "m1"]);
        assert_eq!(failed, ["m2", "m3", "m4"]);
        assert_eq!(busy, 1);
    }
}

#[tokio::test]
async fn nothing_is_begun_that_has_no_time_to_end() {
    let (done, failed, _) = run(batch(&["ok", "ok"]), Deadline::after(Duration::from_millis(900))).await;
    assert!(done.is_empty());
    assert_eq!(failed, ["m0", "m1"]);
    let (done, failed, _) = run(fifo(&["ok", "ok"]), Deadline::at_ms(0)).await;
    assert!(done.is_empty());
    assert_eq!(failed, ["m0", "m1"]);
}

#[tokio::test]
async fn one_that_hangs_does_not_take_the_others_with_it() {
    let (mut done, failed, _) = run(batch(&["ok", "hang", "ok"]), Deadline::after(Duration::from_millis(1100))).await;
    done.sort();
    assert_eq!(done, ["m0", "m2"]);
    assert_eq!(failed, ["m1"]);
}

#[test]
fn a_recorded_event_becomes_messages() {
    let messages = messages(include_bytes!("../../../fixtures/sqs-two-messages.json")).unwrap();
    let first = &messages[0];
    assert_eq!(first.id, "059f36b4-87a3-44ab-83d2-661975830a7d");
    assert_eq!((first.receive_count, first.sent_at_ms), (3, 1_786_961_730_000));
    assert_eq!(first.trace().request_id, "JKJaXmPLvHcESHA=");
    assert_eq!(first.trace().event_id.as_deref(), Some("evt_1"));
    assert!(!first.is_fifo());
    assert_eq!(messages[1].trace(), crate::Trace::default());
}

#[test]
fn an_event_or_body_that_is_none_is_said_without_quoting_it() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only the error is looked at")]
    struct Ours {
        payout_id: u64,
    }
    let said = |failed: Failed| {
        assert!(!failed.retryable());
        crate::log::chain::Chain(&failed).to_string()
    };
    let body = said(Message::new("m", r#"{"payout_id":"+919876543210"}"#).json::<Ours>().unwrap_err());
    assert!(body.contains("payout_id") && !body.contains("98765"), "{body}");
    let deep = "[".repeat(100_000);
    assert!(Message::new("m", deep).json::<serde_json::Value>().is_err());
    let event = said(messages(br#"{"Records":["+919876543210"]}"#).unwrap_err());
    assert!(!event.contains("98765"), "{event}");
}

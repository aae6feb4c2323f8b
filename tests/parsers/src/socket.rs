//! Events of the WebSocket API, and the frames in them.

use functions::sockets::subscribe::Frame;
use lambda::SocketEvent;
use serde_json::{Value, json};

pub fn check(data: &[u8]) {
    if let Ok(event) = SocketEvent::from_event(data) {
        assert!(event.headers.keys().all(|name| !name.bytes().any(|byte| byte.is_ascii_uppercase())));
        frame(&event.body);
    }
    frame(&String::from_utf8_lossy(data));
}

fn frame(text: &str) {
    let frame = match Frame::parse(text) {
        Ok(frame) => frame,
        Err(problem) => return assert_eq!(problem.status(), 400),
    };
    let mut same = json!({ "action": frame.action, "channel": frame.channel });
    if let Some(seq) = frame.after_seq {
        same["after_seq"] = seq.into();
    }
    let same_text = same.to_string();
    assert_eq!(Frame::parse(&same_text).expect("its own spelling"), frame);
    same["user"] = Value::from("somebody else");
    assert!(Frame::parse(&same.to_string()).is_err(), "a frame has no other member");
    for (member, value) in [("channel", "\"user:usr_2\""), ("action", "\"x\""), ("after_seq", "1")] {
        if member == "after_seq" && frame.after_seq.is_none() {
            continue;
        }
        let twice = format!("{},\"{member}\":{value}}}", &same_text[..same_text.len() - 1]);
        assert!(Frame::parse(&twice).is_err(), "{member} is there twice");
    }
    assert!(text.trim_ascii_start().starts_with('{'), "a frame is an object: {text}");
}

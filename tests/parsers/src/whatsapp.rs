//! Bodies of Meta's webhook for WhatsApp.

use providers::{
    messaging::whatsapp::webhook::{Change, Kind, What, read},
    signature::Verified,
};
use serde_json::Value;

pub fn check(data: &[u8]) {
    let json = serde_json::from_slice::<Value>(data);
    let changes = match read(Verified::stored(data)) {
        Ok(changes) => changes,
        Err(_) => return assert!(json.is_err(), "JSON of any shape is read"),
    };
    let json = json.expect("what is no JSON was taken");
    changes.iter().for_each(sound);
    // The same in another spelling: other spaces, other order of its members.
    let again = serde_json::to_vec_pretty(&json).expect("a value is JSON");
    assert_eq!(read(Verified::stored(&again)).as_ref(), Ok(&changes));
}

fn sound(change: &Change) {
    let bounded = |text: &str| assert!(!text.is_empty() && text.chars().count() <= 512, "an id of {} bytes", text.len());
    change.phone_number_id.iter().for_each(|id| bounded(id));
    match &change.what {
        What::Message(message) => {
            bounded(&message.id);
            assert!(message.from.identity().is_some(), "a message is from somebody");
            assert!(message.from.wa_id.as_ref().is_none_or(|id| id.expose().bytes().all(|byte| byte.is_ascii_digit())));
            match &message.kind {
                Kind::Text(text) => {
                    assert!(text.expose().chars().count() <= 4096);
                    assert!(
                        text.expose().len() < 8 || !format!("{message:?}").contains(text.expose()) || message.id.contains(text.expose())
                    );
                }
                Kind::Location(place) => assert!(place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0),
                _ => {}
            }
        }
        What::Status(status) => {
            bounded(&status.wamid);
            assert!(status.status.rank() <= 5 && status.at.is_none_or(|at| at >= 0));
        }
        What::Problem(_) => {}
        What::Ignored(name) => bounded(name),
        // A place is made of our names, never of what stands there.
        What::Unreadable(part) => assert!(
            part.at == "the body"
                || part.at.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._[]".contains(&byte)),
            "{}",
            part.at
        ),
    }
}
